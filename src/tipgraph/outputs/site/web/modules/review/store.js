// The state of the review: actions are sent one after the other, each is saved by the server before the next is sent.
// Decision: docs/decisions/0155-one-key-decides-and-the-page-goes-on.md.

import { addressOf } from "./place.js";
/** @import { Answer, Draft, DraftState, Fault, Paragraph, SavedClaim, State } from "./types.d.ts" */

const AGAIN = 1500; // milliseconds until a server that does not answer is asked again
/** @type {Record<string, DraftState>} */
const DECIDED = { accept: "accepted", edit: "edited", reject: "rejected", later: "later" };
const MOVED = 409; // another tab or program has decided meanwhile

/** Tell whether a state has what an action asked for. @param {Action} action @param {State} before @param {State} now */
function isTaken({ name, values }, before, now) {
  const paragraph = now.paragraphs.find(({ number }) => number === values.paragraph);
  const draft = now.paragraphs.flatMap(({ drafts }) => drafts).find(({ id }) => id === values.draft);
  const was = before.paragraphs.find(({ number }) => number === values.paragraph);
  const row = now.paragraphs.flatMap(({ rows }) => rows).find(({ name: own }) => own === values.row);
  const isRevealed = Boolean(paragraph?.revealed && !was?.revealed); // the drafts of a paragraph that was read without them
  /** @type {Record<string, () => boolean>} */
  const asked = {
    edit: () => draft?.state === "edited" || draft?.state === "accepted", // it is accepted if nothing was changed
    reject: () => draft?.state === "rejected" && draft.reason === values.reason,
    done: () => paragraph?.done || isRevealed,
    scope: () => paragraph?.scope === values.scope || (isRevealed && Boolean(values.scope)),
    undo: () => now.progress.decided < before.progress.decided,
    correct: () => Boolean(row && row.digest !== values.digest && hasCells(row, /** @type {Record<string, string>} */ (values.cells))),
    remove: () => !row,
    miss: () => {
      const known = new Set(before.paragraphs.flatMap(({ rows }) => rows).map((row) => row.name));
      return now.paragraphs.flatMap(({ rows }) => rows).some((row) => row.table === values.table && !known.has(row.name) && String(row.spans) === String(values.quotes));
    },
  };
  return asked[name]?.() ?? draft?.state === DECIDED[name];
}

/** Tell whether a claim has the cells of a form, which may have names in place of ids. @param {SavedClaim} claim @param {Record<string, string>} cells */
function hasCells(claim, cells) {
  return Object.entries(cells).every(([name, cell]) => cell === (claim.cells[name] ?? "") || cell === claim.labels[name]);
}

/**
 * What the page hears: `changed` after each answer with the paragraphs that it changed, `waiting` when something is sent or not, `refused` with the faults
 * of an action, `moved` when the state is a newer one than the page had. `left` are the actions that were not taken.
 * @typedef {{changed: (action: Action, paragraphs: [before: Paragraph, now: Paragraph][]) => void, waiting: (unsaved: number, problem: string) => void,
 *   refused: (action: Action, faults: Fault[], left: Action[]) => void, moved: (left: Action[]|null) => void}} Listener
 * @typedef {{name: string, values: Record<string, unknown>, key: string}} Action  the server answers a key once, and says the same if it is sent again
 */

export class Store {
  /** @type {Action[]} */
  #queue = [];
  #sending = false;

  /** @param {State} state @param {Listener} listener */
  constructor(state, listener) {
    this.state = state;
    this.listener = listener;
  }

