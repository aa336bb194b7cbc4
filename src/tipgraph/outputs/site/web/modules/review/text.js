// The text: paragraphs with marked words, and the choice of words by mouse, touch and keys.

import { made } from "../shared/elements.js";
/** @import { Draft, Paragraph, SavedClaim, Span } from "./types.d.ts" */

const WORD = /\S+/g;
const SENTENCE = /[^\s](?:.(?![.!?]["”’»)]*\s+[\p{Lu}\d“"«¿¡(]))*.[.!?]?["”’»)]*/gsu;

/** The place of a code point in a text, by which scripts count. @param {string} text @param {number} points */
export function placeOf(text, points) {
  let place = 0;
  for (let at = 0; at < points && place < text.length; at += 1) place += (text.codePointAt(place) ?? 0) > 0xffff ? 2 : 1;
  return place;
}

/** The number of code points before a place. @param {string} text @param {number} place */
export const pointsTo = (text, place) => [...text.slice(0, place)].length;

/** The words of a text by their places. @param {string} text */
const wordsOf = (text) => [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));

/**
 * The span of a paragraph around two places, of whole words and without the punctuation at its ends; null without words.
 * @param {Paragraph} paragraph @param {number} from @param {number} to @returns {Span|null}
 */
export function spanOf(paragraph, from, to) {
  const { text } = paragraph;
  const covered = wordsOf(text).filter(({ start, end }) => start < to && from < end);
  if (!covered.length) return null;
  let [start, end] = [covered[0].start, covered[covered.length - 1].end];
  while (start < end && /[("'“‘«[]/.test(text[start])) start += 1;
  while (start < end && /[,;:!?)"'”’»\]]/.test(text[end - 1])) end -= 1;
  if (/[^.\s]{2,}\.$/.test(text.slice(start, end)) && !/\.\S*\.$/.test(text.slice(start, end))) end -= 1; // "Lima.", but "U.S."
  return { start: paragraph.start + pointsTo(text, start), end: paragraph.start + pointsTo(text, end), words: text.slice(start, end) };
}

/** The words at a place. @param {Paragraph} paragraph @param {number} start @param {number} end @returns {Span} */
export function spanAt({ text, start: first }, start, end) {
  return { start, end, words: text.slice(placeOf(text, start - first), placeOf(text, end - first)) };
}

/** The place of words in the first paragraph that has them. @param {string} wanted @param {Paragraph[]} paragraphs @returns {Span|null} */
export function placeOfWords(wanted, paragraphs) {
  const pattern = new RegExp(wanted.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "iu");
  for (const { text, start } of paragraphs) {
    const found = pattern.exec(text);
    if (found) return { start: start + pointsTo(text, found.index), end: start + pointsTo(text, found.index + found[0].length), words: found[0] };
  }
  return null;
}

/** The words that a person selected, and their paragraph; null if there are none. @param {HTMLElement} place @param {Paragraph[]} paragraphs */
export function selected(place, paragraphs) {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const element = (range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement)?.closest(".words");
  if (!element || !place.contains(element)) return null;
  const paragraph = paragraphs.find(({ number }) => String(number) === element.closest("section")?.dataset.number);
  if (!paragraph) return null;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  const from = before.toString().length;
  before.selectNodeContents(element);
  if (element.contains(range.endContainer)) before.setEnd(range.endContainer, range.endOffset);
  const span = spanOf(paragraph, from, before.toString().length);
  return span && { paragraph, span };
}

/** A choice of words by keys: from word to word, longer and shorter. */
export class WordCursor {
  /** @param {Paragraph} paragraph @param {number} near  the code point where it begins */
  constructor(paragraph, near) {
    this.paragraph = paragraph;
    this.words = wordsOf(paragraph.text);
    const place = placeOf(paragraph.text, near - paragraph.start);
    this.first = this.last = Math.max(0, this.words.findIndex(({ end }) => end > place)) - 1;
  }

  /** Move to the next word, or make the choice longer; return it. @param {1|-1} step @param {boolean} extend */
  move(step, extend) {
    const to = Math.min(Math.max(0, this.last + step), this.words.length - 1);
    this.last = Math.max(extend ? this.first : 0, to);
    if (!extend || this.first < 0) this.first = this.last;
    return this.words.length ? spanOf(this.paragraph, this.words[this.first].start, this.words[this.last].end) : null;
  }
}

/** The sentence of a paragraph at a place (0), before or after it; null at its ends. @param {Paragraph} paragraph @param {number} point @param {1|0|-1} step */
export function sentenceFrom(paragraph, point, step) {
  const place = placeOf(paragraph.text, point - paragraph.start);
  const all = [...paragraph.text.matchAll(SENTENCE)].map(({ 0: { length }, index }) => ({ from: index, to: index + length }));
  const next = step < 0 ? all.filter(({ to }) => to <= place).at(-1) : all.find(({ from, to }) => (step ? from > place : to > place));
  return next ? spanOf(paragraph, next.from, next.to) : null;
}

/**
 * The text of a paragraph in parts: the words of drafts and saved claims, those of the present one, and those that are being chosen.
 * @param {Paragraph} paragraph @param {Draft[]} drafts @param {SavedClaim[]} claims @param {Draft|SavedClaim|null} present @param {Span|null} chosen
 */
export function markedWords(paragraph, drafts, claims, present, chosen) {
  const { text } = paragraph;
  const place = (/** @type {number} */ point) => placeOf(text, Math.max(0, point - paragraph.start));
  const spans = [
    ...drafts.map((draft) => ({ from: place(draft.start), to: place(draft.end), name: draft === present ? "present" : isOpen(draft) ? "open" : draft.state === "rejected" ? "" : "taken", id: draft.id, claim: "" })),
    ...claims.flatMap((claim) => claim.spans.map(([start, end]) => ({ from: place(start), to: place(end), name: claim === present ? "present" : "taken", id: "", claim: claim.name }))),
    ...(chosen ? [{ from: place(chosen.start), to: place(chosen.end), name: "chosen", id: "", claim: "" }] : []),
  ].filter(({ name, from, to }) => name && from < to);
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])].sort((one, other) => one - other);
  return cuts.slice(0, -1).map((from, at) => {
    const own = spans.filter((span) => span.from <= from && cuts[at + 1] <= span.to);
    const names = [...new Set(own.map(({ name }) => name))].join(" ");
    const words = text.slice(from, cuts[at + 1]);
    const draft = own.find(({ name }) => name === "open")?.id, claim = own.filter((span) => span.claim).sort((one, other) => one.to - one.from - other.to + other.from)[0]?.claim; // the shortest
    return names ? made(names.includes("present") ? "mark" : "span", { class: names, "data-draft": draft, "data-claim": claim }, words) : words;
  });
}

/** Tell whether a draft waits for a decision. @param {Pick<Draft, "state">} draft */
export const isOpen = ({ state }) => state === "open" || state === "later";
