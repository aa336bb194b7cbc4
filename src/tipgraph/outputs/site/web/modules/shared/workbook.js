// A workbook (XLSX): sheets of cells in a ZIP, which every spreadsheet opens.

import { NOT_XML } from "./svg.js";

/** @typedef {(string|number)[][]} Cells */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const [MOST_ROWS, MOST_LETTERS] = [1_048_576, 32_767]; // of a sheet, and of a cell
const STYLES = `${HEAD}<styleSheet xmlns="${SPREADSHEET}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>`
  + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
  + '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
const CHECKSUMS = Uint32Array.from({ length: 256 }, (_, byte) => { // of each byte
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc >>> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  return crc;
});

/** Sheets as a workbook; a text stays a text, whatever it begins with. @param {Record<string, Cells>} sheets  by their names @param {string[]} headed  those whose first row has the names of columns */
export function workbook(sheets, headed) {
  const names = Object.keys(sheets);
  const each = (/** @type {(name: string, number: number) => string} */ make) => names.map((name, at) => make(name, at + 1)).join("");
  const relation = (/** @type {number} */ id, /** @type {string} */ type, /** @type {string} */ target) => `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (/** @type {string} */ inside) => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inside}</Relationships>`;
  return zip({
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
      + `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>`
      + `${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${CONTENT}.worksheet+xml"/>`)}</Types>`,
    "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}"><sheets>${each((name, n) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(each((_, n) => relation(n, "worksheet", `worksheets/sheet${n}.xml`)) + relation(names.length + 1, "styles", "styles.xml")),
    "xl/styles.xml": STYLES,
    ...Object.fromEntries(names.map((name, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet(sheets[name], headed.includes(name))])),
  });
}

/** @param {string} text */
const escaped = (text) => text.replace(NOT_XML, "\uFFFD").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** The letters of a column. @param {number} at @returns {string} */
const letters = (at) => (at < 26 ? "" : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + at % 26);

/** A sheet; a head is bold, stays in sight and has filters. @param {Cells} all @param {boolean} isHeaded */
function sheet(all, isHeaded) {
  const rows = all.slice(0, MOST_ROWS);
  const shortened = (/** @type {string} */ text) => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text);
  const cell = (/** @type {string|number} */ value, style = "") => (typeof value === "number" ? `<c${style}><v>${value}</v></c>`
    : value ? `<c${style} t="inlineStr"><is><t xml:space="preserve">${escaped(shortened(value))}</t></is></c>` : "<c/>");
  const lines = rows.map((row, at) => `<row>${row.map((value) => cell(value, isHeaded && at === 0 ? ' s="1"' : "")).join("")}</row>`);
  const widths = rows[0].map((_, at) => Math.min(60, rows.reduce((most, row) => Math.max(most, String(row[at] ?? "").length), 0) + 2));
  const cols = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  const pane = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  const filter = `<autoFilter ref="A1:${letters(widths.length - 1)}${rows.length}"/>`;
  return `${HEAD}<worksheet xmlns="${SPREADSHEET}">${isHeaded ? pane : ""}<cols>${cols.join("")}</cols><sheetData>${lines.join("")}</sheetData>${isHeaded ? filter : ""}</worksheet>`;
}

/** A text as it is packed in a ZIP. @param {Uint8Array<ArrayBuffer>} text */
async function deflated(text) {
  return new Uint8Array(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer());
}

/** Texts as a ZIP. @param {Record<string, string>} files */
async function zip(files) {
  const [parts, directory] = [/** @type {Uint8Array<ArrayBuffer>[]} */ ([]), /** @type {Uint8Array<ArrayBuffer>[]} */ ([])];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const [name, body] = [path, text].map((part) => new TextEncoder().encode(part));
    const packed = await deflated(body);
    const common = [20, 0x0800, 8, 0, 0x5A21, [checksum(body)], [packed.length], [body.length], name.length, 0]; // UTF-8, deflated, 1 January 2025
    const local = bytes([[0x04034B50], ...common]);
    directory.push(bytes([[0x02014B50], 20, ...common, 0, 0, 0, [0], [offset]]), name);
    parts.push(local, name, packed);
    offset += local.length + name.length + packed.length;
  }
  const [count, size] = [Object.keys(files).length, directory.reduce((sum, { length }) => sum + length, 0)];
  return new Blob([...parts, ...directory, bytes([[0x06054B50], 0, 0, count, count, [size], [offset], 0])], { type: `${CONTENT}.sheet` });
}

/** Numbers of two bytes each, those in brackets of four. @param {(number|number[])[]} numbers */
const bytes = (numbers) => new Uint8Array(numbers.flatMap((number) =>
  (Array.isArray(number) ? [0, 8, 16, 24].map((shift) => number[0] >>> shift & 255) : [number & 255, number >>> 8])));

/** The CRC-32 of bytes. @param {Uint8Array} body */
function checksum(body) {
  let crc = -1;
  for (const byte of body) crc = crc >>> 8 ^ CHECKSUMS[(crc ^ byte) & 255];
  return ~crc >>> 0;
}
