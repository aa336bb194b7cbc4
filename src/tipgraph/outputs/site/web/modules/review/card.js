// The card on the right: a draft as a sentence and as fields, what the data says already, and the choices of keys.

import { button, made } from "../shared/elements.js";
/** @import { Words } from "../shared/types.d.ts" */
/** @import { Action } from "./store.js" */
/** @import { Column, Draft, Entry, Known, SavedClaim, Span, State } from "./types.d.ts" */

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
  return [
    made("p", { class: "quiet" }, made("span", { class: "chip" }, label), ` ${place}`, ...(draft.state === "later" ? [" · ", words("put off")] : [])),
    made("h2", { id: "reads" }, draft.reads),
    made("blockquote", { lang: "" }, made("mark", {}, draft.quote)) /* in the language of the text, which nobody knows */,
    ...knownList(words("Contradicts"), draft.against, "against", columns),
    ...knownList(words("The data has already"), draft.same, "same", columns),
    factList(draft, columns, (name) => entryChips(name, draft, state, words)),
    ...(draft.namings.length ? [made("p", { class: "quiet" }, words("Names that are saved, too: {names}", { names: draft.namings.map((name) => `“${name}”`).join(", ") }))] : []),
    made("p", { class: "quiet" }, `${words("Proposed by")}: ${draft.producers.map((name) => producerWords(name, words)).join(", ")}`),
  ];
}

/** A claim that is saved. @param {SavedClaim} claim @param {State} state @param {Words} words @param {string} place  among the saved claims of its paragraph @param {Span[]} quotes */
export function claimCard(claim, state, words, place, quotes) {
  const { label, columns } = state.tables[claim.table] ?? { label: claim.table, columns: [] };
  return [
    made("p", { class: "quiet" }, made("span", { class: "chip" }, label), ` ${place}`),
    made("h2", { id: "reads" }, claim.reads),
    ...quotes.map((span) => made("blockquote", { lang: "" }, made("mark", {}, span.words))),
    factList(claim, columns, () => []),
    made("p", { class: "quiet" }, cameWords(claim, words)),
  ];
}

/** How a claim was saved, and when it was corrected. @param {SavedClaim} claim @param {Words} words */
function cameWords({ origin, corrected }, words) {
  const came = { accepted: words("accepted draft"), edited: words("edited draft"), missed: words("added on this page"), "": words("in the tables of the source") }[origin];
  return corrected ? `${came} · ${words("corrected on {day}", { day: corrected })}` : came;
}

/** The cells of a draft or a claim in words. @param {Pick<Draft, "cells"|"labels"|"classes">} row @param {Column[]} columns @param {(name: string) => (Node|string)[]} more  beside the name of an entry */
function factList({ cells, labels, classes }, columns, more) {
  return made("dl", { class: "facts" }, ...columns.filter(({ name }) => cells[name]).flatMap((column) => {
    const names = (labels[column.name] ?? cells[column.name]).split("|").map((name) => name.trim());
    return [made("dt", {}, column.label), made("dd", {}, ...names.flatMap((name, at) =>
      [at ? ", " : "", column.choices?.find(([code]) => code === name)?.[1] ?? name, classWords(classes[column.name]?.[at]), ...(column.refers ? more(name) : [])]))];
  }));
}

/** The class of an entry whose label others have, too. @param {string|undefined} name */
const classWords = (name) => name ? ` (${name})` : "";

/** What a name is beside: a new entry of a class and kind, whose name may have been rejected. @param {string} name @param {Draft} draft @param {State} state @param {Words} words */
function entryChips(name, draft, state, words) {
  return draft.entries.filter(({ cells }) => cells.label === name).flatMap((entry) => {
    const [cls, ...more] = entryWords(entry, state);
    const chips = [words("new entry: {class}", { class: cls }), ...more, ...(entry.rejected ? [words("its name was rejected")] : [])];
    return chips.flatMap((text) => [" ", made("span", { class: "chip" }, text)]);
  });
}

