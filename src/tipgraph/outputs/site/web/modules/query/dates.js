// The dates that a person writes: a year, a month, a day, or a season such as 2004-21, with the bounds that `model.dates` gives.

import { XSD } from "../shared/iris.js";
import { seasons } from "../shared/python.json";
import { literal } from "./terms.js";
/** @import { Term } from "./types.d.ts" */

const WRITTEN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const MONTHS = /** @type {Record<string, number[]>} */ (seasons);

/** The number of days in a month. @param {number} year @param {number} month */
const daysIn = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The first or the last day of a date as a term; null for no date. @param {string} text @param {"from"|"to"} end @returns {Term|null} */
export function dayOf(text, end) {
  const [, digits, month, day] = WRITTEN.exec(text.trim()) ?? [];
  if (!digits) return null;
  const [year, number] = [Number(digits), Number(month ?? 0)];
  let [first, last] = month ? [number, number] : [1, 12];
  let [firstYear, lastYear] = [year, year];
  if (number > 20 && number < 33 && !day) {
    [first, last] = MONTHS[number] ?? [12, 2];
    if (!MONTHS[number]) [firstYear, lastYear] = [year - 1, year + 1]; // a winter of one hemisphere is a summer of the other
  } else if (first < 1 || first > 12 || (day && (Number(day) < 1 || Number(day) > daysIn(year, first)))) return null;
  const [at, of] = end === "from" ? [first, firstYear] : [last, lastYear];
  const written = [String(of).padStart(4, "0"), at, day ?? (end === "from" ? 1 : daysIn(of, at))].map((part) => String(part).padStart(2, "0"));
  return literal(written.join("-"), `${XSD}date`);
}
