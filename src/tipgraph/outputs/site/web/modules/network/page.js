// The network page: picture, legend, search, panel, table, and the state in the address.

import { fragmentIn, keepFragment } from "../shared/address.js";
import { download } from "../shared/download.js";
import { part, selectTab } from "../shared/elements.js";
import "../shared/every-page.js";
import { pageData } from "../shared/page-data.js";
import { makeSearch } from "../shared/search-box.js";
import { wording } from "../shared/words.js";
import { CanvasPicture } from "./canvas-picture.js";
import { Clusters } from "./clusters.js";
import { LICENCE, csvOf, gexfOf, graphmlOf, manifestOf, sourcesOf } from "./exports.js";
import { ADDRESS, depicted, extentOf, photographed, pngOf, figureOf, svgText } from "./figure.js";
import { groupMark, paletteOf } from "./glyphs.js";
import { Legend } from "./legend.js";
import { NetworkModel, everything, fragmentOf, rankedOf, stateOf } from "./model.js";
import { Panel } from "./panel.js";
import { NetworkTable } from "./table.js";
import { VisPicture } from "./vis-picture.js";
import { Years } from "./years.js";
/** @import { Picture, Item, NetworkData, NetworkEdge, NetworkNode, NetworkState, Palette } from "./types.d.ts" */

const FOLDS = ["filters-fold", "panel-fold"];
const ZOOM = 1.3; // by one press

/** A network page while it is open. */
class NetworkPage {
  /** @param {NetworkData} data */
  constructor(data) {
    this.data = data;
    this.words = wording(data.words);
    this.model = new NetworkModel(data);
    this.state = stateOf(fragmentIn());
    this.shown = this.model.shown(this.state);
    this.clusters = new Clusters(this.model, this.words);
    this.drawn = this.clusters.drawn(this.shown, this.state);
    this.order = /** @type {number[]|null} */ (null);
    this.narrowed = "";
    this.anchor = -1; // the node whose edges the keys walk
    this.at = /** @type {Item|null} */ (null); // the item where they are
    for (const id of ["tools", "stage"]) part(id).hidden = false;
    part("picture").style.setProperty("--shape", String(shapeOf(data.nodes)));
    const choose = (/** @type {Item|null} */ item) => {
      if (this.isClosed(item)) this.open(item);
      else this.choose(item);
      if (item) part("chosen").scrollIntoView({ block: "nearest" }); // it may be below the window of a phone
    };
    this.panel = new Panel(part("panel"), this.model, this.clusters, this.words, {
      choose: (item) => this.choose(item, { fly: true }), open: (item, on) => this.open(item, on),
    });
    this.table = new NetworkTable(part("table"), this.model, this.words, (item) => this.choose(item, { fly: true }));
    this.legend = new Legend(part("filters"), this.model, this.words, () => this.filter());
    this.years = this.model.span && new Years(part("years"), this.model, this.words, (from, to) => { Object.assign(this.state, { from, to }); this.filter(); });
    this.picture = /** @type {Picture} */ (new (data.renderer === "vis" ? VisPicture : CanvasPicture)(part("picture"), data, choose)); // it measures the page, which is whole by now
    this.begin();
  }

