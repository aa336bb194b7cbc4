"use strict";
// The entry of a network page: it ties the picture, the legend, the search, the panel, the table and the address together.

/** @param {string} id @returns {HTMLElement} */
function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** A network page while it is open. */
class NetworkPage {
  /** @param {NetworkData} data */
  constructor(data) {
    this.data = data;
    this.words = wording(data.words);
    this.model = new NetworkModel(data);
    this.state = stateOf(location.hash);
    this.shown = this.model.shown(this.state);
    this.order = /** @type {number[]|null} */ (null);
    this.anchor = -1; // the node whose edges the keys walk
    const choose = (/** @type {Item|null} */ item) => this.choose(item);
    this.picture = (data.renderer === "vis" ? visPicture : canvasPicture)(part("picture"), data, choose);
    this.panel = new Panel(part("panel"), this.model, this.words, (item) => this.choose(item, { fly: true }));
    this.table = new NetworkTable(part("table"), this.model, this.words, (item) => this.choose(item, { fly: true }));
    this.legend = new Legend(part("filters"), this.model, this.words, () => this.filter());
    this.open();
  }

  open() {
    const small = matchMedia("(max-width: 60rem)");
    const fold = () => { for (const id of ["filters-fold", "panel-fold"]) part(id).toggleAttribute("open", !small.matches); };
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
    addEventListener("beforeprint", () => this.table.whole(true));
    addEventListener("afterprint", () => this.table.whole(false));
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
    part("reset").addEventListener("click", () => {
      this.state = { ...everything(), view: this.state.view, chosen: this.state.chosen };
      this.legend.set(this.state);
      this.filter();
    });
    const physics = /** @type {HTMLInputElement} */ (part("physics"));
    physics.checked = false; // browsers keep what was ticked over a reload
    part("physics-label").hidden = !this.picture.physics;
    physics.addEventListener("change", () => this.picture.physics?.(physics.checked));
    for (const button of part("downloads").querySelectorAll("button")) {
      button.addEventListener("click", () => this.take(button.dataset.form ?? ""));
    }
  }

  tabs() {
    return [part("tab-picture"), part("tab-table")];
  }

  /** Do what the address says. */
  restore() {
    this.state = stateOf(location.hash);
    this.legend.set(this.state);
    const item = this.model.itemOf(this.state.chosen);
    this.refresh();
    this.view(this.state.view, false);
    this.choose(item, { fly: true, remember: false });
  }

  /** Show what the filters leave. */
  filter() {
    this.refresh();
    this.panel.show(this.item(), this.shown);
    this.picture.select(this.item());
    this.remember();
  }

  refresh() {
    this.shown = this.model.shown(this.state);
    this.order = null;
    const { nodes, edges } = this.shown;
    this.picture.show(nodes, edges);
    this.legend.count(this.shown);
    if (this.state.view === "table" || matchMedia("print").matches) this.table.show(this.shown);
    else this.table.shown = this.shown;
    part("counts").textContent = this.words("Shown: {nodes} of {allNodes} things, {edges} of {allEdges} ties", {
      nodes: nodes.size, allNodes: this.data.nodes.length, edges: edges.size, allEdges: this.data.edges.length,
    });
  }

  /** @param {NetworkState["view"]} view @param {boolean} remember */
  view(view, remember = true) {
    this.state.view = view;
    part("stage").dataset.view = view;
    for (const tab of this.tabs()) {
      const on = tab.id === `tab-${view}`;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    }
    if (view === "table") this.table.show(this.shown);
    if (remember) this.remember();
  }

  item() {
    return this.model.itemOf(this.state.chosen);
  }

  /**
   * Choose a node or an edge, or nothing: the panel says it, the picture lights it up, the address keeps it.
   * @param {Item|null} item
   * @param {{fly?: boolean, remember?: boolean}} how
   */
  choose(item, { fly = false, remember = true } = {}) {
    this.state.chosen = this.model.nameOf(item);
    if (item) this.anchor = this.anchored(item);
    this.panel.show(item, this.shown);
    this.picture.select(item);
    if (item && fly && this.shown.nodes.has(this.anchor)) this.picture.flyTo(this.anchor);
    if (item) part("panel-fold").setAttribute("open", "");
    part("chosen").textContent = item ? this.said(item) : "";
    if (remember) this.remember();
  }

