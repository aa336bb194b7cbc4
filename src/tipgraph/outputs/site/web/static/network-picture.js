// @ts-check
// The picture of a network by vis-network, with its marks and names, as `networkPicture`: for the pages of networks, Ask, and notebooks.
var networkPicture = (() => {
  "use strict";
  const { drawn, isReviewed, made, tidy, wrapped } = tipgraph;

  // Edges as lines and in words, and which nodes come first.

  const THIN = 0.5; // the width of a line that nobody has reviewed, as a part of what it would be; as in outputs/site/network_data.py

  /** The keys of the claims behind an edge; the key of an edge with one claim names it. @param {NetworkEdge} edge */
  const claimsOf = ({ key, claims }) => claims ?? [key.split("#", 1)[0]];

  /** The caveats of the claims behind an edge, in brackets. @param {NetworkEdge} edge */
  const caveatsOf = ({ caveats }) => caveats ? ` (${caveats})` : "";

  /** The words of an edge without its ends. @param {NetworkData} data @param {NetworkEdge} edge */
  const tieWords = ({ relations }, edge) => relations[edge.relation] + caveatsOf(edge);

  /** The lines of some edges: one for each bundle, by its first edge. @param {NetworkEdge[]} edges @param {Iterable<number>} shown @returns {NetworkLine[]} */
  function bundled(edges, shown) {
    const bundles = /** @type {Map<number, NetworkEdge[]>} */ (new Map());
    for (const id of shown) {
      const { bundle = id } = edges[id];
      const others = bundles.get(bundle);
      if (others) others.push(edges[id]);
      else bundles.set(bundle, [edges[id]]);
    }
    return [...bundles].map(([id, some]) => lineOf(id, some));
  }

  /**
   * Some edges as one line: as wide as the widest; dashed, dotted or pale only if all are. An edge that is not reviewed
   * changes nothing beside one that is.
   * @param {number} id @param {NetworkEdge[]} some @returns {NetworkLine}
   */
  function lineOf(id, some) {
    const [first] = some;
    if (some.length === 1) return { ...first, id, ids: [first.id], count: claimsOf(first).length };
    const reviewed = some.filter(isReviewed);
    const [looks, share] = reviewed.length ? [reviewed, 1] : [some, THIN];
    const sayings = new Set(looks.flatMap(({ said_at = "" }) => said_at.split("; "))).size;
    const opacity = Math.max(...looks.map(({ color }) => color?.opacity ?? 1));
    const width = Math.max(...looks.map(({ width = 0 }) => width), sayings > 1 ? share * (1.5 + Math.log2(sayings)) : 0);
    return {
      ...first, id, ids: some.map((edge) => edge.id), count: new Set(some.flatMap(claimsOf)).size, width: width || undefined,
      color: opacity < 1 ? { opacity } : undefined, dashes: looks.every(({ dashes }) => dashes) ? looks[0].dashes : undefined,
    };
  }

  /** The nodes, the most wanted first: the focus, then those with most ties to actors and events; places last, unless all are places. @param {NetworkData} data */
  function rankedOf({ nodes, edges, focus }) {
    const isPlace = nodes.map(({ group }) => group === "Place");
    const ranks = Float64Array.from(nodes, (_, id) => (id === focus ? 2e6 : isPlace[id] ? 0 : 1e6));
    const worth = (/** @type {number} */ end, /** @type {number} */ other) => (isPlace[other] ? 0.01 : nodes[end].group === "Actor" ? 2 : 1);
    for (const { from, to } of edges) {
      ranks[from] += worth(from, to);
      ranks[to] += worth(to, from);
    }
    return [...nodes.keys()].sort((one, other) => ranks[other] - ranks[one] || one - other);
  }

  // The marks of nodes and edges in legends and panels, the colours of the picture, and labels in lines.

  const CORNERS = /** @type {Labels} */ ({ // of each shape that is no circle
    square: "3.2,3.2 12.8,3.2 12.8,12.8 3.2,12.8",
    triangle: "8,2 14,12.4 2,12.4",
    diamond: "8,1.4 14.6,8 8,14.6 1.4,8",
    hexagon: "13.5,8 10.8,12.8 5.2,12.8 2.5,8 5.2,3.2 10.8,3.2",
  });
  const LINE_LENGTH = 20; // characters; `layout.py` leaves room for lines of this length

  /** The colours of groups and relations, as the style sheet has them now. @param {NetworkData} data @returns {Palette} */
  function paletteOf({ groups, relations, families = {} }) {
    const style = getComputedStyle(document.documentElement);
    const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
    const quiet = colour("quiet"); // for a group that a project adds
    return {
      ink: colour("ink"), quiet, ground: colour("paper"), accent: colour("accent"),
      groups: Object.fromEntries(Object.keys(groups).map((group) => [group, colour(group.toLowerCase()) || quiet])),
      relations: Object.fromEntries(Object.keys(relations).map((relation) => [relation, colour(`link-${families[relation]}`) || quiet])),
    };
  }

  /** The mark of a group in a legend; its colour follows the style sheet by its class. @param {NetworkData} data @param {string} group */
  function groupMark({ options }, group) {
    const points = CORNERS[options.groups?.[group]?.shape];
    const mark = points ? drawn("polygon", { points }) : drawn("circle", { cx: 8, cy: 8, r: 5.5 });
    return drawn("svg", { class: `mark group-${group}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, mark);
  }

  /** The line of a relation in a legend, with an arrow if it is directed. @param {NetworkData} data @param {string} relation @param {boolean} directed */
  function relationMark({ families = {} }, relation, directed) {
    const line = drawn("path", { d: directed ? "M1 6H19" : "M1 6H27", "stroke-width": 2.5, fill: "none" });
    const mark = drawn("svg", { class: `mark link-${families[relation] ?? "quiet"}`, viewBox: "0 0 28 12", width: 28, height: 12, "aria-hidden": "true" }, line);
    if (directed) mark.append(drawn("path", { d: "M18 1.5L27 6L18 10.5Z", class: "head" }));
    return mark;
  }

  // The names of nodes: of one size at each scale, over no node and no other name, the most wanted first. vis-network itself
  // would write all of them, over each other and too small to read.

  const [NAME_SIZE, NAME_LINE, NAME_LINES] = [12.5, 15, 2]; // pixels, pixels, and lines at most
  const NAME_GAP = 4; // pixels between a node and its name
  const NAME_FONT = "system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
  const ALWAYS = 12; // names that are written even where nodes lie below them
  const COUNT_ROOM = 46; // pixels that a line with a number is long
  const AWAY = [0, 15, 30, 60, 100]; // pixels that the name of a neighbour of the chosen node may be farther off
  const WIDTHS = new OffscreenCanvas(1, 1).getContext("2d");

  /** Which names there is room for, found anew when the scale or what is shown changes. */
  class NameSheet {
    /** @param {NetworkData} data */
    constructor(data) {
      this.data = data;
      this.ranked = rankedOf(data);
      this.known = /** @type {Map<number, Name>} */ (new Map());
      this.key = "";
      this.written = /** @type {{name: Name, dx: number, dy: number}[]} */ ([]);
      this.counts = /** @type {Count[]} */ ([]);
    }

    /** Look for room again, for what moved or is shown or chosen has changed. */
    forget() {
      this.key = "";
    }

    /**
     * Choose the names to write at a scale, and on which side of its node each; then the numbers of claims on lines. Where
     * nodes come first, only they have names, which may then lie over the dimmed nodes. The most wanted names lie over nodes
     * rather than not be there.
     * @param {number} scale @param {Map<number, Spot>} spots  of the shown nodes
     * @param {Set<number>} first  nodes whose names come before all others, the chosen one first
     * @param {Frame|null} frame  that no name may leave @param {Count[]} counts
     */
    choose(scale, spots, first, frame, counts) {
      const key = `${scale.toFixed(3)} ${frame}`;
      if (key === this.key) return;
      this.key = key;
      const [nodes, names] = [new Room(), new Room()];
      for (const [id, { x, y, radius }] of spots) if (!first.size || first.has(id)) nodes.take([x - radius, y - radius, x + radius, y + radius]);
      const [chosen] = first; // the others are its neighbours
      const wanted = first.size ? [chosen, ...this.ranked.filter((node) => first.has(node) && node !== chosen)] : this.ranked;
      const inside = (/** @type {Frame} */ box) => (!frame || within(box, frame)) && names.free(box);
      this.written = [];
      wanted.filter((node) => spots.has(node)).forEach((node, rank) => {
        const [name, spot] = [this.name(node), /** @type {Spot} */ (spots.get(node))];
        const side = beside(name, spot, first.size ? AWAY : [0], (box) => inside(box) && nodes.free(box)) ?? (rank < ALWAYS && beside(name, spot, [0], inside));
        if (!side) return;
        names.take(side.box);
        this.written.push(side);
      });
      this.counts = counts.filter(({ x, y, room }) => {
        const box = /** @type {Frame} */ ([x - 7, y - 6, x + 7, y + 6]);
        const fits = room >= COUNT_ROOM && names.free(box) && nodes.free(box);
        if (fits) names.take(box);
        return fits;
      });
    }

    /** The name of a node in lines, measured when it is first wanted; a very long one ends with an ellipsis. @param {number} node */
    name(node) {
      const known = this.known.get(node);
      if (known) return known;
      const { short, label } = this.data.nodes[node];
      const all = wrapped(short ?? label, LINE_LENGTH);
      const lines = all.length > NAME_LINES ? [...all.slice(0, NAME_LINES - 1), `${all[NAME_LINES - 1]}…`] : all;
      if (WIDTHS) WIDTHS.font = `${NAME_SIZE}px ${NAME_FONT}`;
      const width = Math.max(...lines.map((line) => WIDTHS?.measureText(line).width ?? 0));
      const name = { node, lines, width, height: lines.length * NAME_LINE };
      this.known.set(node, name);
      return name;
    }

    /** @param {CanvasRenderingContext2D} context  in the units of the picture @param {number} scale @param {Map<number, Spot>} spots @param {Palette} palette */
    write(context, scale, spots, palette) {
      context.save();
      context.scale(1 / scale, 1 / scale);
      Object.assign(context, {
        font: `${NAME_SIZE}px ${NAME_FONT}`, textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3.5,
        strokeStyle: palette.ground, fillStyle: palette.ink,
      });
      context.setLineDash([]);
      const put = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
        context.strokeText(text, x, y);
        context.fillText(text, x, y);
      };
      for (const { name, dx, dy } of this.written) {
        const spot = spots.get(name.node);
        if (spot) name.lines.forEach((line, number) => put(line, spot.x + dx, spot.y + dy + number * NAME_LINE));
      }
      Object.assign(context, { font: `600 10px ${NAME_FONT}`, textBaseline: "middle" });
      for (const { text, x, y } of this.counts) put(text, x, y);
      context.restore();
    }
  }

  /** The places of a name beside its node, below first, as its top middle from the middle of the node. @param {Name} name @param {number} radius @returns {[number, number][]} */
  function sidesOf({ width, height }, radius) {
    const [off, aside] = [radius + NAME_GAP, radius + NAME_GAP + width / 2];
    const [slant, above] = [radius + width / 2, -off - height];
    return [
      [0, off], [0, above], [aside, -height / 2], [-aside, -height / 2],
      [slant, off], [-slant, off], [slant, above], [-slant, above],
    ];
  }

  /** The first place of a name beside its node whose box fits, or null. @param {Name} name @param {Spot} spot @param {number[]} around  how far off @param {(box: Frame) => boolean} fits */
  function beside(name, spot, around, fits) {
    for (const away of around) for (const [dx, dy] of sidesOf(name, spot.radius + away)) {
      const [x, y] = [spot.x + dx, spot.y + dy];
      const box = /** @type {Frame} */ ([x - name.width / 2 - 2, y, x + name.width / 2 + 2, y + name.height]);
      if (fits(box)) return { name, dx, dy, box };
    }
    return null;
  }

  /** @param {Frame} box @param {Frame} frame */
  const within = (box, frame) => box[0] >= frame[0] && box[1] >= frame[1] && box[2] <= frame[2] && box[3] <= frame[3];

  /** The boxes that nodes and names take, sorted into cells. */
  class Room {
    constructor() {
      this.cells = /** @type {Map<number, Frame[]>} */ (new Map());
    }

    /** Whether a box is empty. @param {Frame} box */
    free(box) {
      return cellsOf(box).every((cell) => !this.cells.get(cell)?.some((other) =>
        box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]));
    }

    /** @param {Frame} box */
    take(box) {
      for (const cell of cellsOf(box)) this.cells.set(cell, [...this.cells.get(cell) ?? [], box]);
    }
  }

  /** The cells that a box touches. @param {Frame} box */
  function cellsOf([left, top, right, bottom]) {
    const cells = [];
    for (let column = Math.floor(left / 100); column <= right / 100; column++) {
      for (let row = Math.floor(top / 40); row <= bottom / 40; row++) cells.push(column * 100_003 + row);
    }
    return cells;
  }

  // The picture of a network by vis-network, up to some thousands of nodes.

  const [ASIDE, ABOVE] = [58, 36]; // pixels around the whole picture, for names
  const SMALLEST = 5.5; // pixels, the radius that a node should have from afar
  const LARGEST_NODE = 30; // units, that it gets for it at most: else neighbours lie over each other
  const DIMMED = 0.12; // opacity of what is neither chosen nor its neighbour
  const NODE_REACH = { mouse: 3, touch: 16 }; // pixels that a hand may miss a node by

  /** A network drawn by vis-network. */
  class VisPicture {
    /** @param {HTMLElement} container @param {NetworkData} data @param {(item: Item|null) => void} choose */
    constructor(container, data, choose) {
      this.container = container;
      this.data = data;
      this.palette = paletteOf(data);
      this.shown = { nodes: new Set(data.nodes.keys()), edges: new Set(data.edges.keys()) };
      this.near = /** @type {Set<number>} */ (new Set());
      this.item = /** @type {Item|null} */ (null);
      this.lines = bundled(data.edges, this.shown.edges);
      this.usual = Number(data.options.nodes?.size ?? 10);
      this.line = Number(data.options.edges?.width ?? 1.5);
      this.sight = sightOf(data.nodes, container, this.close());
      this.fitted = true; // until somebody moves it
      this.grown = this.growth(this.sight.scale);
      this.names = new NameSheet(data);
      this.nodes = new vis.DataSet(data.nodes.map((node) => this.visNode(node)));
      this.edges = new vis.DataSet(this.lines.map((line) => this.visEdge(line)));
      this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, { ...data.options, ...this.colours() });
      container.querySelector(".vis-network")?.setAttribute("tabindex", "-1"); // the container takes the keys
      this.tip = container.appendChild(made("div", { class: "tip", hidden: true }));
      this.listen(choose);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
      this.see(false);
      this.ready = /** @type {Promise<void>} */ (new Promise((resolve) => this.network.once("afterDrawing", () => resolve())));
    }

    /** @param {(item: Item|null) => void} choose */
    listen(choose) {
      const { network, container } = this;
      const hide = () => { this.tip.hidden = true; };
      network.on("afterDrawing", (context) => this.write(context));
      network.on("click", (clicked) => choose(this.hit(clicked)));
      network.on("dragging", ({ nodes }) => { if (nodes.length) this.names.forget(); });
      network.on("dragStart", () => { hide(); this.fitted = false; });
      network.on("zoom", () => { hide(); this.fitted = false; this.grow(network.getScale()); });
      network.on("resize", () => { if (this.fitted && container.clientWidth) this.see(false); });
      network.on("hoverNode", ({ node, pointer }) => {
        const { label, kind } = this.data.nodes[Number(node)];
        this.say(`${label}\n${this.data.classes[kind] ?? kind}`, pointer.DOM);
      });
      network.on("blurEdge", hide);
      network.on("blurNode", hide);
      container.addEventListener("mouseleave", hide);
      // Without Ctrl or ⌘ the wheel is the page's.
      container.addEventListener("wheel", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); }, { capture: true });
    }

    /** Show a text beside the mouse. @param {string} text @param {Point} at */
    say(text, { x, y }) {
      this.tip.textContent = text;
      this.tip.hidden = false;
      const { clientWidth, clientHeight } = this.container;
      this.tip.style.left = `${Math.max(Math.min(x + 12, clientWidth - this.tip.offsetWidth - 4), 0)}px`;
      this.tip.style.top = `${Math.max(Math.min(y + 12, clientHeight - this.tip.offsetHeight - 4), 0)}px`;
    }

    /** The clicked item: a node, even if it is narrowly missed, before an edge. @param {vis.Clicked} clicked @returns {Item|null} */
    hit({ nodes, edges, pointer, event }) {
      const node = nodes.length ? Number(nodes[0]) : this.nearest(pointer.canvas, event.pointerType === "touch" ? NODE_REACH.touch : NODE_REACH.mouse);
      if (node !== undefined) return { kind: "node", id: node };
      return edges.length ? { kind: "edge", id: this.lines.find(({ id }) => id === edges[0])?.ids[0] ?? Number(edges[0]) } : null;
    }

    /** The shown node nearest to a point, if one is within some pixels. @param {Point} point @param {number} reach */
    nearest(point, reach) {
      let [found, least] = [/** @type {number|undefined} */ (undefined), reach / this.network.getScale()];
      for (const [id, { x, y }] of this.places()) {
        const away = Math.hypot(x - point.x, y - point.y) - this.radius(id);
        if (away <= least) [found, least] = [id, away];
      }
      return found;
    }

    /** The radius of a node in units. @param {number} id */
    radius(id) {
      return (this.data.nodes[id].size ?? this.usual) * this.grown;
    }

    /** How much larger nodes are drawn at a scale, so that they are seen and hit from afar. @param {number} scale */
    growth(scale) {
      return Math.max(Math.min(SMALLEST / (this.usual * scale), LARGEST_NODE / this.usual), 1);
    }

    /** How much wider lines are drawn, so that they are seen from afar. */
    wider() {
      return Math.min(this.grown ** 1.4, 5);
    }

    /** @param {number} scale */
    grow(scale) {
      const grown = this.growth(scale);
      if (Math.abs(Math.log(grown / this.grown)) < 0.1) return;
      this.grown = grown;
      this.names.forget();
      this.nodes.update(this.data.nodes.map(({ id }) => ({ id, size: this.radius(id) })));
      this.edges.update(this.lines.map(({ id, width = this.line }) => ({ id, width: width * this.wider() })));
    }

    /** Colours of the page, light or dark, as options. */
    colours() {
      const { groups, ink, ground, quiet, accent } = this.palette;
      const coloured = Object.entries(groups).map(([group, background]) => {
        const chosen = { background, border: ink };
        return [group, { ...this.data.options.groups?.[group], color: { background, border: ground, highlight: chosen, hover: chosen } }];
      });
      return {
        groups: Object.fromEntries(coloured),
        edges: { ...this.data.options.edges, color: { color: quiet, highlight: accent, hover: accent, inherit: false } },
      };
    }

    /** @param {NetworkNode} node @returns {vis.Item} */
    visNode({ id, group, x, y, planned }) {
      const node = { id, group, x, y, size: this.radius(id) };
      if (!planned) return node;
      const hollow = { background: this.palette.ground, border: this.palette.groups[group] };
      return { ...node, color: { ...hollow, highlight: hollow, hover: hollow } };
    }

    /** A line with its looks now, all of them, for it may have had others. @param {NetworkLine} line @returns {vis.Item} */
    visEdge({ id, from, to, arrows, width = this.line, dashes = /** @type {any} */ (false), smooth, selfReference, color, relation }) {
      const { palette } = this;
      const opacity = (color?.opacity ?? 1) * (this.isLit(id, from, to) ? 1 : DIMMED);
      const item = { id, from, to, width: width * this.wider(), dashes, hidden: false,
        color: { color: palette.relations[relation], highlight: palette.relations[relation], hover: palette.accent, opacity, inherit: false } };
      return { ...item, ...(arrows && { arrows }), ...(smooth && { smooth }), ...(selfReference && { selfReference }) };
    }

    /** Whether a line is chosen or touches the chosen node, or nothing is chosen. @param {number} id @param {number} from @param {number} to */
    isLit(id, from, to) {
      if (!this.item) return true;
      return this.item.kind === "node" ? from === this.item.id || to === this.item.id : id === this.lineOf(this.item.id);
    }

    /** The line of an edge. @param {number} edge */
    lineOf(edge) {
      return this.data.edges[edge].bundle ?? edge;
    }

    /** Take the colours of the page anew. */
    repaint() {
      if (!this.container.isConnected) return;
      this.palette = paletteOf(this.data);
      this.network.setOptions(this.colours());
      this.nodes.update(this.data.nodes.filter((node) => node.planned).map((node) => this.visNode(node)));
      this.edges.update(this.lines.map((line) => this.visEdge(line)));
      this.network.redraw();
    }

    /** Draw these nodes and edges, and no others. @param {Set<number>} nodes @param {Set<number>} edges */
    show(nodes, edges) {
      const [before, lines] = [this.shown, this.lines];
      this.shown = { nodes, edges };
      const whole = this.data.nodes.length + this.data.edges.length;
      if (before.nodes.size + before.edges.size === whole && nodes.size + edges.size === whole) return; // as it is drawn
      this.lines = bundled(this.data.edges, edges);
      this.names.forget();
      this.nodes.update(this.data.nodes.filter(({ id }) => before.nodes.has(id) !== nodes.has(id)).map(({ id }) => ({ id, hidden: !nodes.has(id) })));
      const kept = new Set(this.lines.map(({ id }) => id));
      this.edges.update([...lines.filter(({ id }) => !kept.has(id)).map(({ id }) => ({ id, hidden: true })), ...this.lines.map((line) => this.visEdge(line))]);
    }

    /** Highlight an item and its neighbours. @param {Item|null} item */
    select(item) {
      if (!item && !this.item) return; // nothing changes, and to draw takes long
      const edge = item?.kind === "edge" ? this.data.edges[item.id] : null;
      this.item = item;
      this.near = new Set(edge ? [edge.from, edge.to] : item ? this.neighbours(item.id) : []);
      this.names.forget();
      this.nodes.update(this.data.nodes.map(({ id }) => ({ id, opacity: !item || this.near.has(id) ? 1 : DIMMED })));
      this.edges.update(this.lines.map((line) => this.visEdge(line)));
      const nodes = item?.kind === "node" ? [item.id] : [];
      this.network.setSelection({ nodes, edges: edge && this.shown.edges.has(edge.id) ? [this.lineOf(edge.id)] : [] }, { highlightEdges: true }); // draws, in a while
    }

    /** A node and those that shown edges tie to it. @param {number} node */
    neighbours(node) {
      const ties = [...this.shown.edges].map((id) => this.data.edges[id]).filter(({ from, to }) => from === node || to === node);
      return [node, ...ties.map(({ from, to }) => (from === node ? to : from))];
    }

    /** Write the names that there is room for. @param {CanvasRenderingContext2D} context */
    write(context) {
      const scale = this.network.getScale();
      const spots = new Map([...this.places()].map(([id, { x, y }]) => [id, { x: x * scale, y: y * scale, radius: this.radius(id) * scale }]));
      const counts = this.lines.filter(({ id, count, from, to }) => count > 1 && from !== to && this.isLit(id, from, to)).map((line) => countOf(line, spots));
      this.names.choose(scale, spots, this.near, this.frame(scale), counts);
      this.names.write(context, scale, spots, this.palette);
    }

    /** The frame of the whole picture at its scale, which names must not leave. @param {number} scale @returns {Frame|null} */
    frame(scale) {
      const { position: { x, y }, scale: whole } = this.sight;
      if (Math.abs(scale / whole - 1) > 0.001) return null;
      const [across, down] = [this.container.clientWidth / 2 - 4, this.container.clientHeight / 2 - 4];
      return [x * scale - across, y * scale - down, x * scale + across, y * scale + down];
    }

    /** Bring a node into the middle, and those near the chosen item around it, if the picture then shows more than the whole. @param {number} node */
    flyTo(node) {
      const [places, { clientWidth, clientHeight }] = [this.network.getPositions(), this.container];
      const { x, y } = places[node];
      const away = [...this.near].map((id) => places[id]).map((spot) => [Math.abs(spot.x - x), Math.abs(spot.y - y)]);
      const [across, down] = [0, 1].map((way) => Math.max(...away.map((off) => off[way]), 1));
      const seen = Math.min((clientWidth / 2 - 1.5 * ASIDE) / across, (clientHeight / 2 - 2 * ABOVE) / down, this.close());
      const scale = Math.max(seen, this.sight.scale);
      this.fitted = false;
      this.grow(scale);
      this.network.focus(node, { scale, animation: motion() });
    }

    fit() {
      this.see(motion());
    }

    /** Bring all that is shown into view, with room for the names at its edges. @param {object|false} animation */
    see(animation) {
      const spots = [...this.places().values()];
      if (!spots.length) return;
      this.sight = sightOf(spots, this.container, this.close());
      this.fitted = true;
      this.grow(this.sight.scale);
      this.network.moveTo({ ...this.sight, animation });
    }

    /** Zoom around the middle. @param {number} factor */
    zoom(factor) {
      const scale = Math.min(Math.max(this.network.getScale() * factor, 0.02), 5);
      this.fitted = false;
      this.grow(scale);
      this.network.moveTo({ scale, animation: false });
    }

    /** The scale at which a node and its neighbours are well seen. */
    close() {
      return 11 / this.usual;
    }

    /** The places of the shown nodes now. @returns {Map<number, Point>} */
    places() {
      const all = this.network.getPositions();
      return new Map([...this.shown.nodes].map((id) => [id, all[id]]));
    }
  }

  /** How the picture moves, unless the reader wants no motion. */
  function motion() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 500, easingFunction: "easeInOutQuad" };
  }

  /** The view of all points, with room for names at the edges. @param {Point[]} spots @param {{clientWidth: number, clientHeight: number}} container @param {number} closest  scale */
  function sightOf(spots, { clientWidth, clientHeight }, closest) {
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [width, height] = [clientWidth - 2 * Math.min(ASIDE, 0.1 * clientWidth), clientHeight - 2 * Math.min(ABOVE, 0.12 * clientHeight)];
    const scale = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1), closest);
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) };
  }

  /** The number of claims of a line, where it is written: at its middle. @param {NetworkLine} line @param {Map<number, Spot>} spots @returns {Count} */
  function countOf({ from, to, count, smooth }, spots) {
    const [a, b] = [from, to].map((id) => /** @type {Spot} */ (spots.get(id)));
    const bend = smooth ? (smooth.type === "curvedCCW" ? -smooth.roundness : smooth.roundness) / 2 : 0;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    return { text: String(count), x: a.x + dx / 2 + dy * bend, y: a.y + dy / 2 - dx * bend, room: Math.hypot(dx, dy) - a.radius - b.radius };
  }

  return { caveatsOf, claimsOf, groupMark, relationMark, tieWords, VisPicture };
})();
