// The first or the last day that a date of a person can mean: a year, a month, a day, or a season (2004-21 to 2004-24).
// As `tipgraph.model.dates` has it: where the hemisphere is open, a season has the bounds of both.

import { XSD } from "../shared/iris.js";
import { literal } from "./terms.js";
/** @import { Term } from "./types.d.ts" */

const WRITTEN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** The day as a term, or null for what is no date. @param {string} text @param {"from"|"to"} end @returns {Term|null} */
export function dayOf(text, end) {
  const found = WRITTEN.exec(text.trim());
  if (!found) return null;
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  if (year !== undefined && month !== undefined && month > 20 && month < 25 && day === undefined) return seasonOf(year, month, end);
  if (year === undefined || (month !== undefined && (month < 1 || month > 12))) return null;
  const last = (/** @type {number} */ of) => new Date(Date.UTC(year, of, 0)).getUTCDate();
  if (day !== undefined && (day < 1 || day > last(month ?? 12))) return null;
  const at = end === "from" ? [month ?? 1, day ?? 1] : [month ?? 12, day ?? last(month ?? 12)];
  return literal(`${found[1]}-${at.map((part) => String(part).padStart(2, "0")).join("-")}`, `${XSD}date`);
}

/** @param {number} year @param {number} code @param {"from"|"to"} end */
function seasonOf(year, code, end) {
  const [first, last] = code % 2 ? [`${year}-03-01`, `${year}-11-30`]
    : [`${year - 1}-12-01`, new Date(Date.UTC(year + 1, 2, 0)).toISOString().slice(0, 10)];
  return literal(end === "from" ? first : last, `${XSD}date`);
}
