// The legend, which is the filter: a box to tick for each class, relation, kind, status, source; and the years.

import { made } from "../shared/elements.js";
import { capital, groupMark, relationMark } from "./glyphs.js";
import { FACETS, everything, facetTitles } from "./model.js";

/** @import { NetworkModel } from "./model.js" */
/** @import { Facet, NetworkState, Shown } from "./types.d.ts" */
/** @import { Labels, Words } from "../shared/types.d.ts" */

const FOLDED = 6; // rows of a list before the rest is folded away

/** The legend of a network; it changes the choice that it is given, and tells so. */
export class Legend {
  /** @param {HTMLElement} place @param {NetworkModel} model @param {Words} words @param {() => void} changed */
  constructor(place, model, words, changed) {
    this.model = model;
    this.words = words;
    this.changed = changed;
    this.state = everything();
    this.totals = Object.fromEntries(FACETS.map((facet) => [facet, model.counts(facet, this.all(facet))]));
    /** @type {{facet: Facet, value: string, box: HTMLInputElement, count: HTMLElement}[]} */
    this.boxes = [];
    /** @type {{box: HTMLInputElement, of: HTMLInputElement[]}[]} */
    this.heads = [];
    this.years = model.span ? new Years(model.span, words, () => this.setYears()) : null;
    place.append(...this.parts());
  }

  /** The nodes or edges that a facet is about. @param {Facet} facet */
  all(facet) {
    return (facet === "class" ? this.model.data.nodes : this.model.data.edges).map((item) => item.id);
  }

  /** @returns {HTMLElement[]} */
  parts() {
    const { data } = this.model;
    const words = this.words;
    const directed = new Set(data.edges.filter((edge) => edge.directed).map((edge) => edge.relation));
    const titles = facetTitles(words);
    const parts = [
      this.fieldset(titles.class, this.groups()),
      this.facet("source", titles.source, data.sources),
      this.facet("relation", titles.relation, data.relations, (name) => relationMark(data, name, directed.has(name))),
      this.facet("modality", titles.modality, this.model.labels("modality", words)),
      this.years?.part,
      this.facet("status", titles.status, { ...data.statuses, "": words("not said") }),
      this.facet("kind", titles.kind, { ...data.kinds, "": words("not said") }),
    ];
    return /** @type {HTMLElement[]} */ (parts.filter(Boolean));
  }

  /** Groups of things with their classes below them. */
  groups() {
    const { data } = this.model;
    /** @type {Map<string, Set<string>>} */
    const classes = new Map(Object.keys(data.groups).map((group) => [group, new Set()]));
    for (const node of data.nodes) classes.get(node.group)?.add(node.kind);
    return made("ul", {}, ...[...classes].map(([group, kinds]) => this.group(group, [...kinds].sort())));
  }

  /** @param {string} group @param {string[]} kinds */
  group(group, kinds) {
    const { data } = this.model;
    const mark = groupMark(data, group);
    if (kinds.length === 1) return this.row("class", kinds[0], data.classes[kinds[0]] ?? kinds[0], mark).row;
    const rows = kinds.map((kind) => this.row("class", kind, data.classes[kind] ?? kind));
    const box = made("input", { type: "checkbox", checked: true });
    const of = rows.map((row) => row.box);
    this.heads.push({ box, of });
    box.addEventListener("change", () => this.tick(of, box.checked));
    const head = made("label", { class: "tick" }, box, mark, made("span", {}, capital(data.groups[group])));
    const below = made("details", {}, made("summary", {}, this.words("Kinds: {count}", { count: rows.length })), made("ul", {}, ...rows.map((row) => row.row)));
    return made("li", {}, head, this.only("class", data.groups[group], of), below);
  }

  /**
   * The boxes of a facet; none where there is nothing to choose between.
   * @param {Facet} facet @param {string} title @param {Labels} labels @param {(value: string) => Element} [mark]
   */
  facet(facet, title, labels, mark) {
    const values = Object.keys(labels).filter((value) => this.totals[facet].has(value));
    for (const value of this.totals[facet].keys()) if (!(value in labels)) values.push(value);
    if (values.length < 2 && facet !== "relation") return null;
    const rows = values.map((value) => this.row(facet, value, labels[value] ?? value, mark?.(value)).row);
    return this.fieldset(title, this.list(rows));
  }

  /** Rows, those of a long list folded away until they are wanted. @param {HTMLElement[]} rows */
  list(rows) {
    if (rows.length <= FOLDED + 1) return made("ul", {}, ...rows);
    const [first, rest] = [rows.slice(0, FOLDED), rows.slice(FOLDED)];
    const more = made("summary", {}, this.words("More: {count}", { count: rest.length }));
    return made("ul", {}, ...first, made("li", {}, made("details", {}, more, made("ul", {}, ...rest))));
  }

