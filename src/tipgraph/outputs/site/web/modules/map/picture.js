// The picture of the map: its visible part, the size of its signs, and what is shown and chosen. Python draws it first.

import { pixelsOf } from "../shared/download.js";
import { SVG } from "../shared/svg.js";
/** @import { MapArc, MapData, MapFigure, MapMark, MapPassing, MapReport, MapState, MapView } from "./types.d.ts" */
/** @import { Labels, ToldClaim } from "../shared/types.d.ts" */

const MAP_NEAREST = 12; // times nearer than the whole map
const MAP_CROWDED = 2; // units in a pixel above which names stand where they do on a telephone
const MAP_ROOM = 60; // units around the routes that are seen there, as in pages/maps.py
const HEAD = [7, 1.8]; // of an arrow head, as in pages/arcs.py: so many pixels, and so many widths of its line
const GAP_PART = 0.45; // of a way that a gap may take, as in pages/arcs.py
const ARROW_PART = 0.8; // of an arrow head that its line does not reach into, as in pages/arcs.py
const PNG_WIDTH = 2400;

/** The point at a distance towards another. @param {number} x @param {number} y @param {number} goalX @param {number} goalY @param {number} distance */
function toward(x, y, goalX, goalY, distance) {
  const part = Math.min(distance / (Math.hypot(goalX - x, goalY - y) || 1), GAP_PART);
  return [x + (goalX - x) * part, y + (goalY - y) * part];
}

/** The picture of the map: the visible part, the size of its signs, the routes shown and chosen. */
export class MapPicture {
  /** @param {SVGSVGElement} svg @param {MapData} data */
  constructor(svg, data) {
    this.svg = svg;
    this.data = data;
    this.arcs = new Map([...svg.querySelectorAll("[data-arc]")].map((one) => [one.getAttribute("data-arc") ?? "", one]));
    this.passing = /** @type {Map<string, MapPassing>} */ (new Map(data.arcs.map((arc) => [arc.id, arc])));
    /** @type {number|undefined} the width of what is seen at the beginning */
    this.widest = undefined;
    this.marks = new Map([...svg.querySelectorAll(".mark")].map((one) => [one.getAttribute("data-mark") ?? "", one]));
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
    const { x, y, width, height } = boxAround(this.data.arcs.flatMap((arc) => arc.legs));
    if (this.unit > MAP_CROWDED && width) this.look({ x: x - MAP_ROOM, y: y - MAP_ROOM, width: width + 2 * MAP_ROOM, height: height + 2 * MAP_ROOM });
    this.widest = this.view.width;
  }

  /** Show a part of the map, as far as there is map; the part takes the shape of the frame. @param {MapView} view */
  look(view) {
    const { width: full, height: tall } = this.data;
    const shape = (this.svg.clientHeight || 1) / (this.svg.clientWidth || 1);
    const width = Math.min(Math.max(view.width, full / MAP_NEAREST), Math.max(full, tall / shape));
    const height = width * shape;
    const middle = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    this.view = {
      x: within(middle.x - width / 2, full - width), y: within(middle.y - height / 2, tall - height), width, height,
    };
    this.svg.setAttribute("viewBox", [this.view.x, this.view.y, width, height].map((one) => one.toFixed(2)).join(" "));
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
    const nearest = this.data.width / MAP_NEAREST;
    const part = Math.max(1 / times, nearest / width);
    this.look({
      x: around.x - (around.x - x) * part, y: around.y - (around.y - y) * part, width: width * part, height: height * part,
    });
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

  /** Keep lines, signs and names as large as they are read best, however near the map is. */
  size() {
    const { unit } = this;
    const scale = unit > MAP_CROWDED ? unit * 0.85 : unit;
    for (const mark of this.data.marks) {
      const sign = this.marks.get(mark.id);
      sign?.setAttribute("transform", `translate(${mark.x} ${mark.y}) scale(${scale.toFixed(4)})`);
      this.name(sign?.querySelector("text"), unit > MAP_CROWDED ? mark.small : mark.label);
    }
    for (const arc of this.data.arcs) this.draw(arc, scale);
    for (const figure of this.svg.querySelectorAll("[data-of]")) {
      const place = /translate\([^)]*\)/.exec(figure.getAttribute("transform") ?? "");
      figure.setAttribute("transform", `${place?.[0] ?? ""} scale(${scale.toFixed(4)})`);
    }
    for (const hatch of this.svg.querySelectorAll("pattern")) hatch.setAttribute("patternTransform", `rotate(45) scale(${unit.toFixed(4)})`);
    this.svg.querySelector(".land")?.setAttribute("stroke-width", String(0.6 * unit));
  }

  /** @param {SVGTextElement|null|undefined} text @param {[number, number, string]} place */
  name(text, [x, y, anchor]) {
    if (!text) return;
    for (const [name, value] of Object.entries({ x, y, "text-anchor": anchor })) text.setAttribute(name, String(value));
    for (const line of text.querySelectorAll("tspan")) line.setAttribute("x", String(x));
  }

