// @ts-check
// The map page: panel, filters, lists, downloads, and the state in the address. Without scripts the picture still has links.
(() => {
  "use strict";
  const {
    button, byId, claimList, download, drawn, folded, followPointers, fragmentIn, keepFragment, loadPacked, longLists, made,
    notLoaded, part, passesReview, pixelsOf, placeIn, SVG, wording, wrapped,
  } = tipgraph;

  // The data of the map, with its lines, reports and figures tied to each other.

  /** Load the data of the map in the language of the page. @returns {Promise<MapData>} */
  async function mapData() {
    return tied(await loadPacked(`map/${document.documentElement.lang}.js`, "map"));
  }

  /** @param {MapFile} file @returns {MapData} */
  function tied(file) {
    const figuresOf = (/** @type {number[]} */ numbers) => numbers.map((number) => file.figures[number]);
    const reports = file.reports.map((report) => ({ ...report, figures: figuresOf(report.figures) }));
    const lines = file.lines.map((line) => ({ ...line, figures: figuresOf(line.figures), reports: line.reports.map((number) => reports[number]) }));
    const nowhere = reports.filter(({ way }) => way === null).map((report) => ({ stops: report.stops, figures: report.figures, reports: [report] }));
    return { ...file, reports, lines, nowhere };
  }

  // The map is moved by mouse, wheel, fingers and arrow keys.

  const MAP_STEP = 1.5;

  /** Move the map by mouse, wheel, fingers and arrow keys. @param {MapPicture} picture @param {(target: Element, at: {x: number, y: number}) => void} beside  called for a click beside all signs, with the point of the map */
  function moveByHand(picture, beside) {
    const { svg } = picture;
    svg.addEventListener("wheel", (event) => {
      if (picture.isWhole && event.deltaY > 0) return;
      event.preventDefault();
      picture.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), picture.under(placeIn(svg, event)));
    }, { passive: false });
    const hasMoved = followPointers(svg, {
      pan: (dx, dy) => picture.pan(-dx / svg.clientWidth, -dy / svg.clientHeight),
      zoom: (factor, x, y) => picture.zoom(factor, picture.under({ x, y })),
    });
    svg.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target);
      if (hasMoved()) { event.preventDefault(); event.stopPropagation(); } else if (!target.closest("a")) beside(target, picture.under(placeIn(svg, event)));
    }, { capture: true });
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    const keys = /** @type {Record<string, () => void>} */ ({
      ArrowLeft: () => picture.pan(-0.15, 0), ArrowRight: () => picture.pan(0.15, 0), ArrowUp: () => picture.pan(0, -0.15),
      ArrowDown: () => picture.pan(0, 0.15), "+": () => picture.zoom(MAP_STEP), "-": () => picture.zoom(1 / MAP_STEP), 0: () => picture.whole(),
    });
    svg.addEventListener("keydown", (event) => {
      if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      keys[event.key]();
    });
  }

  // How a line looks by its width in pixels, as an element and on the canvas; map.svg draws the same.

  const THIN = 1.5; // the width of a line without a figure, as in outputs/site/route_lines.py
  const PALE = 0.5; // the opacity of a line that nobody has reviewed, as there

  /** The arrow head of a line, as a path. @param {number} width */
  const headOf = (width) => `M${3.5 + 0.9 * width} 0L${-3.5 - 0.9 * width} ${3.5 + 0.8 * width}V${-3.5 - 0.8 * width}Z`;

  /** The dashes and gaps of a line that is implied. @param {number} width */
  const dashesOf = (width) => [2 * width + 4, width + 3];

  // Lines that are too many to be elements of the picture: a canvas below its signs draws them.

  const CROWD = 500; // lines above which they are drawn here
  const NEAR = 14; // pixels: a click so near to a line is on it
  const [FULL, DIM] = [0.45, 0.12]; // how dense lines are, and beside a line that is chosen

  /** @typedef {{line: MapLine, reports: MapReports, width: number, implied: boolean, pale: boolean, heads: {at: MapHead, stated: boolean}[]}} CrowdLine */

  /** Many lines on a canvas. */
  class Crowd {
    /** @param {SVGSVGElement} svg */
    constructor(svg) {
      this.svg = svg;
      this.canvas = document.createElement("canvas");
      this.room = drawn("foreignObject", { class: "crowd", "pointer-events": "none" }, this.canvas);
      svg.querySelector(".arcs")?.before(this.room);
      this.lines = /** @type {CrowdLine[]} */ ([]);
      this.paths = /** @type {Map<string, Path2D>} */ (new Map()); // by their texts, whose reading takes long
      this.view = /** @type {MapView} */ ({ x: 0, y: 0, width: 1, height: 1 });
      this.dim = false;
    }

    /** @param {string} d */
    path(d) {
      const path = this.paths.get(d) ?? new Path2D(d);
      this.paths.set(d, path);
      return path;
    }

    /** Draw lines, the strongest first in the list. @param {CrowdLine[]} lines @param {boolean} dim  whether another sign stands out */
    show(lines, dim) {
      this.lines = lines;
      this.dim = dim;
      this.draw();
    }

    /** Follow what is seen of the map. @param {MapView} view */
    look(view) {
      this.view = view;
      this.draw();
    }

    /** The canvas with a scale from the map to its pixels; pixels are those of the screen. */
    pen() {
      const { x, y, width } = this.view;
      const ratio = globalThis.devicePixelRatio || 1;
      const scale = (this.svg.clientWidth * ratio) / width;
      const pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
      pen.setTransform(scale, 0, 0, scale, -x * scale, -y * scale);
      return { pen, scale, ratio };
    }

    draw() {
      this.room.toggleAttribute("hidden", !this.lines.length);
      const { x, y, width, height } = this.view;
      const ratio = globalThis.devicePixelRatio || 1;
      for (const [name, value] of Object.entries({ x, y, width, height })) this.room.setAttribute(name, String(value));
      this.canvas.width = this.lines.length ? Math.round(this.svg.clientWidth * ratio) : 1;
      this.canvas.height = this.lines.length ? Math.round(this.svg.clientHeight * ratio) : 1;
      if (!this.lines.length) return;
      const style = getComputedStyle(this.svg);
      const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
      const colours = { counted: colour("--route"), bare: colour("--quiet"), paper: colour("--paper") };
      const { pen, scale } = this.pen();
      const unit = ratio / scale; // a pixel of the screen, in units of the map
      pen.clip(new Path2D(this.svg.querySelector("#map-edge path")?.getAttribute("d") ?? ""));
      for (const line of [...this.lines].reverse()) {
        pen.globalAlpha = (this.dim ? DIM : FULL) * (line.pale ? PALE : 1);
        pen.strokeStyle = line.width > THIN ? colours.counted : colours.bare;
        pen.lineWidth = line.width * unit;
        pen.setLineDash(line.implied ? dashesOf(line.width).map((pixels) => pixels * unit) : []);
        for (const { d } of line.line.legs) pen.stroke(this.path(d));
        pen.setLineDash([]);
        for (const head of line.heads) this.head(pen, head, line.width, unit, head.stated ? String(pen.strokeStyle) : colours.paper);
      }
    }

    /** @param {CanvasRenderingContext2D} pen @param {CrowdLine["heads"][0]} head @param {number} width @param {number} unit @param {string} fill */
    head(pen, { at: [x, y, turn] }, width, unit, fill) {
      const path = this.path(headOf(width));
      pen.save();
      pen.translate(x, y);
      pen.rotate((turn * Math.PI) / 180);
      pen.scale(unit, unit);
      pen.fillStyle = fill;
      pen.lineWidth = 1.5;
      pen.fill(path);
      pen.stroke(path);
      pen.restore();
    }

    /** The strongest line at a point of the map, if there is one. @param {{x: number, y: number}} point @returns {MapLine|undefined} */
    at({ x, y }) {
      if (!this.lines.length) return undefined;
      const { pen, scale, ratio } = this.pen();
      const [across, down] = [(x - this.view.x) * scale, (y - this.view.y) * scale];
      pen.lineWidth = (NEAR * ratio) / scale;
      return this.lines.find(({ line }) => line.legs.some(({ d }) => pen.isPointInStroke(this.path(d), across, down)))?.line;
    }
  }

  // The picture of the map: its visible part, the size of its signs, and what is shown and chosen. Python draws it first.

  const NEAREST = 12; // times nearer than the whole map
  const CROWDED = 2; // units in a pixel above which names stand where they do on a telephone
  const ROOM = 60; // units around the routes that are seen there, as in outputs/site/maps.py
  const [COUNTED, BARE, PAPER] = ["#c2410c", "#5f6670", "#ffffff"]; // in a saved copy, as in map.svg; style sheets stand before them
  const [LINE, LETTER] = [14, 6.9]; // pixels: the height of a line of words, and the width of a letter
  const PNG_WIDTH = 2400;
  const [HEADING, LETTERS] = [64, 170]; // the height of the title in map.svg, and letters in a line, as in outputs/site/maps.py

  /** Set attributes of an element. @param {Element} element @param {Record<string, string|number>} attributes */
  function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  }

  /** A line as map.svg draws it; its width and colour come with what is shown. @param {MapLine} line */
  function arcOf({ id, about, legs, ways }) {
    const paths = legs.flatMap(({ d, heads }) => [
      drawn("path", { class: "hit", d, stroke: "#000000", "stroke-opacity": 0, "stroke-width": 16, "pointer-events": "stroke" }),
      drawn("path", { class: "line", d }),
      ...ways.filter((way) => heads[way]).map((way) => {
        const [x, y, turn] = heads[way];
        const head = drawn("path", { class: "sized head", "data-way": way, "stroke-width": 1.5, "stroke-linejoin": "round" });
        return drawn("g", { transform: `translate(${x} ${y}) rotate(${turn})` }, head);
      }),
    ]);
    return drawn("a", { class: "arc", "data-arc": id, href: `map.html#${id}`, "aria-label": about }, drawn("title", {}, about), ...paths);
  }

  /**
   * The figures beside a line, as map.svg writes them: all, or of many the largest.
   * @param {MapLine} line @param {MapFigure[]} figures @param {number} most @param {(left: number) => string} more  words for those that are left
   */
  function noteOf({ id, spot: [x, y] }, figures, most, more) {
    const widest = Math.max(...figures.map(({ width }) => width));
    const beside = figures.length > most ? [/** @type {MapFigure} */ (figures.find(({ width }) => width === widest))]
      : [...figures].sort((one, other) => Number(one.struck) - Number(other.struck));
    const left = figures.length - beside.length;
    const lines = beside.map(({ key, short, struck, caveats }, at) => drawn("tspan", {
      "data-figure": key, x: 0, ...(at ? { dy: LINE } : {}), ...(struck ? { "text-decoration": "line-through" } : {}), ...(caveats.length ? { "font-style": "italic", "font-weight": 400 } : {}),
    }, short));
    const rest = left ? [drawn("tspan", { x: 0, dy: LINE, "font-weight": 400 }, more(left))] : [];
    const look = { "text-anchor": "middle", "font-size": 12.5, "font-weight": 600, fill: "#9a3412", stroke: PAPER, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };
    return drawn("g", { "data-of": id, transform: `translate(${x} ${y})` }, drawn("text", { class: "sized", y: 20 + Math.max(THIN, widest) / 2, ...look }, ...lines, ...rest));
  }

  /** Hide words that lie over those of taken boxes or over earlier ones; take the boxes of the others. @param {{sign: Element, box: Box}[]} words @param {Box[]} taken @param {number} most  that stay */
  function apart(words, taken, most = Infinity) {
    const room = taken.length + most;
    for (const { sign, box } of words) {
      const free = taken.length < room && !taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
      hide(sign, !free);
      if (free) taken.push(box);
    }
  }

  /** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

  /** The box of words beside a place, in pixels, as `outputs/site/map_labels.py` measures it. @param {[x: number, y: number]} spot @param {LabelPlace} place @param {string[]} lines @param {number} unit @returns {Box} */
  function boxOf(spot, [x, y, anchor], lines, unit) {
    const width = LETTER * Math.max(...lines.map((line) => line.length));
    const left = spot[0] / unit + x - { start: 0, middle: width / 2, end: width }[anchor];
    const top = spot[1] / unit + y - 11;
    return { left, top, right: left + width, bottom: top + LINE * lines.length };
  }

  /** SVG has no `hidden`. @param {Element|null} sign @param {boolean} hidden */
  function hide(sign, hidden) {
    if (hidden) sign?.setAttribute("display", "none");
    else sign?.removeAttribute("display");
  }

  /** The picture of the map: the visible part, the size of its signs, the lines shown and chosen. */
  class MapPicture {
    /** @param {SVGSVGElement} svg @param {MapData} data @param {Words} words */
    constructor(svg, data, words) {
      this.svg = svg;
      this.data = data;
      this.words = words;
      this.notes = /** @type {{sign: Element, spot: [x: number, y: number]}[]} */ ([]);
      const signs = (/** @type {string} */ name) => new Map([...svg.querySelectorAll(`a[data-${name}]`)].map((sign) => [sign.getAttribute(`data-${name}`) ?? "", sign]));
      this.lines = signs("arc");
      this.marks = signs("mark");
      this.scaled = 0; // the unit by which signs have their size
      this.kind = "";
      this.crowd = new Crowd(svg);
      /** @type {number|undefined} the width of what is seen at the beginning */
      this.widest = undefined;
      this.view = /** @type {MapView} */ ({ x: 0, y: 0, width: data.width, height: data.height });
      this.home();
    }

    /** How many units of the map a pixel shows. */
    get unit() {
      const { clientWidth, clientHeight } = this.svg;
      return Math.max(this.view.width / (clientWidth || 1), this.view.height / (clientHeight || 1));
    }

    /** Show the whole map. */
    whole() {
      this.look({ x: 0, y: 0, width: this.data.width, height: this.data.height });
    }

    /** Show the whole map, or where that is too small to be read, the part where the routes are. */
    home() {
      this.whole();
      const { x, y, width, height } = /** @type {SVGGElement} */ (this.svg.querySelector(".arcs")).getBBox();
      if (this.unit > CROWDED && width) this.look({ x: x - ROOM, y: y - ROOM, width: width + 2 * ROOM, height: height + 2 * ROOM });
      this.widest = this.view.width;
    }

    /** Show a part of the map, as far as there is map; the part takes the shape of the frame. @param {MapView} view */
    look(view) {
      const { width: full, height: tall } = this.data;
      const shape = (this.svg.clientHeight || 1) / (this.svg.clientWidth || 1);
      const width = Math.min(Math.max(view.width, full / NEAREST), Math.max(full, tall / shape));
      const height = width * shape;
      this.view = {
        x: within(view.x + (view.width - width) / 2, full - width), y: within(view.y + (view.height - height) / 2, tall - height), width, height,
      };
      this.svg.setAttribute("viewBox", Object.values(this.view).map((side) => side.toFixed(2)).join(" "));
      this.crowd.look(this.view);
      this.svg.style.touchAction = this.isWhole ? "pan-y" : "none"; // a finger moves the page until there is map to move
      this.size();
    }

    /** Whether as much of the map is seen as at the beginning. */
    get isWhole() {
      return this.view.width >= (this.widest ?? this.data.width) - 0.5;
    }

    /** Come nearer, or go farther, around a point of the map. @param {number} times @param {{x: number, y: number}} [around] */
    zoom(times, around = { x: this.view.x + this.view.width / 2, y: this.view.y + this.view.height / 2 }) {
      const { x, y, width, height } = this.view;
      const part = Math.max(1 / times, this.data.width / NEAREST / width);
      this.look({ x: around.x - (around.x - x) * part, y: around.y - (around.y - y) * part, width: width * part, height: height * part });
    }

    /** Move by parts of what is seen. @param {number} across @param {number} down */
    pan(across, down) {
      const { x, y, width, height } = this.view;
      this.look({ x: x + across * width, y: y + down * height, width, height });
    }

    /** The point of the map under a pixel of the frame. @param {{x: number, y: number}} pixel */
    under({ x, y }) {
      const { width, height } = this.svg.getBoundingClientRect();
      return { x: this.view.x + (x / width) * this.view.width, y: this.view.y + (y / height) * this.view.height };
    }

    /** Keep signs and names as large as they are read best, however near the map is; lines keep their width themselves. */
    size() {
      const { unit } = this;
      if (unit === this.scaled) return;
      this.scaled = unit;
      this.scale(this.svg);
      const crowded = unit > CROWDED;
      for (const hatch of this.svg.querySelectorAll("pattern")) set(hatch, { patternTransform: `rotate(45) scale(${unit.toFixed(4)})` });
      for (const mark of this.data.marks) {
        const [x, y, anchor] = crowded ? mark.small : mark.label;
        const name = this.marks.get(mark.id)?.querySelector("text");
        if (name) set(name, { x, y, "text-anchor": anchor });
        for (const line of name?.querySelectorAll("tspan") ?? []) set(line, { x });
      }
      this.part();
    }

    /** Keep the signs in an element as large as they are read best. @param {Element} element */
    scale(element) {
      const size = this.scaled > CROWDED ? this.scaled * 0.85 : this.scaled;
      for (const sign of element.querySelectorAll(".sized")) set(sign, { transform: `scale(${size.toFixed(4)})` });
    }

    /** The element of a line, made when it is shown first; those that more sources report lie above. @param {MapLine} line */
    lineOf(line) {
      const made = this.lines.get(line.id);
      if (made) return made;
      const arc = arcOf(line);
      this.scale(arc);
      this.lines.set(line.id, arc);
      this.svg.querySelector(".arcs")?.prepend(arc);
      return arc;
    }

    /**
     * Show lines by the reports and figures that pass, with the figures of one kind; return how many have one.
     * @param {Map<MapLine, MapReports>} passing @param {string} kind @param {string} chosen  which is drawn as a sign, however many there are
     */
    show(passing, kind, chosen) {
      const places = new Set([...passing.keys()].flatMap((line) => line.stops));
      const crowd = passing.size > CROWD ? [...passing].filter(([line]) => line.id !== chosen) : [];
      const inCrowd = new Set(crowd.map(([line]) => line.id));
      for (const [id, sign] of this.lines) if (inCrowd.has(id)) hide(sign, true);
      for (const line of this.data.lines) {
        if (!inCrowd.has(line.id) && (passing.has(line) || this.lines.has(line.id))) this.draw(this.lineOf(line), passing.get(line), kind);
      }
      this.kind = kind;
      const lines = crowd.map(([line, reports]) => ({ line, reports, ...this.lookOf(reports, kind), heads: headsOf(line, reports) }));
      this.crowd.show(lines, chosen !== "");
      for (const sign of this.svg.querySelectorAll("[data-mark]")) hide(sign, !places.has(sign.getAttribute("data-mark") ?? ""));
      return this.note(passing, kind);
    }

    /** Write figures of a kind beside the first lines that have one; return how many lines have one with a width. @param {Map<MapLine, MapReports>} passing @param {string} kind */
    note(passing, kind) {
      const counted = [...passing].map(([line, { figures }]) => ({ line, figures: figures.filter((figure) => figure.kind === kind) })).filter(({ figures }) => figures.length);
      const more = (/** @type {number} */ left) => this.words("and {n} more", { n: left });
      this.notes = counted.slice(0, this.data.most).map(({ line, figures }) => ({ sign: noteOf(line, figures, this.data.beside, more), spot: line.spot }));
      const room = this.svg.querySelector(".figures");
      room?.replaceChildren(...this.notes.map(({ sign }) => sign));
      if (room) this.scale(room);
      this.part();
      return counted.filter(({ figures }) => figures.some(({ width }) => width)).length;
    }

    /** Hide names and figures that would lie over others: the first places keep their names, and the strongest lines their figures. */
    part() {
      const linesOf = (/** @type {Element} */ text) => [...text.querySelectorAll("tspan")].map((line) => line.textContent ?? "");
      const unit = this.scaled;
      const taken = /** @type {Box[]} */ ([]);
      apart(this.data.marks.flatMap((mark) => {
        const sign = this.marks.get(mark.id);
        const text = sign?.getAttribute("display") === "none" ? null : sign?.querySelector("text");
        return text ? [{ sign: text, box: boxOf(mark.spot, unit > CROWDED ? mark.small : mark.label, linesOf(text), unit) }] : [];
      }), taken);
      apart(this.notes.map(({ sign, spot }) => {
        const text = /** @type {Element} */ (sign.querySelector("text"));
        return { sign, box: boxOf(spot, [0, Number(text.getAttribute("y")), "middle"], linesOf(text), unit) };
      }), taken, this.data.noted);
    }

    /** The width of a line, and if all is implied, or nothing reviewed. @param {MapReports} passing @param {string} kind */
    lookOf({ figures, reports }, kind) {
      const width = Math.max(THIN, ...figures.filter((figure) => figure.kind === kind).map((figure) => figure.width));
      return { width, implied: reports.every((report) => report.modality === "implied"), pale: !reports.some((report) => report.reviewed) };
    }

    /** Draw a line by what is reported: dashed if all is implied, pale if nothing is reviewed, its heads hollow if their direction is implied. @param {Element} drawn @param {MapReports|undefined} passing @param {string} kind */
    draw(drawn, passing, kind) {
      hide(drawn, !passing);
      if (!passing) return;
      const { width, implied, pale } = this.lookOf(passing, kind);
      const stroke = width > THIN ? COUNTED : BARE;
      drawn.classList.toggle("counted", width > THIN);
      drawn.classList.toggle("implied", implied);
      set(drawn, { stroke, opacity: pale ? PALE : 1 });
      for (const path of drawn.querySelectorAll(".line")) set(path, { "stroke-width": width, "stroke-dasharray": implied ? dashesOf(width).join(" ") : "none" });
      for (const head of drawn.querySelectorAll(".head")) {
        const way = passing.reports.filter((report) => String(report.way) === head.getAttribute("data-way"));
        const stated = isStated(way);
        hide(head, !way.length);
        head.classList.toggle("hollow", !stated);
        set(head, { d: headOf(width), fill: stated ? stroke : PAPER });
      }
    }

    /** Let what is chosen stand out, with its places or its lines. @param {string} chosen */
    choose(chosen) {
      const near = new Set([chosen]);
      for (const line of this.data.lines) {
        if (line.id === chosen) line.stops.forEach((stop) => near.add(stop));
        else if (line.stops.includes(chosen)) [line.id, ...line.stops].forEach((id) => near.add(id));
      }
      this.svg.classList.toggle("choosing", chosen !== "");
      for (const sign of this.svg.querySelectorAll("[data-arc], [data-mark], [data-of]")) {
        const id = sign.getAttribute("data-arc") ?? sign.getAttribute("data-mark") ?? sign.getAttribute("data-of") ?? "";
        sign.classList.toggle("near", near.has(id));
        sign.classList.toggle("chosen", id === chosen);
      }
    }

    /** The picture as it is seen, with its title, caveat, legend, and what it shows in words, as an element of its own. @param {string[]} said */
    copy(said) {
      const copy = /** @type {SVGSVGElement} */ (this.svg.cloneNode(true));
      copy.querySelector(".arcs")?.prepend(...this.crowd.lines.map((line) => this.lineInCopy(line)).reverse());
      const bottom = this.captioned(copy, said);
      for (const hidden of copy.querySelectorAll('[display="none"], .hit, .crowd')) hidden.remove();
      for (const link of copy.querySelectorAll("a")) link.removeAttribute("href"); // they lead nowhere from another folder
      const { width, height, x, y } = this.view;
      for (const line of copy.querySelectorAll(".arcs .line")) { // as wide as on the screen, at any size of the file
        for (const name of ["stroke-width", "stroke-dasharray"]) line.setAttribute(name, (line.getAttribute(name) ?? "none").replace(/[\d.]+/g, (pixels) => String(+pixels * this.unit)));
      }
      const size = width / this.data.width; // units of the map in a unit of the words around it
      const tall = height + (HEADING + bottom) * size;
      set(copy, { xmlns: SVG, width: PNG_WIDTH / 2, height: (PNG_WIDTH / 2 / width) * tall, viewBox: [x, y - HEADING * size, width, tall].join(" ") });
      copy.querySelector(".heading")?.setAttribute("transform", `translate(${x} ${y}) scale(${size})`);
      copy.querySelector(".caption")?.setAttribute("transform", `translate(${x} ${y + height}) scale(${size})`);
      copy.querySelector(".sea")?.before(drawn("rect", { x, y, width, height, fill: PAPER }));
      return copy;
    }

    /** Write words and the signs of figures into the caption of a copy; return its height. @param {Element} copy @param {string[]} said */
    captioned(copy, said) {
      for (const around of copy.querySelectorAll(".heading, .caption")) around.removeAttribute("display");
      const [text, figured] = [".said", ".of-figures"].map((name) => /** @type {Element} */ (copy.querySelector(`.caption ${name}`)));
      const lines = said.flatMap((words) => wrapped(words, LETTERS));
      text.replaceChildren(...lines.map((line) => drawn("tspan", { x: 14, dy: 16 }, line)));
      const end = Number(text.getAttribute("y")) + 16 * lines.length;
      const steps = [...document.querySelectorAll("[data-scale]:not([hidden]) .step")];
      const wider = this.data.width / this.svg.clientWidth; // as wide as the lines of the map
      figured.setAttribute("transform", `translate(0 ${end + 6})`);
      figured.append(...steps.map((step, at) => {
        const [line, words] = [/** @type {Element} */ (step.querySelector("path")), step.textContent?.trim() ?? ""];
        const stroke = line.matches(".counted") ? COUNTED : BARE;
        const sign = drawn("path", { d: "M2 7H42", stroke, "stroke-width": Number(line.getAttribute("stroke-width")) * wider });
        return drawn("g", { transform: `translate(${14 + 140 * at} 26)` }, sign, drawn("text", { x: 50, y: 12 }, words));
      }));
      if (!this.kind) figured.remove();
      const bottom = end + (this.kind ? 62 : 12);
      copy.querySelector(".caption rect")?.setAttribute("height", String(bottom));
      return bottom;
    }

    /** The picture as it is seen, as a file of its own. @param {string[]} said */
    file(said) {
      return new Blob([new XMLSerializer().serializeToString(this.copy(said))], { type: "image/svg+xml" });
    }

    /** A line of the crowd as an element. @param {CrowdLine} line */
    lineInCopy({ line, reports }) {
      const arc = arcOf(line);
      this.draw(arc, reports, this.kind);
      this.scale(arc);
      return arc;
    }

    /** The picture as it is seen, as pixels. @param {string[]} said @returns {Promise<Blob>} */
    png(said) {
      return pixelsOf(this.file(said), PNG_WIDTH, Math.round(2 * Number(this.copy(said).getAttribute("height"))));
    }
  }

  /** Whether one of some reports states what it says. @param {{modality: string}[]} reports */
  const isStated = (reports) => reports.some(({ modality }) => modality === "stated");

  /** The arrow heads that reports of a line give it. @param {MapLine} line @param {MapReports} passing */
  function headsOf({ legs, ways }, { reports }) {
    return legs.flatMap(({ heads }) => ways.filter((way) => heads[way]).flatMap((way) => {
      const own = reports.filter((report) => report.way === way);
      return own.length ? [{ at: heads[way], stated: isStated(own) }] : [];
    }));
  }

  /** Where a side of the view may lie: on the map, or in its middle where the view is larger. @param {number} side @param {number} most */
  const within = (side, most) => most < 0 ? most / 2 : Math.min(Math.max(side, 0), most);

  // The page.

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
})();