  /** @param {Facet} facet @param {string} value @param {string} label @param {Element} [mark] */
  row(facet, value, label, mark) {
    const box = made("input", { type: "checkbox", checked: true });
    const count = made("span", { class: "count" });
    box.addEventListener("change", () => this.tick([box], box.checked));
    this.boxes.push({ facet, value, box, count });
    const text = made("span", { class: "name", title: label }, label);
    const row = made("li", {}, made("label", { class: "tick" }, box, ...(mark ? [mark] : []), text, count), this.only(facet, label, [box]));
    return { row, box };
  }

  /**
   * A button that leaves only some boxes of a facet ticked, or ticks all again where only they are.
   * @param {Facet} facet @param {string} label @param {HTMLInputElement[]} boxes
   */
  only(facet, label, boxes) {
    const button = made("button", { type: "button", class: "only", "aria-label": this.words("only {names}", { names: label }) }, this.words("only"));
    button.addEventListener("click", () => {
      const all = this.boxes.filter((one) => one.facet === facet);
      const already = all.every(({ box }) => box.checked === boxes.includes(box));
      for (const one of all) this.put(one, already || boxes.includes(one.box));
      this.changed();
    });
    return button;
  }

  /** @param {string} title @param {HTMLElement} body */
  fieldset(title, body) {
    return made("fieldset", {}, made("legend", {}, title), body);
  }

  /** @param {HTMLInputElement[]} boxes @param {boolean} on */
  tick(boxes, on) {
    for (const one of this.boxes) if (boxes.includes(one.box)) this.put(one, on);
    this.changed();
  }

  /** @param {{facet: Facet, value: string, box: HTMLInputElement}} one @param {boolean} on */
  put({ facet, value, box }, on) {
    box.checked = on;
    if (on) this.state.without[facet].delete(value);
    else this.state.without[facet].add(value);
  }

  setYears() {
    if (this.years) [this.state.from, this.state.to] = this.years.chosen();
    this.changed();
  }

  /** Show a choice. @param {NetworkState} state */
  set(state) {
    this.state = state;
    for (const { facet, value, box } of this.boxes) box.checked = !state.without[facet].has(value);
    this.years?.set(state.from, state.to);
  }

  /** Say how many of each are shown. @param {Shown} shown */
  count(shown) {
    const counts = Object.fromEntries(
      FACETS.map((facet) => [facet, this.model.counts(facet, facet === "class" ? shown.nodes : shown.edges)]),
    );
    for (const { facet, value, count } of this.boxes) {
      const [now, all] = [counts[facet].get(value) ?? 0, this.totals[facet].get(value) ?? 0];
      count.textContent = now === all ? String(all) : `${now}/${all}`;
    }
    for (const { box, of } of this.heads) {
      const on = of.filter((one) => one.checked).length;
      [box.checked, box.indeterminate] = [on > 0, on > 0 && on < of.length];
    }
    this.years?.undated(shown.undated);
  }
}

/** A slider with two handles for years, each a range input of its own, so that keys and screen readers can use it. */
class Years {
  /** @param {[number, number]} span @param {Words} words @param {() => void} changed */
  constructor(span, words, changed) {
    this.span = span;
    this.words = words;
    const [min, max] = span;
    this.first = made("input", { type: "range", min, max, value: min, "aria-label": words("From year") });
    this.last = made("input", { type: "range", min, max, value: max, "aria-label": words("To year") });
    this.said = made("output", {});
    this.note = made("p", { class: "note" });
    this.first.addEventListener("input", () => this.moved(this.first, changed));
    this.last.addEventListener("input", () => this.moved(this.last, changed));
    const slider = made("div", { class: "years" }, this.first, this.last);
    const legend = made("legend", {}, words("Years"));
    this.part = made("fieldset", {}, legend, this.said, slider, this.note);
    this.say();
  }

  /** @param {HTMLInputElement} handle @param {() => void} changed */
  moved(handle, changed) {
    if (+this.first.value > +this.last.value) {
      if (handle === this.first) this.last.value = handle.value;
      else this.first.value = handle.value;
    }
    this.say();
    changed();
  }

  say() {
    const [from, to] = [this.first.value, this.last.value];
    this.said.textContent = from === to ? from : `${from} – ${to}`;
    this.first.classList.toggle("above", +from > (this.span[0] + this.span[1]) / 2);
  }

  /** The years that are chosen; an end that leaves nothing out is none. @returns {[number|null, number|null]} */
  chosen() {
    const [from, to] = [+this.first.value, +this.last.value];
    return [from === this.span[0] ? null : from, to === this.span[1] ? null : to];
  }

  /** @param {number|null} from @param {number|null} to */
  set(from, to) {
    this.first.value = String(from ?? this.span[0]);
    this.last.value = String(to ?? this.span[1]);
    this.say();
  }

  /** @param {number} count  of ties without a date among those shown */
  undated(count) {
    this.note.textContent = this.words("What may have been in these years is shown; so are {count} ties without a date.", { count });
  }
}