  /** Draw the lines and heads of an arc for signs of a size. @param {MapArc} arc @param {number} scale */
  draw(arc, scale) {
    const drawn = this.arcs.get(arc.id);
    const [lines, hits, heads] = [".line", ".hit", ".head"].map((name) => [...(drawn?.querySelectorAll(name) ?? [])]);
    const { width, head } = this.measures(arc);
    arc.legs.forEach(([x, y, a, b, c, d, endX, endY, gap, endGap, arrow], leg) => {
      const [startX, startY] = toward(x, y, a, b, gap * scale);
      const [tipX, tipY] = toward(endX, endY, c, d, endGap * scale);
      const [lineX, lineY] = toward(endX, endY, c, d, (endGap + arrow * head * ARROW_PART) * scale);
      const path = `M${startX} ${startY}C${a} ${b} ${c} ${d} ${lineX} ${lineY}`;
      lines[leg].setAttribute("d", path);
      lines[leg].setAttribute("stroke-width", String(width * scale));
      const dashes = [2.2 * width + 3, 1.2 * width + 2.5].map((dash) => dash * scale).join(" ");
      lines[leg].setAttribute("stroke-dasharray", drawn?.classList.contains("implied") ? dashes : "none");
      hits[leg].setAttribute("d", path);
      hits[leg].setAttribute("stroke-width", String((width + 14) * scale));
      const angle = (Math.atan2(endY - d, endX - c) * 180) / Math.PI;
      const tip = arrow ? heads.shift() : undefined;
      tip?.setAttribute("transform", `translate(${tipX} ${tipY}) rotate(${angle}) scale(${scale})`);
      tip?.setAttribute("d", `M0 0L${-head} ${0.48 * head}V${-0.48 * head}Z`);
    });
  }

  /** How wide an arc is and how long its head, by the figures that pass the filters. @param {MapArc} arc */
  measures(arc) {
    const width = Math.max(0, ...(this.passing.get(arc.id)?.figures ?? []).map((figure) => figure.width)) || arc.thin;
    return { width, head: HEAD[0] + HEAD[1] * width };
  }

  /** Show the arcs that have a report, and their places; arcs of implied reports only are dashed. @param {Map<string, MapPassing>} passing */
  show(passing) {
    this.passing = passing;
    const places = new Set();
    for (const arc of this.data.arcs) {
      const { reports, figures } = passing.get(arc.id) ?? { reports: [], figures: [] };
      const drawn = this.arcs.get(arc.id);
      const implied = reports.every((report) => report.modality === "implied");
      drawn?.classList.toggle("implied", implied);
      drawn?.setAttribute("opacity", implied ? "0.6" : "1");
      hideSign(drawn, !reports.length);
      for (const figure of arc.figures) {
        const printed = `[data-of="${CSS.escape(arc.id)}"] [data-figure="${CSS.escape(figure.key)}"]`;
        hideSign(this.svg.querySelector(printed), !reports.length || !figures.includes(figure));
      }
      for (const stop of reports.length ? arc.stops : []) places.add(stop);
    }
    for (const sign of this.svg.querySelectorAll("[data-mark]")) hideSign(sign, !places.has(sign.getAttribute("data-mark")));
    this.size();
  }

  /** Let what is chosen stand out, with its places or its routes. @param {string} chosen */
  choose(chosen) {
    const near = new Set([chosen]);
    for (const arc of this.data.arcs) {
      if (arc.id === chosen) arc.stops.forEach((stop) => near.add(stop));
      else if (arc.stops.includes(chosen)) [arc.id, ...arc.stops].forEach((one) => near.add(one));
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
    const wide = PNG_WIDTH / 2;
    const attributes = {
      xmlns: SVG, width: wide, height: Math.round((wide * height) / width), viewBox: [x, y, width, height].join(" "),
    };
    for (const [name, value] of Object.entries(attributes)) copy.setAttribute(name, String(value));
    const paper = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x, y, width, height, fill: "#ffffff" })) paper.setAttribute(name, String(value));
    copy.querySelector(".sea")?.before(paper);
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  }

  /** @returns {Promise<Blob>} the picture as it is seen, as pixels */
  png() {
    const { width, height } = this.view;
    return pixelsOf(this.file(), PNG_WIDTH, Math.round((PNG_WIDTH * height) / width));
  }
}

/** The part of the map with these curves. @param {number[][]} legs @returns {MapView} */
function boxAround(legs) {
  const xs = legs.flatMap(([x, , a, , c, , endX]) => [x, (x + 3 * a + 3 * c + endX) / 8, endX]);
  const ys = legs.flatMap(([, y, , b, , d, , endY]) => [y, (y + 3 * b + 3 * d + endY) / 8, endY]);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return legs.length ? { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y } : { x: 0, y: 0, width: 0, height: 0 };
}

/** Where a side of the view may lie: on the map, or in its middle where the view is larger. @param {number} side @param {number} most */
const within = (side, most) => most < 0 ? most / 2 : Math.min(Math.max(side, 0), most);

/** SVG has no `hidden`. @param {Element|null|undefined} sign @param {boolean} hidden */
function hideSign(sign, hidden) {
  if (hidden) sign?.setAttribute("display", "none");
  else sign?.removeAttribute("display");
}
