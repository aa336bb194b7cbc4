// The map page: panel, filters, lists, downloads, and the state in the address. Without scripts the picture still has links.

import { fragmentIn, keepFragment } from "../shared/address.js";
import { claimList } from "../shared/claims.js";
import { download } from "../shared/download.js";
import { button, byId, made, part } from "../shared/elements.js";
import "../shared/every-page.js";
import { notLoaded } from "../shared/evidence.js";
import { longLists } from "../shared/long-list.js";
import { passesReview } from "../shared/review.js";
import { folded } from "../shared/text.js";
import { wording } from "../shared/words.js";
import { mapData } from "./data.js";
import { MAP_STEP, moveByHand } from "./gestures.js";
import { MapPicture } from "./picture.js";
/** @import { MapData, MapLine, MapReports, MapSaid, MapState } from "./types.d.ts" */

/** The page around the picture: the panel, the filters, the lists, the fragment. */
class MapPage {
  /** @param {MapData} data */
  constructor(data) {
    this.data = data;
    this.words = wording(data.words);
    this.picture = new MapPicture(byId("picture"), data, this.words);
    this.panel = part("panel");
    this.key = [...this.panel.childNodes];
    this.scales = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-scale]")]);
    this.selects = /** @type {HTMLSelectElement[]} */ ([...part("tools").querySelectorAll("select")]);
    this.place = /** @type {HTMLInputElement} */ (byId("place"));
    this.lineOf = new Map(data.lines.flatMap((line) => [line.id, ...line.figures.map(({ key }) => key), ...line.reports.flatMap(({ claims }) => claims)].map((key) => [key, line])));
    this.markOf = new Map(data.marks.map((mark) => [mark.id, mark]));
    const listsOf = (/** @type {Element|null} */ place, /** @type {MapSaid[]} */ items) => (place ? longLists(place).map((list) => ({ list, items })) : []);
    this.lists = [...listsOf(byId("reports"), data.reports), ...listsOf(byId("listed"), data.figures)]; // a list has its items in this order
    this.state = /** @type {MapState} */ ({});
    this.sources = /** @type {string[]} */ ([]); // of what is shown
    this.listen();
    this.read();
  }

  listen() {
    const at = (/** @type {string} */ id, /** @type {() => void} */ act) => part(id).addEventListener("click", act);
    const { picture } = this;
    at("nearer", () => picture.zoom(MAP_STEP));
    at("farther", () => picture.zoom(1 / MAP_STEP));
    at("whole", () => picture.whole());
    at("svg", () => download("routes.svg", picture.file(this.said())));
    at("png", async () => download("routes.png", await picture.png(this.said())));
    for (const select of this.selects) select.addEventListener("change", () => this.change({ [select.id]: select.value }));
    this.place.addEventListener("input", () => {
      const mark = this.data.marks.find(({ title }) => folded(title) === folded(this.place.value.trim()));
      if (mark || !this.place.value) this.change({ chosen: mark?.id ?? "" });
    });
    const signOf = (/** @type {Event} */ event) => {
      const sign = /** @type {Element} */ (event.target).closest("a[data-arc], a[data-mark]");
      return { sign, id: sign?.getAttribute("data-arc") ?? sign?.getAttribute("data-mark") ?? "" };
    };
    picture.svg.addEventListener("focusin", (event) => {
      const { sign, id } = signOf(event);
      if (sign?.matches(":focus-visible")) this.change({ chosen: id });
    });
    picture.svg.addEventListener("click", (event) => {
      const { sign, id } = signOf(event);
      if (!sign) return;
      event.preventDefault();
      this.change({ chosen: id });
    });
    document.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("[data-choose]")) part("frame").scrollIntoView({ block: "nearest" });
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.change({ chosen: "" }); });
    window.addEventListener("hashchange", () => this.read());
    new ResizeObserver(() => (picture.isWhole ? picture.home() : picture.look(picture.view))).observe(picture.svg);
    moveByHand(picture, (target, at) => {
      const chosen = picture.crowd.at(at)?.id ?? this.data.marks.find(({ land }) => land.includes(target.id))?.id ?? "";
      this.change({ chosen });
    });
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
    return this.lineOf.get(id)?.id ?? this.markOf.get(id)?.id ?? "";
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
    const { modality, review, source, from, to, chosen } = this.state;
    const passes = (/** @type {MapSaid} */ said) => (!modality || said.modality === modality) && passesReview(review, said.reviewed)
      && (!source || said.sources.includes(source))
      && (!said.years || ((!from || said.years[1] >= +from) && (!to || said.years[0] <= +to)));
    const place = this.markOf.get(chosen)?.id;
    const found = lines.filter(({ stops }) => !place || stops.includes(place)).map((line) => (
      /** @type {[Line, MapReports]} */ ([line, { stops: line.stops, reports: line.reports.filter(passes), figures: line.figures.filter(passes) }])));
    return new Map(found.filter(([, { reports }]) => reports.length));
  }

  draw() {
    const { chosen, lines } = this.state;
    const { kind } = this.state;
    const passing = this.passing(this.data.lines);
    const shown = new Map([...passing].filter(([line], at) => lines || at < this.data.most || line.id === chosen));
    const all = [...passing.values(), ...this.passing(this.data.nowhere).values()];
    const reports = new Set(all.flatMap((line) => line.reports)); // a report may have several lines
    const said = new Set(/** @type {MapSaid[]} */ ([...reports, ...all.flatMap((line) => line.figures)]));
    const counted = this.picture.show(shown, kind, chosen);
    this.picture.choose(chosen);
    for (const scale of this.scales) scale.hidden = scale.dataset.scale !== kind;
    this.say(chosen, passing);
    for (const { list, items } of this.lists) list.keep((at) => said.has(items[at]));
    const counts = { lines: shown.size, bare: shown.size - counted, every: this.data.lines.length, shown: reports.size, all: this.data.reports.length };
    part("count").textContent = kind ? this.words("{lines} of {every} lines are drawn, {bare} of them without such a figure; {shown} of {all} reports pass the filters", counts)
      : this.words("{lines} of {every} lines are drawn; {shown} of {all} reports pass the filters", counts);
    this.sources = [...new Set([...shown.values()].flatMap((line) => [...line.reports, ...line.figures.filter((figure) => kind && figure.kind === kind)]).flatMap(({ sources }) => sources))];
    if (document.activeElement !== this.place) this.place.value = this.markOf.get(chosen)?.title ?? "";
  }

  /** What the picture shows, and its sources, as lines of words. */
  said() {
    const chosen = [...this.selects.filter(({ value }) => value).map((select) => [select, select.selectedOptions[0].textContent]), [this.place, this.place.value]];
    const filters = chosen.flatMap(([field, value]) => (value ? [`${/** @type {HTMLInputElement} */ (field).labels?.[0].firstChild?.textContent?.trim()}: ${value}`] : []));
    const issuers = new Set(this.sources.map((source) => this.data.issuers[source] ?? source).sort());
    return [
      ...(filters.length ? [this.words("Filter: {filter}.", { filter: filters.join("; ") })] : []),
      `${part("count").textContent}.`, `${this.words("Sources")}: ${[...issuers].join("; ")}`,
    ];
  }

  /** Show the claims of a line, or of the lines of a place. @param {string} id @param {Map<MapLine, MapReports>} passing */
  say(id, passing) {
    const mark = this.markOf.get(id);
    const line = mark ? undefined : this.lineOf.get(id);
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

const tools = document.getElementById("tools");
if (tools) {
  mapData().then((data) => {
    tools.hidden = false;
    new MapPage(data);
  }, () => part("panel").append(notLoaded())).finally(() => {
    document.documentElement.dataset.ready = "yes";
    performance.mark("ready");
  });
}
