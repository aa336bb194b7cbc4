// Cells of CSV files that no spreadsheet runs.

const RUNS = /^(?:\s*[=+\-@＝＋－＠]|[\t\n])/;
const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** Keep a spreadsheet from running a cell: an apostrophe before what begins like a formula and is no number. @param {string} cell */
export function neutral(cell) {
  const text = cell.replace(/\r\n?/g, "\n");
  return RUNS.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}

/** @param {unknown} value */
export function csvCell(value) {
  const text = neutral(value === undefined ? "" : String(value));
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
