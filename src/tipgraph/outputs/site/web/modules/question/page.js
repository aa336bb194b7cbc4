// The page of a question on a large site: the files of its answer are made when somebody asks for them.

import { download } from "../shared/download.js";
import { part } from "../shared/elements.js";
import "../shared/every-page.js";
import { notLoaded } from "../shared/evidence.js";
import { loadPacked } from "../shared/shards.js";
import { csvOf, jsonOf, workbookOf } from "./files.js";
/** @import { AnswerData } from "./types.d.ts" */

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
