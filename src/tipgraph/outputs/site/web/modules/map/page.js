// The map page: panel, filters, lists, downloads, and the state in the address. Without scripts the picture still has links.

import { fragmentIn, keepFragment } from "../shared/address.js";
import { claimList } from "../shared/claims.js";
import { download } from "../shared/download.js";
import { button, byId, inParts, made, part } from "../shared/elements.js";
import "../shared/every-page.js";
import { folded } from "../shared/text.js";
import { wording } from "../shared/words.js";
import { MAP_STEP, moveByHand } from "./gestures.js";
import { MapPicture } from "./picture.js";
/** @import { MapData, MapLine, MapReports, MapSaid, MapState } from "./types.d.ts" @import { Words } from "../shared/types.d.ts" */

const AT_ONCE = 30; // items of a list that are shown before a button shows more

/** A list, or the rows of a table, of which the first are shown; a button shows more. */
class FoldedList {
  /** @param {HTMLElement} place @param {Words} words */
  constructor(place, words) {
    this.place = place;
    this.words = words;
    this.keys = /** @type {Set<string>} */ (new Set());
    this.most = AT_ONCE;
    this.more = button([], () => { this.most += AT_ONCE; this.show(this.keys); });
    (place.closest(".scroll") ?? place).after(this.more);
    place.addEventListener("click", () => this.show(this.keys)); // the table may be sorted anew
  }

  /** Show the first items of some keys. @param {Set<string>} keys */
  show(keys) {
    this.keys = keys;
    let left = this.most;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (this.place.querySelectorAll("[data-item]"))) {
      const passes = keys.has(item.dataset.item ?? "");
      item.hidden = !passes || left <= 0;
      left -= Number(passes);
    }
    this.more.hidden = left >= 0;
    this.more.textContent = this.words("Show more ({count} left)", { count: -left });
  }
}