  /** The node from which the keys go on: of an edge, the end where they are, else where it begins. @param {Item} item */
  anchored({ kind, id }) {
    if (kind === "node") return id;
    const { from, to } = this.data.edges[id];
    return this.anchor === to ? to : from;
  }

  /** What is chosen, in a line. @param {Item} item */
  said({ kind, id }) {
    const { nodes, edges, classes } = this.data;
    if (kind === "edge") return this.model.sentence(edges[id]);
    const ties = this.model.touching[id].filter((edge) => this.shown.edges.has(edge)).length;
    const { label, kind: name } = nodes[id];
    return this.words("{thing} ({kind}), ties shown: {count}", { thing: label, kind: classes[name] ?? name, count: ties });
  }

  remember() {
    const fragment = fragmentOf(this.state);
    history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
  }

  /** Walk the picture by keys. @param {KeyboardEvent} event */
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const item = this.item();
    if (event.key === "Escape") this.choose(null);
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") this.walk(event.key === "ArrowRight" ? 1 : -1);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.walkEdges(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && item?.kind === "edge") this.cross(this.data.edges[item.id]);
    else return;
    event.preventDefault();
  }

  /** Go to the next node by name. @param {number} by */
  walk(by) {
    const order = new Intl.Collator(this.data.language, { numeric: true });
    const { nodes } = this.data;
    this.order ??= [...this.shown.nodes].sort((a, b) => order.compare(nodes[a].label, nodes[b].label));
    const next = step(this.order, this.order.indexOf(this.anchor), by);
    if (next !== undefined) this.choose({ kind: "node", id: next }, { fly: true });
  }

  /** Go to the next edge of the node where the keys are. @param {number} by */
  walkEdges(by) {
    if (this.anchor < 0) return this.walk(1);
    const edges = this.model.touching[this.anchor].filter((edge) => this.shown.edges.has(edge));
    const item = this.item();
    const next = step(edges, item?.kind === "edge" ? edges.indexOf(item.id) : -1, by);
    if (next !== undefined) this.choose({ kind: "edge", id: next });
  }

  /** Go over an edge to its other end. @param {NetworkEdge} edge */
  cross({ from, to }) {
    this.choose({ kind: "node", id: from === this.anchor ? to : from }, { fly: true });
  }

  /** Make a file of what is shown. @param {string} form */
  async take(form) {
    const { model, shown, picture } = this;
    const text = (/** @type {string} */ type, /** @type {string} */ body) => new Blob([body], { type: `${type};charset=utf-8` });
    const makers = /** @type {Record<string, () => Blob|Promise<Blob>>} */ ({
      png: () => picture.png(),
      svg: () => text("image/svg+xml", svgOf(model, shown, picture.places(), paletteOf(this.data))),
      graphml: () => text("application/xml", graphmlOf(model, shown)),
      gexf: () => text("application/xml", gexfOf(model, shown, picture.places(), paletteOf(this.data))),
      csv: () => text("text/csv", csvOf("edges", model, shown)),
      "nodes.csv": () => text("text/csv", csvOf("nodes", model, shown)),
    });
    download(`${this.data.name}.${form}`, await makers[form]());
  }
}

/**
 * The next of some items, in a circle; from outside, the first or the last.
 * @param {number[]} items @param {number} at @param {number} by
 */
function step(items, at, by) {
  if (at < 0) return by > 0 ? items[0] : items[items.length - 1];
  return items[(at + by + items.length) % items.length];
}

/** The page that is open, by a name: who looks into it from the console, and the tests, ask it where things are. */
const networkPage = new NetworkPage(JSON.parse(part("network").textContent ?? ""));
