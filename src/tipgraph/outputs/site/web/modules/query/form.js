// The fields of the parameters of a question, and the terms that their values mean.

import { made } from "../shared/elements.js";
import { XSD } from "../shared/iris.js";
import { dayOf } from "./dates.js";
import { literal } from "./terms.js";
/** @import { Teller } from "./annotations.js" @import { Parameter, Question, Term } from "./types.d.ts" @import { Labels, Words } from "../shared/types.d.ts" */

const MOST_NAMES = 5000; // more are no list to choose from

/** The fields of one question. */
export class AskForm {
  /** @param {HTMLElement} place @param {Words} words @param {Teller} teller */
  constructor(place, words, teller) {
    this.place = place;
    this.words = words;
    this.teller = teller;
    this.question = /** @type {Question|null} */ (null);
  }

  /** Show the fields of a question, filled. @param {Question|null} question @param {Labels} values  as words */
  show(question, values = {}) {
    this.question = question;
    const fields = Object.entries(question?.parameters ?? {}).map(([name, { kind, summary }]) => {
      const id = `parameter-${name}`;
      return made("div", { class: "field" }, made("label", { for: id }, made("b", {}, name), ` ${summary}`),
        made("input", { id, name, list: `${id}-names`, type: "text", autocomplete: "off", spellcheck: "false", placeholder: this.example(kind), "aria-describedby": `${id}-fault`, value: values[name] ?? "" }),
        made("datalist", { id: `${id}-names` }), made("p", { id: `${id}-fault`, class: "warn fault", role: "alert" }));
    });
    this.place.replaceChildren(...fields);
    for (const input of this.place.querySelectorAll("input")) {
      input.addEventListener("focus", () => this.suggest(input, question?.parameters[input.name]?.kind ?? ""), { once: true });
    }
    this.place.hidden = !fields.length;
  }

  /** Offer the possible names of a field when it first gets the focus. @param {HTMLInputElement} input @param {string} kind */
  async suggest(input, kind) {
    if (kind === "text" || kind === "from" || kind === "to" || kind.startsWith("number")) return;
    try {
      const names = await this.teller.names(kind);
      input.list?.replaceChildren(...names.slice(0, MOST_NAMES).map((value) => made("option", { value })));
    } catch { /* it works without */ }
  }

  /** An example of a value. @param {string} kind */
  example(kind) {
    if (kind === "from" || kind === "to") return "2004, 2004-11, 2004-11-11";
    if (kind === "place") return "JP, caribbean, Japan …";
    return kind.startsWith("code ") ? this.words("a code") : "";
  }

  /** The values of the fields that are not empty. @returns {Labels} */
  get values() {
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (this.place.querySelectorAll("input"));
    return Object.fromEntries([...inputs].map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value));
  }

  /** The terms of the fields, or null; a fault is shown at its field. @param {Teller} teller @param {AbortSignal} signal @returns {Promise<Record<string, Term[]>|null>} */
  async terms(teller, signal) {
    const found = /** @type {Record<string, Term[]>} */ ({});
    let sound = true;
    for (const fault of this.place.querySelectorAll(".fault")) fault.textContent = "";
    for (const [name, value] of Object.entries(this.values)) {
      try {
        found[name] = [await this.term(this.question?.parameters[name]?.kind ?? "thing", value, teller, signal)];
      } catch (error) {
        if (signal.aborted) throw error;
        const fault = document.getElementById(`parameter-${name}-fault`);
        if (fault) fault.textContent = error instanceof Error ? error.message : String(error);
        sound = false;
      }
    }
    return sound ? found : null;
  }

  /** @param {string} kind @param {string} value @param {Teller} teller @param {AbortSignal} signal @returns {Promise<Term>} */
  async term(kind, value, teller, signal) {
    if (kind === "from" || kind === "to") {
      const day = dayOf(value, kind);
      if (day) return day;
      throw new Error(this.words("write 2004, 2004-11, 2004-11-11, or 2004-21 to 2004-24 for a season"));
    }
    if (kind === "text") return literal(value);
    if (kind.startsWith("number")) return this.number(kind, value);
    if (kind.startsWith("code ")) return teller.code(value, kind.slice("code ".length), this.words, signal);
    if (kind === "class") return teller.class(value, this.words, signal);
    return teller.resolve(value, kind, this.words, signal);
  }

  /** @param {string} kind @param {string} value */
  number(kind, value) {
    const [least, most] = (/(\d+)-(\d+)/.exec(kind) ?? []).slice(1).map(Number);
    const fits = /^\d{1,15}$/.test(value) && (most === undefined || (Number(value) >= least && Number(value) <= most));
    if (fits) return literal(String(Number(value)), `${XSD}integer`);
    throw new Error(most === undefined ? this.words("write a whole number") : this.words("write a whole number from {least} to {most}", { least, most }));
  }
}
