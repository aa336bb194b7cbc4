// Points in square cells, so that a search in a box reads only some of them.

/** @import { Box } from "./types.d.ts" */

/** Points of the plane sorted into square cells, so that those in a box are found without looking at all. */
export class Grid {
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
export function boxOf(xs, ys, points = xs.keys()) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const i of points) {
    box.left = Math.min(box.left, xs[i]);
    box.right = Math.max(box.right, xs[i]);
    box.top = Math.min(box.top, ys[i]);
    box.bottom = Math.max(box.bottom, ys[i]);
  }
  return box.left > box.right ? { left: 0, top: 0, right: 0, bottom: 0 } : box;
}
