// The legend, which is the filter: a box to tick for each class, relation, kind, status, review and source.

import { button, made } from "../shared/elements.js";
import { capital, groupMark, relationMark } from "./glyphs.js";
import { FACETS, everything, facetTitles } from "./model.js";
/** @import { Labels, Words } from "../shared/types.d.ts" @import { NetworkModel } from "./model.js" @import { Facet, NetworkState, Shown } from "./types.d.ts" */

const FOLDED = 6; // rows of a list before the rest is folded away

/** @typedef {{facet: Facet, value: string, box: HTMLInputElement, count: HTMLElement}} Tick  a box for one value */

/** The legend of a network; it changes the state that it is given, and calls `changed`. */
export class Legend {
  /** @param {HTMLElement} place @param {NetworkModel} model @param {Words} words @param {() => void} changed */
  constructor(place, model, words, changed) {
    this.model = model;
    this.words = words;
    this.changed = changed;
    this.state = everything();
    const { nodes, edges } = model.data;
    this.totals = Object.fromEntries(FACETS.map((facet) => [facet, model.counts(facet, (facet === "class" ? nodes : edges).keys())]));
    this.ticks = /** @type {Tick[]} */ ([]);
    this.heads = /** @type {{box: HTMLInputElement, of: Tick[]}[]} */ ([]); // boxes of groups, each over those of its classes
    place.append(...this.parts());
  }

  /** @returns {HTMLElement[]} */
  parts() {
    const [{ data }, { words }] = [this.model, this];
    const directed = new Set(data.edges.filter((edge) => edge.directed).map((edge) => edge.relation));
    const titles = facetTitles(words);
    const parts = [
      this.fieldset(titles.class, this.groups()),
      this.facet("relation", titles.relation, data.relations, (name) => relationMark(data, name, directed.has(name))),
      this.facet("modality", titles.modality, this.model.labels("modality", words)),
      this.facet("review", titles.review, this.model.labels("review", words)),
      this.facet("status", titles.status, { ...data.statuses, "": words("not stated") }),
      this.facet("kind", titles.kind, { ...data.kinds, "": words("not stated") }),
      this.facet("source", titles.source, data.sources),
    ];
    return /** @type {HTMLElement[]} */ (parts.filter(Boolean));
  }

  /** Groups with their classes below them. */
  groups() {
    const { data } = this.model;
    const classes = new Map(Object.keys(data.groups).map((group) => [group, /** @type {Set<string>} */ (new Set())]));
    for (const node of data.nodes) classes.get(node.group)?.add(node.kind);
    return made("ul", {}, ...[...classes].map(([group, kinds]) => this.group(group, [...kinds].sort())));
  }

  /** @param {string} group @param {string[]} kinds */
  group(group, kinds) {
    const { data } = this.model;
    const mark = groupMark(data, group);
    if (kinds.length === 1) return this.row("class", kinds[0], data.classes[kinds[0]] ?? kinds[0], mark);
    const begin = this.ticks.length;
    const rows = kinds.map((kind) => this.row("class", kind, data.classes[kind] ?? kind));
    const of = this.ticks.slice(begin);
    const box = made("input", { type: "checkbox", checked: true });
    this.heads.push({ box, of });
    box.addEventListener("change", () => this.tick(of, box.checked));
    const head = made("label", { class: "tick" }, box, mark, made("span", {}, capital(data.groups[group])));
    const below = made("details", {}, made("summary", {}, this.words("Kinds: {count}", { count: rows.length })), made("ul", {}, ...rows));
    return made("li", {}, head, this.only("class", data.groups[group], of), below);
  }

  /** The boxes of a facet, if there is a choice. @param {Facet} facet @param {string} title @param {Labels} labels @param {(value: string) => Element} [mark] */
  facet(facet, title, labels, mark) {
    const values = Object.keys(labels).filter((value) => this.totals[facet].has(value));
    for (const value of this.totals[facet].keys()) if (!(value in labels)) values.push(value);
    if (values.length < 2 && facet !== "relation") return null;
    return this.fieldset(title, this.list(values.map((value) => this.row(facet, value, labels[value] ?? value, mark?.(value))), facet === "source"));
  }

  /** Rows; those of a long list are folded away, and those of sources are all. @param {HTMLElement[]} rows @param {boolean} all */
  list(rows, all) {
    if (all) return made("details", {}, made("summary", {}, this.words("Sources: {count}", { count: rows.length })), made("ul", {}, ...rows));
    if (rows.length <= FOLDED + 1) return made("ul", {}, ...rows);
    const [first, rest] = [rows.slice(0, FOLDED), rows.slice(FOLDED)];
    const more = made("summary", {}, this.words("More: {count}", { count: rest.length }));
    return made("ul", {}, ...first, made("li", {}, made("details", {}, more, made("ul", {}, ...rest))));
  }

  /** @param {Facet} facet @param {string} value @param {string} label @param {Element} [mark] */
  row(facet, value, label, mark) {
    const tick = { facet, value, box: made("input", { type: "checkbox", checked: true }), count: made("span", { class: "count" }) };
    tick.box.addEventListener("change", () => this.tick([tick], tick.box.checked));
    this.ticks.push(tick);
    const text = made("span", { class: "name", title: label }, label);
    return made("li", {}, made("label", { class: "tick" }, tick.box, ...(mark ? [mark] : []), text, tick.count), this.only(facet, label, [tick]));
  }

  /** A button that ticks only some boxes of a facet, or all again. @param {Facet} facet @param {string} label @param {Tick[]} ticks */
  only(facet, label, ticks) {
    return button([this.words("only")], () => {
      const all = this.ticks.filter((tick) => tick.facet === facet);
      const already = all.every((tick) => tick.box.checked === ticks.includes(tick));
      for (const tick of all) this.put(tick, already || ticks.includes(tick));
      this.changed();
    }, { class: "only", "aria-label": this.words("only {names}", { names: label }) });
  }

  /** @param {string} title @param {HTMLElement} body */
  fieldset(title, body) {
    return made("fieldset", {}, made("legend", {}, title), body);
  }

  /** @param {Tick[]} ticks @param {boolean} on */
  tick(ticks, on) {
    for (const tick of ticks) this.put(tick, on);
    this.changed();
  }

  /** @param {Tick} tick @param {boolean} on */
  put({ facet, value, box }, on) {
    box.checked = on;
    this.state.without[facet][on ? "delete" : "add"](value);
  }

  /** Show a state. @param {NetworkState} state */
  set(state) {
    this.state = state;
    for (const { facet, value, box } of this.ticks) box.checked = !state.without[facet].has(value);
  }

  /** Count what is shown. @param {Shown} shown */
  count(shown) {
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, this.model.counts(facet, facet === "class" ? shown.nodes : shown.edges)]));
    for (const { facet, value, count } of this.ticks) {
      const [now, all] = [counts[facet].get(value) ?? 0, this.totals[facet].get(value) ?? 0];
      count.textContent = now === all ? String(all) : `${now}/${all}`;
    }
    for (const { box, of } of this.heads) {
      const on = of.filter((tick) => tick.box.checked).length;
      [box.checked, box.indeterminate] = [on > 0, on > 0 && on < of.length];
    }
  }
}
