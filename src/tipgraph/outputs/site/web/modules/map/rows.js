// The lists below the map, as map.html writes their first items.

import { remarked } from "../shared/claims.js";
import { made } from "../shared/elements.js";
/** @import { Words } from "../shared/types.d.ts" @import { MapFigure, MapReport, PlaceOfClaim, PlaceName } from "./types.d.ts" */

/** Nodes with a text between them. @param {(Node|string)[][]} groups @param {string} between */
const joined = (groups, between) => groups.flatMap((nodes, at) => (at ? [between, ...nodes] : nodes));

/** @param {PlaceOfClaim[]} links */
const said = (links) => joined(links.map(([label, href]) => [made("a", { href }, label)]), "; ");

/** @param {PlaceName[]} places */
const listed = (places) => joined(places.map(([label, href]) => [href ? made("a", { href }, label) : label]), " → ");

/** A figure in the list of figures. @param {MapFigure} figure @param {Words} words */
export function figureItem(figure, words) {
  const { key, label, short, struck, basis, links, line, caveats } = figure;
  const name = `${label}: ${short}`;
  const link = made("a", { href: `#chosen=${encodeURIComponent(line)}`, "data-choose": line }, words("Show on the map"));
  return made("li", { "data-item": key },
    ...(struck ? [made("s", {}, name), " ", made("b", {}, words("not supported by the number that it seems to repeat"))] : [made("b", {}, name)]),
    `, ${basis} (`, ...said(links), ")", ...(line ? [". ", link] : []),
    ...(caveats.length ? [made("p", { class: "quiet" }, caveats.join(", "))] : []), ...remarked(figure, words));
}

/** A report in the table of routes. @param {MapReport} report @param {Words} words */
export function reportRow(report, words) {
  const { key, directed, modality, places, figures, repeated, links, remarks } = report;
  const unsupported = words("not supported by the number that it seems to repeat");
  const numbers = figures.map(({ struck, marked }) => (struck ? [made("s", {}, marked), ` (${unsupported})`] : [marked]));
  const again = repeated.length ? [[made("span", { class: "quiet" }, words("seems to repeat"), " ", ...said(repeated))]] : [];
  const [stated, implied] = [words("stated"), words("implied")];
  const modalityWords = modality === "stated" ? stated : implied;
  const notes = remarks.flatMap((one) => [...one.caveats.filter((caveat) => caveat !== implied).map((caveat) => `, ${caveat}`), ...remarked(one, words)]);
  const cells = [
    listed(places.slice(0, 1)), listed(places.slice(-1)), listed(places.slice(1, -1)),
    joined([...again, ...numbers], "; "),
    [directed ? modalityWords : words("not stated")],
    [modalityWords, ...notes],
  ];
  return made("tr", { id: key, "data-item": key }, ...cells.map((nodes) => made("td", {}, ...nodes)), made("td", { class: "spots" }, ...said(links)));
}
