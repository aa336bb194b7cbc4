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
export function* paintDensity(ctx, ends, weights, colour, strength) {
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
