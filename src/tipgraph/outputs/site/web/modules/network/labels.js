// The names of nodes in the picture of vis-network: of one size at each scale, over no node and no other name, the most
// wanted first. vis-network itself would write all of them, over each other and too small to read.

import { linesOf } from "./glyphs.js";
import { rankedOf } from "./model.js";
/** @import { Count, Frame, Name, NetworkData, Palette, Spot } from "./types.d.ts" */

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
export class NameSheet {
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
export const within = (box, frame) => box[0] >= frame[0] && box[1] >= frame[1] && box[2] <= frame[2] && box[3] <= frame[3];

/** @param {Name} name @param {number} x @param {number} y @returns {Frame} */
const frameOf = ({ width, height }, x, y) => [x - width / 2 - 2, y, x + width / 2 + 2, y + height];

/** The boxes that names take, sorted into cells. */
export class Room {
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
