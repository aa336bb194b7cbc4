// The picture of the map: its visible part, the size of its signs, and what is shown and chosen. Python draws it first.

import { pixelsOf } from "../shared/download.js";
import { SVG } from "../shared/svg.js";
/** @import { MapData, MapLine, MapMark, MapReports, MapView } from "./types.d.ts" */

const NEAREST = 12; // times nearer than the whole map
const CROWDED = 2; // units in a pixel above which names stand where they do on a telephone
const ROOM = 60; // units around the routes that are seen there, as in outputs/site/maps.py
const THIN = 1.5; // pixels: the width of a line without a figure, as in outputs/site/route_lines.py
const [COUNTED, BARE, PAPER] = ["#c2410c", "#5f6670", "#ffffff"]; // in a saved copy, as in map.svg; style sheets stand before them
const PNG_WIDTH = 2400;

/** The arrow head of a line, as in map.svg. @param {number} width */
const headOf = (width) => `M${3.5 + 0.9 * width} 0L${-3.5 - 0.9 * width} ${3.5 + 0.8 * width}V${-3.5 - 0.8 * width}Z`;

/** Set attributes of an element. @param {Element} element @param {Record<string, string|number>} attributes */
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** SVG has no `hidden`. @param {Element|null} sign @param {boolean} hidden */
function hide(sign, hidden) {
  if (hidden) sign?.setAttribute("display", "none");
  else sign?.removeAttribute("display");
}

/** The picture of the map: the visible part, the size of its signs, the lines shown and chosen. */
export class MapPicture {
  /** @param {SVGSVGElement} svg @param {MapData} data */
  constructor(svg, data) {
    this.svg = svg;
    this.data = data;
    const signs = (/** @type {string} */ name) => new Map([...svg.querySelectorAll(`a[data-${name}]`)].map((sign) => [sign.getAttribute(`data-${name}`) ?? "", sign]));
    this.lines = signs("arc");
    this.marks = signs("mark");
    this.scaled = 0;
    this.sized = [...svg.querySelectorAll(".sized")];
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
    const crowded = unit > CROWDED;
    if (unit === this.scaled) return;
    this.scaled = unit;
    for (const sign of this.sized) set(sign, { transform: `scale(${(crowded ? unit * 0.85 : unit).toFixed(4)})` });
    for (const hatch of this.svg.querySelectorAll("pattern")) set(hatch, { patternTransform: `rotate(45) scale(${unit.toFixed(4)})` });
    for (const mark of this.data.marks) {
      const [x, y, anchor] = crowded ? mark.small : mark.label;
      const name = this.marks.get(mark.id)?.querySelector("text");
      if (name) set(name, { x, y, "text-anchor": anchor });
      for (const line of name?.querySelectorAll("tspan") ?? []) set(line, { x });
    }
  }

  /** Show lines by the reports and figures that pass, with the figures of one kind; return how many have one. @param {Map<MapLine, MapReports>} passing @param {string} kind */
  show(passing, kind) {
    const places = new Set([...passing.keys()].flatMap((line) => line.stops));
    for (const line of this.data.lines) this.draw(line, passing.get(line), kind);
    for (const sign of this.svg.querySelectorAll("[data-mark]")) hide(sign, !places.has(sign.getAttribute("data-mark") ?? ""));
    const printed = new Set([...passing.values()].flatMap(({ figures }) => figures.map((figure) => figure.key)));
    const counted = [...passing].filter(([, { figures }]) => figures.some((figure) => figure.kind === kind));
    const noted = new Set(counted.slice(0, this.data.noted).map(([line]) => line.id)); // more notes would hide each other
    for (const note of this.svg.querySelectorAll("[data-of]")) {
      hide(note, note.getAttribute("data-kind") !== kind || !noted.has(note.getAttribute("data-of") ?? ""));
      for (const figure of note.querySelectorAll("[data-figure]")) hide(figure, !printed.has(figure.getAttribute("data-figure") ?? ""));
    }
    return counted.filter(([, { figures }]) => figures.some((figure) => figure.kind === kind && figure.width)).length;
  }

  /** Draw a line by what is reported: dashed if all is implied, its heads hollow if their direction is. @param {MapLine} line @param {MapReports|undefined} passing @param {string} kind */
  draw(line, passing, kind) {
    const drawn = this.lines.get(line.id);
    if (!drawn) return;
    hide(drawn, !passing);
    if (!passing) return;
    const width = Math.max(THIN, ...passing.figures.filter((figure) => figure.kind === kind).map((figure) => figure.width));
    const implied = passing.reports.every((report) => report.modality === "implied");
    const stroke = width > THIN ? COUNTED : BARE;
    drawn.classList.toggle("counted", width > THIN);
    drawn.classList.toggle("implied", implied);
    set(drawn, { stroke });
    for (const path of drawn.querySelectorAll(".line")) set(path, { "stroke-width": width, "stroke-dasharray": implied ? `${2 * width + 4} ${width + 3}` : "none" });
    for (const head of drawn.querySelectorAll(".head")) {
      const way = passing.reports.filter((report) => String(report.way) === head.getAttribute("data-way"));
      const stated = way.some((report) => report.modality === "stated");
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

  /** The picture as it is seen, as a file of its own. */
  file() {
    const copy = /** @type {SVGSVGElement} */ (this.svg.cloneNode(true));
    for (const hidden of copy.querySelectorAll('[display="none"], .hit')) hidden.remove();
    for (const link of copy.querySelectorAll("a")) link.removeAttribute("href"); // they lead nowhere from another folder
    const { width, height, x, y } = this.view;
    for (const line of copy.querySelectorAll(".line")) { // as wide as on the screen, at any size of the file
      for (const name of ["stroke-width", "stroke-dasharray"]) line.setAttribute(name, (line.getAttribute(name) ?? "none").replace(/[\d.]+/g, (pixels) => String(+pixels * this.unit)));
    }
    const wide = PNG_WIDTH / 2;
    set(copy, { xmlns: SVG, width: wide, height: (wide * height) / width, viewBox: [x, y, width, height].join(" ") });
    const paper = document.createElementNS(SVG, "rect");
    set(paper, { x, y, width, height, fill: PAPER });
    copy.querySelector(".sea")?.before(paper);
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  }

  /** @returns {Promise<Blob>} the picture as it is seen, as pixels */
  png() {
    const { width, height } = this.view;
    return pixelsOf(this.file(), PNG_WIDTH, Math.round((PNG_WIDTH * height) / width));
  }
}

/** Where a side of the view may lie: on the map, or in its middle where the view is larger. @param {number} side @param {number} most */
const within = (side, most) => most < 0 ? most / 2 : Math.min(Math.max(side, 0), most);
