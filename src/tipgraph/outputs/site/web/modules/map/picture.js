// The picture of the map: its visible part, the size of its signs, and what is shown and chosen. Python draws it first.

import { pixelsOf } from "../shared/download.js";
import { SVG, drawn } from "../shared/svg.js";
import { wrapped } from "../shared/text.js";
import { CROWD, Crowd } from "./crowd.js";
import { PALE, THIN, dashesOf, headOf } from "./line-look.js";
/** @import { LabelPlace, MapData, MapFigure, MapLine, MapReports, MapView } from "./types.d.ts" @import { Words } from "../shared/types.d.ts" */

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
export class MapPicture {
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

  /** A line of the crowd as an element. @param {import("./crowd.js").CrowdLine} line */
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
