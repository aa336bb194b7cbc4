// @ts-check
// The picture of a network by vis-network, with its marks and names, as `networkPicture`: for the pages of networks, Ask, and notebooks.
var networkPicture = (() => {
  "use strict";
  const { drawn, FACE, isReviewed, nameLines, placeNames, TALL } = tipgraph;

  // Edges in words, and as lines.

  const THIN = 0.5; // the width of a line that nobody has reviewed, as a part of what it would be; as in outputs/site/networks.py

  /** The keys of the claims behind an edge; the key of an edge with one claim names it. @param {NetworkEdge} edge */
  const claimsOf = ({ key, claims }) => claims ?? [key.split("#", 1)[0]];

  /** The caveats of the claims behind an edge, in brackets. @param {NetworkEdge} edge */
  const caveatsOf = ({ caveats }) => caveats ? ` (${caveats})` : "";

  /** The words of an edge without its ends. @param {NetworkData} data @param {NetworkEdge} edge */
  const tieWords = ({ relations }, edge) => relations[edge.relation] + caveatsOf(edge);

  /** The lines of some edges, by their ids: one for each bundle. @param {Iterable<NetworkEdge>} edges */
  function linesOf(edges) {
    const bundles = /** @type {Map<number, NetworkEdge[]>} */ (new Map());
    for (const edge of edges) {
      const id = edge.bundle ?? edge.id;
      bundles.set(id, [...bundles.get(id) ?? [], edge]);
    }
    return new Map([...bundles].map(([id, some]) => [id, lineOf(id, some)]));
  }

  /** Some edges as one line: as wide as the widest; dashed or pale only if all are. What is not reviewed changes nothing beside what is. @param {number} id @param {NetworkEdge[]} edges @returns {NetworkLine} */
  function lineOf(id, edges) {
    const [first, ...others] = edges;
    if (!others.length) return { ...first, id, ids: [first.id], count: claimsOf(first).length };
    const reviewed = edges.filter(isReviewed);
    const [looks, share] = reviewed.length ? [reviewed, 1] : [edges, THIN];
    const sayings = new Set(looks.flatMap(({ said_at = "" }) => said_at.split("; "))).size;
    const widths = looks.map(({ width = 0 }) => width);
    return {
      ...first, id, ids: edges.map((edge) => edge.id), count: new Set(edges.flatMap(claimsOf)).size,
      width: Math.max(...widths, sayings > 1 ? share * (1.5 + Math.log2(sayings)) : 0) || undefined,
      color: looks.every(({ color }) => color) ? looks[0].color : undefined,
      dashes: looks.every(({ dashes }) => dashes) ? looks[0].dashes : undefined,
    };
  }

  // Marks of legends and panels, and the colours of the picture.

  const CORNERS = /** @type {Labels} */ ({ // of each shape that is no circle
    square: "3.2,3.2 12.8,3.2 12.8,12.8 3.2,12.8",
    triangle: "8,2 14,12.4 2,12.4",
    diamond: "8,1.4 14.6,8 8,14.6 1.4,8",
    hexagon: "13.5,8 10.8,12.8 5.2,12.8 2.5,8 5.2,3.2 10.8,3.2",
  });

  /** A small picture whose colour follows the style sheet by its class. @param {string} name @param {number} width @param {number} height @param {Element[]} pieces */
  const mark = (name, width, height, ...pieces) =>
    drawn("svg", { class: `mark ${name}`, viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" }, ...pieces);

  /** The mark of a group. @param {NetworkData} data @param {string} group */
  function groupMark({ options }, group) {
    const points = CORNERS[options.groups?.[group]?.shape];
    return mark(`group-${group}`, 16, 16, points ? drawn("polygon", { points }) : drawn("circle", { cx: 8, cy: 8, r: 5.5 }));
  }

  /** The line of a relation, with an arrow if it is directed. @param {NetworkData} data @param {string} relation @param {boolean} directed */
  function relationMark({ families = {} }, relation, directed) {
    const line = drawn("path", { d: directed ? "M1 6H19" : "M1 6H27", "stroke-width": 2.5, fill: "none" });
    const head = directed ? [drawn("path", { d: "M18 1.5L27 6L18 10.5Z", class: "head" })] : [];
    return mark(`link-${families[relation] ?? "quiet"}`, 28, 12, line, ...head);
  }

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

  // The picture of a network by vis-network, up to some thousands of nodes.

  const [ASIDE, ABOVE] = [58, 36]; // pixels around the whole picture, for names
  const SMALLEST = 5.5; // pixels, the radius that a node should have from afar
  const LARGEST = 0.2; // of the way between nodes, that it gets for it at most: else neighbours lie over each other
  const DIMMED = 0.12; // opacity of what is neither chosen nor its neighbour
  const NUMBERED = 85; // pixels that a line with a number is long
  const STRETCHED = 1.4; // times that a picture is made as high, or as broad, to fill its box
  const REACH = 8; // pixels that a hand may miss a node by
  const FOREMOST = 8; // names that are written even over nodes
  const FONT = `12.5px ${FACE}`;

  /** The nodes, the most wanted first: the focus, actors, places last; of each kind those with most links, of equals those with a short name. @param {NetworkData} data */
  function rankedOf({ nodes, edges, focus }) {
    const ranks = nodes.map(({ id, group, short }) => (id === focus ? 9e6 : group === "Actor" ? 2e6 : group === "Place" ? 0 : 1e6) + (short ? 0.5 : 0));
    for (const { from, to } of edges) for (const end of [from, to]) ranks[end] += 1;
    return [...nodes.keys()].sort((one, other) => ranks[other] - ranks[one] || one - other);
  }

  /** The width and height of some places. @param {Point[]} places */
  function boundsOf(places) {
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    return { width: right - left, height: bottom - top, middle: { x: (left + right) / 2, y: (top + bottom) / 2 } };
  }

  /** The width and height for nodes in a box, without the room for names at its edges. @param {HTMLElement} box */
  const roomIn = ({ clientWidth, clientHeight }) => [clientWidth - 2 * Math.min(ASIDE, 0.1 * clientWidth), clientHeight - 2 * Math.min(ABOVE, 0.12 * clientHeight)];

  /** The nodes in a picture as broad for its height as its box, if it is not far from that. @param {NetworkData} data @param {HTMLElement} box @returns {NetworkData} */
  function fitted(data, box) {
    const { width, height } = boundsOf(data.nodes), [across, down] = roomIn(box), wanted = (width / height) * (down / across);
    const by = wanted > 0 ? Math.min(Math.max(wanted, 1 / STRETCHED), STRETCHED) : 1; // in a hidden box, or with one node, as it is
    return { ...data, nodes: data.nodes.map((node) => ({ ...node, y: node.y * by })) };
  }

  /** A network drawn by vis-network. */
  class VisPicture {
    /** @param {HTMLElement} container @param {NetworkData} data @param {(item: Item|null) => void} choose @param {(line: NetworkLine) => string} [told]  beside a mouse over a line @param {number} times  that names and nodes are as large as on a screen */
    constructor(container, data, choose, told, times = 1) {
      this.times = times;
      this.container = container;
      this.data = fitted(data, container);
      this.told = told;
      this.palette = paletteOf(data);
      this.ranked = rankedOf(data);
      this.shown = new Set(data.nodes.keys());
      this.lines = this.all = linesOf(data.edges);
      this.item = /** @type {Item|null} */ (null);
      this.near = /** @type {Set<number>} */ (new Set()); // the shown nodes of the chosen item, and its neighbours
      this.usual = Number(data.options.nodes?.size ?? 10);
      this.fitted = true; // until somebody moves it
      this.names = /** @type {ReturnType<VisPicture["room"]>} */ ([]);
      this.scale = 0; // for which nodes are so large
      this.grown = 1; // times as they are usually
      this.dims = false; // since something was first chosen; an opacity takes vis-network long
      this.nodes = new vis.DataSet(this.data.nodes.map(({ id, x, y, group }) => ({ id, x, y, group })));
      this.edges = new vis.DataSet([]);
      const sight = this.sight(this.data.nodes);
      this.largest = LARGEST * Math.sqrt(sight.area / data.nodes.length);
      this.center = sight.position; // of the whole picture
      this.grow(sight.scale);
      this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, data.options);
      this.network.moveTo({ ...sight, animation: false });
      container.querySelector(".vis-network")?.setAttribute("tabindex", "-1"); // the container takes the keys
      this.listen(choose);
      this.ready = /** @type {Promise<void>} */ (new Promise((resolve) => this.network.once("afterDrawing", () => resolve())));
    }

    /** @param {(item: Item|null) => void} choose */
    listen(choose) {
      const { network, container } = this;
      network.on("afterDrawing", (pen) => this.write(pen));
      network.on("click", (clicked) => choose(this.hit(clicked)));
      network.on("dragStart", () => { this.fitted = false; });
      network.on("zoom", () => { this.fitted = false; this.grow(network.getScale()); });
      network.on("resize", () => { if (this.fitted && container.clientWidth) this.look(this.shown, false); });
      // Without Ctrl or ⌘ the wheel is the page's.
      container.addEventListener("wheel", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); }, { capture: true });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
        this.palette = paletteOf(this.data);
        this.paint();
      });
    }

    /** Draw these nodes and edges and no others, an item and its neighbours before the rest. @param {Set<number>} nodes @param {Set<number>} edges @param {Item|null} item */
    show(nodes, edges, item) {
      const isWhole = nodes.size === this.data.nodes.length && edges.size === this.data.edges.length;
      if (isWhole && this.lines === this.all && !item && !this.item) return; // nothing changes, and to draw takes long
      this.shown = nodes;
      this.lines = isWhole ? this.all : linesOf([...edges].map((id) => this.data.edges[id]));
      this.select(item);
    }

    /** Highlight an item and its neighbours. @param {Item|null} item */
    select(item) {
      this.item = item;
      this.dims ||= item !== null;
      const lines = item ? [...this.lines.values()].filter((line) => this.isLit(line)) : [];
      const [nodes, edges] = item?.kind === "node" ? [[item.id], []] : [[], lines.map(({ id }) => id)];
      this.near = new Set([...nodes, ...lines.flatMap(({ from, to }) => [from, to])].filter((node) => this.shown.has(node)));
      this.paint();
      this.network.setSelection({ nodes, edges }, { highlightEdges: true }); // draws, in a while
    }

    /** Whether a line is chosen or touches the chosen node, or nothing is chosen. @param {NetworkLine} line */
    isLit({ from, to, ids }) {
      if (!this.item) return true;
      return this.item.kind === "edge" ? ids.includes(this.item.id) : from === this.item.id || to === this.item.id;
    }

    /** Give nodes and lines the looks of now. */
    paint() {
      this.names = this.room(); // first, for vis-network draws at once
      this.nodes.update(this.visNodes());
      this.edges.update(this.visEdges());
    }

    /** @returns {vis.Item[]} */
    visNodes() {
      const { palette: { ground, ink, groups }, data: { nodes, classes } } = this;
      return nodes.map(({ id, group, kind, label, planned }) => {
        const [background, border] = planned ? [ground, groups[group]] : [groups[group], ground];
        const chosen = { background, border: ink };
        return {
          id, hidden: !this.shown.has(id), size: this.radius(id), title: `${label}\n${classes[kind] ?? kind}`,
          color: { background, border, highlight: chosen, hover: chosen }, ...(this.dims && { opacity: !this.item || this.near.has(id) ? 1 : DIMMED }),
        };
      });
    }

    /** All looks of each line, for it may have had others. @returns {vis.Item[]} */
    visEdges() {
      const { palette: { relations, accent, ink, ground }, data, scale, grown, told } = this;
      const font = { multi: "md", size: 11.5 * this.times / scale, color: ink, strokeColor: ground, strokeWidth: 4.5 * this.times / scale };
      return [...this.all.keys()].map((id) => {
        const line = this.lines.get(id);
        if (!line) return { id, hidden: true };
        const { from, to, arrows, width = data.options.edges?.width ?? 1.5, dashes = false, smooth, selfReference, color, relation, count } = line;
        const [a, b, colour, isLit] = [data.nodes[from], data.nodes[to], relations[relation], this.isLit(line)];
        const label = count > 1 && isLit && Math.hypot(a.x - b.x, a.y - b.y) * scale > NUMBERED ? `*${count}*` : " ";
        return {
          id, from, to, dashes, hidden: false, width: width * Math.min(grown ** 1.4, 5),
          color: { color: colour, highlight: colour, hover: accent, opacity: (color?.opacity ?? 1) * (isLit ? 1 : DIMMED), inherit: false },
          ...(count > 1 && { label, font }), ...(told && { title: told(line) }),
          ...(arrows && { arrows }), ...(smooth && { smooth }), ...(selfReference && { selfReference }),
        };
      });
    }

    /** The radius of a node in units. @param {number} id */
    radius = (id) => (this.data.nodes[id].size ?? this.usual) * this.grown;

    /** Draw nodes and numbers so large that they are seen and hit at a scale. @param {number} scale */
    grow(scale) {
      if (Math.abs(Math.log(scale / this.scale)) < 0.2) return;
      this.scale = scale;
      this.grown = Math.max(Math.min(SMALLEST * this.times / scale, this.largest) / this.usual, 1);
      this.paint();
    }

    /** The places of the shown nodes now. @returns {Map<number, Point>} */
    places() {
      const all = this.network?.getPositions([...this.shown]) ?? this.data.nodes;
      return new Map([...this.shown].map((id) => [id, all[id]]));
    }

    /** The names that there is room for, in pixels: vis-network itself would write all, over each other and too small to read. */
    room() {
      const { fitted, center, data, times, container } = this, places = this.places();
      const [scale, clientWidth, clientHeight] = [this.scale, container.clientWidth, container.clientHeight].map((side) => side / times); // as on a screen
      const isSeen = (/** @type {Box} */ { x, y, width, height }) =>
        !fitted || (Math.abs(x - center.x * scale) < (clientWidth - width) / 2 && Math.abs(y - center.y * scale) < (clientHeight - height) / 2);
      const wanted = (this.near.size ? [...this.near] : this.ranked.filter((id) => this.shown.has(id))).map((id) => {
        const { x, y } = /** @type {Point} */ (places.get(id)), size = 2 * this.radius(id) * scale;
        return { id, ...nameLines(data.nodes[id].short ?? data.nodes[id].label, FONT), mark: { x: x * scale, y: y * scale, width: size, height: size } };
      });
      return placeNames(wanted, isSeen, FOREMOST);
    }

    /** Write the names, of one size at each scale. @param {CanvasRenderingContext2D} pen  in the units of the picture */
    write(pen) {
      const { network, palette } = this, [scale, places] = [network.getScale() / this.times, this.places()];
      pen.save();
      pen.scale(1 / scale, 1 / scale);
      pen.setLineDash([]);
      Object.assign(pen, { font: FONT, textBaseline: "middle", lineJoin: "round", lineWidth: 3.5, strokeStyle: palette.ground, fillStyle: palette.ink });
      for (const { id, lines, align, off } of this.names) for (const [at, line] of lines.entries()) {
        pen.textAlign = /** @type {const} */ (["right", "center", "left"])[align + 1];
        const { x, y } = /** @type {Point} */ (places.get(id));
        const written = /** @type {const} */ ([line, x * scale + off.x, y * scale + off.y + (at - (lines.length - 1) / 2) * TALL]);
        pen.strokeText(...written);
        pen.fillText(...written);
      }
      pen.restore();
    }

    /** The clicked item: a node, even if it is narrowly missed, before an edge. @param {vis.Clicked} clicked @returns {Item|null} */
    hit({ nodes: [node], edges: [edge], pointer: { canvas } }) {
      const away = [...this.places()].map(([id, { x, y }]) => ({ id, off: Math.hypot(x - canvas.x, y - canvas.y) - this.radius(id) }));
      const nearest = away.filter(({ off }) => off * this.network.getScale() <= REACH).sort((one, other) => one.off - other.off)[0]?.id;
      if (node !== undefined || nearest !== undefined) return { kind: "node", id: Number(node ?? nearest) };
      return edge === undefined ? null : { kind: "edge", id: this.lines.get(Number(edge))?.ids[0] ?? Number(edge) };
    }

    /** The view of some places, with room for names at the edges; not so close that a few nodes fill it. @param {Point[]} places */
    sight(places) {
      const { width, height, middle } = boundsOf(places), [across, down] = roomIn(this.container);
      const scale = Math.min(across / Math.max(width, 1), down / Math.max(height, 1), 11 / this.usual);
      return { position: middle, scale: Math.max(scale, 0.02), area: width * height };
    }

    /** Bring some nodes into view: all that are shown, or those near the chosen item. @param {Set<number>} nodes @param {boolean} moves */
    look(nodes, moves = !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      const places = this.network.getPositions([...nodes]);
      if (!nodes.size) return;
      const sight = this.sight(Object.values(places));
      this.fitted = nodes === this.shown;
      this.center = sight.position;
      this.grow(sight.scale);
      this.network.moveTo({ ...sight, animation: moves && { duration: 500, easingFunction: "easeInOutQuad" } });
    }

    /** Zoom around the middle. @param {number} factor */
    zoom(factor) {
      const scale = Math.min(Math.max(this.network.getScale() * factor, 0.02), 5);
      this.fitted = false;
      this.grow(scale);
      this.network.moveTo({ scale, animation: false });
    }
  }

  return { caveatsOf, claimsOf, groupMark, relationMark, tieWords, VisPicture };
})();
