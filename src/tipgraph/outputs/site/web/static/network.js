// @ts-check
// The network page: picture, legend, search, panel, table, and the state in the address.
(() => {
  "use strict";
  const {
    ADDRESS, button, claimList, csvCell, download, drawn, followPointers, fragmentIn, graphmlLines, ID_BASE, inParts, isReviewed,
    keepFragment, LICENCE, LICENCES, made, makeSearch, neutral, NOT_XML, pageData, part, placeIn, pngOf, reviewTitle, reviewWords,
    selectTab, shortIri, SVG, svgText, tidy, typeOf, valuesOf, wording, wrapped, xmlText,
  } = tipgraph;
  const {
    bundled, capital, caveatsOf, claimsOf, fillOf, groupMark, lineOf, linesOf, paletteOf, rankedOf, relationMark, Room, SHAPE_CORNERS,
    shapeMark, tieWords, VisPicture, within,
  } = networkPicture;

  // Sheets that are painted out of sight in slices, and shown when they are complete.

  const MARGIN = 0.4; // of the view, painted around it on each side
  const MOST_PIXELS = 10e6; // of a sheet

  /** Two canvases: one that is seen and moved about, one that is painted meanwhile. */
  class Buffer {
    /** @param {HTMLElement} holder */
    constructor(holder) {
      this.holder = holder;
      this.seen = /** @type {Sheet | null} */ (null);
      this.next = /** @type {Sheet & {strokes: Generator<void>, done: boolean} | null} */ (null);
      this.opacity = "1";
    }

    /** Begin to paint a view, in place of one that is not done. @param {View} view @param {(ctx: CanvasRenderingContext2D) => Generator<void>} strokes */
    begin(view, strokes) {
      const sheet = blank(view);
      this.next = { ...sheet, strokes: strokes(sheet.ctx), done: false };
    }

    /** Paint until a moment; return whether all is painted. Reading a pixel makes the browser paint now, so that the clock is right. @param {number} until */
    work(until) {
      while (this.next && !this.next.done && performance.now() < until) {
        this.next.done = this.next.strokes.next().done ?? false;
        this.next.ctx.getImageData(0, 0, 1, 1);
      }
      return !this.next || this.next.done;
    }

    /** Show what is painted. */
    turn() {
      if (!this.next) return;
      const { canvas } = this.next;
      canvas.style.opacity = this.opacity;
      this.seen ? this.seen.canvas.replaceWith(canvas) : this.holder.append(canvas);
      this.seen = this.next;
      this.next = null;
    }

    drop() {
      this.seen?.canvas.remove();
      this.seen = this.next = null;
    }

    /** @param {string} opacity */
    fade(opacity) {
      this.opacity = opacity;
      if (this.seen) this.seen.canvas.style.opacity = opacity;
    }

    /** Put the sheet where a view sees it. @param {View} view */
    place(view) {
      if (!this.seen) return;
      const sheet = this.seen.view;
      const scale = view.scale / sheet.scale;
      const left = (sheet.x - view.x) * view.scale + (view.width - sheet.width * scale) / 2;
      const top = (sheet.y - view.y) * view.scale + (view.height - sheet.height * scale) / 2;
      const [x, y] = scale === 1 ? [left, top].map((at) => Math.round(at * view.ratio) / view.ratio) : [left, top];
      this.seen.canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    }
  }

  /** An empty canvas for a view, in ordinary memory, where strokes take as long on every machine. @param {View} view @returns {Sheet} */
  function blank(view) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(view.width * view.ratio);
    canvas.height = Math.round(view.height * view.ratio);
    Object.assign(canvas.style, { position: "absolute", left: "0", top: "0", transformOrigin: "0 0", willChange: "transform" });
    Object.assign(canvas.style, { width: `${view.width}px`, height: `${view.height}px`, pointerEvents: "none" });
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
    return { view, canvas, ctx };
  }

  /** Return a view with as much of a margin as a sheet has pixels for. @param {View} view @returns {View} */
  function around(view) {
    const room = Math.sqrt(MOST_PIXELS / (view.width * view.height * view.ratio ** 2));
    const times = Math.min(Math.max(room, 1.2), 1 + 2 * MARGIN);
    return { ...view, width: Math.ceil(view.width * times), height: Math.ceil(view.height * times) };
  }

  // The visible part of a plane, and flights from one part to another.

  const FLIGHT = 600; // milliseconds

  /** Return the box of the plane that a view shows, with some pixels around it. @param {View} view @param {number} around @returns {Box} */
  function boxIn(view, around = 0) {
    const wide = (view.width / 2 + around) / view.scale;
    const tall = (view.height / 2 + around) / view.scale;
    return { left: view.x - wide, right: view.x + wide, top: view.y - tall, bottom: view.y + tall };
  }

  /** The camera that sees a box in some pixels, `largest` limits its scale. @param {Box} box @param {number} width @param {number} height @param {number} largest @returns {Camera} */
  function cameraOn({ left, top, right, bottom }, width, height, largest) {
    const scale = Math.min(Math.max(width, 40) / (right - left), Math.max(height, 40) / (bottom - top), largest);
    return { x: (left + right) / 2, y: (top + bottom) / 2, scale };
  }

  /** The camera of a flight at a moment: it zooms evenly around the one point that keeps its place. @param {Flight} flight @param {number} now @returns {Camera} */
  function cameraAt({ from, to, begun }, now) {
    const part = Math.min(Math.max((now - begun) / FLIGHT, 0), 1);
    const eased = part * part * (3 - 2 * part);
    const scale = from.scale * (to.scale / from.scale) ** eased;
    const even = Math.abs(Math.log(to.scale / from.scale)) < 0.01;
    const way = even ? eased : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
    return part === 1 ? to : { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, scale };
  }

  // Points in square cells, so that a search in a box reads only some of them.

  /** Points of the plane sorted into square cells, so that those in a box are found without looking at all. */
  class Grid {
    /** @param {Float32Array} xs @param {Float32Array} ys */
    constructor(xs, ys) {
      this.xs = xs;
      this.ys = ys;
      this.box = boxOf(xs, ys);
      const [width, height] = [this.box.right - this.box.left, this.box.bottom - this.box.top];
      const count = Math.max(xs.length, 1);
      // About four points a cell; and where all lie on a line, not more cells than points.
      this.cell = Math.max(Math.sqrt((4 * width * height) / count), Math.max(width, height) / count) || 1;
      this.columns = Math.floor(width / this.cell) + 1;
      this.rows = Math.floor(height / this.cell) + 1;
      this.starts = new Uint32Array(this.columns * this.rows + 1);
      this.points = new Uint32Array(xs.length);
      this.sort();
    }

    /** Put the points in the order of their cells; `starts` says where each cell begins. */
    sort() {
      const { xs, ys, starts, points } = this;
      const cells = Uint32Array.from(xs, (x, i) => this.row(ys[i]) * this.columns + this.column(x));
      for (const cell of cells) starts[cell + 1]++;
      for (let cell = 1; cell < starts.length; cell++) starts[cell] += starts[cell - 1];
      const next = starts.slice();
      cells.forEach((cell, i) => (points[next[cell]++] = i));
    }

    /** @param {number} x */
    column(x) {
      return Math.min(Math.max(Math.floor((x - this.box.left) / this.cell), 0), this.columns - 1);
    }

    /** @param {number} y */
    row(y) {
      return Math.min(Math.max(Math.floor((y - this.box.top) / this.cell), 0), this.rows - 1);
    }

    /** Call a function with every point in a box. @param {Box} box @param {(point: number) => void} visit */
    within(box, visit) {
      const [first, last] = [this.column(box.left), this.column(box.right)];
      for (let row = this.row(box.top); row <= this.row(box.bottom); row++) {
        const end = this.starts[row * this.columns + last + 1];
        for (let at = this.starts[row * this.columns + first]; at < end; at++) {
          const point = this.points[at];
          if (holds(box, this.xs[point], this.ys[point])) visit(point);
        }
      }
    }
  }

  /** Whether a point is in a box. @param {Box} box @param {number} x @param {number} y */
  const holds = (box, x, y) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

  /** The smallest box around some points, or an empty one. @param {Float32Array} xs @param {Float32Array} ys @param {Iterable<number>} points @returns {Box} */
  function boxOf(xs, ys, points = xs.keys()) {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const i of points) {
      box.left = Math.min(box.left, xs[i]);
      box.right = Math.max(box.right, xs[i]);
      box.top = Math.min(box.top, ys[i]);
      box.bottom = Math.max(box.bottom, ys[i]);
    }
    return box.left > box.right ? { left: 0, top: 0, right: 0, bottom: 0 } : box;
  }

  // A large network in flat arrays: places, ends and styles by the ids of nodes and edges, and what lies at a place.

  const FINE = 2000; // so many edges take some tenths of a second with all that they show
  const LOOP = 12; // the radius of an edge from a node to itself, in pixels
  const CLOSEST = 0.45; // of the distance of the closest clusters, for the radius of both
  const LARGEST = 20; // radius of a node, in pixels
  const [SMALL_CLUSTER, LARGEST_CLUSTER] = [12, 26]; // radius of a closed cluster, the small one if there is room

  /** A network in flat arrays: places, ends, styles, and the orders to draw them in. */
  class Columns {
    /** @param {NetworkData} data */
    constructor(data) {
      const { nodes, options } = data;
      const edges = [...data.edges];
      for (const line of bundled(data.edges, edges.keys())) edges[line.id] = line;
      this.labels = nodes.map(({ short, label, below }) => [short ?? label, ...(below ? [below] : [])]);
      this.entries = nodes.map(({ entries = 0 }) => entries); // in each closed cluster
      this.sizes = new Float32Array(nodes.map(({ size = 0 }) => size)); // of clusters
      this.xs = new Float32Array(nodes.map((node) => node.x));
      this.ys = new Float32Array(nodes.map((node) => node.y));
      this.from = new Uint32Array(edges.map((edge) => edge.from));
      this.to = new Uint32Array(edges.map((edge) => edge.to));
      this.bends = new Float32Array(edges.map(bendOf));
      this.grid = new Grid(this.xs, this.ys);
      this.closest = CLOSEST * closestOf(nodes.filter(({ entries }) => entries));
      this.spacing = this.spaced(data.clusters ?? [[...nodes.keys()]]);
      const degrees = this.degrees();
      this.weights = degrees.map((degree) => 1 + 0.3 * Math.log2(1 + degree));
      this.ranked = rankedOf(data);
      const groups = options.groups ?? {};
      this.nodeStyles = sorted(nodes, (node) => `${node.group} ${node.planned}`, (node) => nodeStyle(node, groups));
      this.edgeStyles = sorted(edges, (edge) => `${edge.width} ${edge.dashes} ${edge.color?.opacity} ${edge.arrows}`, edgeStyle);
    }

    /** How far neighbours are from each other within clusters. @param {number[][]} clusters */
    spaced(clusters) {
      const areas = clusters.map((nodes) => {
        const { left, top, right, bottom } = boxOf(this.xs, this.ys, nodes);
        return (right - left) * (bottom - top);
      });
      const sum = (/** @type {number[]} */ values) => values.reduce((all, value) => all + value, 0);
      return Math.sqrt(sum(areas) / Math.max(sum(clusters.map(({ length }) => length)), 1)) || 1;
    }

    degrees() {
      const degrees = new Float32Array(this.xs.length);
      for (const ends of [this.from, this.to]) for (const node of ends) degrees[node]++;
      return degrees;
    }

    /** Return the radius of a node in CSS pixels. @param {number} node @param {number} scale */
    radius(node, scale) {
      if (this.sizes[node]) return Math.min(Math.max(this.sizes[node] * scale, Math.min(this.closest * scale, SMALL_CLUSTER)), LARGEST_CLUSTER);
      return Math.min(this.weights[node] * Math.min(Math.max(0.13 * this.spacing * scale, 0.75), 6), LARGEST);
    }

    /** Return the point that an edge bends towards, in the plane. @param {number} edge */
    via(edge) {
      const { xs, ys } = this;
      const a = this.from[edge], b = this.to[edge], bend = this.bends[edge];
      const dx = xs[b] - xs[a], dy = ys[b] - ys[a];
      return { x: xs[a] + dx / 2 + dy * bend, y: ys[a] + dy / 2 - dx * bend };
    }

    /** Return how far a point of the plane is from an edge as it is drawn, in the plane. @param {number} edge @param {Camera} at */
    away(edge, { x, y, scale }) {
      const a = this.from[edge], b = this.to[edge];
      const ax = this.xs[a], ay = this.ys[a], bx = this.xs[b], by = this.ys[b];
      if (a === b) return Math.abs(Math.hypot(ax + LOOP / scale - x, ay - y) - LOOP / scale);
      if (!this.bends[edge]) return fromLine(x, y, ax, ay, bx, by);
      const via = this.via(edge);
      let nearest = Infinity, lastX = ax, lastY = ay;
      for (let t = 0.125; t <= 1; t += 0.125) {
        const nextX = (1 - t) * ((1 - t) * ax + 2 * t * via.x) + t * t * bx;
        const nextY = (1 - t) * ((1 - t) * ay + 2 * t * via.y) + t * t * by;
        nearest = Math.min(nearest, fromLine(x, y, lastX, lastY, nextX, nextY));
        lastX = nextX;
        lastY = nextY;
      }
      return nearest;
    }

    /** The nodes and edges of a part that a view shows. From near, many edges that only pass through are left out. @param {Part} part @param {View} view @returns {Sight} */
    seen(part, view) {
      const { from, to } = this;
      const box = boxIn(view, 40);
      const inside = new Uint8Array(this.xs.length);
      this.grid.within(box, (node) => (inside[node] = part.nodes[node]));
      const ends = (/** @type {number} */ edge) => inside[from[edge]] || inside[to[edge]];
      const edges = this.edgeStyles.order.filter((edge) => part.edges[edge] && (ends(edge) || this.passes(edge, box)));
      const nodes = this.nodeStyles.order.filter((node) => inside[node]);
      return { nodes, edges: edges.length > FINE ? edges.filter(ends) : edges, names: [] };
    }

    /** Whether an edge may pass through a box: its ends are not on one side of it. @param {number} edge @param {Box} box */
    passes(edge, { left, top, right, bottom }) {
      const a = this.from[edge], b = this.to[edge];
      const ax = this.xs[a], ay = this.ys[a], bx = this.xs[b], by = this.ys[b];
      return !((ax < left && bx < left) || (ax > right && bx > right) || (ay < top && by < top) || (ay > bottom && by > bottom));
    }

    /** The node nearest to a point, or -1; `reach` is in pixels around its shape. @param {Part} part @param {Camera} at @param {number} reach */
    nodeNear(part, { x, y, scale }, reach) {
      let found = -1, nearest = Infinity;
      const far = (LARGEST_CLUSTER + reach) / scale;
      this.grid.within({ left: x - far, right: x + far, top: y - far, bottom: y + far }, (node) => {
        const away = Math.hypot(this.xs[node] - x, this.ys[node] - y) * scale - this.radius(node, scale);
        if (part.nodes[node] && away <= reach && away < nearest) [found, nearest] = [node, away];
      });
      return found;
    }

    /** The edge nearest to a point within reach, or -1. It looks at all edges: 40,000 take two milliseconds. @param {Uint32Array} edges @param {Camera} at @param {number} reach */
    edgeNear(edges, at, reach) {
      let found = -1, nearest = reach / at.scale;
      for (const edge of edges) {
        const away = this.mayReach(edge, at, nearest) ? this.away(edge, at) : Infinity;
        if (away >= nearest) continue;
        found = edge;
        nearest = away;
      }
      return found;
    }

    /** Whether a point is within the box around an edge. @param {number} edge @param {Camera} at @param {number} near */
    mayReach(edge, { x, y, scale }, near) {
      const a = this.from[edge], b = this.to[edge];
      const ax = this.xs[a], ay = this.ys[a], bx = this.xs[b], by = this.ys[b];
      const bent = Math.abs(this.bends[edge]) * (Math.abs(ax - bx) + Math.abs(ay - by));
      const slack = near + (a === b ? (2 * LOOP) / scale : bent);
      return x > Math.min(ax, bx) - slack && x < Math.max(ax, bx) + slack && y > Math.min(ay, by) - slack && y < Math.max(ay, by) + slack;
    }
  }

  /**
   * Sort things by style, so that each style is set once. `of` is the style of each thing; `order` holds the things by
   * style.
   * @template Thing, Style @param {Thing[]} things @param {(thing: Thing) => string} keyOf  what tells styles apart
   * @param {(thing: Thing) => Style} styleOf
   */
  function sorted(things, keyOf, styleOf) {
    const alike = /** @type {Map<string, number[]>} */ (new Map());
    things.forEach((thing, number) => {
      const key = keyOf(thing);
      const others = alike.get(key);
      if (others) others.push(number);
      else alike.set(key, [number]);
    });
    const of = new Uint16Array(things.length);
    const sets = [...alike.values()];
    sets.forEach((set, style) => set.forEach((thing) => (of[thing] = style)));
    return { of, order: Uint32Array.from(sets.flat()), styles: sets.map(([first]) => styleOf(things[first])) };
  }

  /** @param {NetworkNode} node @param {Record<string, {shape: string}>} groups @returns {NodeStyle} */
  const nodeStyle = ({ group, planned = false }, groups) => ({ group, shape: groups[group]?.shape ?? "dot", planned });

  /** @param {NetworkEdge} edge @returns {EdgeStyle} */
  function edgeStyle({ dashes = [], width = 1.5, color, arrows }) {
    return { dash: dashes, width, opacity: color?.opacity ?? 1, arrow: Boolean(arrows) };
  }

  /** The distance of the two closest of some points. @param {Point[]} points */
  const closestOf = (points) => Math.min(...points.flatMap((one, at) => points.slice(at + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y))));

  /** @param {NetworkEdge} edge */
  const bendOf = ({ smooth }) => smooth ? (smooth.type === "curvedCCW" ? -smooth.roundness : smooth.roundness) : 0;

  /** The distance of a point from a line. @param {number} x @param {number} y @param {number} ax @param {number} ay @param {number} bx @param {number} by */
  function fromLine(x, y, ax, ay, bx, by) {
    const dx = bx - ax, dy = by - ay;
    const part = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1), 0), 1);
    const offX = ax + part * dx - x, offY = ay + part * dy - y;
    return Math.sqrt(offX * offX + offY * offY);
  }

  // Tens of thousands of lines as densities. Without a GPU a browser takes up to a second to stroke them. To count the lines
  // of each pixel takes a fraction of that, and the count stays visible where lines overlap.

  const BAND = 32; // rows that are counted at a time, so that the counts stay near the processor
  const DENSEST = 0.7; // the opacity of the densest place, so that nodes and labels stand out

  /**
   * Paint lines one device pixel wide on an empty sheet, band by band.
   * @param {CanvasRenderingContext2D} ctx
   * @param {Float32Array} ends  in device pixels: x and y of both ends, line after line
   * @param {Float32Array} weights  one for each line @param {string} colour
   * @param {number} strength  how opaque a line of weight 1 is @returns {Generator<void>}
   */
  function* paintDensity(ctx, ends, weights, colour, strength) {
    const { width, height } = ctx.canvas;
    const band = new Band(width);
    const image = ctx.createImageData(width, BAND);
    const pixels = new Uint32Array(image.data.buffer);
    const tones = tonesOf(ctx, colour, strength);
    for (let top = 0; top < height; top += BAND) {
      band.count(ends, weights, top);
      band.colour(pixels, tones);
      ctx.putImageData(image, 0, top);
      yield;
    }
  }

  /** How much of the lines is in each pixel of some rows, and of one row more on either side. */
  class Band {
    /** @param {number} width */
    constructor(width) {
      this.width = width;
      this.rows = BAND + 2;
      this.field = new Float32Array(width * this.rows);
    }

    /** Count the lines that cross the rows from `top` on. @param {Float32Array} ends @param {Float32Array} weights @param {number} top */
    count(ends, weights, top) {
      this.field.fill(0);
      const above = top - 1;
      for (let i = 0; i < weights.length; i++) {
        const ay = ends[4 * i + 1] - above, by = ends[4 * i + 3] - above;
        if ((ay < 0 && by < 0) || (ay > this.rows && by > this.rows)) continue;
        this.line(ends[4 * i], ay, ends[4 * i + 2], by, weights[i]);
      }
    }

    /** Give each pixel its tone. @param {Uint32Array} pixels @param {Uint32Array} tones */
    colour(pixels, tones) {
      const { field, width } = this;
      for (let i = 0; i < pixels.length; i++) pixels[i] = tones[Math.min(field[width + i] * 32, 2047) | 0];
    }

    /** Add a line one pixel wide, as far as it is in the band. @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} weight */
    line(ax, ay, bx, by, weight) {
      const dx = bx - ax, dy = by - ay;
      if (Math.abs(dx) >= Math.abs(dy)) {
        if (dx) this.along(dx > 0 ? ax : bx, dx > 0 ? ay : by, Math.abs(dx), dy / dx, this.width, this.rows, 1, this.width, weight);
      } else this.along(dy > 0 ? ay : by, dy > 0 ? ax : bx, Math.abs(dy), dx / dy, this.rows, this.width, this.width, 1, weight);
    }

    /**
     * Walk a line along the axis on which it is longer, each step shared by the two pixels that it passes between.
     * @param {number} start  on that axis @param {number} across  where the line begins on the other axis
     * @param {number} length  on that axis @param {number} slope @param {number} size  of the band on that axis
     * @param {number} breadth  of the band on the other @param {number} step  in the field, on that axis
     * @param {number} stride  in the field, on the other @param {number} weight
     */
    along(start, across, length, slope, size, breadth, step, stride, weight) {
      let first = Math.max(Math.ceil(start), 0);
      let last = Math.min(Math.floor(start + length), size - 1);
      if (slope) {
        const [low, high] = [start - across / slope, start + (breadth - 1.001 - across) / slope];
        first = Math.max(first, Math.ceil(Math.min(low, high)));
        last = Math.min(last, Math.floor(Math.max(low, high)));
      } else if (across < 0 || across >= breadth - 1) return;
      let place = across + slope * (first - start);
      const field = this.field;
      for (let at = first; at <= last; at++, place += slope) {
        const whole = Math.max(Math.floor(place), 0);
        const over = place - whole;
        const pixel = at * step + whole * stride;
        field[pixel] += weight * (1 - over);
        field[pixel + stride] += weight * over;
      }
    }
  }

  /** A colour in 2,048 tones, 32 for each line. They grow ever slower, so that the densest places still differ. @param {CanvasRenderingContext2D} ctx @param {string} colour @param {number} strength */
  function tonesOf(ctx, colour, strength) {
    const tone = ctx.createImageData(1, 1);
    const [red, green, blue] = channelsOf(ctx, colour);
    const bytes = tone.data;
    const pixel = new Uint32Array(bytes.buffer);
    return Uint32Array.from({ length: 2048 }, (_, i) => {
      const lines = (strength * i) / 32;
      const opacity = (DENSEST * lines) / (DENSEST + lines);
      bytes.set([red, green, blue, Math.round(255 * opacity)]);
      return pixel[0];
    });
  }

  /** Red, green and blue of a colour in CSS. @param {CanvasRenderingContext2D} ctx  of an empty sheet @param {string} colour */
  function channelsOf(ctx, colour) {
    ctx.save();
    ctx.resetTransform();
    ctx.fillStyle = colour;
    ctx.fillRect(0, 0, 1, 1);
    const { data } = ctx.getImageData(0, 0, 1, 1);
    ctx.clearRect(0, 0, 1, 1);
    ctx.restore();
    return data;
  }

  // The strokes of a large network. Each generator yields every few milliseconds, so that the caller can stop for a frame. A few
  // edges are drawn with width, dashes, bend and arrow; many edges are drawn as densities.

  const LABELS = 400;
  const LINE = 14; // pixels
  const RING = 3; // pixels from the edge of a cluster to its ring
  const COUNT_FONT = "600 11px system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
  const LABEL_FONT = "12px system-ui, 'Segoe UI', 'Noto Sans', sans-serif";

  /**
   * Paint a view of a network.
   * @param {CanvasRenderingContext2D} ctx  of an empty sheet @param {Columns} drawing @param {View} view
   * @param {Sight} sight @param {Palette} palette @param {boolean} lit  in the colour of what is chosen
   * @returns {Generator<void>}
   */
  function* painting(ctx, drawing, view, { nodes, edges, names }, palette, lit = false) {
    const strokes = new Strokes(ctx, drawing, view, lit ? { ...palette, quiet: palette.accent } : palette);
    yield* edges.length > FINE ? strokes.density(edges) : strokes.lines(edges);
    if (lit) yield* strokes.halos(nodes);
    yield* strokes.shapes(nodes);
    yield* strokes.clusters(nodes);
    yield* strokes.names(nodes, names);
  }

  /** Draws nodes and edges for one view with one context. */
  class Strokes {
    /** @param {CanvasRenderingContext2D} ctx @param {Columns} drawing @param {View} view @param {Palette} palette */
    constructor(ctx, drawing, view, palette) {
      this.ctx = ctx;
      this.drawing = drawing;
      this.view = view;
      this.palette = palette;
      this.size = Math.min(Math.max((drawing.spacing * view.scale) / 40, 0.4), 1); // of lines and arrows, from afar
      ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    }

    /** @param {number} x */
    x(x) {
      return (x - this.view.x) * this.view.scale + this.view.width / 2;
    }

    /** @param {number} y */
    y(y) {
      return (y - this.view.y) * this.view.scale + this.view.height / 2;
    }

    /** Draw many edges straight and one device pixel wide. @param {Uint32Array} edges */
    *density(edges) {
      const { drawing, view } = this;
      const { xs, ys, from, to, edgeStyles } = drawing;
      const ends = new Float32Array(4 * edges.length);
      edges.forEach((edge, i) => {
        ends[4 * i] = view.ratio * this.x(xs[from[edge]]);
        ends[4 * i + 1] = view.ratio * this.y(ys[from[edge]]);
        ends[4 * i + 2] = view.ratio * this.x(xs[to[edge]]);
        ends[4 * i + 3] = view.ratio * this.y(ys[to[edge]]);
      });
      const weights = new Float32Array(edges.length);
      edges.forEach((edge, i) => (weights[i] = edgeStyles.styles[edgeStyles.of[edge]].opacity));
      yield* paintDensity(this.ctx, ends, weights, this.palette.quiet, Math.sqrt(FINE / edges.length) / 2);
    }

    /** Draw few edges with all that they show. @param {Uint32Array} edges */
    *lines(edges) {
      const { ctx, drawing, palette } = this;
      ctx.strokeStyle = ctx.fillStyle = palette.quiet;
      const slim = this.size * Math.min(Math.max(Math.sqrt(80 / edges.length), 0.4), 1); // a hub would be drowned in wide ones
      for (const { style, some } of runs(edges, drawing.edgeStyles, 20)) {
        ctx.globalAlpha = style.opacity;
        ctx.lineWidth = Math.max(slim * style.width, 0.8);
        ctx.setLineDash(style.dash.map((length) => this.size * length));
        for (const edge of some) this.line(edge, style);
        yield;
      }
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
    }

    /** @param {number} edge @param {EdgeStyle} style */
    line(edge, style) {
      const { ctx, drawing } = this;
      const [a, b] = [drawing.from[edge], drawing.to[edge]];
      const [x, y, endX, endY] = [this.x(drawing.xs[a]), this.y(drawing.ys[a]), this.x(drawing.xs[b]), this.y(drawing.ys[b])];
      const via = drawing.via(edge);
      ctx.beginPath();
      ctx.moveTo(x, y);
      if (a === b) ctx.arc(x + LOOP, y, LOOP, Math.PI, 3 * Math.PI);
      else if (drawing.bends[edge]) ctx.quadraticCurveTo(this.x(via.x), this.y(via.y), endX, endY);
      else ctx.lineTo(endX, endY);
      ctx.stroke();
      if (style.arrow && a !== b) this.arrow(b, Math.atan2(endY - this.y(via.y), endX - this.x(via.x)));
    }

    /** Draw the head of an arrow that comes to a node. @param {number} node @param {number} angle */
    arrow(node, angle) {
      const { ctx, drawing, view } = this;
      const size = 6 * this.size + 1.5 * ctx.lineWidth;
      const off = drawing.radius(node, view.scale) + 1;
      const [x, y] = [this.x(drawing.xs[node]) - off * Math.cos(angle), this.y(drawing.ys[node]) - off * Math.sin(angle)];
      ctx.beginPath();
      ctx.moveTo(x, y);
      for (const side of [-0.42, 0.42]) ctx.lineTo(x - size * Math.cos(angle + side), y - size * Math.sin(angle + side));
      ctx.fill();
    }

    /** Light up what lies around nodes. @param {Uint32Array} nodes */
    *halos(nodes) {
      const { ctx, drawing, view, palette } = this;
      ctx.fillStyle = palette.accent;
      ctx.globalAlpha = 0.25;
      for (const { some } of runs(nodes, drawing.nodeStyles, 50)) {
        ctx.beginPath();
        for (const node of some) {
          outline(ctx, "dot", this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale) + 5 * this.size);
        }
        ctx.fill();
        yield;
      }
      ctx.globalAlpha = 1;
    }

    /** Draw nodes, by colour and by shape; planned ones hollow. @param {Uint32Array} nodes */
    *shapes(nodes) {
      const { ctx, drawing, view, palette } = this;
      ctx.lineWidth = 1.5;
      ctx.setLineDash([]);
      for (const { style, some } of runs(nodes, drawing.nodeStyles, 100)) {
        const colour = palette.groups[style.group] ?? palette.quiet;
        ctx.strokeStyle = style.planned ? colour : palette.ground;
        ctx.fillStyle = style.planned ? palette.ground : colour;
        ctx.beginPath();
        for (const node of some) {
          outline(ctx, style.shape, this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale));
        }
        if (style.planned || nodes.length <= FINE) ctx.stroke();
        ctx.fill();
        yield;
      }
    }

    /** Put a ring around each closed cluster, and the number of its entries into it. @param {Uint32Array} nodes */
    *clusters(nodes) {
      const { ctx, drawing, view, palette } = this;
      Object.assign(ctx, { font: COUNT_FONT, textAlign: "center", textBaseline: "middle", lineWidth: 2 });
      for (const node of nodes) {
        if (!drawing.entries[node]) continue;
        const [x, y, radius] = [this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale)];
        ctx.beginPath();
        ctx.arc(x, y, radius - RING, 0, 2 * Math.PI);
        ctx.strokeStyle = palette.ground;
        ctx.stroke();
        ctx.fillStyle = palette.ground;
        if (ctx.measureText(String(drawing.entries[node])).width < 2 * (radius - RING) - 2) ctx.fillText(String(drawing.entries[node]), x, y);
      }
      yield;
    }

    /** Write the names of nodes where there is room, the best tied first. @param {Uint32Array} nodes @param {Sight["names"]} names  which takes their boxes */
    *names(nodes, names) {
      const { ctx, drawing, view, palette } = this;
      Object.assign(ctx, { font: LABEL_FONT, textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3 });
      Object.assign(ctx, { strokeStyle: palette.ground, fillStyle: palette.ink });
      const apart = Math.min(Math.max(200 / (drawing.spacing * view.scale), 2), 30); // from afar only a few
      const [room, solid, frame] = [new Room(), new Room(), /** @type {Frame} */ ([0, 0, view.width, view.height])];
      for (const node of nodes.length > FINE ? [] : nodes) { // among more, a name from afar cannot keep off all of them
        const [x, y, radius] = [this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale)];
        solid.take([x - radius, y - radius, x + radius, y + radius]);
      }
      const wanted = new Uint8Array(drawing.xs.length);
      for (const node of nodes) wanted[node] = 1;
      let written = 0;
      for (const node of drawing.ranked) {
        if (!wanted[node]) continue;
        const lines = drawing.labels[node].map((line) => shortened(line, drawing.entries[node] ? 22 : 30));
        const [x, y] = [this.x(drawing.xs[node]), this.y(drawing.ys[node]) + drawing.radius(node, view.scale) + 2];
        const [half, high] = [3.2 * Math.max(...lines.map(({ length }) => length)), LINE * lines.length];
        const off = drawing.entries[node] ? 2 : apart;
        const [text, box] = /** @type {Frame[]} */ ([[x - half, y, x + half, y + high], [x - half - off, y - off / 2, x + half + off, y + high + off / 2]]);
        if (!within(box, frame) || !room.free(box) || !solid.free(text)) continue;
        room.take(box);
        names.push({ node, box: text });
        for (const write of [ctx.strokeText, ctx.fillText]) lines.forEach((line, number) => write.call(ctx, line, x, y + LINE * number));
        if (++written === LABELS) return;
        if (written % 20 === 0) yield;
      }
    }
  }

  /** Cut things that are sorted by style into runs of one style. @template Style @param {Uint32Array} things @param {{styles: Style[], of: Uint16Array}} styled @param {number} most */
  function* runs(things, styled, most) {
    for (let begin = 0, end = 0; begin < things.length; begin = end) {
      const style = styled.of[things[begin]];
      while (end < things.length && end - begin < most && styled.of[things[end]] === style) end++;
      yield { style: styled.styles[style], some: things.subarray(begin, end) };
    }
  }

  /** Add a shape to the path. @param {CanvasRenderingContext2D} ctx @param {string} shape @param {number} x @param {number} y @param {number} radius */
  function outline(ctx, shape, x, y, radius) {
    const corners = SHAPE_CORNERS[shape];
    if (radius < 1.6) ctx.rect(x - radius, y - radius, 2 * radius, 2 * radius); // no shape is visible, and a square is faster
    else if (corners) {
      ctx.moveTo(x + corners[0][0] * radius, y + corners[0][1] * radius);
      for (const [dx, dy] of corners) ctx.lineTo(x + dx * radius, y + dy * radius);
      ctx.closePath();
    } else {
      ctx.moveTo(x + radius, y);
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }

  /** @param {string} text @param {number} most  characters */
  const shortened = (text, most) => text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;

  // The picture of a network too large for vis-network. It is painted out of sight on sheets larger than the view, in slices
  // of a few milliseconds. A finished sheet is only moved and scaled during panning and zooming, which the browser does
  // alone. The chosen item lies on a second sheet, so that a choice repaints little and dims the rest.

  const SLICE = 10; // milliseconds of painting in a frame while the picture moves
  const LONG_SLICE = 40; // and while it rests
  const SETTLED = 140; // milliseconds without a movement
  const [ASIDE, ABOVE] = [70, 44]; // pixels around the whole picture, for names
  const NEAR = 60; // pixels between neighbours where one wants to read
  const DIMMED = "0.12";
  const REACH = { mouse: 4, touch: 12 }; // pixels that a hand may miss an item by
  const TURN = 0.3; // the zoom of one turn of the wheel at most
  const FIGURE = 1600; // pixels, the width of the picture in files and in print

  /** A network on a canvas. @implements {Picture} */
  class CanvasPicture {
    /** @param {HTMLElement} container @param {NetworkData} data @param {(item: Item | null) => void} choose */
    constructor(container, data, choose) {
      this.container = container;
      this.data = data;
      this.choose = choose;
      this.drawing = new Columns(data);
      this.shown = /** @type {Part} */ ({ nodes: new Uint8Array(data.nodes.length).fill(1), edges: new Uint8Array(data.edges.length).fill(1) });
      this.kept = new Set(data.edges.keys()); // the shown edges, of which some are one line
      this.sight = /** @type {Sight} */ ({ nodes: new Uint32Array(), edges: new Uint32Array(), names: [] }); // what is on the last sheet
      this.selected = /** @type {Item|null} */ (null);
      this.palette = paletteOf(data);
      this.holder = container.appendChild(document.createElement("div"));
      Object.assign(this.holder.style, { position: "relative", overflow: "hidden", width: "100%", height: "100%" });
      this.holder.style.touchAction = "none"; // fingers move the picture, not the page
      this.buffers = { all: new Buffer(this.holder), chosen: new Buffer(this.holder) };
      this.camera = /** @type {Camera} */ ({ x: 0, y: 0, scale: 1 });
      this.flight = /** @type {Flight|null} */ (null);
      this.width = this.height = 0;
      this.moved = -Infinity;
      this.fitted = true;
      this.awake = this.outdated = false;
      this.settling = 0;
      this.isReady = () => {};
      this.ready = /** @type {Promise<void>} */ (new Promise((resolve) => { this.isReady = resolve; }));
      this.listen();
      this.resize();
    }

    listen() {
      new ResizeObserver(() => this.resize()).observe(this.holder);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
        this.palette = paletteOf(this.data);
        this.repaint();
      });
      const { holder } = this;
      followPointers(holder, {
        pan: (dx, dy) => this.pan(dx, dy),
        zoom: (factor, x, y) => this.zoom(factor, x, y),
        tap: (event) => this.choose(this.hit(event, event.pointerType === "mouse" ? REACH.mouse : REACH.touch)),
      });
      holder.addEventListener("pointermove", (event) => { if (!event.buttons) this.hover(this.hit(event, REACH.mouse)); });
      holder.addEventListener("pointerleave", () => this.hover(null));
      holder.addEventListener("wheel", (event) => {
        if (!event.ctrlKey && !event.metaKey) return; // then the wheel scrolls the page; a pinch on a touchpad comes with Ctrl
        event.preventDefault();
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
        const { x, y } = placeIn(holder, event);
        this.zoom(Math.exp(Math.min(Math.max(-event.deltaY * lines * 0.01, -TURN), TURN)), x, y);
      }, { passive: false });
    }

    /** Take the size of the container; the picture stays fitted until somebody moves it. */
    resize() {
      const { clientWidth, clientHeight } = this.holder;
      if (!clientWidth || !clientHeight || (clientWidth === this.width && clientHeight === this.height)) return;
      this.width = clientWidth;
      this.height = clientHeight;
      if (this.fitted) this.camera = this.whole();
      this.repaint();
    }

    /** Return the view of a camera. @param {Camera} camera @returns {View} */
    view(camera) {
      return { ...camera, width: this.width, height: this.height, ratio: devicePixelRatio };
    }

    /** Return the camera that sees all that is shown. @param {number} width @param {number} height */
    whole(width = this.width, height = this.height) {
      return this.cameraOn([...this.shown.nodes.keys()].filter((node) => this.shown.nodes[node]), width, height);
    }

    /** Return the camera that sees some nodes. @param {Iterable<number>} nodes @param {number} width @param {number} height */
    cameraOn(nodes, width = this.width, height = this.height) {
      const { xs, ys, spacing } = this.drawing;
      return cameraOn(boxOf(xs, ys, nodes), width - 2 * Math.min(ASIDE, 0.1 * width), height - 2 * Math.min(ABOVE, 0.12 * height), NEAR / spacing);
    }

    /** @param {Set<number>} nodes @param {Set<number>} edges @param {NetworkData} data */
    show(nodes, edges, data) {
      if (data !== this.data) {
        this.data = data;
        this.drawing = new Columns(data);
      }
      this.kept = edges;
      const lines = new Set([...edges].map((id) => data.edges[id].bundle ?? id));
      this.shown = {
        nodes: Uint8Array.from(data.nodes, ({ id }) => Number(nodes.has(id))),
        edges: Uint8Array.from(data.edges, ({ id }) => Number(lines.has(id))),
      };
      if (this.fitted && this.width) this.camera = this.whole();
      this.repaint();
    }

    /** @param {Item | null} item */
    select(item) {
      this.selected = item;
      this.buffers.chosen.drop();
      this.buffers.all.fade(item ? DIMMED : "1");
      this.beginChosen();
      this.wake();
    }

    /** Return the selected item with its neighbours. */
    chosen() {
      const { drawing, shown, selected } = this;
      const chosen = { nodes: new Uint8Array(shown.nodes.length), edges: new Uint8Array(shown.edges.length) };
      if (!selected) return chosen;
      if (selected.kind === "node") chosen.nodes[selected.id] = 1;
      const line = selected.kind === "edge" ? this.data.edges[selected.id].bundle ?? selected.id : -1;
      for (let edge = 0; edge < shown.edges.length; edge++) {
        const [a, b] = [drawing.from[edge], drawing.to[edge]];
        const touches = selected.kind === "edge" ? edge === line : a === selected.id || b === selected.id;
        if (shown.edges[edge] && touches) chosen.edges[edge] = chosen.nodes[a] = chosen.nodes[b] = 1;
      }
      return chosen;
    }

    /** @param {number} node */
    flyTo(node) {
      const scale = Math.max(this.camera.scale, NEAR / this.drawing.spacing);
      this.fly({ x: this.drawing.xs[node], y: this.drawing.ys[node], scale });
    }

    /** @param {Iterable<number>} nodes */
    see(nodes) {
      this.fly(this.cameraOn(nodes));
    }

    places() {
      return new Map(this.data.nodes.map(({ id, x, y }) => [id, { x, y }]));
    }

    fit() {
      this.fly(this.whole());
      this.fitted = true;
    }

    /** Go to a camera, at once for those who want less motion. @param {Camera} to */
    fly(to) {
      this.fitted = false;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.flight = { from: this.camera, to, begun: performance.now() - (still ? FLIGHT : 0) };
      this.wake();
    }

    /** Move what is seen by pixels. @param {number} dx @param {number} dy */
    pan(dx, dy) {
      const { x, y, scale } = this.camera;
      this.move({ x: x - dx / scale, y: y - dy / scale, scale });
    }

    /** Zoom around a point of the container, or its middle. @param {number} factor @param {number} x @param {number} y */
    zoom(factor, x = this.width / 2, y = this.height / 2) {
      const { camera, drawing } = this;
      const scale = Math.min(Math.max(camera.scale * factor, 1 / drawing.spacing), 5 * NEAR / drawing.spacing);
      const [px, py] = this.inPlane(x, y);
      const kept = camera.scale / scale;
      this.move({ x: px + (camera.x - px) * kept, y: py + (camera.y - py) * kept, scale });
    }

    /** @param {Camera} camera */
    move(camera) {
      this.camera = camera;
      this.flight = null;
      this.fitted = false;
      this.moved = performance.now();
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.wake(), SETTLED);
      this.wake();
    }

    /** Return the point of the plane under a point of the container. @param {number} x @param {number} y @returns {[number, number]} */
    inPlane(x, y) {
      const { camera, width, height } = this;
      return [camera.x + (x - width / 2) / camera.scale, camera.y + (y - height / 2) / camera.scale];
    }

    /** Paint anew what is shown, as soon as there is a frame. */
    repaint() {
      this.outdated = true;
      this.wake();
    }

    /** Begin a sheet for where the camera is, or flies to; and one for what is chosen, on it. */
    begin() {
      this.outdated = false;
      const view = around(this.view(this.goal()));
      const sight = this.drawing.seen(this.shown, view);
      this.sight = sight;
      this.buffers.all.begin(view, (ctx) => painting(ctx, this.drawing, view, sight, this.palette));
      this.beginChosen(view);
    }

    beginChosen(view = around(this.view(this.goal()))) {
      if (!this.selected) return;
      const sight = this.drawing.seen(this.chosen(), view);
      this.buffers.chosen.begin(view, (ctx) => painting(ctx, this.drawing, view, sight, this.palette, true));
    }

    goal() {
      return this.flight?.to ?? this.camera;
    }

    wake() {
      if (this.awake) return;
      this.awake = true;
      requestAnimationFrame((now) => this.frame(now));
    }

    /** Paint for the time of one frame. @param {number} now */
    frame(now) {
      this.awake = false;
      if (!this.width) return;
      this.advance(now);
      const moving = now - this.moved < SETTLED;
      if (this.outdated || this.stale(moving)) this.begin();
      const painted = this.work(performance.now() + (moving || this.flight ? SLICE : LONG_SLICE));
      const view = this.view(this.camera);
      for (const buffer of [this.buffers.all, this.buffers.chosen]) buffer.place(view);
      if (!painted || this.flight) this.wake();
    }

    /** @param {number} now */
    advance(now) {
      if (!this.flight) return;
      this.camera = cameraAt(this.flight, now);
      if (this.camera === this.flight.to) this.flight = null;
    }

    /** Paint until a moment, the chosen item first; return whether all is painted. Sheets of a flight are shown at its end. @param {number} until */
    work(until) {
      const { all, chosen } = this.buffers;
      const painted = chosen.work(until) && all.work(until);
      if (painted && !this.flight) {
        for (const buffer of [all, chosen]) buffer.turn();
        this.isReady();
      }
      return painted;
    }

    /** Whether the last sheet is too small or of another scale; during a movement a begun sheet is finished first. @param {boolean} moving */
    stale(moving) {
      const { next, seen } = this.buffers.all;
      const sheet = (next ?? seen)?.view;
      if (!sheet) return true;
      if (next && moving) return false;
      const goal = this.goal();
      if (Math.abs(Math.log(goal.scale / sheet.scale)) > (moving ? 0.5 : 0.001)) return true;
      const [wanted, held, { box }] = [boxIn(this.view(goal), 0.15 * this.width), boxIn(sheet), this.drawing.grid];
      return (
        Math.max(wanted.left, box.left) < held.left || Math.min(wanted.right, box.right) > held.right ||
        Math.max(wanted.top, box.top) < held.top || Math.min(wanted.bottom, box.bottom) > held.bottom
      );
    }

    /** The item under a pointer, a node before an edge. @param {MouseEvent} event @param {number} reach  in pixels @returns {Item|null} */
    hit(event, reach) {
      const { x, y } = placeIn(this.holder, event);
      const [px, py] = this.inPlane(x, y);
      const at = { x: px, y: py, scale: this.camera.scale };
      const node = this.drawing.nodeNear(this.shown, at, reach);
      if (node >= 0) return { kind: "node", id: node };
      const edge = this.drawing.edgeNear(this.sight.edges, at, reach);
      if (edge < 0) return null;
      const shown = this.kept.has(edge) ? edge : [...this.kept].find((id) => this.data.edges[id].bundle === edge);
      return { kind: "edge", id: shown ?? edge };
    }

    /** Show that what lies under the mouse can be chosen, and what a node is called whose label had no room. @param {Item | null} item */
    hover(item) {
      this.holder.style.cursor = item ? "pointer" : "";
      const { label = "", below = "" } = item?.kind === "node" ? this.data.nodes[item.id] : {};
      this.holder.title = [label, below].filter(Boolean).join("\n");
    }

    /** Paint all that is shown once more, at once, on the ground of the page: as large as is good to look at. */
    painted() {
      const box = this.drawing.grid.box;
      const height = Math.round(Math.min(Math.max(FIGURE * (box.bottom - box.top) / (box.right - box.left), FIGURE / 3), FIGURE));
      const view = { ...this.whole(FIGURE, height), width: FIGURE, height, ratio: 2 };
      const { canvas, ctx } = blank(view);
      ctx.fillStyle = this.palette.ground;
      ctx.fillRect(0, 0, canvas.width, canvas.height);
      for (const lit of this.selected ? [false, true] : [false]) {
        const sheet = blank(view);
        const sight = this.drawing.seen(lit ? this.chosen() : this.shown, view);
        for (const _ of painting(sheet.ctx, this.drawing, view, sight, this.palette, lit));
        ctx.globalAlpha = this.selected && !lit ? Number(DIMMED) : 1;
        ctx.drawImage(sheet.canvas, 0, 0);
      }
      return canvas;
    }
  }

  // The clusters of a large network: its picture opens with one node for each, and a line for the links between two.

  const SIZE = 0.3; // the radius of a closed cluster, as a share of the side of its place
  const [ALL, PREFIX] = ["all", "cluster "]; // in the address

  /** The clusters of a network; a network without any is drawn as it is. */
  class Clusters {
    /** @param {NetworkModel} model @param {Words} words */
    constructor({ data }, words) {
      this.data = data;
      this.words = words;
      this.members = data.clusters ?? [];
      this.names = this.members.map(([head]) => shortIri(data.nodes[head].iri));
      this.of = /** @type {Map<number, number>} */ (new Map(this.members.flatMap((nodes, cluster) => nodes.map((node) => [node, cluster]))));
      this.places = this.members.map((nodes) => placeOf(nodes.map((node) => data.nodes[node])));
    }

    /** The node of a cluster, where it is closed. @param {number} cluster */
    node(cluster) {
      return this.data.nodes.length + cluster;
    }

    /** The cluster of the node of one, or -1. @param {Item|null} item */
    at(item) {
      return item?.kind === "node" ? Math.max(item.id - this.data.nodes.length, -1) : -1;
    }

    /** @param {number} cluster @param {NetworkState} state */
    isOpen(cluster, { open, steps }) {
      return steps > 0 || open.has(ALL) || open.has(this.names[cluster]);
    }

    /** @param {NetworkState} state @param {number} cluster @param {boolean} on */
    set(state, cluster, on) {
      if (!on && state.open.delete(ALL)) state.open = new Set(this.names);
      if (on) state.open.add(this.names[cluster]);
      else state.open.delete(this.names[cluster]);
    }

    /** Open all or none. @param {NetworkState} state @param {boolean} on */
    setAll(state, on) {
      state.open = new Set(on ? [ALL] : []);
    }

    /** How many clusters are open. @param {NetworkState} state */
    opened(state) {
      return this.members.filter((_, cluster) => this.isOpen(cluster, state)).length;
    }

    /** The entries and links of a cluster that are shown. @param {number} cluster @param {Shown} shown */
    counts(cluster, shown) {
      const [{ edges }, within] = [this.data, (/** @type {number} */ node) => this.of.get(node) === cluster];
      const entries = this.members[cluster].filter((node) => shown.nodes.has(node));
      return { entries: entries.length, links: [...shown.edges].filter((id) => within(edges[id].from) && within(edges[id].to)).length };
    }

    /** Open the clusters of an entry, or of both ends of a link, so that it is drawn. Return whether one was closed. @param {NetworkState} state @param {number[]} nodes */
    reveal(state, nodes) {
      const closed = nodes.map((node) => this.of.get(node) ?? -1).filter((cluster) => cluster >= 0 && !this.isOpen(cluster, state));
      for (const cluster of closed) this.set(state, cluster, true);
      return closed.length > 0;
    }

    /** Whether an item is a cluster, or a line that ends at one. @param {Item|null} item */
    isOurs(item) {
      return item !== null && item.id >= this.data[item.kind === "node" ? "nodes" : "edges"].length;
    }

    /** The cluster of a name in the address, as an item. @param {string} name @returns {Item|null} */
    itemOf(name) {
      const cluster = name.startsWith(PREFIX) ? this.names.indexOf(name.slice(PREFIX.length)) : -1;
      return cluster < 0 ? null : { kind: "node", id: this.node(cluster) };
    }

    /** The name of an item in the address: none for a line, and undefined for what is not ours. @param {Item|null} item */
    nameOf(item) {
      if (!this.isOurs(item)) return undefined;
      return this.at(item) < 0 ? "" : PREFIX + this.names[this.at(item)];
    }

    /** @param {number} cluster */
    label(cluster) {
      const { short, label } = this.data.nodes[this.members[cluster][0]];
      return this.words("around {name}", { name: short ?? label });
    }

    /** A cluster with its counts, or a line with its ends; nothing for what is not ours. @param {Item} item @param {Drawn} drawn @param {Shown} shown */
    said(item, drawn, shown) {
      if (!this.isOurs(item)) return "";
      const cluster = this.at(item);
      if (cluster >= 0) return this.words("Cluster {name} (our grouping, computed): {entries} entries, {links} links", { name: this.label(cluster), ...this.counts(cluster, shown) });
      const { from, to, ids } = drawn.lines[item.id - this.data.edges.length];
      const [one, other] = [from, to].map((id) => drawn.data.nodes[id].label);
      return this.words("{count} links: {one}, {other}", { count: ids.length, one, other });
    }

    /** What is drawn of what is shown: the entries of open clusters, and a node for each closed one. @param {Shown} shown @param {NetworkState} state @returns {Drawn} */
    drawn(shown, state) {
      const { data } = this;
      const closed = new Set([...this.members.keys()].filter((cluster) => !this.isOpen(cluster, state)));
      if (!closed.size) return { data, nodes: shown.nodes, edges: shown.edges, lines: [], held: new Map() };
      const ends = Uint32Array.from(data.nodes, ({ id }) => {
        const cluster = this.of.get(id) ?? -1;
        return closed.has(cluster) ? this.node(cluster) : id;
      });
      const held = new Map([...closed].map((cluster) => [this.node(cluster), { entries: 0, links: 0 }]));
      for (const id of shown.nodes) {
        const counts = held.get(ends[id]);
        if (counts) counts.entries += 1;
      }
      const [edges, between] = [/** @type {Set<number>} */ (new Set()), /** @type {Map<string, NetworkEdge[]>} */ (new Map())];
      for (const id of shown.edges) {
        const edge = data.edges[id];
        const [from, to] = [ends[edge.from], ends[edge.to]];
        const counts = from === to && held.get(from);
        if (counts) counts.links += 1;
        else if (from < data.nodes.length && to < data.nodes.length) edges.add(id);
        else {
          const key = from < to ? `${from} ${to}` : `${to} ${from}`;
          const others = between.get(key);
          if (others) others.push(edge);
          else between.set(key, [edge]);
        }
      }
      const lines = [...between].map(([key, some], number) => clusterLine(data.edges.length + number, key, some));
      for (const [node, { entries }] of held) if (!entries) held.delete(node);
      const nodes = [...data.nodes, ...this.members.map((_, cluster) => this.drawnNode(cluster, held.get(this.node(cluster))))];
      return {
        data: { ...data, nodes, edges: [...data.edges, ...lines] }, lines, held,
        nodes: new Set([...[...shown.nodes].filter((id) => ends[id] === id), ...held.keys()]),
        edges: new Set([...edges, ...lines.map(({ id }) => id)]),
      };
    }

    /** @param {number} cluster @param {{entries: number, links: number}} [counts] @returns {NetworkNode} */
    drawnNode(cluster, counts = { entries: 0, links: 0 }) {
      return {
        id: this.node(cluster), label: this.label(cluster), below: this.words("{entries} entries, {links} links", counts),
        group: "", kind: "", iri: "", entries: counts.entries, ...this.places[cluster],
      };
    }
  }

  /** The middle of a cluster, and the radius of its node. @param {NetworkNode[]} nodes */
  function placeOf(nodes) {
    const [xs, ys] = [nodes.map(({ x }) => x), nodes.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    return { x: (left + right) / 2, y: (top + bottom) / 2, size: SIZE * Math.sqrt((right - left + 100) * (bottom - top + 100)) };
  }

  /** The links between two ends, of which one or both are closed, as a line without direction or relation. @param {number} id @param {string} ends @param {NetworkEdge[]} some @returns {ClusterLine} */
  function clusterLine(id, ends, some) {
    const [from, to] = ends.split(" ").map(Number);
    const { modality, source, color, dashes, ids, count } = lineOf(id, some);
    return { id, key: "", relation: "", directed: false, modality, source, from, to, color, dashes, ids, count, width: Math.min(1 + Math.log2(ids.length), 7), claims: [] };
  }

  // The model of a network page: which nodes and edges pass the filters, and the filters as a URL fragment.

  const EDGE_FACETS = /** @type {Exclude<Facet, "class">[]} */ (["relation", "kind", "status", "source", "modality", "review"]);
  const FACETS = /** @type {Facet[]} */ (["class", ...EDGE_FACETS]);

  /** @returns {NetworkState} the state that hides nothing */
  function everything() {
    const without = /** @type {NetworkState["without"]} */ (Object.fromEntries(FACETS.map((facet) => [facet, new Set()])));
    return { without, from: null, to: null, view: "picture", chosen: "", steps: 0, open: new Set() };
  }

  /** The nodes and edges of a page, ready to be filtered many times. */
  class NetworkModel {
    /** @param {NetworkData} data */
    constructor(data) {
      this.data = data;
      const known = /** @type {Map<string, string[]>} */ (new Map()); // each list of words is split once
      const split = (text = "") => {
        const words = known.get(text) ?? text.split(" ");
        known.set(text, words);
        return words;
      };
      /** The values of each edge by facet; an absent value is an empty word. */
      this.values = data.edges.map((edge) => {
        const { relation, kind, status, source, modality } = edge;
        return { relation: [relation], kind: split(kind), status: split(status), source: split(source), modality: [modality], review: [isReviewed(edge) ? "reviewed" : "unreviewed"] };
      });
      this.years = data.edges.map(yearsOf);
      this.span = spanOf(this.years);
      this.ends = /** @type {number[][]|null} */ (null); // made when first asked for, as are the items and ranks
      this.items = /** @type {Map<string, Item>|null} */ (null);
      this.ranks = /** @type {number[]|null} */ (null);
      this.tied = new Uint8Array(data.nodes.length);
      for (const edge of data.edges) this.tied[edge.from] = this.tied[edge.to] = 1;
    }

    /**
     * The nodes and edges that pass the filters. An edge is hidden with all its values of a facet, or if its dates are
     * surely others; a node with its class, or with all its edges.
     * @param {NetworkState} state
     */
    shown(state) {
      const { nodes, edges } = this.data;
      const hidden = nodes.map((node) => state.without.class.has(node.kind));
      const [from, to] = [state.from ?? -Infinity, state.to ?? Infinity];
      const shown = /** @type {Shown} */ ({ nodes: new Set(), edges: new Set(), undated: 0 });
      nodes.forEach((node) => { if (!hidden[node.id] && !this.tied[node.id]) shown.nodes.add(node.id); });
      const facets = EDGE_FACETS.filter((facet) => state.without[facet].size);
      for (const { id, from: start, to: end } of edges) {
        const years = this.years[id];
        if (hidden[start] || hidden[end] || (years && (years[0] > to || years[1] < from))) continue;
        if (facets.some((facet) => this.values[id][facet].every((value) => state.without[facet].has(value)))) continue;
        shown.edges.add(id);
        shown.nodes.add(start).add(end);
      }
      if (state.steps && state.chosen) this.narrow(shown, state);
      for (const id of shown.edges) if (!this.years[id]) shown.undated += 1;
      return shown;
    }

    /** Leave only what is within some steps of the chosen item. @param {Shown} shown @param {NetworkState} state */
    narrow(shown, { steps, chosen }) {
      const item = this.itemOf(chosen);
      if (!item) return;
      let near = new Set(this.endsOf(item));
      for (let step = item.kind === "edge" ? 1 : 0; step < steps; step++) {
        near = new Set([...near, ...[...near].flatMap((node) => this.touching[node].filter((id) => shown.edges.has(id)).flatMap((id) => this.endsOf({ kind: "edge", id })))]);
      }
      for (const id of shown.edges) if (!this.endsOf({ kind: "edge", id }).every((end) => near.has(end))) shown.edges.delete(id);
      shown.nodes = new Set([...shown.nodes].filter((id) => near.has(id)));
    }

    /** @param {Item} item */
    endsOf({ kind, id }) {
      return kind === "node" ? [id] : [this.data.edges[id].from, this.data.edges[id].to];
    }

    /** The shown edges of a bundle, by any of them. @param {number} id @param {Shown} shown */
    bundle(id, shown) {
      const { bundle = id, from } = this.data.edges[id];
      return this.touching[from].filter((other) => shown.edges.has(other) && (this.data.edges[other].bundle ?? other) === bundle);
    }

    /** Count the values of a facet among some nodes (of classes) or edges. @param {Facet} facet @param {Iterable<number>} ids */
    counts(facet, ids) {
      const counts = /** @type {Map<string, number>} */ (new Map());
      for (const id of ids) {
        const values = facet === "class" ? [this.data.nodes[id].kind] : this.values[id][facet];
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return counts;
    }

    /** The edges of each node, in the order of the data. */
    get touching() {
      if (this.ends) return this.ends;
      this.ends = this.data.nodes.map(() => []);
      for (const { id, from, to } of this.data.edges) for (const end of new Set([from, to])) this.ends[end].push(id);
      return this.ends;
    }

    /** The labels of the values of a facet; sources have short names only. @param {Facet} facet @param {Words} words @returns {Labels} */
    labels(facet, words) {
      const { classes, relations, kinds, statuses } = this.data;
      const modalities = { stated: words("stated"), implied: words("implied") };
      return { class: classes, relation: relations, kind: kinds, status: statuses, source: {}, modality: modalities, review: reviewWords(words) }[facet];
    }

    /** The filters in words; empty without any. @param {NetworkState} state @param {Words} words */
    asked(state, words) {
      const titles = facetTitles(words);
      const parts = FACETS.filter((facet) => state.without[facet].size).map((facet) => `${titles[facet]}: ${this.left(facet, state, words)}`);
      if (state.from !== null || state.to !== null) parts.push(`${words("Years")}: ${state.from ?? "…"} – ${state.to ?? "…"}`);
      const item = state.steps ? this.itemOf(state.chosen) : null;
      if (item) parts.push(words("only {name} and its neighbours, steps: {steps}", { name: this.endsOf(item).map((id) => this.data.nodes[id].label).join(", "), steps: state.steps }));
      return parts.join("; ");
    }

    /** The values left of a facet, or those filtered out, whichever are fewer. @param {Facet} facet @param {NetworkState} state @param {Words} words */
    left(facet, state, words) {
      const labels = this.labels(facet, words);
      const all = [...this.counts(facet, (facet === "class" ? this.data.nodes : this.data.edges).keys()).keys()];
      const [gone, rest] = [all.filter((value) => state.without[facet].has(value)), all.filter((value) => !state.without[facet].has(value))];
      const names = (/** @type {string[]} */ values) => values.map((value) => (value ? labels[value] ?? value : words("not stated"))).join(", ");
      return rest.length && rest.length < gone.length ? words("only {names}", { names: names(rest) }) : words("without {names}", { names: names(gone) });
    }

    /** The nodes, the most wanted first. */
    get ranked() {
      this.ranks ??= rankedOf(this.data);
      return this.ranks;
    }

    /** An edge in a few words, its caveats last. @param {NetworkEdge} edge */
    sentence(edge) {
      const { nodes, relations } = this.data;
      return `${nodes[edge.from].label} ${relations[edge.relation]} ${nodes[edge.to].label}${caveatsOf(edge)}`;
    }

    /** The traits of an edge in a few words each. @param {NetworkEdge} edge @param {Words} words */
    traits(edge, words) {
      const titled = (/** @type {string} */ title, /** @type {string} */ text) => text && `${title}: ${text}`;
      return [
        titled(words("Kind"), this.kindOf(edge, words)), titled(words("Status"), this.statusOf(edge, words)),
        titled(words("Date"), this.dateOf(edge, words)), titled(words("Amount"), this.money(edge, words)), words(edge.modality),
      ].filter(Boolean);
    }

    /** @param {NetworkEdge} edge @param {Words} words */
    kindOf(edge, words) {
      return noted(edge, ["kind"], this.values[edge.id].kind.map((value) => this.data.kinds[value] ?? value).join(", "), words);
    }

    /** @param {NetworkEdge} edge @param {Words} words */
    statusOf(edge, words) {
      return noted(edge, ["status"], this.values[edge.id].status.map((value) => this.data.statuses[value] ?? value).join(", "), words);
    }

    /** @param {NetworkEdge} edge @param {Words} words */
    dateOf(edge, words) {
      return noted(edge, ["date", "earliest", "latest"], edge.date ?? "", words);
    }

    /** @param {NetworkEdge} edge @param {Words} words */
    money({ amount, currency = "", shared_amount, shared_by = 1 }, words) {
      const say = (/** @type {number} */ number) => `${number.toLocaleString(this.data.language)} ${currency}`;
      if (amount !== undefined) return say(amount);
      return shared_amount === undefined ? "" : words("{amount} for {count} links together", { amount: say(shared_amount), count: shared_by });
    }

    /** The name of an item in a fragment. @param {Item|null} item */
    nameOf(item) {
      if (!item) return "";
      return item.kind === "edge" ? this.data.edges[item.id].key : shortIri(this.data.nodes[item.id].iri);
    }

    /** The item of a name in a fragment, if there is one. @param {string} name */
    itemOf(name) {
      const { nodes, edges } = this.data;
      this.items ??= new Map([
        ...edges.map(({ id, key }) => /** @type {[string, Item]} */ ([key, { kind: "edge", id }])),
        ...nodes.map(({ id, iri }) => /** @type {[string, Item]} */ ([shortIri(iri), { kind: "node", id }])),
      ]);
      return (name && this.items.get(name)) || null;
    }
  }

  /** @param {Words} words @returns {Record<Facet, string>} */
  function facetTitles(words) {
    return {
      class: words("Entries"), relation: words("Links"), kind: words("Kind of link"), status: words("Status"), source: words("Source"),
      modality: words("Stated or implied"), review: reviewTitle(words),
    };
  }

  /** The first and the last year that the dates of an edge can mean, or null. @param {NetworkEdge} edge @returns {[number, number]|null} */
  function yearsOf({ earliest, latest }) {
    if (!earliest && !latest) return null;
    return [earliest ? parseInt(earliest, 10) : -Infinity, latest ? parseInt(latest, 10) : Infinity];
  }

  /** The first and the last of all years, or null. @param {([number, number]|null)[]} years @returns {[number, number]|null} */
  function spanOf(years) {
    let [first, last] = [Infinity, -Infinity];
    for (const pair of years) for (const year of pair ?? []) {
      if (Number.isFinite(year)) [first, last] = [Math.min(first, year), Math.max(last, year)];
    }
    return first <= last ? [first, last] : null;
  }

  /** A trait in words, with a note if it is that of the project or event. @param {NetworkEdge} edge @param {string[]} names @param {string} text @param {Words} words */
  function noted({ inherited = "", concluded = "" }, names, text, words) {
    const isNamed = (/** @type {string} */ list) => list.split(" ").some((name) => names.includes(name));
    if (!text || !isNamed(inherited)) return text;
    return isNamed(concluded) ? words("{text} (of its project or event, implied)", { text }) : words("{text} (of its project or event)", { text });
  }

  /** A state as a URL fragment without its `#`. @param {NetworkState} state */
  function fragmentOf(state) {
    const given = new URLSearchParams();
    for (const facet of FACETS) for (const value of state.without[facet]) given.append(`without-${facet}`, value);
    if (state.from !== null) given.set("from", String(state.from));
    if (state.to !== null) given.set("to", String(state.to));
    if (state.view !== "picture") given.set("view", state.view);
    if (state.chosen) given.set("at", state.chosen);
    if (state.steps) given.set("steps", String(state.steps));
    for (const name of state.open) given.append("open", name);
    return String(given);
  }

  /** The state of a URL fragment; unknown parts are ignored. @param {string} fragment */
  function stateOf(fragment) {
    const [given, state] = [new URLSearchParams(fragment), everything()];
    for (const facet of FACETS) state.without[facet] = new Set(given.getAll(`without-${facet}`));
    for (const end of /** @type {("from"|"to")[]} */ (["from", "to"])) {
      const year = given.get(end);
      if (year && /^-?\d{1,4}$/.test(year)) state[end] = Number(year);
    }
    if (given.get("view") === "table") state.view = "table";
    state.chosen = given.get("at") ?? "";
    state.steps = Number(/^[12]$/.exec(given.get("steps") ?? "") ?? 0);
    state.open = new Set(given.getAll("open"));
    return state;
  }

  // The shown network as files, made inside the page: CSV, GraphML and GEXF.

  /** Attributes that items hold under their own names. @param {Attributes[number][1]} type @param {string[]} names @returns {Attributes} */
  const own = (type, ...names) => names.map((name) => [name, type, (item) => item[name]]);

  /** The attributes of a node in files. @param {NetworkModel} model @returns {Attributes} */
  function nodeAttributes({ data }) {
    return [
      ...own("string", "label", "kind"), ["type", "string", (node) => node.group], ["names", "string", (node) => node.aliases],
      ...own("boolean", "planned"), ...own("string", "iri"), ["kind_label", "string", (node) => data.classes[node.kind]],
    ];
  }

  /** The attributes of an edge in files, by the names of the exports. @param {NetworkModel} model @returns {Attributes} */
  function edgeAttributes({ data }) {
    return [
      ["label", "string", (edge) => tieWords(data, edge)], ...own("string", "kind", "status"),
      ["date", "string", (edge) => (edge.edtf ?? edge.date) || undefined], ...own("string", "earliest", "latest"),
      ...own("double", "amount"), ...own("string", "currency"), ...own("double", "shared_amount"), ...own("int", "shared_by", "shared", "weight"),
      ...own("string", "modality", "caveats", "review", "corrected", "doubts", "said_at", "source"), ...own("boolean", "directed"),
      ...own("string", "inherited", "concluded"), ["edge", "string", (edge) => edge.relation],
      ["claim", "string", (edge) => claimsOf(edge).map((key) => ID_BASE + key).join(" ")],
    ];
  }

  /** The shown edges or nodes as CSV (RFC 4180) with a byte order mark for spreadsheets. @param {"edges"|"nodes"} kind @param {NetworkModel} model @param {Shown} shown */
  function csvOf(kind, model, shown) {
    const { nodes, edges } = model.data;
    /** @type {Attributes} */
    const ends = [
      ["from_label", "string", (edge) => nodes[edge.from].label], ["to_label", "string", (edge) => nodes[edge.to].label],
      ...edgeAttributes(model),
      ["from", "string", (edge) => nodes[edge.from].iri], ["to", "string", (edge) => nodes[edge.to].iri],
      ["id", "string", (edge) => ID_BASE + edge.key],
    ];
    const columns = kind === "edges" ? ends : nodeAttributes(model);
    const items = kind === "edges" ? [...shown.edges].map((id) => edges[id]) : [...shown.nodes].map((id) => nodes[id]);
    const lines = items.map((item) => columns.map(([, , value]) => csvCell(value(item))).join(","));
    return `\uFEFF${[columns.map(([name]) => name).join(","), ...lines].join("\r\n")}\r\n`;
  }

  /** The sources of some edges, by their short names. @param {NetworkModel} model @param {Iterable<number>} edges */
  function sourcesOf({ data }, edges) {
    const used = new Set([...edges].flatMap((id) => data.edges[id].source.split(" ")));
    return Object.keys(data.sources).filter((name) => used.has(name));
  }

  /** The manifest of a file as JSON: filters, counts, sources, licences. @param {NetworkModel} model @param {Shown} shown @param {NetworkState} state */
  function manifestOf(model, shown, state) {
    const { name, sources, licences } = model.data;
    const asked = fragmentOf({ ...state, view: "picture", chosen: state.steps ? state.chosen : "" });
    const said = sourcesOf(model, shown.edges).map((source) => [source, { title: sources[source], licence: licences[source] }]);
    return JSON.stringify({
      "made by": "tipgraph", asked: { network: name, ...(asked ? { filters: asked } : {}) },
      counts: { nodes: shown.nodes.size, edges: shown.edges.size },
      licence: LICENCES, sources: Object.fromEntries(said),
    });
  }

  /** The shown network as GraphML. @param {NetworkModel} model @param {Shown} shown @param {string} manifest */
  function graphmlOf(model, shown, manifest) {
    const { nodes, edges, name } = model.data;
    const lines = graphmlLines(name, manifest, {
      attributes: nodeAttributes(model),
      items: [...shown.nodes].map((id) => [nodes[id].iri, nodes[id]]),
    }, {
      attributes: edgeAttributes(model),
      items: [...shown.edges].map((id) => [ID_BASE + edges[id].key, nodes[edges[id].from].iri, nodes[edges[id].to].iri, edges[id]]),
    });
    return `${[...lines].join("\n")}\n`;
  }

  /**
   * The shown network as GEXF 1.2, with colours, places and the dates of edges.
   * @param {NetworkModel} model @param {Shown} shown @param {Map<number, Point>} places @param {Palette} palette
   * @param {string} manifest
   */
  function gexfOf(model, shown, places, palette, manifest) {
    const { nodes, edges } = model.data;
    const [ofNode, ofEdge] = [nodeAttributes(model), edgeAttributes(model)];
    const declared = (/** @type {string} */ about, /** @type {Attributes} */ attributes) =>
      `<attributes class="${about}" mode="static">${attributes.map(([title, type], number) =>
        `<attribute id="${number}" title="${title}" type="${type === "int" ? "integer" : type}"/>`).join("")}</attributes>`;
    const body = (/** @type {Attributes} */ attributes, /** @type {any} */ item) =>
      `<attvalues>${[...valuesOf(attributes, item)].map(({ number, text }) => `<attvalue for="${number}" value="${text}"/>`).join("")}</attvalues>`;
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">',
      `<meta><creator>tipgraph</creator><description>${xmlText(manifest)}</description></meta>`,
      `<graph defaultedgetype="${typeOf([...shown.edges].map((id) => edges[id]))}" mode="dynamic" timeformat="date">`,
      declared("node", ofNode), declared("edge", ofEdge), "<nodes>",
      ...[...shown.nodes].map((id) => `<node id="${xmlText(nodes[id].iri)}" label="${xmlText(nodes[id].label)}">`
        + `${body(ofNode, nodes[id])}${vizOf(palette.groups[nodes[id].group], places.get(id) ?? nodes[id])}</node>`),
      "</nodes>", "<edges>",
      ...[...shown.edges].map((id) => {
        const { key, from, to, earliest, latest } = edges[id];
        const dates = `${earliest ? ` start="${xmlText(earliest)}"` : ""}${latest ? ` end="${xmlText(latest)}"` : ""}`;
        return `<edge id="${xmlText(ID_BASE + key)}" source="${xmlText(nodes[from].iri)}" target="${xmlText(nodes[to].iri)}"${dates}>`
          + `${body(ofEdge, edges[id])}</edge>`;
      }),
      "</edges>", "</graph>", "</gexf>", "",
    ].join("\n");
  }

  /** @param {string} colour  as #rrggbb @param {Point} place */
  function vizOf(colour, { x, y }) {
    const [r, g, b] = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) || 0);
    return `<viz:color r="${r}" g="${g}" b="${b}" a="1.0"/><viz:position x="${tidy(x)}" y="${tidy(-y)}" z="0.0"/><viz:size value="8.0"/>`;
  }

  // The shown network as a figure with title, legend and sources, as SVG or PNG and in print.

  const NAME_SIZE = 10; // units
  const CLUSTERS_WIDE = 1600; // pixels, as which a picture with closed clusters is looked at
  const NARROWEST = 640; // units, so that the caption has room

  /**
   * A drawn network as pieces of SVG. Lines are wider where clusters are closed, since that picture is seen from farther off.
   * @param {Drawn} drawn @param {Map<number, Point>} places @param {Palette} palette
   * @returns {Depicted}
   */
  function depicted({ data: { nodes, edges, options }, nodes: shownNodes, edges: shownEdges, held }, places, palette) {
    const at = (/** @type {number} */ id) => places.get(id) ?? nodes[id];
    const extent = extentOf([...shownNodes].map(at));
    const wider = held.size ? Math.max(extent.width / CLUSTERS_WIDE, 1) : 1;
    const [ties, things, names] = ["ties", "things", "names"].map((name) => drawn("g", { id: name }));
    for (const line of bundled(edges, shownEdges)) {
      const { width = options.edges?.width ?? 1.5 } = line;
      ties.append(edgeMark({ ...line, width: wider * width }, at(line.from), at(line.to), nodes[line.to].size ?? 10, palette));
    }
    for (const id of shownNodes) {
      const { group, planned = false, label, below = "", size = 10 } = nodes[id];
      const { x, y } = at(id);
      const style = fillOf(palette.groups[group] ?? palette.quiet, planned, palette.ground);
      things.append(shapeMark(options.groups?.[group]?.shape ?? "dot", tidy(x), tidy(y), size, style));
      if (below) things.append(drawn("circle", { cx: tidy(x), cy: tidy(y), r: tidy(0.85 * size), fill: "none", stroke: palette.ground, "stroke-width": tidy(size / 12) }));
      names.append(labelMark([...linesOf(label), ...(below ? [below] : [])], x, y + size, below ? size / 3 : NAME_SIZE, palette));
    }
    return { extent, parts: [ties, things, names] };
  }

  /** The box around spots and their labels. @param {{x: number, y: number}[]} spots @returns {Extent} */
  function extentOf(spots) {
    if (!spots.length) return { left: 0, top: 0, width: NARROWEST, height: 100 };
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [left, right] = [Math.min(...xs) - 90, Math.max(...xs) + 90];
    const [top, bottom] = [Math.min(...ys) - 40, Math.max(...ys) + 80];
    const aside = Math.max(NARROWEST - (right - left), 0) / 2;
    return { left: left - aside, top, width: right - left + 2 * aside, height: bottom - top };
  }

  /** A picture that is painted already. @param {HTMLCanvasElement} canvas @returns {Depicted} */
  function photographed(canvas) {
    const [width, height] = [canvas.width / 2, canvas.height / 2];
    const image = drawn("image", { href: canvas.toDataURL(), width, height });
    return { extent: { left: 0, top: 0, width, height }, parts: [image] };
  }

  /** A picture with its title, legend and caption. @param {NetworkData} data @param {Depicted} picture @param {Palette} palette @param {Caption} caption */
  function figureOf(data, { extent, parts }, palette, { title, lines }) {
    const { left, top, width, height } = extent;
    const size = Math.max(13, width / 90);
    const row = 1.7 * size;
    const above = title ? 2 * row : 0;
    const [x, end] = [left + size, left + width - size];
    const below = legendRows(data, palette, x, end, size);
    const caption = lines.filter(Boolean).flatMap((line) => wrapped(line, (width - 2 * size) / (0.55 * size)));
    const all = [tidy(left), tidy(top - above), tidy(width), tidy(height + above + (below.length + caption.length + 1) * row)];
    const svg = drawn("svg", { xmlns: SVG, viewBox: all.join(" "), width: all[2], height: all[3], "font-family": "sans-serif", "font-size": 13 });
    svg.append(drawn("title", {}, title || data.title), drawn("rect", { x: all[0], y: all[1], width: all[2], height: all[3], fill: palette.ground }), ...parts);
    const notes = drawn("g", { id: "caption", "font-size": tidy(size), fill: palette.ink });
    if (title) notes.append(textMark(title, x, top - above + 1.3 * row, { "font-size": tidy(1.5 * size), "font-weight": "bold" }));
    below.forEach((marks, number) =>
      notes.append(drawn("g", { transform: `translate(0 ${tidy(top + height + (number + 0.8) * row)})` }, ...marks)));
    caption.forEach((line, number) => notes.append(textMark(line, x, top + height + (below.length + number + 0.9) * row, { fill: palette.quiet })));
    svg.append(notes);
    return svg;
  }

  /** The rows of the legend: groups, then relations. @param {NetworkData} data @param {Palette} palette @param {number} left @param {number} right @param {number} size */
  function legendRows({ groups, relations, options, renderer }, palette, left, right, size) {
    const things = Object.entries(groups).map(([group, label]) => ({
      label: capital(label),
      mark: (/** @type {number} */ x) => shapeMark(options.groups?.[group]?.shape ?? "dot", tidy(x + size), tidy(-0.35 * size), tidy(0.45 * size), { fill: palette.groups[group] }),
    }));
    const ties = renderer !== "vis" ? [] : Object.entries(relations).map(([relation, label]) => ({
      label,
      mark: (/** @type {number} */ x) => drawn("path", { d: `M${tidy(x)} ${tidy(-0.35 * size)}h${tidy(1.6 * size)}`, stroke: palette.relations[relation], "stroke-width": tidy(size / 5) }),
    }));
    return [...inRows(things, left, right, size), ...inRows(ties, left, right, size)];
  }

  /** Marks beside their labels, in rows. @param {{label: string, mark: (x: number) => Node}[]} items @param {number} left @param {number} right @param {number} size */
  function inRows(items, left, right, size) {
    const rows = /** @type {Node[][]} */ ([]);
    let x = Infinity;
    for (const { label, mark } of items) {
      const width = size * (3.4 + 0.55 * label.length);
      if (x + width > right) {
        rows.push([]);
        x = left;
      }
      rows[rows.length - 1].push(mark(x), textMark(label, x + 2 * size, 0));
      x += width;
    }
    return rows;
  }

  /** @param {string} text @param {number} x @param {number} y @param {Record<string, string|number>} style */
  function textMark(text, x, y, style = {}) {
    return drawn("text", { x: tidy(x), y: tidy(y), ...style }, text.replace(NOT_XML, "\uFFFD"));
  }

  /**
   * An edge as SVG: bent, dashed and translucent as in the picture.
   * @param {NetworkLine & {width: number}} edge @param {Point} start @param {Point} end @param {number} radius  of the node where it ends
   * @param {Palette} palette
   */
  function edgeMark(edge, start, end, radius, palette) {
    const colour = palette.relations[edge.relation] ?? palette.quiet;
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const bend = edge.smooth ? edge.smooth.roundness * (edge.smooth.type === "curvedCCW" ? -1 : 1) : 0;
    const via = { x: start.x + dx / 2 + dy * bend, y: start.y + dy / 2 - dx * bend };
    const { width } = edge;
    const path = edge.from === edge.to
      ? `M${tidy(start.x)} ${tidy(start.y)}a${edge.selfReference?.size ?? 16} ${edge.selfReference?.size ?? 16} 0 1 1 0.1 0`
      : `M${tidy(start.x)} ${tidy(start.y)}Q${tidy(via.x)} ${tidy(via.y)} ${tidy(end.x)} ${tidy(end.y)}`;
    const line = drawn("path", { d: path, fill: "none", stroke: colour, "stroke-width": width,
      ...(edge.dashes ? { "stroke-dasharray": edge.dashes.join(" ") } : {}) });
    const mark = drawn("g", { opacity: edge.color?.opacity ?? 1 }, line);
    if (edge.count > 1) {
      mark.append(drawn("text", { x: tidy((start.x + 2 * via.x + end.x) / 4), y: tidy((start.y + 2 * via.y + end.y) / 4 - 3), "font-size": 9, "text-anchor": "middle", fill: palette.ink }, String(edge.count)));
    }
    const length = Math.hypot(end.x - via.x, end.y - via.y);
    if (edge.arrows && length) {
      const [ux, uy] = [(end.x - via.x) / length, (end.y - via.y) / length];
      const [size, along] = [6 + 2 * width, Math.hypot(dx, dy) || 1];
      mark.append(headMark(end.x - ux * (radius + 3), end.y - uy * (radius + 3), ux, uy, size, colour));
      if (edge.from !== edge.to) { // a name may hide the head at the end
        const [x, y] = [(start.x + 2 * via.x + end.x) / 4, (start.y + 2 * via.y + end.y) / 4];
        mark.append(headMark(x + dx / along * size / 2, y + dy / along * size / 2, dx / along, dy / along, size, colour));
      }
    }
    return mark;
  }

  /** The head of an arrow by its tip and direction. @param {number} x @param {number} y @param {number} ux @param {number} uy @param {number} size @param {string} fill */
  function headMark(x, y, ux, uy, size, fill) {
    const side = (/** @type {number} */ way) => `${tidy(x - ux * size - uy * size * 0.45 * way)},${tidy(y - uy * size + ux * size * 0.45 * way)}`;
    return drawn("polygon", { points: `${tidy(x)},${tidy(y)} ${side(1)} ${side(-1)}`, fill });
  }

  /** The lines of a label below its node. @param {string[]} lines @param {number} x @param {number} y @param {number} size  of its letters @param {Palette} palette */
  function labelMark(lines, x, y, size, palette) {
    const text = drawn("text", { x: tidy(x), y: tidy(y + 1.2 * size), "text-anchor": "middle", fill: palette.ink, "font-size": tidy(size),
      stroke: palette.ground, "stroke-width": tidy(size / 4), "paint-order": "stroke", "stroke-linejoin": "round" });
    text.append(...lines.map((line, number) => drawn("tspan", { x: tidy(x), dy: number ? tidy(1.15 * size) : 0 }, line.replace(NOT_XML, "\uFFFD"))));
    return text;
  }

  // The legend, which is the filter: a box to tick for each class, relation, kind, status, review and source.

  const FOLDED = 6; // rows of a list before the rest is folded away

  /** @typedef {{facet: Facet, value: string, box: HTMLInputElement, count: HTMLElement}} Tick  a box for one value */

  /** The legend of a network; it changes the state that it is given, and calls `changed`. */
  class Legend {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {Words} words @param {() => void} changed */
    constructor(place, model, words, changed) {
      this.model = model;
      this.words = words;
      this.changed = changed;
      this.state = everything();
      const { nodes, edges } = model.data;
      this.totals = Object.fromEntries(FACETS.map((facet) => [facet, model.counts(facet, (facet === "class" ? nodes : edges).keys())]));
      this.ticks = /** @type {Tick[]} */ ([]);
      this.heads = /** @type {{box: HTMLInputElement, of: Tick[]}[]} */ ([]); // boxes of groups, each over those of its classes
      place.append(...this.parts());
    }

    /** @returns {HTMLElement[]} */
    parts() {
      const [{ data }, { words }] = [this.model, this];
      const directed = new Set(data.edges.filter((edge) => edge.directed).map((edge) => edge.relation));
      const titles = facetTitles(words);
      const parts = [
        this.fieldset(titles.class, this.groups()),
        this.facet("relation", titles.relation, data.relations, (name) => relationMark(data, name, directed.has(name))),
        this.facet("modality", titles.modality, this.model.labels("modality", words)),
        this.facet("review", titles.review, this.model.labels("review", words)),
        this.facet("status", titles.status, { ...data.statuses, "": words("not stated") }),
        this.facet("kind", titles.kind, { ...data.kinds, "": words("not stated") }),
        this.facet("source", titles.source, data.sources),
      ];
      return /** @type {HTMLElement[]} */ (parts.filter(Boolean));
    }

    /** Groups with their classes below them. */
    groups() {
      const { data } = this.model;
      const classes = new Map(Object.keys(data.groups).map((group) => [group, /** @type {Set<string>} */ (new Set())]));
      for (const node of data.nodes) classes.get(node.group)?.add(node.kind);
      return made("ul", {}, ...[...classes].map(([group, kinds]) => this.group(group, [...kinds].sort())));
    }

    /** @param {string} group @param {string[]} kinds */
    group(group, kinds) {
      const { data } = this.model;
      const mark = groupMark(data, group);
      if (kinds.length === 1) return this.row("class", kinds[0], data.classes[kinds[0]] ?? kinds[0], mark);
      const begin = this.ticks.length;
      const rows = kinds.map((kind) => this.row("class", kind, data.classes[kind] ?? kind));
      const of = this.ticks.slice(begin);
      const box = made("input", { type: "checkbox", checked: true });
      this.heads.push({ box, of });
      box.addEventListener("change", () => this.tick(of, box.checked));
      const head = made("label", { class: "tick" }, box, mark, made("span", {}, capital(data.groups[group])));
      const below = made("details", {}, made("summary", {}, this.words("Kinds: {count}", { count: rows.length })), made("ul", {}, ...rows));
      return made("li", {}, head, this.only("class", data.groups[group], of), below);
    }

    /** The boxes of a facet, if there is a choice. @param {Facet} facet @param {string} title @param {Labels} labels @param {(value: string) => Element} [mark] */
    facet(facet, title, labels, mark) {
      const values = Object.keys(labels).filter((value) => this.totals[facet].has(value));
      for (const value of this.totals[facet].keys()) if (!(value in labels)) values.push(value);
      if (values.length < 2 && facet !== "relation") return null;
      return this.fieldset(title, this.list(values.map((value) => this.row(facet, value, labels[value] ?? value, mark?.(value))), facet === "source"));
    }

    /** Rows; those of a long list are folded away, and those of sources are all. @param {HTMLElement[]} rows @param {boolean} all */
    list(rows, all) {
      if (all) return made("details", {}, made("summary", {}, this.words("Sources: {count}", { count: rows.length })), made("ul", {}, ...rows));
      if (rows.length <= FOLDED + 1) return made("ul", {}, ...rows);
      const [first, rest] = [rows.slice(0, FOLDED), rows.slice(FOLDED)];
      const more = made("summary", {}, this.words("More: {count}", { count: rest.length }));
      return made("ul", {}, ...first, made("li", {}, made("details", {}, more, made("ul", {}, ...rest))));
    }

    /** @param {Facet} facet @param {string} value @param {string} label @param {Element} [mark] */
    row(facet, value, label, mark) {
      const tick = { facet, value, box: made("input", { type: "checkbox", checked: true }), count: made("span", { class: "count" }) };
      tick.box.addEventListener("change", () => this.tick([tick], tick.box.checked));
      this.ticks.push(tick);
      const text = made("span", { class: "name", title: label }, label);
      return made("li", {}, made("label", { class: "tick" }, tick.box, ...(mark ? [mark] : []), text, tick.count), this.only(facet, label, [tick]));
    }

    /** A button that ticks only some boxes of a facet, or all again. @param {Facet} facet @param {string} label @param {Tick[]} ticks */
    only(facet, label, ticks) {
      return button([this.words("only")], () => {
        const all = this.ticks.filter((tick) => tick.facet === facet);
        const already = all.every((tick) => tick.box.checked === ticks.includes(tick));
        for (const tick of all) this.put(tick, already || ticks.includes(tick));
        this.changed();
      }, { class: "only", "aria-label": this.words("only {names}", { names: label }) });
    }

    /** @param {string} title @param {HTMLElement} body */
    fieldset(title, body) {
      return made("fieldset", {}, made("legend", {}, title), body);
    }

    /** @param {Tick[]} ticks @param {boolean} on */
    tick(ticks, on) {
      for (const tick of ticks) this.put(tick, on);
      this.changed();
    }

    /** @param {Tick} tick @param {boolean} on */
    put({ facet, value, box }, on) {
      box.checked = on;
      this.state.without[facet][on ? "delete" : "add"](value);
    }

    /** Show a state. @param {NetworkState} state */
    set(state) {
      this.state = state;
      for (const { facet, value, box } of this.ticks) box.checked = !state.without[facet].has(value);
    }

    /** Count what is shown. @param {Shown} shown */
    count(shown) {
      const counts = Object.fromEntries(FACETS.map((facet) => [facet, this.model.counts(facet, facet === "class" ? shown.nodes : shown.edges)]));
      for (const { facet, value, count } of this.ticks) {
        const [now, all] = [counts[facet].get(value) ?? 0, this.totals[facet].get(value) ?? 0];
        count.textContent = now === all ? String(all) : `${now}/${all}`;
      }
      for (const { box, of } of this.heads) {
        const on = of.filter((tick) => tick.box.checked).length;
        [box.checked, box.indeterminate] = [on > 0, on > 0 && on < of.length];
      }
    }
  }

  // The side panel: the claims of the chosen node or edge, with their places in the sources.

  const AT_ONCE = 15; // entries of a cluster before a button shows more

  /** The panel of a network page. */
  class Panel {
    /**
     * @param {HTMLElement} place @param {NetworkModel} model @param {Clusters} clusters @param {Words} words
     * @param {{choose: (item: Item|null) => void, open: (item: Item, on: boolean) => void}} acts  `open` opens or closes a cluster
     */
    constructor(place, model, clusters, words, { choose, open }) {
      this.place = place;
      this.model = model;
      this.clusters = clusters;
      this.words = words;
      this.choose = choose;
      this.open = open;
    }

    /** Show the claims of an item. @param {Item|null} item @param {Shown} shown @param {Drawn} drawn @param {NetworkState} state */
    show(item, shown, drawn, state) {
      if (item && this.clusters.isOurs(item)) this.place.replaceChildren(...(item.kind === "node" ? this.cluster(item, shown, state) : this.line(item, drawn)));
      else if (!item) this.place.replaceChildren(made("p", { class: "quiet" }, this.words("Choose an entry or a link to read its claims and their citations here.")));
      else this.place.replaceChildren(...(item.kind === "node" ? this.node(item.id, shown) : this.edge(item.id, shown)));
      if (item) this.place.closest(".side")?.scrollTo({ top: 0 });
    }

    /** A cluster: what it holds, and its best linked entries. @param {Item} item @param {Shown} shown @param {NetworkState} state */
    cluster(item, shown, state) {
      const { clusters, words } = this;
      const cluster = clusters.at(item);
      const [counts, isOpen] = [clusters.counts(cluster, shown), clusters.isOpen(cluster, state)];
      const members = clusters.members[cluster].filter((node) => shown.nodes.has(node));
      const list = made("div", { class: "members" });
      return [
        made("h2", {}, words("Cluster {name}", { name: clusters.label(cluster) })),
        made("p", { class: "chips" }, ...this.chips([words("our grouping, computed"), words("{entries} entries, {links} links", counts)])),
        made("p", {}, button([isOpen ? words("Close this cluster") : words("Open this cluster")], () => this.open(item, !isOpen))),
        made("p", { class: "quiet" }, words("Its entries, the best linked first:")),
        list, inParts(list, members.map((node) => () => this.end(node)), AT_ONCE, (count) => words("More: {count}", { count })),
      ];
    }

    /** The links between two clusters, or between one and an entry. @param {Item} item @param {Drawn} drawn */
    line({ id }, { data, lines }) {
      const { from, to, ids } = lines[id - this.model.data.edges.length];
      const ends = [from, to].map((end) => (end < this.model.data.nodes.length ? this.end(end)
        : button([data.nodes[end].label], () => this.choose({ kind: "node", id: end }), { class: "end" })));
      return [
        made("p", { class: "between" }, ends[0], " — ", ends[1]),
        made("p", { class: "chips" }, ...this.chips([this.words("Links: {count}", { count: ids.length })])),
        this.claims(ids.map((edge) => this.model.data.edges[edge])),
      ];
    }

    /** @param {number} id @param {Shown} shown */
    node(id, shown) {
      const { data, touching } = this.model;
      const { words } = this;
      const node = data.nodes[id];
      const ties = touching[id].filter((edge) => shown.edges.has(edge));
      const hidden = touching[id].length - ties.length;
      const parts = [
        made("h2", {}, groupMark(data, node.group), node.label),
        made("p", { class: "chips" }, ...this.chips([data.classes[node.kind] ?? node.kind, node.planned && words("planned")])),
      ];
      if (node.aliases) parts.push(made("p", { class: "quiet" }, `${words("Also called")}: ${node.aliases}`));
      if (node.page) parts.push(made("p", {}, made("a", { href: node.page }, words("All claims about it"))));
      if (node.networks) parts.push(made("p", { class: "quiet" }, `${words("Also in")}: `, ...node.networks.flatMap((number, at) => [at ? ", " : "", this.elsewhere(number, node)])));
      const cluster = this.clusters.of.get(id);
      if (cluster !== undefined) parts.push(made("p", { class: "quiet" }, `${words("Cluster (our grouping, computed)")}: `,
        button([this.clusters.label(cluster)], () => this.choose({ kind: "node", id: this.clusters.node(cluster) }), { class: "end" })));
      if (!shown.nodes.has(id)) parts.push(made("p", { class: "warn" }, words("The filters hide it.")));
      else if (hidden) parts.push(made("p", { class: "quiet" }, words("Links that the filters hide: {count}", { count: hidden })));
      return [...parts, this.claims(ties.map((edge) => data.edges[edge]))];
    }

    /** A link to a node in another network. @param {number} number @param {NetworkNode} node */
    elsewhere(number, node) {
      const [href, title] = this.model.data.networks?.[number] ?? [];
      return made("a", { href: `${href}#${new URLSearchParams({ at: shortIri(node.iri) })}` }, title ?? "");
    }

    /** @param {number} id @param {Shown} shown */
    edge(id, shown) {
      const { data } = this.model;
      const edge = data.edges[id];
      const bundle = this.model.bundle(id, shown);
      const between = made("p", { class: "between" }, this.end(edge.from), " ", relationMark(data, edge.relation, edge.directed), " ",
        made("span", { class: "quiet" }, data.relations[edge.relation]), " ", this.end(edge.to), made("span", { class: "quiet" }, caveatsOf(edge)));
      const parts = [
        made("h2", { class: "sr" }, this.model.sentence(edge)), between,
        made("p", { class: "chips" }, ...this.chips(bundle.length > 1 ? [this.words("Claims: {count}", { count: bundle.length })] : this.model.traits(edge, this.words))),
      ];
      if (!shown.edges.has(id)) parts.push(made("p", { class: "warn" }, this.words("The filters hide it.")));
      return [...parts, this.claims(bundle.length ? bundle.map((other) => data.edges[other]) : [edge])];
    }

    /** An end of an edge, which can be chosen. @param {number} id */
    end(id) {
      const node = this.model.data.nodes[id];
      return button([groupMark(this.model.data, node.group), node.label], () => this.choose({ kind: "node", id }), { class: "end" });
    }

    /** @param {(string|false|undefined)[]} words */
    chips(words) {
      return words.filter(Boolean).flatMap((text) => [made("span", { class: "chip" }, String(text)), " "]);
    }

    /** The claims behind edges: of reviewed ones and of the others, contradicted ones first. @param {NetworkEdge[]} edges */
    claims(edges) {
      const keys = [...new Set(edges.flatMap(claimsOf))];
      return claimList(keys, this.words, (one, other) => Number(other.against.length > 0) - Number(one.against.length > 0));
    }
  }

  // The table of what the picture shows: its edges or its nodes, sorted, a page at a time, and to copy.

  const ROWS_A_PAGE = 200;

  /** @typedef {"edges"|"nodes"} Kind @typedef {{id: number, cells: Record<string, string|number>}} TableRow  cells by the names of columns */

  /** The columns of edges or nodes: names as in exports, titles in the language. @param {Kind} kind @param {Words} words @returns {TableColumn[]} */
  function columnsOf(kind, words) {
    return kind === "edges"
      ? [
        { name: "from_label", title: words("From") }, { name: "label", title: words("Link") },
        { name: "to_label", title: words("To") }, { name: "said_at", title: words("Citation") },
        { name: "kind", title: words("Kind") }, { name: "status", title: words("Status") }, { name: "date", title: words("Date") },
        { name: "amount", title: words("Amount"), number: true }, { name: "modality", title: words("Stated or implied") },
      ]
      : [
        { name: "label", title: words("Entry") }, { name: "kind", title: words("Kind") },
        { name: "names", title: words("Also called") }, { name: "ties", title: words("Links shown"), number: true },
      ];
  }

  /** The rows of what is shown, those of reviewed edges first. @param {Kind} kind @param {NetworkModel} model @param {Shown} shown @param {Words} words @returns {TableRow[]} */
  function rowsOf(kind, model, shown, words) {
    const { nodes, edges, classes } = model.data;
    if (kind === "edges") {
      const apart = [true, false].flatMap((reviewed) => [...shown.edges].filter((id) => isReviewed(edges[id]) === reviewed));
      return apart.map((id) => {
        const edge = edges[id];
        const cells = {
          from_label: nodes[edge.from].label, label: tieWords(model.data, edge), to_label: nodes[edge.to].label,
          kind: model.kindOf(edge, words), status: model.statusOf(edge, words), date: model.dateOf(edge, words),
          amount: model.money(edge, words), modality: words(edge.modality), said_at: edge.said_at ?? "",
        };
        return { id, cells };
      });
    }
    const ties = new Map([...shown.nodes].map((id) => [id, 0]));
    for (const id of shown.edges) {
      for (const end of new Set([edges[id].from, edges[id].to])) ties.set(end, (ties.get(end) ?? 0) + 1);
    }
    return [...ties].map(([id, count]) => {
      const { label, kind: name, aliases = "" } = nodes[id];
      return { id, cells: { label, kind: classes[name] ?? name, names: aliases, ties: count } };
    });
  }

  /** The table view of a network page. */
  class NetworkTable {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {Words} words @param {(item: Item) => void} choose */
    constructor(place, model, words, choose) {
      this.place = place;
      this.model = model;
      this.words = words;
      this.choose = choose;
      this.kind = /** @type {Kind} */ ("edges");
      this.sorting = { name: "", down: false };
      this.page = 0;
      this.rowsAtOnce = ROWS_A_PAGE;
      this.shown = /** @type {Shown|null} */ (null);
    }

    /** Show nodes and edges from the first row. @param {Shown} shown */
    show(shown) {
      this.shown = shown;
      this.render({ page: 0 });
    }

    /** Show all rows at once, or a page of them. @param {boolean} all */
    whole(all) {
      const rowsAtOnce = all ? Infinity : ROWS_A_PAGE;
      if (rowsAtOnce !== this.rowsAtOnce) this.render({ rowsAtOnce, page: 0 });
    }

    /** All rows in their order. */
    rows() {
      if (!this.shown) return [];
      const rows = rowsOf(this.kind, this.model, this.shown, this.words);
      const { name, down } = this.sorting;
      if (!name) return rows;
      const order = new Intl.Collator(this.model.data.language, { numeric: true });
      const keyed = rows.map((row) => ({ row, key: String(this.sortKey(name, row.id) ?? row.cells[name]) }));
      keyed.sort((one, other) => {
        if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0; // empty cells come last
        return (down ? -1 : 1) * order.compare(one.key, other.key);
      });
      return keyed.map(({ row }) => row);
    }

    /** The key of a cell that is not sorted by its words. @param {string} name @param {number} id */
    sortKey(name, id) {
      const { amount, shared_amount, earliest, latest } = this.model.data.edges[id] ?? {};
      if (name === "amount") return amount ?? shared_amount ?? "";
      return name === "date" ? (earliest ?? latest ?? "") : undefined;
    }

    /**
     * Draw the table with some changes; `focus` is a selector of the button that takes the focus.
     * @param {Partial<Pick<NetworkTable, "kind"|"page"|"sorting"|"rowsAtOnce">>} changes @param {string} [focus]
     */
    render(changes, focus) {
      Object.assign(this, changes);
      const rows = this.rows();
      const columns = columnsOf(this.kind, this.words).filter(({ name }) => rows.some(({ cells }) => cells[name] !== ""));
      const first = this.page * ROWS_A_PAGE || 0;
      const some = rows.slice(first, first + this.rowsAtOnce);
      const head = made("tr", {}, ...columns.map((column) => this.head(column)));
      const body = some.map((row) => made("tr", {}, ...columns.map((column) => this.cell(column, row))));
      const title = this.kind === "edges" ? this.words("Links shown") : this.words("Entries shown");
      const table = made("table", {}, made("caption", { class: "sr" }, title), made("thead", {}, head), made("tbody", {}, ...body));
      const region = made("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, table);
      this.place.replaceChildren(this.bar(first, some.length, rows.length), region);
      if (focus) /** @type {HTMLElement|null} */ (this.place.querySelector(focus))?.focus();
    }

    /** @param {TableColumn} column */
    head({ name, title, number }) {
      const { sorting } = this;
      const sort = button([title], () =>
        this.render({ sorting: { name, down: sorting.name === name && !sorting.down }, page: 0 }, `th[data-name="${name}"] button`));
      const order = sorting.name === name && (sorting.down ? "descending" : "ascending");
      return made("th", { scope: "col", "data-name": name, "aria-sort": order, class: number ? "number" : false }, sort);
    }

    /** @param {TableColumn} column @param {TableRow} row */
    cell({ name, number }, { id, cells }) {
      const [text, { nodes, edges }] = [String(cells[name]), this.model.data];
      const item = /** @type {Item} */ ({ kind: this.kind === "edges" ? "edge" : "node", id });
      const content = name === "label" ? [button([text], () => this.choose(item), { class: "choose" })]
        : name === "from_label" ? [pageLink(nodes[edges[id].from])]
          : name === "to_label" ? [pageLink(nodes[edges[id].to])]
            : name === "said_at" ? text.split("; ").flatMap((place, at) => [at ? "; " : "", sourceLink(place, claimsOf(edges[id]))])
              : name === "date" ? text.split(" ").flatMap((word) => [made("span", { class: "whole" }, word), " "])
                : [text];
      return made("td", { class: number ? "number" : false }, ...content);
    }

    /** The controls of the table. @param {number} first @param {number} count @param {number} all */
    bar(first, count, all) {
      const { words } = this;
      const copy = button([words("Copy table")], async () => {
        copy.textContent = (await copied(this.text())) ? words("Copied") : words("Could not be copied");
      });
      const turn = (/** @type {string} */ text, /** @type {number} */ by, /** @type {boolean} */ disabled) =>
        button([text], () => this.render({ page: this.page + by }), { disabled });
      return made("div", { class: "bar" },
        made("span", { role: "group", class: "switch" }, this.switch("edges", words("Links")), this.switch("nodes", words("Entries"))),
        made("span", { role: "status" }, all ? `${first + 1}–${first + count} / ${all}` : words("nothing")),
        ...(all > this.rowsAtOnce ? [turn(words("Previous"), -1, first === 0), turn(words("Next"), 1, first + count >= all)] : []),
        copy);
    }

    /** @param {Kind} kind @param {string} text */
    switch(kind, text) {
      return button([text], () => this.render({ kind, page: 0, sorting: { name: "", down: false } }, "[aria-pressed=true]"), {
        "aria-pressed": String(this.kind === kind),
      });
    }

    /** The whole table as text for spreadsheets, with tabs between cells. */
    text() {
      const columns = columnsOf(this.kind, this.words);
      const flat = (/** @type {string|number} */ value) => neutral(String(value)).replace(/\s+/g, " ");
      const lines = this.rows().map(({ cells }) => columns.map(({ name }) => flat(cells[name])).join("\t"));
      return [columns.map(({ title }) => title).join("\t"), ...lines].join("\n");
    }
  }

  /** @param {NetworkNode} node */
  const pageLink = ({ label, page }) => page ? made("a", { href: page }, label) : label;

  /** Copy a text, by the old command where the clipboard is refused. @param {string} text @returns {Promise<boolean>} */
  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = made("textarea", { class: "sr", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  /** A place such as `report-2005 ¶3 s2, p. 7`, or `post-2005 (cited)`, as a link: to the claim, if only one is there. @param {string} place @param {string[]} keys @returns {HTMLElement|string} */
  function sourceLink(place, keys) {
    const found = /^([a-z0-9]+(?:[.-][a-z0-9]+)*) (?:¶(\d+)|\((?:cited|withheld)\))/.exec(place);
    const claim = keys.length === 1 ? `/${encodeURI(keys[0])}` : "";
    return found ? made("a", { href: `../source/${found[1]}.html#p${found[2] ?? 0}${claim}` }, place) : place;
  }

  // Years below the picture: how many links may date from each, and two handles that leave some. A drag over the bars does, too.

  const MOST_BARS = 120; // more years share bars

  class Years {
    /** @param {HTMLElement} place @param {NetworkModel} model  with years @param {Words} words @param {(from: number|null, to: number|null) => void} changed  null for an end that filters nothing */
    constructor(place, model, words, changed) {
      const [min, max] = this.span = /** @type {[number, number]} */ (model.span);
      this.model = model;
      this.words = words;
      this.changed = changed;
      this.first = made("input", { type: "range", min, max, value: min, "aria-label": words("From year") });
      this.last = made("input", { type: "range", min, max, value: max, "aria-label": words("To year") });
      this.wide = Math.ceil((max - min + 1) / MOST_BARS);
      this.all = this.counted(model.data.edges.keys());
      this.bars = this.all.map(() => made("span", {}, made("i")));
      this.said = made("output", {});
      this.note = made("span", { class: "note" });
      const chart = made("div", { class: "bars", "aria-hidden": "true" }, ...this.bars);
      const handles = made("div", { class: "handles" }, this.first, this.last);
      handles.addEventListener("input", ({ target }) => {
        if (+this.first.value > +this.last.value) [this.first, this.last].forEach((handle) => { handle.value = /** @type {any} */ (target).value; });
        this.tell();
      });
      this.brush(chart);
      place.append(made("p", {}, made("b", {}, words("Years")), " ", this.said, " ", this.note), chart, handles);
      place.hidden = false;
    }

    /** How many of some edges may date from the years of each bar. @param {Iterable<number>} edges */
    counted(edges) {
      const [min, max] = this.span;
      const counts = new Array(Math.ceil((max - min + 1) / this.wide)).fill(0);
      const bar = (/** @type {number} */ year) => Math.floor((Math.min(Math.max(year, min), max) - min) / this.wide);
      for (const id of edges) {
        const years = this.model.years[id];
        if (years) for (let at = bar(years[0]); at <= bar(years[1]); at++) counts[at] += 1;
      }
      return counts;
    }

    /** @param {HTMLElement} chart */
    brush(chart) {
      let from = /** @type {number|null} */ (null);
      const year = (/** @type {PointerEvent} */ event) => {
        const [[min, max], part] = [this.span, placeIn(chart, event).x / chart.clientWidth];
        return Math.round(Math.min(Math.max(min - 0.5 + part * (max - min + 1), min), max));
      };
      chart.addEventListener("pointerdown", (event) => { chart.setPointerCapture(event.pointerId); from = year(event); });
      for (const type of /** @type {const} */ (["pointermove", "pointerup"])) chart.addEventListener(type, (event) => {
        if (from === null) return;
        const [one, other] = [from, year(event)];
        this.set(Math.min(one, other), Math.max(one, other));
        if (type === "pointermove") return;
        from = null;
        this.tell();
      });
    }

    tell() {
      const [[min, max], from, to] = [this.span, +this.first.value, +this.last.value];
      this.set(from, to);
      this.changed(from === min ? null : from, to === max ? null : to);
    }

    /** @param {number|null} from @param {number|null} to */
    set(from, to) {
      const [min, max] = this.span;
      const [one, other] = [from ?? min, to ?? max];
      this.first.value = String(one);
      this.last.value = String(other);
      this.said.textContent = one === other ? String(one) : `${one} – ${other}`;
      this.first.classList.toggle("above", one > (min + max) / 2);
      this.bars.forEach((bar, at) => bar.classList.toggle("out", min + (at + 1) * this.wide <= one || min + at * this.wide > other));
    }

    /** Count what is shown. @param {Shown} shown */
    count({ edges, undated }) {
      const [most, now] = [Math.max(...this.all, 1), this.counted(edges)];
      this.bars.forEach((bar, at) => {
        bar.style.height = `${100 * this.all[at] / most}%`;
        /** @type {HTMLElement} */ (bar.firstChild).style.height = `${100 * now[at] / (this.all[at] || 1)}%`;
      });
      this.note.textContent = this.words("The picture shows links that may date from these years, and {count} links without a date.", { count: undated });
    }
  }

  // The page.

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
})();
