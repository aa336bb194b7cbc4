// @ts-check
// The page of a question: the rows that are not in its table yet, and all of them as files.
(() => {
  "use strict";
  const { allClaims, byId, csvCell, download, evidence, made, notLoaded, pageData, part, repeated, saidList, workbook } = tipgraph;

  /** @typedef {[words: string, path: string, language: string, number: string]} AnswerCell  an entry has a path; a number is what it is sorted by */
  /** @typedef {{cells: AnswerCell[], claims: number[], remarks: [text: string, cell: AnswerCell][], unreviewed: boolean}} AnswerRow */
  /** @typedef {{rest: AnswerRow[], columns: Record<string, string[]>, numbers: string[]}} AnswerData  `columns` are those of the files; `numbers` name those of numbers */

  const AT_ONCE = 100; // rows between two pauses
  const table = /** @type {HTMLTableElement} */ (part("answer"));
  const labels = [...table.tHead?.rows[0].cells ?? []].map(({ textContent }) => textContent?.trim() ?? "");

  /** Say what a row and its cells are, which a phone shows as a card. @param {HTMLTableRowElement} row */
  function labelled(row) {
    row.setAttribute("role", "row");
    [...row.cells].forEach((cell, at) => {
      cell.setAttribute("role", "cell");
      cell.dataset.label = labels[at];
    });
    return row;
  }

  /** A row like those of the template `question.html`. @param {AnswerRow} row @param {ToldClaim[]} all @param {Awaited<ReturnType<typeof evidence>>} about */
  function rowOf({ cells, claims: numbers, remarks, unreviewed }, all, { words, href }) {
    const claims = numbers.map((number) => all[number]);
    const places = new Map(claims.flatMap(({ said }) => said).map((place) => [`${place.path} ${place.label} ${place.quote}`, place]));
    const reasons = new Map(claims.flatMap(({ against }) => against).filter(({ said }) => said.length).map(({ reason, said }) => [reason, said[0]]));
    const worded = (/** @type {AnswerCell} */ [text, path]) => (path ? made("a", { href: href(path) }, text) : text);
    const shown = cells.map((cell) => made("td", { class: cell[3] ? "number" : undefined, "data-sort": cell[3] || undefined, lang: cell[2] || undefined }, worded(cell)));
    const said = made("td", { class: "said" },
      ...(claims.length ? [saidList([...places.values()], href)] : []),
      ...remarks.map(([text, cell]) => made("p", { class: "quiet" }, text, made("span", { lang: cell[2] || undefined }, worded(cell)))),
      ...claims.flatMap((claim) => repeated(claim, words, href)),
      ...[...reasons].map(([reason, { path, label }]) => made("p", { class: "warn" }, `${words("Possible contradiction")}: `,
        made("span", { lang: "en" }, reason), " (", made("a", { href: href(path) }, label), ")")));
    return labelled(/** @type {HTMLTableRowElement} */ (made("tr", { "data-unreviewed": unreviewed }, ...shown.slice(0, 1), ...(shown.length < labels.length ? [said] : []), ...shown.slice(1))));
  }

  /** Add the other rows, with pauses, so that the page can be used meanwhile; each part is an event. @param {AnswerRow[]} rest */
  async function addRows(rest) {
    const [about, claims] = await Promise.all([evidence(), allClaims().then(Object.values)]);
    for (let at = 0; at < rest.length; at += AT_ONCE) {
      await new Promise((resolve) => { setTimeout(resolve); });
      table.tBodies[0].append(...rest.slice(at, at + AT_ONCE).map((row) => rowOf(row, claims, about)));
      table.dispatchEvent(new Event("rows"));
    }
  }

  /** The rows as a file. @param {string} form @param {AnswerData} data @param {string} name  of the question @returns {Promise<Blob>|Blob} */
  function fileOf(form, { columns, numbers }, name) {
    const names = Object.keys(columns);
    const rows = (columns[names[0]] ?? []).map((_, at) => names.map((column) => columns[column][at]));
    if (form === "csv") return new Blob([[names, ...rows].map((row) => `${row.map(csvCell).join(",")}\n`).join("")], { type: "text/csv;charset=utf-8" });
    if (form === "json") return new Blob([JSON.stringify(rows.map((row) => Object.fromEntries(names.map((column, at) => [column, row[at]]))), null, 1)], { type: "application/json" });
    const cells = rows.map((row) => row.map((cell, at) => (cell && numbers.includes(names[at]) && Number.isFinite(Number(cell)) ? Number(cell) : cell)));
    return workbook({ [name.slice(0, 31)]: [names, ...cells] }, [name.slice(0, 31)]);
  }

  for (const row of table.tBodies[0].rows) labelled(row);
  const files = byId("files");
  table.setAttribute("aria-busy", "true");
  pageData("answer-data").then(async (/** @type {AnswerData} */ data) => {
    if (files) files.hidden = false;
    files?.addEventListener("click", async (/** @type {MouseEvent} */ { target }) => {
      const { form = "" } = target instanceof HTMLElement ? target.dataset : {}, { name = "" } = files.dataset;
      if (form) download(`${name}.${form}`, await fileOf(form, data, name));
    });
    if (data.rest.length) await addRows(data.rest).catch(() => table.after(notLoaded()));
  }).finally(() => table.setAttribute("aria-busy", "false"));
})();