  begin() {
    const small = matchMedia("screen and (max-width: 60rem)");
    const fold = () => { for (const id of FOLDS) part(id).toggleAttribute("open", !small.matches); };
    small.addEventListener("change", fold);
    fold();
    const search = /** @type {HTMLInputElement} */ (part("search"));
    makeSearch(search, part("found"), this.data.nodes, {
      mark: (index) => groupMark(this.data, this.data.nodes[index].group),
      found: (id) => this.choose({ kind: "node", id }, { fly: true }),
    });
    this.controls();
    part("picture").addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => this.restore());
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
    this.restore();
    this.picture.ready.then(() => {
      document.documentElement.dataset.ready = "yes";
      performance.mark("ready");
    });
  }

  controls() {
    for (const tab of this.tabs()) tab.addEventListener("click", () => this.view(tab.id === "tab-table" ? "table" : "picture"));
    part("tabs").addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      this.view(this.state.view === "picture" ? "table" : "picture");
      this.tabs().find((tab) => tab.tabIndex === 0)?.focus();
    });
    part("fit").addEventListener("click", () => this.picture.fit());
    part("closer").addEventListener("click", () => this.picture.zoom(ZOOM));
    part("farther").addEventListener("click", () => this.picture.zoom(1 / ZOOM));
    for (const [id, on] of /** @type {[string, boolean][]} */ ([["open-clusters", true], ["close-clusters", false]])) {
      part(id).addEventListener("click", () => {
        this.clusters.setAll(this.state, on);
        this.choose(null);
        this.filter();
        this.picture.fit();
      });
    }
    part("to-panel").addEventListener("click", () => part("panel-fold").scrollIntoView());
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.skip"))) {
      link.addEventListener("click", (event) => { // the fragment keeps the view
        event.preventDefault();
        part(fragmentIn(link.hash)).focus();
      });
    }
    part("reset").addEventListener("click", () => {
      this.state = { ...everything(), view: this.state.view, chosen: this.state.chosen, open: this.state.open };
      this.legend.set(this.state);
      this.years?.set(null, null);
      this.filter();
    });
    for (const step of this.stepButtons()) {
      step.addEventListener("click", () => {
        this.state.steps = this.state.steps === Number(step.dataset.steps) ? 0 : Number(step.dataset.steps);
        this.filter();
        this.picture.fit();
      });
    }
    this.menu();
  }

  /** Files to download; the menu closes after one is taken, by Escape and by a click elsewhere. */
  menu() {
    const menu = part("downloads");
    const close = () => menu.removeAttribute("open");
    for (const button of menu.querySelectorAll("button")) {
      button.addEventListener("click", () => {
        close();
        this.take(button.dataset.form ?? "");
      });
    }
    addEventListener("pointerdown", ({ target }) => { if (!menu.contains(/** @type {Node} */ (target))) close(); });
    menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      close();
      menu.querySelector("summary")?.focus();
    });
  }

  /** @returns {HTMLButtonElement[]} */
  stepButtons() {
    return [...part("steps").querySelectorAll("button")];
  }

  tabs() {
    return [part("tab-picture"), part("tab-table")];
  }

  /** Take the state from the address. */
  restore() {
    this.state = stateOf(fragmentIn());
    this.legend.set(this.state);
    this.years?.set(this.state.from, this.state.to);
    const item = this.item();
    this.refresh();
    this.view(this.state.view, false);
    this.choose(item, { fly: true, remember: false });
  }

  /** Show what the filters leave. */
  filter() {
    this.refresh();
    this.show(this.item());
    this.remember();
  }

  /** Show an item in the panel, in the picture and below it. @param {Item|null} item */
  show(item) {
    this.panel.show(item, this.shown, this.drawn, this.state);
    this.picture.select(item && this.clusters.at(item) >= 0 && !this.isClosed(item) ? null : item); // an open cluster is no node
    this.say(item);
  }

  refresh() {
    this.narrowed = `${this.state.steps && this.state.chosen}`; // the item around which only its neighbours are left
    this.shown = this.model.shown(this.state);
    this.drawn = this.clusters.drawn(this.shown, this.state);
    this.order = null;
    const { nodes, edges } = this.shown;
    this.picture.show(this.drawn.nodes, this.drawn.edges, this.drawn.data);
    this.grouped();
    this.legend.count(this.shown);
    this.years?.count(this.shown);
    for (const step of this.stepButtons()) step.setAttribute("aria-pressed", String(this.state.steps === Number(step.dataset.steps)));
    if (this.state.view === "table" || matchMedia("print").matches) this.table.show(this.shown);
    else this.table.shown = this.shown;
    part("counts").textContent = this.words("Shown: {nodes} of {allNodes} entries, {edges} of {allEdges} links", {
      nodes: nodes.size, allNodes: this.data.nodes.length, edges: edges.size, allEdges: this.data.edges.length,
    });
    part("asked").textContent = this.asked();
  }

  /** Say how many clusters there are, and what they are. */
  grouped() {
    const count = this.clusters.members.length;
    part("clusters").hidden = !count;
    if (count) part("clusters-note").textContent = this.words("Clusters: {count}, open: {open}. A cluster is our grouping, computed: its entries have more links with each other than with others. No source says so.", { count, open: this.clusters.opened(this.state) });
  }

  /** The filters in force, in words. */
  asked() {
    const asked = this.model.asked(this.state, this.words);
    return asked && `${this.words("Filters")}: ${asked}`;
  }

  /** @param {NetworkState["view"]} view @param {boolean} remember */
  view(view, remember = true) {
    this.state.view = view;
    part("stage").dataset.view = view;
    selectTab(this.tabs(), part(`tab-${view}`));
    if (view === "table") this.table.show(this.shown);
    if (remember) this.remember();
  }

  item() {
    return this.clusters.itemOf(this.state.chosen) ?? this.model.itemOf(this.state.chosen);
  }

  /** Whether an item is a closed cluster. @param {Item|null} item */
  isClosed(item) {
    return this.clusters.at(item) >= 0 && !this.clusters.isOpen(this.clusters.at(item), this.state);
  }

  /** Open or close the cluster of an item. @param {Item|null} item @param {boolean} on */
  open(item, on = true) {
    const cluster = this.clusters.at(item);
    this.clusters.set(this.state, cluster, on);
    this.refresh();
    this.choose(item);
    if (on) this.picture.see?.(this.clusters.members[cluster].filter((node) => this.shown.nodes.has(node)));
    else this.picture.fit();
  }

  /** The name of an item in the address. @param {Item|null} item */
  nameOf(item) {
    return this.clusters.nameOf(item) ?? this.model.nameOf(item);
  }

  /** Choose an item or nothing, for panel, picture and address. @param {Item|null} item @param {{fly?: boolean, remember?: boolean}} how */
  choose(item, { fly = false, remember = true } = {}) {
    this.state.chosen = this.nameOf(item);
    const ours = this.clusters.isOurs(item);
    if (!item || ours) this.state.steps = 0;
    const revealed = item && !ours && this.clusters.reveal(this.state, this.model.endsOf(item));
    if (revealed || this.narrowed !== `${this.state.steps && this.state.chosen}`) this.refresh();
    this.at = item;
    if (item) this.anchor = this.anchored(item);
    this.show(item);
    if (ours && fly) this.picture.fit(); // from near, a cluster is alone
    else if (item && fly && this.drawn.nodes.has(this.anchor)) this.picture.flyTo(this.anchor);
    if (item) part("panel-fold").setAttribute("open", "");
    if (remember) this.remember();
  }

  /** Name the chosen item below the picture, with a link to the panel. @param {Item|null} item */
  say(item) {
    part("chosen").textContent = item ? this.said(item) : "";
    part("to-panel").hidden = !item;
    part("steps").hidden = !item || this.clusters.isOurs(item);
  }

  /** The node from which the keys go on: of an edge, the end where they are, else where it begins. @param {Item} item */
  anchored({ kind, id }) {
    if (kind === "node") return id;
    const { from, to } = this.drawn.data.edges[id];
    return this.anchor === to ? to : from;
  }

  /** The chosen item in a line. @param {Item} item */
  said({ kind, id }) {
    const { nodes, edges, classes } = this.data;
    const ours = this.clusters.said({ kind, id }, this.drawn, this.shown);
    if (ours) return ours;
    if (!this.shown[kind === "edge" ? "edges" : "nodes"].has(id)) return this.words("The filters hide it.");
    if (kind === "edge") return this.model.sentence(edges[id]);
    const ties = this.model.touching[id].filter((edge) => this.shown.edges.has(edge)).length;
    const { label, kind: name } = nodes[id];
    return this.words("{thing} ({kind}), links shown: {count}", { thing: label, kind: classes[name] ?? name, count: ties });
  }

  remember() {
    keepFragment(fragmentOf(this.state));
  }

  /** Walk the picture by keys. @param {KeyboardEvent} event */
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const item = this.item();
    if (event.key === "Escape") this.choose(null);
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") this.walk(event.key === "ArrowRight" ? 1 : -1);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.walkEdges(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && this.isClosed(item)) this.open(item);
    else if (event.key === "Enter" && item?.kind === "edge") this.cross(this.drawn.data.edges[item.id]);
    else if (event.key === "+" || event.key === "=") this.picture.zoom(ZOOM);
    else if (event.key === "-") this.picture.zoom(1 / ZOOM);
    else if (event.key === "0") this.picture.fit();
    else return;
    event.preventDefault();
  }

  /** Go to the next node, the best tied first. @param {number} by */
  walk(by) {
    this.order ??= (this.drawn.held.size ? rankedOf(this.drawn.data) : this.model.ranked).filter((id) => this.drawn.nodes.has(id));
    const next = step(this.order, this.order.indexOf(this.anchor), by);
    if (next !== undefined) this.choose({ kind: "node", id: next }, { fly: true });
  }

  /** Go to the next edge of the node where the keys are. @param {number} by */
  walkEdges(by) {
    if (this.anchor < 0) return this.walk(1);
    const first = (/** @type {number} */ edge) => (this.data.edges[edge] ? this.model.bundle(edge, this.shown)[0] : edge);
    const ties = (this.model.touching[this.anchor] ?? []).map(first).filter((edge) => this.drawn.edges.has(edge));
    const lines = this.drawn.lines.filter(({ from, to }) => from === this.anchor || to === this.anchor).map(({ id }) => id);
    const [edges, item] = [[...new Set([...ties, ...lines])], this.at];
    const next = step(edges, item?.kind === "edge" ? edges.indexOf(first(item.id)) : -1, by);
    if (next !== undefined) this.choose({ kind: "edge", id: next });
  }

  /** Go over an edge to its other end. @param {NetworkEdge} edge */
  cross({ from, to }) {
    this.choose({ kind: "node", id: from === this.anchor ? to : from }, { fly: true });
  }

  /** Make a file of what is shown. @param {string} form */
  async take(form) {
    const { data, model, shown, state, picture } = this;
    const manifest = manifestOf(model, shown, state);
    const text = (/** @type {string} */ type, /** @type {string} */ body) => new Blob([body], { type: `${type};charset=utf-8` });
    const makers = /** @type {Record<string, () => Blob|Promise<Blob>>} */ ({
      png: () => pngOf(this.figure(paletteOf(data), picture.painted?.())),
      svg: () => text("image/svg+xml", svgText(this.figure(paletteOf(data)))),
      graphml: () => text("application/xml", graphmlOf(model, shown, manifest)),
      gexf: () => text("application/xml", gexfOf(model, shown, picture.places(), paletteOf(data), manifest)),
      csv: () => text("text/csv", csvOf("edges", model, shown)),
      "nodes.csv": () => text("text/csv", csvOf("nodes", model, shown)),
    });
    const whole = shown.edges.size === data.edges.length && shown.nodes.size === data.nodes.length;
    download(`${data.name}${whole ? "" : "-filtered"}.${form}`, await makers[form]());
  }

  /**
   * The shown network as a figure with its legend and sources.
   * @param {Palette} palette @param {HTMLCanvasElement} [painted]  where there is too much to draw it piece by piece
   * @param {boolean} [titled]  with its title and the filters, for where the page does not say them
   */
  figure(palette, painted, titled = true) {
    const { data, model, shown, words } = this;
    const picture = painted ? photographed(painted) : depicted(this.drawn, this.picture.places(), palette);
    const clusters = this.drawn.held.size && words("A ring is a cluster of entries: our grouping, computed. No source says so.");
    const sources = `${words("sources")}: ${sourcesOf(model, shown.edges).join(", ")}`;
    const lines = [titled && this.asked(), clusters, `tipgraph · ${data.title} · ${sources} · ${LICENCE} · ${ADDRESS}`];
    return figureOf(data, picture, palette, { title: titled ? data.title : "", lines: lines.filter((line) => typeof line === "string") });
  }

  /** Make ready for paper: the whole picture, the whole table, nothing folded; and back again. @param {boolean} on */
  print(on) {
    const box = part("picture");
    [box.style.width, box.style.height] = on ? [`${box.offsetWidth}px`, `${box.offsetHeight}px`] : ["", ""]; // it stays as it is
    const figure = () => this.figure(paletteOf(this.data, true), this.picture.painted?.(), false);
    part("printed").replaceChildren(...(on ? [figure()] : []));
    if (on) for (const id of FOLDS) part(id).setAttribute("open", "");
    this.table.whole(on);
  }
}

/** How wide a picture is for its height, within what a page has room for. @param {NetworkNode[]} nodes */
function shapeOf(nodes) {
  const { width, height } = extentOf(nodes);
  return Math.min(Math.max(width / height, 0.75), 1.1).toFixed(2);
}

/** The next item of a circle; from outside, the first or the last. @param {number[]} items @param {number} at @param {number} by */
function step(items, at, by) {
  if (at < 0) return by > 0 ? items[0] : items[items.length - 1];
  return items[(at + by + items.length) % items.length];
}

/** The page that is open, by a name: who looks into it from the console, and the tests, ask it where things are. */
pageData("network").then((data) => Object.assign(globalThis, { networkPage: new NetworkPage(data) }));
