// Written by `make generate` from the modules in web/modules; do not edit.
"use strict";
(() => {
  // shared/svg.js
  var SVG = "http://www.w3.org/2000/svg";
  function drawn(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.append(...children);
    return element;
  }
  var tidy = (value) => Math.round(value * 10) / 10;

  // shared/text.js
  var JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));
  function wrapped(text, most) {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const last = lines.length - 1;
      if (!lines[last] || lines[last].length + word.length < most) lines[last] = `${lines[last]} ${word}`.trim();
      else lines.push(word);
    }
    return lines;
  }

  // network/glyphs.js
  var SHAPE_CORNERS = (
    /** @type {Record<string, [number, number][]>} */
    {
      square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
      triangle: [[0, -1.1], [1.1, 0.8], [-1.1, 0.8]],
      diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
      hexagon: [[1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0], [-0.5, -0.87], [0.5, -0.87]]
    }
  );
  function paletteOf(data, following = false) {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => following ? `var(${name})` : style.getPropertyValue(name).trim();
    const named = (group) => `--${group.toLowerCase()}`;
    const colourOf = (group) => style.getPropertyValue(named(group)) ? named(group) : "--quiet";
    return {
      ink: colour("--ink"),
      quiet: colour("--quiet"),
      ground: colour("--paper"),
      accent: colour("--accent"),
      groups: Object.fromEntries(Object.keys(data.groups).map((group) => [group, colour(colourOf(group))])),
      relations: Object.fromEntries(Object.keys(data.relations).map((relation) => [relation, colour(familyOf(data, relation, "--link-") || "--quiet")]))
    };
  }
  function shapeMark(shape, x, y, radius, style) {
    const corners = SHAPE_CORNERS[shape];
    if (!corners) return drawn("circle", { cx: x, cy: y, r: radius, ...style });
    const points = corners.map(([dx, dy]) => `${tidy(x + dx * radius)},${tidy(y + dy * radius)}`).join(" ");
    return drawn("polygon", { points, ...style });
  }
  function groupMark(data, group) {
    const shape = data.options.groups?.[group]?.shape ?? "dot";
    const mark = shapeMark(shape, 8, 8, 5.5, {});
    return drawn("svg", { class: `mark group-${group}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, mark);
  }
  function familyOf({ renderer, families = {} }, relation, prefix) {
    return renderer === "vis" && families[relation] ? prefix + families[relation] : "";
  }
  function relationMark(data, relation, directed) {
    const line = drawn("path", { d: directed ? "M1 6H19" : "M1 6H27", "stroke-width": 2.5, fill: "none" });
    const mark = drawn("svg", { class: `mark ${familyOf(data, relation, "link-") || "link-quiet"}`, viewBox: "0 0 28 12", width: 28, height: 12, "aria-hidden": "true" }, line);
    if (directed) mark.append(drawn("path", { d: "M18 1.5L27 6L18 10.5Z", class: "head" }));
    return mark;
  }
  var LINE_LENGTH = 20;
  function linesOf(label, most = 3) {
    const lines = wrapped(label, LINE_LENGTH);
    return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]}…`] : lines;
  }

  // shared/python.json
  var namespaces = {
    id: "https://w3id.org/tipgraph/id/",
    tip: "https://w3id.org/tipgraph/ns#",
    code: "https://w3id.org/tipgraph/code#",
    xsd: "http://www.w3.org/2001/XMLSchema#"
  };

  // shared/iris.js
  var { id: ID_BASE, tip: TIP, code: CODE, xsd: XSD } = namespaces;

  // shared/review.js
  var isReviewed = ({ review }) => review !== "unreviewed";

  // network/model.js
  var EDGE_FACETS = (
    /** @type {Exclude<Facet, "class">[]} */
    ["relation", "kind", "status", "source", "modality", "review"]
  );
  var THIN = 0.5;
  var FACETS = (
    /** @type {Facet[]} */
    ["class", ...EDGE_FACETS]
  );
  function bundled(edges, shown) {
    const bundles = (
      /** @type {Map<number, NetworkEdge[]>} */
      /* @__PURE__ */ new Map()
    );
    for (const id of shown) {
      const { bundle = id } = edges[id];
      const others = bundles.get(bundle);
      if (others) others.push(edges[id]);
      else bundles.set(bundle, [edges[id]]);
    }
    return [...bundles].map(([id, some]) => lineOf(id, some));
  }
  function lineOf(id, some) {
    const [first] = some;
    if (some.length === 1) return { ...first, id, ids: [first.id], count: claimsOf(first).length };
    const reviewed = some.filter(isReviewed);
    const [looks, share] = reviewed.length ? [reviewed, 1] : [some, THIN];
    const sayings = new Set(looks.flatMap(({ said_at = "" }) => said_at.split("; "))).size;
    const opacity = Math.max(...looks.map(({ color }) => color?.opacity ?? 1));
    const width = Math.max(...looks.map(({ width: width2 = 0 }) => width2), sayings > 1 ? share * (1.5 + Math.log2(sayings)) : 0);
    return {
      ...first,
      id,
      ids: some.map((edge) => edge.id),
      count: new Set(some.flatMap(claimsOf)).size,
      width: width || void 0,
      color: opacity < 1 ? { opacity } : void 0,
      dashes: looks.every(({ dashes }) => dashes) ? looks[0].dashes : void 0
    };
  }
  function rankedOf({ nodes, edges, focus }) {
    const places = nodes.map(({ group }) => group === "Place");
    const ranks = Float64Array.from(nodes, ({ entries = 0 }, id) => entries ? 1e9 * entries : id === focus ? 2e6 : places[id] ? 0 : 1e6);
    const worth = (end, other) => places[other] ? 0.01 : nodes[end].group === "Actor" ? 2 : 1;
    for (const { from, to } of edges) {
      ranks[from] += worth(from, to);
      ranks[to] += worth(to, from);
    }
    return [...nodes.keys()].sort((one, other) => ranks[other] - ranks[one] || one - other);
  }
  var claimsOf = ({ key, claims }) => claims ?? [key.split("#", 1)[0]];
  var tieWords = ({ relations }, edge) => relations[edge.relation] + caveatsOf(edge);
  var caveatsOf = ({ caveats }) => caveats ? ` (${caveats})` : "";

  // shared/elements.js
  function made(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== void 0) element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children);
    return element;
  }

  // network/labels.js
  var NAME_SIZE = 12.5;
  var NAME_LINE = 15;
  var NAME_FONT = "system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
  var COUNT_FONT = `600 10px ${NAME_FONT}`;
  var COUNT_ROOM = 46;
  var NAME_GAP = 4;
  var NEAR = 1.3;
  var NARROWEST = (
    /** @type {Name} */
    { node: -1, lines: [], width: 14, height: NAME_LINE }
  );
  var AWAY = [0, 15, 30, 60, 100];
  var WIDTHS = new OffscreenCanvas(1, 1).getContext("2d");
  var NameSheet = class {
    /** @param {NetworkData} data */
    constructor(data) {
      this.data = data;
      this.ranked = rankedOf(data);
      this.names = [2, 3].map((lines) => ({ lines, known: (
        /** @type {Map<number, Name>} */
        /* @__PURE__ */ new Map()
      ) }));
      this.key = "";
      this.written = /** @type {{name: Name, dx: number, dy: number}[]} */
      [];
      this.counts = /** @type {Count[]} */
      [];
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
        const box = (
          /** @type {Frame} */
          [x - radius, y - radius, x + radius, y + radius]
        );
        nodes.take(box);
        if (first.has(id)) lit.take(box);
      }
      const [[chosen], near] = [first, scale >= NEAR];
      const wanted = first.size ? [chosen, ...this.ranked.filter((node) => first.has(node) && node !== chosen)] : this.ranked;
      const around = near || first.size ? AWAY : [0];
      const inside = (box) => (!frame || within(box, frame)) && names.free(box);
      this.written = [];
      for (const node of wanted.filter((id) => spots.has(id))) {
        const spot = (
          /** @type {Spot} */
          spots.get(node)
        );
        if (!near && !first.size && !beside(NARROWEST, spot, around, (box) => nodes.free(box) && inside(box))) continue;
        const name = this.name(node, near);
        const side = beside(name, spot, around, (box) => nodes.free(box) && inside(box)) ?? (first.size ? beside(name, spot, around, (box) => lit.free(box) && inside(box)) : null);
        if (!side) continue;
        names.take(side.box);
        this.written.push(side);
      }
      this.counts = counts.filter(({ x, y, room }) => {
        const box = (
          /** @type {Frame} */
          [x - 7, y - 6, x + 7, y + 6]
        );
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
        font: `${NAME_SIZE}px ${NAME_FONT}`,
        textAlign: "center",
        textBaseline: "top",
        lineJoin: "round",
        lineWidth: 3.5,
        strokeStyle: palette.ground,
        fillStyle: palette.ink
      });
      context.setLineDash([]);
      for (const { name, dx, dy } of this.written) {
        const spot = spots.get(name.node);
        if (!spot) continue;
        const at = (number) => spot.y + dy + number * NAME_LINE;
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
  };
  function nameOf(node, lines) {
    if (WIDTHS) WIDTHS.font = `${NAME_SIZE}px ${NAME_FONT}`;
    const width = Math.max(...lines.map((line) => WIDTHS?.measureText(line).width ?? 0));
    return { node, lines, width, height: lines.length * NAME_LINE };
  }
  function sidesOf({ width, height }, radius) {
    const [off, aside] = [radius + NAME_GAP, radius + NAME_GAP + width / 2];
    const [slant, above] = [radius + width / 2, -off - height];
    return [
      [0, off],
      [0, above],
      [aside, -height / 2],
      [-aside, -height / 2],
      [slant, off],
      [-slant, off],
      [slant, above],
      [-slant, above]
    ];
  }
  function beside(name, spot, around, fits) {
    for (const away of around) for (const [dx, dy] of sidesOf(name, spot.radius + away)) {
      const box = frameOf(name, spot.x + dx, spot.y + dy);
      if (fits(box)) return { name, dx, dy, box };
    }
    return null;
  }
  var within = (box, frame) => box[0] >= frame[0] && box[1] >= frame[1] && box[2] <= frame[2] && box[3] <= frame[3];
  var frameOf = ({ width, height }, x, y) => [x - width / 2 - 2, y, x + width / 2 + 2, y + height];
  var Room = class {
    constructor() {
      this.cells = /** @type {Map<number, Frame[]>} */
      /* @__PURE__ */ new Map();
    }
    /** Whether a box is empty. @param {Frame} box */
    free(box) {
      return !this.someCell(box, (cell) => this.cells.get(cell)?.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]));
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
        for (let row = Math.floor(top / 40); row <= bottom / 40; row++) if (is(column * 100003 + row)) return true;
      }
      return false;
    }
  };

  // network/vis-picture.js
  var [ASIDE, ABOVE] = [58, 36];
  var SMALLEST = 5.5;
  var LARGEST_NODE = 30;
  var DIMMED = 0.12;
  var NODE_REACH = { mouse: 3, touch: 16 };
  var VisPicture = class {
    /** @param {HTMLElement} container @param {NetworkData} data @param {(item: Item|null) => void} choose */
    constructor(container, data, choose) {
      this.container = container;
      this.data = data;
      this.palette = paletteOf(data);
      this.shown = { nodes: new Set(data.nodes.keys()), edges: new Set(data.edges.keys()) };
      this.near = /** @type {Set<number>} */
      /* @__PURE__ */ new Set();
      this.item = /** @type {Item|null} */
      null;
      this.lines = bundled(data.edges, this.shown.edges);
      this.usual = Number(data.options.nodes?.size ?? 10);
      this.line = Number(data.options.edges?.width ?? 1.5);
      this.sight = sightOf(data.nodes, container, this.close());
      this.fitted = true;
      this.grown = this.growth(this.sight.scale);
      this.names = new NameSheet(data);
      this.nodes = new vis.DataSet(data.nodes.map((node) => this.visNode(node)));
      this.edges = new vis.DataSet(this.lines.map((line) => this.visEdge(line)));
      const options = { ...data.options, ...this.colours() };
      this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, options);
      const frame = (
        /** @type {HTMLElement|null} */
        container.querySelector(".vis-network")
      );
      if (frame) frame.tabIndex = -1;
      this.tip = container.appendChild(made("div", { class: "tip", hidden: true }));
      this.listen(choose);
      this.network.on("afterDrawing", (context) => this.write(context));
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
      this.see(false);
      this.ready = /** @type {Promise<void>} */
      new Promise((resolve) => this.network.once("afterDrawing", () => resolve()));
    }
    /** @param {(item: Item|null) => void} choose */
    listen(choose) {
      const { network, container } = this;
      network.on("click", (clicked) => choose(this.hit(clicked)));
      network.on("dragging", ({ nodes }) => {
        if (nodes.length) this.names.forget();
      });
      network.on("dragStart", () => {
        this.tip.hidden = true;
        this.fitted = false;
      });
      network.on("zoom", () => {
        this.tip.hidden = true;
        this.fitted = false;
        this.grow(network.getScale());
      });
      network.on("resize", () => {
        if (this.fitted && container.clientWidth) this.see(false);
      });
      network.on("hoverNode", ({ node, pointer }) => this.hover(this.data.nodes[Number(node)], pointer.DOM));
      network.on("blurEdge", () => {
        this.tip.hidden = true;
      });
      network.on("blurNode", () => {
        this.tip.hidden = true;
      });
      container.addEventListener("mouseleave", () => {
        this.tip.hidden = true;
      });
      container.addEventListener("wheel", (event) => {
        if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
      }, { capture: true });
    }
    /** Show the name of a node beside the mouse. @param {NetworkNode} node @param {Point} at */
    hover({ label, kind }, at) {
      this.say(`${label}
${this.data.classes[kind] ?? kind}`, at);
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
      if (node !== void 0) return { kind: "node", id: node };
      return edges.length ? { kind: "edge", id: this.lines.find(({ id }) => id === edges[0])?.ids[0] ?? Number(edges[0]) } : null;
    }
    /** The shown node nearest to a point, if one is within some pixels. @param {Point} point @param {number} reach */
    nearest(point, reach) {
      let [found, least] = [
        /** @type {number|undefined} */
        void 0,
        reach / this.network.getScale()
      ];
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
        edges: { ...this.data.options.edges, color: { color: quiet, highlight: accent, hover: accent, inherit: false } }
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
    visEdge({ id, from, to, arrows, width = this.line, dashes = (
      /** @type {any} */
      false
    ), smooth, selfReference, color, relation }) {
      const { palette } = this;
      const opacity = (color?.opacity ?? 1) * (this.isLit(id, from, to) ? 1 : DIMMED);
      const item = {
        id,
        from,
        to,
        width: width * this.wider(),
        dashes,
        hidden: false,
        color: { color: palette.relations[relation], highlight: palette.relations[relation], hover: palette.accent, opacity, inherit: false }
      };
      return { ...item, ...arrows && { arrows }, ...smooth && { smooth }, ...selfReference && { selfReference } };
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
      if (before.nodes.size + before.edges.size === whole && nodes.size + edges.size === whole) return;
      this.lines = bundled(this.data.edges, edges);
      this.names.forget();
      this.nodes.update(changes(before.nodes, nodes));
      const kept = new Set(this.lines.map(({ id }) => id));
      this.edges.update([...lines.filter(({ id }) => !kept.has(id)).map(({ id }) => ({ id, hidden: true })), ...this.lines.map((line) => this.visEdge(line))]);
    }
    /** @param {Item|null} item */
    select(item) {
      if (!item && !this.item) return;
      const edge = item?.kind === "edge" ? this.data.edges[item.id] : null;
      this.item = item;
      this.near = new Set(edge ? [edge.from, edge.to] : item ? this.neighbours(item.id) : []);
      this.names.forget();
      this.nodes.update(this.data.nodes.map(({ id }) => ({ id, opacity: !item || this.near.has(id) ? 1 : DIMMED })));
      this.edges.update(this.lines.map((line) => this.visEdge(line)));
      const nodes = item?.kind === "node" ? [item.id] : [];
      this.network.setSelection({ nodes, edges: edge && this.shown.edges.has(edge.id) ? [this.lineOf(edge.id)] : [] }, { highlightEdges: true });
    }
    /** A node and those that shown edges tie to it. @param {number} node */
    neighbours(node) {
      const ends = /* @__PURE__ */ new Set([node]);
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
      const spots = (
        /** @type {Map<number, Spot>} */
        /* @__PURE__ */ new Map()
      );
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
      if (Math.abs(scale / whole - 1) > 1e-3) return null;
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
  };
  function sightOf(spots, { clientWidth, clientHeight }, closest) {
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [width, height] = [clientWidth - 2 * Math.min(ASIDE, 0.1 * clientWidth), clientHeight - 2 * Math.min(ABOVE, 0.12 * clientHeight)];
    const scale = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1), closest);
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) };
  }
  function changes(before, after) {
    const gone = [...before].filter((id) => !after.has(id)).map((id) => ({ id, hidden: true }));
    const come = [...after].filter((id) => !before.has(id)).map((id) => ({ id, hidden: false }));
    return [...gone, ...come];
  }
  function countOf({ from, to, count, smooth }, spots) {
    const [a, b] = [from, to].map((id) => (
      /** @type {Spot} */
      spots.get(id)
    ));
    const bend = smooth ? (smooth.type === "curvedCCW" ? -smooth.roundness : smooth.roundness) / 2 : 0;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    return { text: String(count), x: a.x + dx / 2 + dy * bend, y: a.y + dy / 2 - dx * bend, room: Math.hypot(dx, dy) - a.radius - b.radius };
  }

  // notebook/page.js
  function tieText(data, edge) {
    const [from, to] = [edge.from, edge.to].map((id) => data.nodes[id].label);
    const bundle = data.edges.filter(({ id, bundle: bundle2 = id }) => bundle2 === (edge.bundle ?? edge.id));
    return [`${from} ${edge.directed ? "→" : "–"} ${to}: ${tieWords(data, edge)}`, ...new Set(bundle.flatMap(({ id }) => data.told[id]))];
  }
  function saidOf(data, { kind, id }) {
    if (kind === "edge") return tieText(data, data.edges[id]);
    const { label, kind: cls } = data.nodes[id];
    const ties = data.edges.filter((edge) => edge.from === id || edge.to === id);
    return [`${label} (${data.classes[cls] ?? cls})`, ...new Set(ties.flatMap((edge) => data.told[edge.id]))];
  }
  function legendOf(data) {
    const directed = new Map(data.edges.map((edge) => [edge.relation, edge.directed]));
    return [
      ...Object.entries(data.groups).map(([group, name]) => made("span", {}, groupMark(data, group), ` ${name}`)),
      ...Object.entries(data.relations).map(([relation, name]) => made("span", {}, relationMark(data, relation, directed.get(relation) ?? false), ` ${name}`))
    ];
  }
  function showInline() {
    const data = (
      /** @type {InlineData} */
      JSON.parse(document.getElementById("network")?.textContent ?? "")
    );
    const [place, said, legend] = ["picture", "said", "legend"].map((id) => (
      /** @type {HTMLElement} */
      document.getElementById(id)
    ));
    legend.append(...legendOf(data));
    const choose = (item) => {
      picture.select(item);
      if (!item) return;
      const [title, ...lines] = saidOf(data, item);
      said.replaceChildren(made("p", { class: "title" }, title), ...lines.map((line) => made("p", {}, line)));
      said.scrollTop = 0;
    };
    const picture = new VisPicture(place, data, choose);
    picture.network.on("hoverEdge", ({ edge, pointer }) => picture.say(tieText(data, data.edges[Number(edge)]).join("\n"), pointer.DOM));
    picture.ready.then(() => {
      document.documentElement.dataset.ready = "yes";
    });
  }
  showInline();
})();
