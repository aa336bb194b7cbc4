// Lines that are too many to be elements of the picture: a canvas below its signs draws them.

import { drawn } from "../shared/svg.js";
import { PALE, THIN, dashesOf, headOf } from "./line-look.js";
/** @import { MapHead, MapLine, MapReports, MapView } from "./types.d.ts" */

export const CROWD = 500; // lines above which they are drawn here
const NEAR = 14; // pixels: a click so near to a line is on it
const [FULL, DIM] = [0.45, 0.12]; // how dense lines are, and beside a line that is chosen

/** @typedef {{line: MapLine, reports: MapReports, width: number, implied: boolean, pale: boolean, heads: {at: MapHead, stated: boolean}[]}} CrowdLine */

/** Many lines on a canvas. */
export class Crowd {
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
