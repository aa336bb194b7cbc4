// The data of the map, with its lines, reports and figures tied to each other.

import { loadPacked } from "../shared/shards.js";
/** @import { MapData, MapFile } from "./types.d.ts" */

/** Load the data of the map in the language of the page. @returns {Promise<MapData>} */
export async function mapData() {
  return tied(await loadPacked(`map/${document.documentElement.lang}.js`, "map"));
}

/** @param {MapFile} file @returns {MapData} */
function tied(file) {
  const figuresOf = (/** @type {number[]} */ numbers) => numbers.map((number) => file.figures[number]);
  const reports = file.reports.map((report) => ({ ...report, figures: figuresOf(report.figures) }));
  const lines = file.lines.map((line) => ({ ...line, figures: figuresOf(line.figures), reports: line.reports.map((number) => reports[number]) }));
  const nowhere = reports.filter(({ way }) => way === null).map((report) => ({ stops: report.stops, figures: report.figures, reports: [report] }));
  return { ...file, reports, lines, nowhere };
}