  /** The number of actions that are not saved yet. */
  get unsaved() { return this.#queue.length; }

  /** The drafts of a paragraph, those that were decided and are being saved as decided. @param {Paragraph} paragraph @returns {Draft[]} */
  drafts({ drafts }) {
    const decided = new Map(this.#queue.flatMap(({ name, values }) => (name in DECIDED ? [[values.draft, DECIDED[name]]] : [])));
    return decided.size ? drafts.map((draft) => (decided.has(draft.id) ? { ...draft, state: decided.get(draft.id) ?? draft.state } : draft)) : drafts;
  }

  /** The saved claims of a paragraph, without those that are being removed. @param {Paragraph} paragraph @returns {SavedClaim[]} */
  claims({ rows }) {
    const removed = new Set(this.#queue.flatMap(({ name, values }) => (name === "remove" ? [values.row] : [])));
    return rows.filter(({ name }) => !removed.has(name));
  }

  /** Tell whether a paragraph is done, or that is being saved. @param {Paragraph} paragraph */
  isDone({ done, number }) {
    return done || this.#queue.some(({ name, values }) => name === "done" && values.paragraph === number);
  }

  /** Tell whether a claim is being added to a paragraph. @param {Paragraph} paragraph */
  adds({ number }) { return this.#queue.some(({ name, values }) => name === "miss" && values.paragraph === number); }

  /** Send an action after those before it. @param {string} name @param {Record<string, unknown>} values */
  send(name, values) {
    this.#queue.push({ name, values, key: crypto.randomUUID() });
    this.listener.waiting(this.#queue.length, "");
    if (!this.#sending) void this.#sendAll();
  }

  /** Ask whether the state has changed elsewhere. */
  async look() {
    if (this.#sending) return;
    const answer = await fetch(addressOf(`state?version=${this.state.version}`)).catch(() => null);
    if (answer?.status !== 200 || this.#sending) return;
    this.state = await answer.json();
    this.listener.moved(null);
  }

  /** The cells that words of the text fill; none if they are no single value. @param {string} table @param {string} column @param {string} words @returns {Promise<Record<string, string>>} */
  async value(table, column, words) {
    const answer = await this.#post("value", { table, column, words });
    return answer?.ok ? (await answer.json()).cells : {};
  }

  /** @param {string} name @param {Record<string, unknown>} values @returns {Promise<Response|null>} */
  #post(name, values) {
    return fetch(addressOf(name), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(values) }).catch(() => null);
  }

  async #sendAll() {
    this.#sending = true;
    let failed = false;
    while (this.#queue.length) {
      const before = { ...this.state };
      const answer = await this.#ask(this.#queue[0]);
      const action = /** @type {Action} */ (this.#queue.shift());
      const left = answer.moved || answer.faults ? this.#queue.splice(0) : []; // a person decided them for another state
      failed = Boolean(answer.failed);
      if (answer.moved) this.listener.moved([action, ...left].filter((one) => !isTaken(one, before, this.state)));
      else if (answer.faults) this.listener.refused(action, answer.faults, left);
      else this.listener.changed(action, this.state.paragraphs.flatMap((now, at) => (now === before.paragraphs[at] ? [] : [[before.paragraphs[at], now]])));
      if (!this.#queue.length && !answer.moved && !answer.faults) this.listener.waiting(0, "");
    }
    this.#sending = false;
    if (failed) await this.look(); // it may have been saved all the same
  }

  /** Ask until there is an answer, and take over what it says. @param {Action} action @returns {Promise<{moved?: boolean, faults?: Fault[], failed?: boolean}>} */
  async #ask({ name, values, key }) {
    for (;;) {
      const answer = await this.#post(name, { version: this.state.version, ...values, key });
      if (answer?.status === MOVED) {
        this.state = await answer.json();
        return { moved: true };
      }
      if (answer?.ok) return this.#take(await answer.json());
      if (answer && answer.status !== 401) {
        const { detail = answer.statusText } = await answer.json().catch(() => ({}));
        return { faults: [{ column: "", message: detail }], failed: true };
      }
      this.listener.waiting(this.#queue.length, answer ? "token" : "gone");
      await new Promise((done) => setTimeout(done, AGAIN));
    }
  }

  /** @param {Answer} answer */
  #take({ faults, paragraphs, ...rest }) {
    if (faults) return { faults };
    Object.assign(this.state, rest);
    const changed = new Map(paragraphs?.map((paragraph) => [paragraph.number, paragraph]));
    this.state.paragraphs = this.state.paragraphs.map((paragraph) => changed.get(paragraph.number) ?? paragraph);
    return {};
  }
}
