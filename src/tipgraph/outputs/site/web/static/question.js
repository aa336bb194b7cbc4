// @ts-check
// The page of a question on a large site: the files of its answer are made when somebody asks for them.
(() => {
  "use strict";
  const { csvCell, download, loadPacked, notLoaded, part, workbook } = tipgraph;

  // An answer as Excel, CSV and JSON, with the content of the files that a small site has.

  /** The columns of CSV, those of quotes too. @param {AnswerData} answer @param {AnswerCitation[]} citations @returns {[name: string, cells: string[]][]} */
  function columnsOf({ table, evidence, saidAt }, citations) {
    const quotes = () => evidence[saidAt].map((/** @type {number[]} */ cited) => cited.map((at) => citations[at].quote).filter(Boolean).join(" … "));
    return Object.entries(table).map(([name, cells]) => [name, cells ?? quotes()]);
  }

  /** The rows of columns. @template Value @param {Value[][]} columns */
  const rowsOf = (columns) => columns[0].map((_, at) => columns.map((cells) => cells[at]));

  /** @param {AnswerData} answer @param {AnswerCitation[]} citations */
  function csvOf(answer, citations) {
    const columns = columnsOf(answer, citations);
    const lines = [columns.map(([name]) => name), ...rowsOf(columns.map(([, cells]) => cells))];
    return new Blob([lines.map((line) => `${line.map(csvCell).join(",")}\n`).join("")], { type: "text/csv;charset=utf-8" });
  }

  /** @param {AnswerData} answer @param {AnswerCitation[]} citations */
  function jsonOf(answer, citations) {
    const { table, kinds, labelled, evidence, saidAt } = answer;
    const text = (/** @type {unknown} */ value) => JSON.stringify(value, null, 2);
    const valueAt = (/** @type {string} */ name, /** @type {number} */ at) => {
      const cell = table[name]?.[at] ?? "";
      switch (kinds[name][at]) {
        case "-": return "null";
        case "i": return text({ iri: cell, label: table[labelled[name]]?.[at] || null });
        case "n": return String(BigInt(cell)); // of any size
        case "b": return String(cell === "true");
        default: return text(cell);
      }
    };
    const evidenceAt = (/** @type {string} */ name, /** @type {number} */ at) =>
      text(name === saidAt ? evidence[name][at].map((/** @type {number} */ number) => citations[number]) : evidence[name][at]);
    const pair = (/** @type {string} */ name, /** @type {string} */ value) => `    ${text(name)}: ${value.replaceAll("\n", "\n    ")}`;
    const records = Array.from(Object.values(kinds)[0], (_, at) => {
      const pairs = [...Object.keys(kinds).map((name) => pair(name, valueAt(name, at))), ...Object.keys(evidence).map((name) => pair(name, evidenceAt(name, at)))];
      return `  {\n${pairs.join(",\n")}\n  }`;
    });
    return new Blob([records.length ? `[\n${records.join(",\n")}\n]\n` : "[]\n"], { type: "application/json" });
  }

  /** @param {AnswerData} answer @param {AnswerCitation[]} citations */
  function workbookOf(answer, citations) {
    const columns = columnsOf(answer, citations);
    const valued = columns.map(([name, cells]) => cells.map((cell, at) => {
      const number = "nf".includes(answer.kinds[name]?.[at] || "-") ? Number(cell) : NaN;
      return Number.isFinite(number) ? number : cell;
    }));
    return workbook({ Rows: [columns.map(([name]) => name), ...rowsOf(valued)] }, ["Rows"]);
  }

  // The page.

  const files = part("files");
  const MAKERS = { csv: csvOf, json: jsonOf, xlsx: workbookOf };

  /** Make a file of the answer. @param {keyof typeof MAKERS} form */
  async function take(form) {
    const { answer = "", name } = files.dataset;
    files.setAttribute("aria-busy", "true");
    try {
      const data = /** @type {AnswerData} */ (await loadPacked(answer, "answer"));
      const citations = data.saidAt in data.evidence ? await loadPacked("answers/citations.js", "citations") : [];
      download(`${name}.${form}`, await MAKERS[form](data, citations));
    } catch (error) {
      files.after(notLoaded());
      throw error;
    } finally {
      files.setAttribute("aria-busy", "false");
    }
  }

  for (const button of files.querySelectorAll("button")) {
    button.addEventListener("click", () => take(/** @type {keyof typeof MAKERS} */ (button.dataset.form)));
  }
  files.hidden = false;
})();
