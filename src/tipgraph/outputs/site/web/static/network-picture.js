// @ts-check
// The picture of a network by vis-network, with its marks and names, as `networkPicture`: for the pages of networks, Ask, and notebooks.
var networkPicture = (() => {
  "use strict";
  const { drawn, isReviewed, made, tidy, wrapped } = tipgraph;

  // Edges as lines and in words, and which nodes come first.

  const THIN = 0.5; // the width of a line that nobody has reviewed, as a part of what it would be; as in outputs/site/network_data.py

  /** The keys of the claims behind an edge; the key of an edge with one claim names it. @param {NetworkEdge} edge */
  const claimsOf = ({ key, claims }) => claims ?? [key.split("#", 1)[0]];

  /** The words of an edge without its ends. @param {NetworkData} data @param {NetworkEdge} edge */
  const tieWords = ({ relations }, edge) => relations[edge.relation] + caveatsOf(edge);

  /** The caveats of the claims behind an edge, in brackets. @param {NetworkEdge} edge */
  const caveatsOf = ({ caveats }) => caveats ? ` (${caveats})` : "";

  /**
   * The lines of some edges: each bundle by its first edge, as wide as the widest; dashed, dotted or pale only if all are.
   * An edge that is not reviewed changes nothing beside one that is.
   * @param {NetworkEdge[]} edges @param {Iterable<number>} shown @returns {NetworkLine[]}
   */
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

  /** Some edges as one line. @param {number} id @param {NetworkEdge[]} some @returns {NetworkLine} */
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

  /** The nodes, the most wanted first: clusters by their size, the focus, then those with most ties to actors and events; places last. @param {NetworkData} data */
  function rankedOf({ nodes, edges, focus }) {
    const places = nodes.map(({ group }) => group === "Place");
    const ranks = Float64Array.from(nodes, ({ entries = 0 }, id) => (entries ? 1e9 * entries : id === focus ? 2e6 : places[id] ? 0 : 1e6));
    const worth = (/** @type {number} */ end, /** @type {number} */ other) => (places[other] ? 0.01 : nodes[end].group === "Actor" ? 2 : 1);
    for (const { from, to } of edges) {
      ranks[from] += worth(from, to);
      ranks[to] += worth(to, from);
    }
    return [...nodes.keys()].sort((one, other) => ranks[other] - ranks[one] || one - other);
  }

  // The marks of nodes and edges in legends and panels, the colours of the picture, and labels in lines.

  /** Corners of each shape that is no circle, around the origin, for a radius of one. */
  const SHAPE_CORNERS = /** @type {Record<string, [number, number][]>} */ ({
    square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
    triangle: [[0, -1.1], [1.1, 0.8], [-1.1, 0.8]],
    diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
    hexagon: [[1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0], [-0.5, -0.87], [0.5, -0.87]],
  });

  /** The colours of groups and relations: as the style sheet has them now, or as its variables. @param {NetworkData} data @param {boolean} [following]  as variables @returns {Palette} */
  function paletteOf(data, following = false) {
    const style = getComputedStyle(document.documentElement);
    const colour = (/** @type {string} */ name) => (following ? `var(${name})` : style.getPropertyValue(name).trim());
    const named = (/** @type {string} */ group) => `--${group.toLowerCase()}`;
    // A group that a project adds has no colour of its own.
    const colourOf = (/** @type {string} */ group) => (style.getPropertyValue(named(group)) ? named(group) : "--quiet");
    return {
      ink: colour("--ink"), quiet: colour("--quiet"), ground: colour("--paper"), accent: colour("--accent"),
      groups: Object.fromEntries(Object.keys(data.groups).map((group) => [group, colour(colourOf(group))])),
      relations: Object.fromEntries(Object.keys(data.relations).map((relation) => [relation, colour(familyOf(data, relation, "--link-") || "--quiet")])),
    };
  }

  /** The shape of a node. @param {string} shape @param {number} x @param {number} y @param {number} radius @param {Record<string, string|number>} style */
  function shapeMark(shape, x, y, radius, style) {
    const corners = SHAPE_CORNERS[shape];
    if (!corners) return drawn("circle", { cx: x, cy: y, r: radius, ...style });
    const points = corners.map(([dx, dy]) => `${tidy(x + dx * radius)},${tidy(y + dy * radius)}`).join(" ");
    return drawn("polygon", { points, ...style });
  }

  /** The fill of a node; a planned one is hollow. @param {string} colour @param {boolean} planned @param {string} ground @returns {Record<string, string|number>} */
  function fillOf(colour, planned, ground) {
    if (!planned) return { fill: colour, stroke: colour, "stroke-width": 1.5 };
    return { fill: ground, stroke: colour, "stroke-width": 2 };
  }

  /** The mark of a group in a legend; its colour follows the style sheet by its class. @param {NetworkData} data @param {string} group */
  function groupMark(data, group) {
    const shape = data.options.groups?.[group]?.shape ?? "dot";
    const mark = shapeMark(shape, 8, 8, 5.5, {});
    return drawn("svg", { class: `mark group-${group}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, mark);
  }

  /** The family of a relation after a prefix; empty for one without, and in pictures of one colour. @param {NetworkData} data @param {string} relation @param {string} prefix */
  function familyOf({ renderer, families = {} }, relation, prefix) {
    return renderer === "vis" && families[relation] ? prefix + families[relation] : "";
  }

  /** The line of a relation in a legend, with an arrow if it is directed. @param {NetworkData} data @param {string} relation @param {boolean} directed */
  function relationMark(data, relation, directed) {
    const line = drawn("path", { d: directed ? "M1 6H19" : "M1 6H27", "stroke-width": 2.5, fill: "none" });
    const mark = drawn("svg", { class: `mark ${familyOf(data, relation, "link-") || "link-quiet"}`, viewBox: "0 0 28 12", width: 28, height: 12, "aria-hidden": "true" }, line);
    if (directed) mark.append(drawn("path", { d: "M18 1.5L27 6L18 10.5Z", class: "head" }));
    return mark;
  }

  const LINE_LENGTH = 20; // characters; `layout.py` leaves room for lines of this length

  /** The lines of a label; a very long one ends with an ellipsis. @param {string} label @param {number} most  lines */
  function linesOf(label, most = 3) {
    const lines = wrapped(label, LINE_LENGTH);
    return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]}…`] : lines;
  }

  /** @param {string} text */
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // The names of nodes in the picture of vis-network: of one size at each scale, over no node and no other name, the most
  // wanted first. vis-network itself would write all of them, over each other and too small to read.

  const NAME_SIZE = 12.5; // pixels
  const NAME_LINE = 15;
  const NAME_FONT = "system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
  const COUNT_FONT = `600 10px ${NAME_FONT}`;
  const COUNT_ROOM = 46; // pixels that a line with a number is long
  const NAME_GAP = 4; // pixels between a node and its name
  const NEAR = 1.3; // the scale from which every node has its name, with as many lines as in files
  const NARROWEST = /** @type {Name} */ ({ node: -1, lines: [], width: 14, height: NAME_LINE }); // that a name can be
  const AWAY = [0, 15, 30, 60, 100]; // pixels that a name may be farther off from there on
  const WIDTHS = new OffscreenCanvas(1, 1).getContext("2d");

  /** Which names there is room for, found anew when the scale or what is shown changes. */
  class NameSheet {
    /** @param {NetworkData} data */
    constructor(data) {
      this.data = data;
      this.ranked = rankedOf(data);
      this.names = [2, 3].map((lines) => ({ lines, known: /** @type {Map<number, Name>} */ (new Map()) })); // from afar and from near
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
     * nodes come first, only they have names, which may then lie over the dimmed nodes.
     * @param {number} scale @param {Map<number, Spot>} spots  of the shown nodes
     * @param {Set<number>} first  nodes whose names come before all others, the chosen one first
     * @param {Frame|null} frame  that no name may leave @param {Count[]} counts
     */
    choose(scale, spots, first, frame, counts) {
      const key = `${scale.toFixed(3)} ${frame}`;
      if (key === this.key) return;
      this.key = key;
      const [names, nodes, lit] = [new Room(), new Room(), new Room()];
      for (const [id, { x, y, radius }] of spots) {
        const box = /** @type {Frame} */ ([x - radius, y - radius, x + radius, y + radius]);
        nodes.take(box);
        if (first.has(id)) lit.take(box);
      }
      const [[chosen], near] = [first, scale >= NEAR]; // the others are its neighbours
      const wanted = first.size ? [chosen, ...this.ranked.filter((node) => first.has(node) && node !== chosen)] : this.ranked;
      const around = near || first.size ? AWAY : [0];
      const inside = (/** @type {Frame} */ box) => (!frame || within(box, frame)) && names.free(box);
      this.written = [];
      for (const node of wanted.filter((id) => spots.has(id))) {
        const spot = /** @type {Spot} */ (spots.get(node));
        if (!near && !first.size && !beside(NARROWEST, spot, around, (box) => nodes.free(box) && inside(box))) continue; // without measuring it
        const name = this.name(node, near);
        const side = beside(name, spot, around, (box) => nodes.free(box) && inside(box))
          ?? (first.size ? beside(name, spot, around, (box) => lit.free(box) && inside(box)) : null);
        if (!side) continue;
        names.take(side.box);
        this.written.push(side);
      }
      this.counts = counts.filter(({ x, y, room }) => {
        const box = /** @type {Frame} */ ([x - 7, y - 6, x + 7, y + 6]);
        if (room < COUNT_ROOM || !names.free(box) || !nodes.free(box)) return false;
        names.take(box);
        return true;
      });
    }

    /** The name of a node in lines, measured when it is first wanted. @param {number} node @param {boolean} near */
    name(node, near) {
      const { lines, known } = this.names[Number(near)];
      const { short, label } = this.data.nodes[node];
      const name = known.get(node) ?? nameOf(node, linesOf(short ?? label, lines));
      known.set(node, name);
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
      for (const { name, dx, dy } of this.written) {
        const spot = spots.get(name.node);
        if (!spot) continue;
        const at = (/** @type {number} */ number) => spot.y + dy + number * NAME_LINE;
        name.lines.forEach((line, number) => context.strokeText(line, spot.x + dx, at(number)));
        name.lines.forEach((line, number) => context.fillText(line, spot.x + dx, at(number)));
      }
      Object.assign(context, { font: COUNT_FONT, textBaseline: "middle" });
      for (const { text, x, y } of this.counts) {
        context.strokeText(text, x, y);
        context.fillText(text, x, y);
      }
      context.restore();
    }
  }

  /** @param {number} node @param {string[]} lines @returns {Name} */
  function nameOf(node, lines) {
    if (WIDTHS) WIDTHS.font = `${NAME_SIZE}px ${NAME_FONT}`;
    const width = Math.max(...lines.map((line) => WIDTHS?.measureText(line).width ?? 0));
    return { node, lines, width, height: lines.length * NAME_LINE };
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
      const box = frameOf(name, spot.x + dx, spot.y + dy);
      if (fits(box)) return { name, dx, dy, box };
    }
    return null;
  }

  /** @param {Frame} box @param {Frame} frame */
  const within = (box, frame) => box[0] >= frame[0] && box[1] >= frame[1] && box[2] <= frame[2] && box[3] <= frame[3];

  /** @param {Name} name @param {number} x @param {number} y @returns {Frame} */
  const frameOf = ({ width, height }, x, y) => [x - width / 2 - 2, y, x + width / 2 + 2, y + height];

  /** The boxes that names take, sorted into cells. */
  class Room {
    constructor() {
      this.cells = /** @type {Map<number, Frame[]>} */ (new Map());
    }

    /** Whether a box is empty. @param {Frame} box */
    free(box) {
      return !this.someCell(box, (cell) => this.cells.get(cell)?.some((other) =>
        box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]));
    }

    /** @param {Frame} box */
    take(box) {
      this.someCell(box, (cell) => {
        const boxes = this.cells.get(cell);
        if (boxes) boxes.push(box);
        else this.cells.set(cell, [box]);
      });
    }

    /** Whether something is so of a cell that a box touches. @param {Frame} box @param {(cell: number) => boolean|undefined|void} is */
    someCell([left, top, right, bottom], is) {
      for (let column = Math.floor(left / 100); column <= right / 100; column++) {
        for (let row = Math.floor(top / 40); row <= bottom / 40; row++) if (is(column * 100_003 + row)) return true;
      }
      return false;
    }
  }

  // The picture of a network by vis-network, up to some thousands of nodes.

  const [ASIDE, ABOVE] = [58, 36]; // pixels around the whole picture, for names
  const SMALLEST = 5.5; // pixels, the radius that a node should have from afar
  const LARGEST_NODE = 30; // units, that it gets for it at most: else neighbours lie over each other
  const DIMMED = 0.12; // opacity of what is neither chosen nor its neighbour
  const NODE_REACH = { mouse: 3, touch: 16 }; // pixels that a hand may miss a node by

  /** A network drawn by vis-network. @implements {Picture} */
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
      const options = { ...data.options, ...this.colours() };
      this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, options);
      const frame = /** @type {HTMLElement|null} */ (container.querySelector(".vis-network"));
      if (frame) frame.tabIndex = -1; // the container takes the keys
      this.tip = container.appendChild(made("div", { class: "tip", hidden: true }));
      this.listen(choose);
      this.network.on("afterDrawing", (context) => this.write(context));
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
      this.see(false);
      this.ready = /** @type {Promise<void>} */ (new Promise((resolve) => this.network.once("afterDrawing", () => resolve())));
    }

    /** @param {(item: Item|null) => void} choose */
    listen(choose) {
      const { network, container } = this;
      network.on("click", (clicked) => choose(this.hit(clicked)));
      network.on("dragging", ({ nodes }) => { if (nodes.length) this.names.forget(); });
      network.on("dragStart", () => { this.tip.hidden = true; this.fitted = false; });
      network.on("zoom", () => { this.tip.hidden = true; this.fitted = false; this.grow(network.getScale()); });
      network.on("resize", () => { if (this.fitted && container.clientWidth) this.see(false); });
      network.on("hoverNode", ({ node, pointer }) => this.hover(this.data.nodes[Number(node)], pointer.DOM));
      network.on("blurEdge", () => { this.tip.hidden = true; });
      network.on("blurNode", () => { this.tip.hidden = true; });
      container.addEventListener("mouseleave", () => { this.tip.hidden = true; });
      // Without Ctrl or ⌘ the wheel is the page's.
      container.addEventListener("wheel", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); }, { capture: true });
    }

    /** Show the name of a node beside the mouse. @param {NetworkNode} node @param {Point} at */
    hover({ label, kind }, at) {
      this.say(`${label}\n${this.data.classes[kind] ?? kind}`, at);
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
        if (this.shown.nodes.has(id) && away <= least) [found, least] = [id, away];
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

    repaint() {
      this.palette = paletteOf(this.data);
      this.network.setOptions(this.colours());
      this.nodes.update(this.data.nodes.filter((node) => node.planned).map((node) => this.visNode(node)));
      this.edges.update(this.lines.map((line) => this.visEdge(line)));
      this.network.redraw();
    }

    /** @param {Set<number>} nodes @param {Set<number>} edges */
    show(nodes, edges) {
      const [before, lines] = [this.shown, this.lines];
      this.shown = { nodes, edges };
      const whole = this.data.nodes.length + this.data.edges.length;
      if (before.nodes.size + before.edges.size === whole && nodes.size + edges.size === whole) return; // as it is drawn
      this.lines = bundled(this.data.edges, edges);
      this.names.forget();
      this.nodes.update(changes(before.nodes, nodes));
      const kept = new Set(this.lines.map(({ id }) => id));
      this.edges.update([...lines.filter(({ id }) => !kept.has(id)).map(({ id }) => ({ id, hidden: true })), ...this.lines.map((line) => this.visEdge(line))]);
    }

    /** @param {Item|null} item */
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
      const ends = new Set([node]);
      for (const id of this.shown.edges) {
        const { from, to } = this.data.edges[id];
        if (from === node) ends.add(to);
        else if (to === node) ends.add(from);
      }
      return [...ends];
    }

    /** Write the names that there is room for. @param {CanvasRenderingContext2D} context */
    write(context) {
      const scale = this.network.getScale();
      const spots = /** @type {Map<number, Spot>} */ (new Map());
      for (const [id, { x, y }] of this.places()) {
        if (this.shown.nodes.has(id)) spots.set(id, { x: x * scale, y: y * scale, radius: this.radius(id) * scale });
      }
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
      const [places, { clientWidth, clientHeight }] = [this.places(), this.container];
      const { x, y } = places.get(node) ?? this.data.nodes[node];
      const away = [...this.near].map((id) => places.get(id) ?? this.data.nodes[id]).map((spot) => [Math.abs(spot.x - x), Math.abs(spot.y - y)]);
      const [across, down] = [0, 1].map((way) => Math.max(...away.map((off) => off[way]), 1));
      const seen = Math.min((clientWidth / 2 - 1.5 * ASIDE) / across, (clientHeight / 2 - 2 * ABOVE) / down, this.close());
      const scale = Math.max(seen, this.sight.scale);
      this.fitted = false;
      this.grow(scale);
      this.network.focus(node, { scale, animation: this.motion() });
    }

    fit() {
      this.see(this.motion());
    }

    /** Bring all that is shown into view, with room for the names at its edges. @param {object|false} animation */
    see(animation) {
      const spots = [...this.places()].filter(([id]) => this.shown.nodes.has(id)).map(([, place]) => place);
      if (!spots.length) return;
      this.sight = sightOf(spots, this.container, this.close());
      this.fitted = true;
      this.grow(this.sight.scale);
      this.network.moveTo({ ...this.sight, animation });
    }

    /** @param {number} factor */
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

    motion() {
      if (matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
      return { duration: 500, easingFunction: "easeInOutQuad" };
    }

    places() {
      return new Map(Object.entries(this.network.getPositions()).map(([id, place]) => [Number(id), place]));
    }
  }

  /** The view of all points, with room for names at the edges. @param {Point[]} spots @param {{clientWidth: number, clientHeight: number}} container @param {number} closest  scale */
  function sightOf(spots, { clientWidth, clientHeight }, closest) {
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [width, height] = [clientWidth - 2 * Math.min(ASIDE, 0.1 * clientWidth), clientHeight - 2 * Math.min(ABOVE, 0.12 * clientHeight)];
    const scale = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1), closest);
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) };
  }

  /** The items to hide and to show. @param {Set<number>} before @param {Set<number>} after @returns {vis.Item[]} */
  function changes(before, after) {
    const gone = [...before].filter((id) => !after.has(id)).map((id) => ({ id, hidden: true }));
    const come = [...after].filter((id) => !before.has(id)).map((id) => ({ id, hidden: false }));
    return [...gone, ...come];
  }

  /** The number of claims of a line, where it is written: at its middle. @param {NetworkLine} line @param {Map<number, Spot>} spots @returns {Count} */
  function countOf({ from, to, count, smooth }, spots) {
    const [a, b] = [from, to].map((id) => /** @type {Spot} */ (spots.get(id)));
    const bend = smooth ? (smooth.type === "curvedCCW" ? -smooth.roundness : smooth.roundness) / 2 : 0;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    return { text: String(count), x: a.x + dx / 2 + dy * bend, y: a.y + dy / 2 - dx * bend, room: Math.hypot(dx, dy) - a.radius - b.radius };
  }

  return {
    bundled, capital, caveatsOf, claimsOf, fillOf, groupMark, lineOf, linesOf, paletteOf, rankedOf, relationMark, Room, SHAPE_CORNERS,
    shapeMark, tieWords, VisPicture, within,
  };
})();
