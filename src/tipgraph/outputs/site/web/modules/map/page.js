// The map page: panel, filters, table, downloads, and the state in the address. Without scripts the picture still has links.

import { fragmentIn, keepFragment } from "../shared/address.js";
import { claimArticle } from "../shared/claims.js";
import { download } from "../shared/download.js";
import { button, made } from "../shared/elements.js";
import { claimsOf, evidence } from "../shared/evidence.js";
import "../shared/every-page.js";
import { wording } from "../shared/words.js";
import { MAP_STEP, moveByHand } from "./gestures.js";
import { MapPicture } from "./picture.js";
/** @import { MapData, MapFigure, MapPassing, MapReport, MapState } from "./types.d.ts" */

/** The page around the picture: the panel, the filters, the table, the fragment. */
class MapPage {
  /** @param {MapData} data */
  constructor(data) {
    this.data = data;
    this.words = wording(data.words);
    this.picture = new MapPicture(/** @type {any} */ (document.getElementById("picture")), data);
    this.panel = /** @type {HTMLElement} */ (document.getElementById("panel"));
    this.key = [...this.panel.childNodes];
    this.selects = ["modality", "source"].map((name) => /** @type {HTMLSelectElement} */ (document.getElementById(name)));
    this.state = /** @type {MapState} */ ({ chosen: "", modality: "", source: "" });
    this.listen();
    this.read();
  }

  listen() {
    const at = (/** @type {string} */ id, /** @type {() => void} */ act) => document.getElementById(id)?.addEventListener("click", act);
    const { picture } = this;
    at("nearer", () => picture.zoom(MAP_STEP));
    at("farther", () => picture.zoom(1 / MAP_STEP));
    at("whole", () => picture.whole());
    at("svg", () => download("routes.svg", picture.file()));
    at("png", async () => download("routes.png", await picture.png()));
    for (const select of this.selects) select.addEventListener("change", () => this.change({ [select.id]: select.value }));
    for (const sign of picture.svg.querySelectorAll("a[data-arc], a[data-mark]")) {
      const id = sign.getAttribute("data-arc") ?? sign.getAttribute("data-mark") ?? "";
      sign.addEventListener("focus", () => { if (sign.matches(":focus-visible")) this.change({ chosen: id }); });
      sign.addEventListener("click", (event) => { event.preventDefault(); this.change({ chosen: id }); });
    }
    for (const link of document.querySelectorAll("[data-choose]")) {
      link.addEventListener("click", () => document.getElementById("frame")?.scrollIntoView({ block: "nearest" }));
    }
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.change({ chosen: "" }); });
    window.addEventListener("hashchange", () => this.read());
    new ResizeObserver(() => (picture.isWhole ? picture.home() : picture.look(picture.view))).observe(picture.svg);
    moveByHand(picture, () => this.change({ chosen: "" }));
  }

  /** Take the state from the fragment of the address. */
  read() {
    const given = new URLSearchParams(fragmentIn());
    this.state = { chosen: this.known(given.get("chosen") ?? ""), modality: given.get("modality") ?? "", source: given.get("source") ?? "" };
    for (const select of this.selects) {
      select.value = this.state[/** @type {"modality"|"source"} */ (select.id)];
      if (select.selectedIndex < 0) select.value = this.state[/** @type {"modality"|"source"} */ (select.id)] = "";
    }
    this.draw();
  }

  /** The arc that a claim belongs to, or a place, or nothing. @param {string} id */
  known(id) {
    const arc = this.data.arcs.find((one) => one.id === id || one.figures.some((figure) => figure.key === id)
      || one.reports.some((report) => report.claims.includes(id)));
    return arc?.id ?? (this.data.marks.some((mark) => mark.id === id) ? id : "");
  }

  /** @param {Partial<MapState>} change */
  change(change) {
    Object.assign(this.state, change);
    const kept = Object.entries(this.state).filter(([, value]) => value);
    const fragment = new URLSearchParams(kept).toString().replaceAll("%2F", "/");
    keepFragment(fragment);
    this.draw();
  }

  draw() {
    const { modality, source, chosen } = this.state;
    const passes = (/** @type {MapFigure | MapReport} */ said) =>
      (!modality || said.modality === modality) && (!source || said.sources.includes(source));
    const shown = new Map(this.data.arcs.map((arc) =>
      [arc.id, { reports: arc.reports.filter(passes), figures: arc.figures.filter(passes) }]));
    const keys = new Set([...shown.values()].flatMap(({ reports }) => reports.map((report) => report.key)));
    this.picture.show(shown);
    this.picture.choose(chosen);
    this.say(chosen, shown);
    for (const row of document.querySelectorAll("[data-report]")) {
      const reported = this.data.arcs.flatMap((arc) => arc.reports).find((one) => one.key === row.getAttribute("data-report"));
      /** @type {HTMLElement} */ (row).hidden = reported ? !keys.has(reported.key) : Boolean(modality || source);
    }
    const count = document.getElementById("count");
    if (count) count.textContent = this.words("{shown} of {all} reports are shown", { shown: keys.size, all: this.data.reports });
  }

  /** Show the claims of a route, or of the routes of a place. @param {string} id @param {Map<string, MapPassing>} shown */
  say(id, shown) {
    const mark = this.data.marks.find((one) => one.id === id);
    const thing = mark ?? this.data.arcs.find((one) => one.id === id);
    if (!thing) return this.panel.replaceChildren(...this.key);
    const arcs = this.data.arcs.filter((arc) => arc.id === id || (mark && arc.stops.includes(id)));
    const keys = arcs.flatMap((arc) => {
      const { reports, figures } = shown.get(arc.id) ?? { reports: [], figures: [] };
      return reports.length ? [...reports.flatMap((report) => report.claims), ...figures.map((figure) => figure.key)] : [];
    });
    const all = mark ? this.words("All claims about this place") : this.words("All claims about this route");
    this.panel.replaceChildren(
      button([this.words("Close")], () => this.change({ chosen: "" }), { class: "close" }),
      made("h2", {}, thing.title),
      ...(mark?.note ? [made("p", { class: "quiet" }, mark.note)] : []),
      ...(thing.page ? [made("p", {}, made("a", { href: thing.page }, all))] : []),
      ...(keys.length ? [] : [made("p", { class: "warn" }, this.words("The filters hide all its claims."))]),
    );
    this.panel.scrollTop = 0;
    const begun = this.panel.lastChild;
    Promise.all([evidence(), claimsOf([...new Set(keys)])]).then(([{ href }, told]) => {
      if (begun === this.panel.lastChild) this.panel.append(...told.map((claim) => claimArticle(claim, this.words, href)));
    });
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
