// The page on which one asks: a question with its parameters, or SPARQL of one's own; the answer as table, network and map.

import { made } from "../shared/elements.js";
/** @import { AskData, AskMap, AskView, Editor, KnownTerm, Question } from "./types.d.ts" @import { Labels } from "../shared/types.d.ts" */

export const LONGEST_EDITED = 8000; // characters in the rich editor, which lays out a long line for seconds
// The editor: that of Yasgui where it was gathered at build time, with completion from the ontology; else a plain box.

/** A plain box. @param {HTMLTextAreaElement} box @returns {Editor} */
export function plainEditor(box) {
  return {
    get value() { return box.value; },
    set value(text) { box.value = text; },
    change: (act) => box.addEventListener("input", act),
    shown: () => {},
  };
}

/**
 * The editor of Yasgui in place of a box.
 * @param {HTMLTextAreaElement} box @param {KnownTerm[]} terms @param {() => void} run
 * @param {() => void} refused  what is too long @returns {Editor}
 */
export function richEditor(box, terms, run, refused) {
  const place = made("div", { class: "rich" });
  box.replaceWith(place);
  Yasqe.defaults.autocompleters = []; // its own ask servers of others; lists are merged
  Yasqe.registerAutocompleter(completer(terms), false);
  const yasqe = new Yasqe(place, {
    autocompleters: ["tipgraph", "variables"], persistenceId: null, showQueryButton: false, resizeable: false, prefixCcApi: null,
    createShareableLink: null, createShortLink: null, consumeShareLink: null, collapsePrefixesOnLoad: false,
    syntaxErrorCheck: false, // it knows no prefixes but those that a query declares
    value: box.value, lineWrapping: true, editorHeight: "auto", viewportMargin: Infinity, screenReaderLabel: box.dataset.label,
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-Space": (/** @type {any} */ editor) => editor.autocomplete(), Tab: false, "Shift-Tab": false },
  });
  yasqe.on("beforeChange", (/** @type {any} */ editor, /** @type {any} */ change) => {
    if (editor.getValue().length + change.text.join("\n").length <= LONGEST_EDITED) return;
    if (change.origin === "setValue" && change.text.join("\n").length <= LONGEST_EDITED) return; // replaces the text
    change.cancel();
    refused();
  });
  return {
    get value() { return yasqe.getValue(); },
    set value(text) { yasqe.setValue(text); },
    change: (act) => yasqe.on("change", act),
    shown: () => yasqe.refresh(),
  };
}

/** Completion by what the ontology has: `tip:Fund` becomes `tip:Funding`. @param {KnownTerm[]} terms */
function completer(terms) {
  return {
    name: "tipgraph", bulk: false, autoShow: true,
    isValidCompletionPosition: (/** @type {any} */ yasqe) => /^(?:tip|code):?[\w-]*$/.test(yasqe.getCompleteToken().string),
    get: (/** @type {any} */ yasqe, /** @type {any} */ token) => {
      const before = yasqe.getPreviousNonWsToken(yasqe.getCursor().line, token)?.string ?? "";
      return matching(before === "a" ? terms.filter(({ kind }) => kind === "class") : terms.filter(({ kind }) => kind !== "class"), token?.string ?? "");
    },
    postprocessHints: (/** @type {any} */ _yasqe, /** @type {any[]} */ hints) => hints.map((hint) => {
      const known = terms.find(({ term }) => term === hint.text);
      return { ...hint, displayText: known ? `${known.term} – ${known.label}` : hint.text };
    }),
  };
}

/** The terms that begin so, or have the words in their label. @param {KnownTerm[]} terms @param {string} begun */
function matching(terms, begun) {
  const wanted = begun.toLowerCase();
  const word = wanted.slice(wanted.indexOf(":") + 1);
  const first = terms.filter(({ term }) => term.toLowerCase().startsWith(wanted));
  const others = word ? terms.filter((one) => !first.includes(one) && one.label.toLowerCase().includes(word)) : [];
  return [...first, ...others].slice(0, 60).map(({ term }) => term);
}