/** The page around the picture: the panel, the filters, the lists, the fragment. */
class MapPage {
  /** @param {MapData} data */
  constructor(data) {
    this.data = data;
    this.words = wording(data.words);
    this.picture = new MapPicture(byId("picture"), data);
    this.panel = part("panel");
    this.key = [...this.panel.childNodes];
    this.scales = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-scale]")]);
    this.selects = /** @type {HTMLSelectElement[]} */ ([...part("tools").querySelectorAll("select")]);
    this.place = /** @type {HTMLInputElement} */ (byId("place"));
    this.lists = ["reports", "listed"].map((id) => byId(id)).filter(Boolean).map((list) => new FoldedList(list, this.words));
    this.state = /** @type {MapState} */ ({});
    this.listen();
    this.read();
  }

  listen() {
    const at = (/** @type {string} */ id, /** @type {() => void} */ act) => part(id).addEventListener("click", act);
    const { picture } = this;
    at("nearer", () => picture.zoom(MAP_STEP));
    at("farther", () => picture.zoom(1 / MAP_STEP));
    at("whole", () => picture.whole());
    at("svg", () => download("routes.svg", picture.file()));
    at("png", async () => download("routes.png", await picture.png()));
    for (const select of this.selects) select.addEventListener("change", () => this.change({ [select.id]: select.value }));
    this.place.addEventListener("input", () => {
      const mark = this.data.marks.find(({ title }) => folded(title) === folded(this.place.value.trim()));
      if (mark || !this.place.value) this.change({ chosen: mark?.id ?? "" });
    });
    for (const sign of picture.svg.querySelectorAll("a[data-arc], a[data-mark]")) {
      const id = sign.getAttribute("data-arc") ?? sign.getAttribute("data-mark") ?? "";
      sign.addEventListener("focus", () => { if (sign.matches(":focus-visible")) this.change({ chosen: id }); });
      sign.addEventListener("click", (event) => { event.preventDefault(); this.change({ chosen: id }); });
    }
    for (const link of document.querySelectorAll("[data-choose]")) {
      link.addEventListener("click", () => part("frame").scrollIntoView({ block: "nearest" }));
    }
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.change({ chosen: "" }); });
    window.addEventListener("hashchange", () => this.read());
    new ResizeObserver(() => (picture.isWhole ? picture.home() : picture.look(picture.view))).observe(picture.svg);
    moveByHand(picture, (target) => this.change({ chosen: this.data.marks.find(({ land }) => land.includes(target.id))?.id ?? "" }));
  }

  /** Take the state from the fragment of the address. */
  read() {
    const given = new URLSearchParams(fragmentIn());
    for (const select of this.selects) {
      select.value = given.get(select.id) ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
    this.state = Object.assign(this.state, { chosen: this.known(given.get("chosen") ?? "") }, Object.fromEntries(this.selects.map(({ id, value }) => [id, value])));
    this.draw();
  }

  /** The line that a claim belongs to, or a place, or nothing. @param {string} id */
  known(id) {
    const line = this.data.lines.find(({ figures, reports }) => figures.some(({ key }) => key === id) || reports.some(({ claims }) => claims.includes(id)));
    return line?.id ?? (this.data.marks.some((mark) => mark.id === id) ? id : "");
  }

  /** @param {Partial<MapState>} change */
  change(change) {
    Object.assign(this.state, change);
    const kept = Object.entries(this.state).filter(([, value]) => value);
    keepFragment(new URLSearchParams(kept).toString().replaceAll("%2F", "/"));
    this.draw();
  }

  /** What passes the filters of the same places; nothing if no report does. @template {MapReports} Line @param {Line[]} lines @returns {Map<Line, MapReports>} */
  passing(lines) {
    const { modality, source, from, to, chosen } = this.state;
    const passes = (/** @type {MapSaid} */ said) => (!modality || said.modality === modality) && (!source || said.sources.includes(source))
      && (!said.years || ((!from || said.years[1] >= +from) && (!to || said.years[0] <= +to)));
    const place = this.data.marks.some(({ id }) => id === chosen) && chosen;
    const found = lines.filter(({ stops }) => !place || stops.includes(place)).map((line) => (
      /** @type {[Line, MapReports]} */ ([line, { stops: line.stops, reports: line.reports.filter(passes), figures: line.figures.filter(passes) }])));
    return new Map(found.filter(([, { reports }]) => reports.length));
  }

  draw() {
    const { chosen, lines } = this.state;
    const kind = this.state.kind || (this.scales[0]?.dataset.scale ?? "");
    const passing = this.passing(this.data.lines);
    const shown = new Map([...passing].filter(([line], at) => lines || at < this.data.most || line.id === chosen));
    const all = [...passing.values(), ...this.passing(this.data.nowhere).values()];
    const [reports, figures] = [all.flatMap((line) => line.reports), all.flatMap((line) => line.figures)];
    const counted = this.picture.show(shown, kind);
    this.picture.choose(chosen);
    for (const scale of this.scales) scale.hidden = scale.dataset.scale !== kind;
    this.say(chosen, passing);
    const keys = new Set([...reports, ...figures].map(({ key }) => key));
    for (const list of this.lists) list.show(keys);
    const counts = { lines: shown.size, bare: shown.size - counted, every: this.data.lines.length, shown: new Set(reports.map(({ key }) => key)).size, all: this.data.reports };
    part("count").textContent = this.words("{lines} of {every} lines are drawn, {bare} of them without such a figure; {shown} of {all} reports pass the filters", counts);
    if (document.activeElement !== this.place) this.place.value = this.data.marks.find(({ id }) => id === chosen)?.title ?? "";
  }

  /** Show the claims of a line, or of the lines of a place. @param {string} id @param {Map<MapLine, MapReports>} passing */
  say(id, passing) {
    const mark = this.data.marks.find((one) => one.id === id);
    const line = this.data.lines.find((one) => one.id === id);
    const thing = mark ?? line;
    if (!thing) return this.panel.replaceChildren(...this.key);
    const own = [...passing].filter(([one]) => one === line || (mark && one.stops.includes(id))).map(([, reports]) => reports);
    const keys = new Set(own.flatMap(({ reports, figures }) => [...reports.flatMap(({ claims }) => claims), ...figures.map(({ key }) => key)]));
    const all = mark ? this.words("All claims about this place") : this.words("All claims about this route");
    this.panel.replaceChildren(
      button([this.words("Close")], () => this.change({ chosen: "" }), { class: "close" }),
      made("h2", {}, thing.title),
      ...(mark?.note ? [made("p", { class: "quiet" }, mark.note)] : []),
      ...(line ? [made("p", {}, this.words("Sources: {sources}, reports: {reports} (before filters)", { sources: line.sources, reports: line.reports.length }))] : []),
      ...thing.pages.map(([label, href]) => made("p", {}, made("a", { href }, all), thing.pages.length > 1 ? `: ${label}` : "")),
      ...(keys.size ? [] : [made("p", { class: "warn" }, this.words("The filters hide all its claims."))]),
      claimList([...keys], this.words),
    );
    this.panel.scrollTop = 0;
  }
}

{
  const block = document.getElementById("map");
  const tools = document.getElementById("tools");
  if (block && tools) {
    tools.hidden = false;
    new MapPage(JSON.parse(block.textContent ?? ""));
    document.documentElement.dataset.ready = "yes";
    performance.mark("ready");
  }
}
