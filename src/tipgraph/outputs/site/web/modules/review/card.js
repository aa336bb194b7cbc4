// The card on the right: a draft as a sentence and as fields, what the data says already, and the choices of keys.

import { button, made } from "../shared/elements.js";
/** @import { Words } from "../shared/types.d.ts" */
/** @import { Draft, Known, Paragraph, State } from "./types.d.ts" */

const SHORT = 20; // letters of a choice that fits beside another one

/** A list of choices, each with its key. @param {[key: string, label: string, act: () => void][]} choices @param {string} label */
export function choiceList(choices, label) {
  const isLong = choices.some(([, words]) => words.length > SHORT);
  return made("ul", { class: isLong ? "choices long" : "choices", "aria-label": label }, ...choices.map(([key, words, act]) =>
    made("li", {}, button([...(key ? [made("kbd", {}, key), " "] : []), made("span", {}, words)], act))));
}

/** A draft. @param {Draft} draft @param {State} state @param {Words} words @param {string} place  among the drafts of its paragraph */
export function draftCard(draft, state, words, place) {
  const { label, columns } = state.tables[draft.table];
  const filled = columns.filter(({ name }) => draft.cells[name]);
  const added = new Set(draft.entries.map(({ cells }) => cells.label));
  return [
    made("p", { class: "quiet" }, made("span", { class: "chip" }, label), ` ${place}`, ...(draft.state === "later" ? [" · ", words("put off")] : [])),
    made("h2", { id: "reads" }, draft.reads),
    made("blockquote", { lang: "" }, made("mark", {}, draft.quote)) /* in the language of the text, which nobody knows */,
    ...knownList(words("Contradicts"), draft.against, "against", columns),
    ...knownList(words("The data has already"), draft.same, "same", columns),
    made("dl", { class: "facts" }, ...filled.flatMap((column) => {
      const known = state.names[column.refers ?? ""] ?? []; // an entry that was new may have been added since
      const names = (draft.labels[column.name] ?? draft.cells[column.name]).split("|").map((name) => name.trim());
      return [made("dt", {}, column.label), made("dd", {}, ...names.flatMap((name, at) =>
        [at ? ", " : "", column.choices?.find(([code]) => code === name)?.[1] ?? name, ...(added.has(name) && !known.includes(name) ? [" ", made("span", { class: "chip" }, words("new entry"))] : [])]))];
    })),
    made("p", { class: "quiet" }, `${words("Proposed by")}: ${draft.producers.map((name) => producerWords(name, words)).join(", ")}`),
  ];
}

/** A producer in words, such as `rule:gave-amount`. @param {string} name @param {Words} words */
export function producerWords(name, words) {
  const [kind, ...rest] = name.split(":");
  const own = rest.join(":");
  if (kind === "rule") return words("rule “{name}”", { name: own.replaceAll("-", " ") });
  if (kind === "model") return words("language model {name}", { name: own });
  return name;
}

/** @param {string} heading @param {Known[]} known @param {string} name @param {{name: string, label: string}[]} columns */
function knownList(heading, known, name, columns) {
  if (!known.length) return [];
  const inColumn = (/** @type {string|undefined} */ column) => column ? `${columns.find((one) => one.name === column)?.label ?? column}: ` : "";
  return [made("section", { class: name }, made("h3", {}, heading),
    made("ul", { class: "said" }, ...known.map(({ reads, locator, column }) => made("li", {}, inColumn(column), reads, " ", made("span", { class: "quiet" }, locator)))))];
}

/** The claims that the data has from a paragraph. @param {Paragraph} paragraph @param {Words} words */
export function savedClaims(paragraph, words) {
  if (!paragraph.rows.length) return [];
  return [made("section", {}, made("h3", {}, words("Claims of this paragraph")), made("ul", { class: "said" }, ...paragraph.rows.map(({ reads }) => made("li", {}, reads))))];
}