/** The cells of a new entry in words: its class, then the others. @param {Entry} entry @param {State} state */
function entryWords({ table, cells }, state) {
  const { label: whole, columns } = state.entries[table];
  const said = columns.filter(({ name }) => cells[name] && name !== "label").map(({ name, label, choices }) => {
    const value = choices?.find(([code]) => code === cells[name])?.[1] ?? cells[name];
    return choices ? value : `${label}: ${value}`;
  });
  return cells.type ? said : [whole, ...said];
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

/** The claims that the data has from a paragraph, each to choose. @param {SavedClaim[]} claims @param {SavedClaim|null} present @param {Words} words @param {(name: string) => void} choose */
export function claimList(claims, present, words, choose) {
  if (!claims.length) return [];
  return [made("h3", {}, words("Claims of this paragraph")), made("ul", { class: "choices long" }, ...claims.map((claim) =>
    made("li", {}, button([made("span", {}, claim.reads), " ", made("small", {}, cameWords(claim, words))], () => choose(claim.name), { "aria-current": claim === present || undefined }))))];
}

/** An action in one line: what it does, and with which draft or paragraph. @param {Action} action @param {State} state @param {Words} words */
export function actionWords({ name, values }, state, words) {
  /** @type {Record<string, string>} */
  const names = { accept: words("Accept"), edit: words("Edit"), reject: words("Reject"), later: words("Later"), miss: words("Missed"), correct: words("Edit"), remove: words("Remove"), done: words("Paragraph done"), scope: words("No claims here"), undo: words("Undo") };
  const paragraph = state.paragraphs.find(({ number, drafts, rows }) => number === values.paragraph || drafts.some(({ id }) => id === values.draft) || rows.some((row) => row.name === values.row));
  const draft = paragraph?.drafts.find(({ id }) => id === values.draft), claim = paragraph?.rows.find((row) => row.name === values.row);
  const typed = claim && values.cells ? typedWords(claim, /** @type {Record<string, string>} */ (values.cells), state) : "";
  const about = [claim?.reads ?? draft?.reads ?? state.tables[String(values.table)]?.label, typed, paragraph && `¶ ${paragraph.number}`].filter(Boolean).join(" · ");
  return about ? `${names[name]}: ${about}` : names[name];
}

/** The cells that a person typed for a claim. @param {SavedClaim} claim @param {Record<string, string>} cells @param {State} state */
function typedWords(claim, cells, state) {
  const columns = state.tables[claim.table].columns.filter(({ name }) => name in cells);
  return columns.map(({ name, label, choices }) => `${label}: ${choices?.find(([code]) => code === cells[name])?.[1] ?? (cells[name] || "–")}`).join(", ");
}

/** What drafters left out, and why they stopped: a line for the header that opens; nothing if they proposed all. @param {State} state @param {Words} words */
export function notProposed({ dropped, stopped }, words) {
  const counts = Object.entries(dropped);
  if (!counts.length && !stopped.length) return [];
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const lines = [...stopped.map((why) => words("A drafter stopped before the end: {why}", { why })), ...counts.map(([reason, count]) => `${reasonWords(reason, words)}: ${count}`)];
  return [made("details", {}, made("summary", {}, words("not proposed: {n}", { n: all }), ...(stopped.length ? [" · ", words("stopped early")] : [])), made("ul", {}, ...lines.map((line) => made("li", {}, line))))];
}

/** Why a drafter left something out, in the language of the page. @param {string} reason @param {Words} words */
function reasonWords(reason, words) {
  /** @type {Record<string, string>} */
  const known = {
    "another language": words("a sentence is in another language"), "too long": words("a sentence is too long"), "a sentence is too long": words("a sentence is too long"),
    "a person as an actor": words("a person as an actor"),
    "victims as an actor": words("victims as an actor"),
    "a victim or a person is named as an actor": words("a victim or a person is named as an actor"),
    "a name that is no entry of the kind that is needed": words("a name that is no entry of the kind that is needed"),
    "a sentence got no answer": words("a sentence got no answer"),
    "an answer was not in the form that was asked for, twice": words("an answer was not in the form that was asked for, twice"),
    "the claim was not in the form that was asked for": words("the claim was not in the form that was asked for"),
    "the quote is not in the sentence": words("the quote is not in the sentence"),
    "a name is not in the sentence": words("a name is not in the sentence"),
    "a code is not in its list": words("a code is not in its list"),
    "two parts of the claim are the same": words("two parts of the claim are the same"),
    "the claim names fewer than two things": words("the claim names fewer than two things"),
    "words that are not in the text at their place": words("words that are not in the text at their place"),
    "a table that the ontology does not have": words("a table that the ontology does not have"),
  };
  return known[reason] ?? reason;
}
