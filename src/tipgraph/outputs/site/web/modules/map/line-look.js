// How a line looks by its width in pixels, as an element and on the canvas; map.svg draws the same.

export const THIN = 1.5; // the width of a line without a figure, as in outputs/site/route_lines.py
export const PALE = 0.5; // the opacity of a line that nobody has reviewed, as there

/** The arrow head of a line, as a path. @param {number} width */
export const headOf = (width) => `M${3.5 + 0.9 * width} 0L${-3.5 - 0.9 * width} ${3.5 + 0.8 * width}V${-3.5 - 0.8 * width}Z`;

/** The dashes and gaps of a line that is implied. @param {number} width */
export const dashesOf = (width) => [2 * width + 4, width + 3];
