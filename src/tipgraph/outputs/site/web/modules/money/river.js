// The bands as a picture in SVG. d3-sankey finds the places.

import { sankey } from "d3-sankey";
import { made } from "../shared/elements.js";
import { reviewWords } from "../shared/review.js";
import { NOT_XML, SVG, drawn, tidy } from "../shared/svg.js";
import { comparedWords, moneyWords, totalOf, yearsWords } from "./flow.js";
/** @import { Band, Flow, MoneyPalette, Spot } from "./types.d.ts" @import { Words } from "../shared/types.d.ts" */
/** @typedef {Pick<Band, "look"|"implied"|"reviewed">} Look */

const [TOP, NODE, GAP, LETTER] = [44, 11, 20, 6.4]; // height of the heads, width of a node, room between nodes, width of a letter
const THINNEST = 1.5;

/** A palette of the colours that the page names. @param {(name: string) => string} colour @returns {MoneyPalette} */
const paletteOf = (colour) => ({
  ink: colour("--ink"), quiet: colour("--quiet"), ground: colour("--paper"), accent: colour("--accent"),
  roles: { funder: colour("--actor"), through: colour("--actor"), purpose: colour("--undertaking"), place: colour("--place") },
});

export const PAGE_COLOURS = paletteOf((name) => `var(${name})`); // follow the screen, and paper

/** The colours of the page as they are now, for a file. */
export const coloursNow = () => paletteOf((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim());

/** A text cut to a number of letters; the number of further entries at its end stays. @param {string} text @param {number} most */
function cut(text, most) {
  const tail = /( \(\+\d+\))?$/.exec(text)?.[0] ?? "";
  const short = text.length > most ? `${text.slice(0, Math.max(most - 1 - tail.length, 1)).trimEnd()}…${tail}` : text;
  return short.replace(NOT_XML, "\uFFFD");
}

/** The ends of a band and its amounts in words. @param {Flow} flow @param {Band} band @param {Words} words */
export function bandWords({ spots }, band, words) {
  return `${spots.get(band.from)?.names} → ${spots.get(band.to)?.names}: ${amountWords(band, words)}`;
}

/** The sum of payments of one currency, or of one currency and year if they are compared, in words. @param {import("./types.d.ts").Payment[]} known */
const sumWords = ([first, ...rest]) => (first.converted ? comparedWords({ name: first.currency, words: "" }, totalOf([first, ...rest])) : moneyWords(first.currency, totalOf([first, ...rest])));

/** The amounts of a band in words, with its reservations. @param {Band} band @param {Words} words */
export function amountWords({ look, implied, reviewed, payments }, words) {
  const known = payments.filter(({ amount }) => amount);
  const missing = payments.some(({ gap }) => gap) ? words("amount not compared") : words("amount unknown");
  const sum = known.length ? sumWords(known) : missing;
  const marks = [payments.length > 1 && words("{count} items", { count: payments.length }), implied && words("implied"), look === "planned" && words("only planned"), !reviewed && reviewWords(words).unreviewed];
  return [sum, yearsWords(payments[0].years), ...marks].filter(Boolean).join(", ");
}

/** The look of a band, as attributes of SVG. @param {Look} band @param {MoneyPalette} palette @param {string} [hatch]  the id of the pattern */
function lookOf({ look, implied, reviewed }, { accent, ground }, hatch = "hatch") {
  const pale = implied || !reviewed;
  const stroke = { stroke: accent, "stroke-width": 1, "stroke-opacity": pale ? 0.6 : 0.9, ...(!reviewed && { "stroke-dasharray": "1 3" }) };
  if (look === "planned") return { ...stroke, fill: ground, "stroke-dasharray": reviewed ? "5 3" : "5 3 1 3" };
  return { ...stroke, fill: look === "unknown" ? `url(#${hatch})` : accent, "fill-opacity": (look === "unknown" ? 1 : 0.5) * (pale ? 0.4 : 1) };
}

/** The hatching of unknown amounts. @param {MoneyPalette} palette @param {string} [id] */
function hatching({ accent }, id = "hatch") {
  const lines = drawn("rect", { width: 2.2, height: 7, fill: accent });
  return drawn("defs", {}, drawn("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, lines));
}

/** Place bands in a box: each column that has a stop in its place, and a lane where a band passes a column by. @param {Flow} flow @param {number} width @param {number} right  room for the last names */
function placed({ spots, bands }, width, right) {
  const columns = [...new Set([...spots.values()].map(({ column }) => column))].sort((one, other) => one - other);
  const at = (/** @type {string} */ id) => columns.indexOf(/** @type {Spot} */ (spots.get(id)).column);
  const nodes = /** @type {any[]} */ ([...spots.values()].map((spot) => ({ id: spot.id, at: at(spot.id), spot })));
  const links = bands.flatMap((band) => {
    const [first, last] = [at(band.from), at(band.to)];
    const lanes = columns.slice(first + 1, last).map((_, step) => ({ id: `${band.key} ${step}`, at: first + 1 + step, band }));
    nodes.push(...lanes);
    const stops = [band.from, ...lanes.map(({ id }) => id), band.to];
    return stops.slice(1).map((to, step) => ({ source: stops[step], target: to, value: band.weight, band }));
  });
  const rows = Math.max(...columns.map((_, column) => nodes.filter((node) => node.at === column).length));
  const ways = new Set(bands.flatMap(({ payments }) => payments)).size;
  const isKnown = bands.some(({ look, payments }) => look === "known" || payments.some(({ amount }) => amount));
  const height = TOP + rows * GAP + (isKnown ? Math.max(260, rows * 13) : 14 * ways); // no thicker than names without an amount
  const layout = sankey().nodeId((/** @type {any} */ node) => node.id).nodeWidth(NODE).nodePadding(GAP).nodeAlign((/** @type {any} */ node) => node.at);
  layout.iterations(24).extent([[1, TOP], [width - right, height - 8]])({ nodes, links });
  return { nodes, links, height, columns };
}

/** The outline of a band over its pieces: along the upper edge, and back along the lower one. @param {any[]} pieces  in the order of their columns */
function outline(pieces) {
  const edges = pieces.map(({ source, target, y0, y1, width }) => {
    const half = Math.max(width, THINNEST) / 2;
    const [a, b, middle] = [source.x1, target.x0, (source.x1 + target.x0) / 2].map(tidy);
    const [above, under, end, last] = [y0 - half, y0 + half, y1 - half, y1 + half].map(tidy);
    return { there: `${a} ${above}C${middle} ${above} ${middle} ${end} ${b} ${end}`, back: `${b} ${last}C${middle} ${last} ${middle} ${under} ${a} ${under}` };
  });
  return `M${edges.map(({ there }) => there).join("L")}L${edges.reverse().map(({ back }) => back).join("L")}Z`;
}

/**
 * The picture of a flow. Each band can be chosen.
 * @param {Flow} flow @param {string[]} heads  of the columns @param {MoneyPalette} palette @param {number} width @param {Words} words
 */
export function picture(flow, heads, palette, width, words) {
  const right = Math.min(210, width / 4);
  const { nodes, links, height, columns } = placed(flow, width, right);
  const step = columns.length > 1 ? (width - right - NODE) / (columns.length - 1) : width - right;
  const letters = (/** @type {number} */ at) => Math.floor(((at === columns.length - 1 ? right : step - NODE) - 10) / LETTER);
  const first = /** @type {Map<any, any>} */ (new Map(flow.bands.map((band) => [band, links.find((link) => link.band === band)])));
  const sorted = [...flow.bands].sort((one, other) => first.get(one).source.x0 - first.get(other).source.x0 || first.get(one).y0 - first.get(other).y0);
  const bands = sorted.map((band) => {
    const own = links.filter((link) => link.band === band);
    const path = drawn("path", { d: outline(own), ...lookOf(band, palette) });
    const label = bandWords(flow, band, words);
    return drawn("g", { class: "band", "data-band": band.key, role: "button", tabindex: -1, "aria-pressed": "false", "aria-label": label },
      drawn("title", {}, label.replace(NOT_XML, "\uFFFD")), path);
  });
  const bandAt = (/** @type {string} */ id) => flow.bands.find(({ from, to }) => from === id || to === id)?.key ?? "";
  const marks = nodes.filter(({ spot }) => spot).map(({ spot, at, x0, x1, y0, y1 }) => drawn("g", { "data-near": bandAt(spot.id) },
    drawn("title", {}, spot.names.replace(NOT_XML, "\uFFFD")),
    drawn("rect", { x: tidy(x0), y: tidy(y0), width: tidy(x1 - x0), height: Math.max(tidy(y1 - y0), 2), fill: palette.roles[spot.role] }),
    drawn("text", { x: tidy(x1 + 5), y: tidy(y1 - y0 < 16 && at < columns.length - 1 ? y0 - 3 : (y0 + y1) / 2 + 4), fill: palette.ink, stroke: palette.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" },
      cut(spot.label, letters(at)))));
  const names = columns.map((column, at) => drawn("text", { x: tidy(1 + at * step), y: 16, "font-weight": "bold", fill: palette.quiet }, cut(heads[column], letters(at))));
  return drawn("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${tidy(height)}`, width, height: tidy(height), "font-family": "sans-serif", "font-size": 12.5 },
    hatching(palette), drawn("g", { class: "heads" }, ...names), drawn("g", { class: "bands", role: "group", "aria-label": words("Bands of money") }, ...bands), drawn("g", { class: "names" }, ...marks));
}

/** The key of looks: what hatched, pale and hollow bands mean. @param {MoneyPalette} palette @param {Words} words @param {boolean} isCompared */
export function keyOf(palette, words, isCompared) {
  const unknown = isCompared ? words("amount unknown or not compared: the width has no meaning") : words("amount unknown: the width has no meaning");
  const known = /** @type {Look} */ ({ look: "known", implied: false, reviewed: true });
  const looks = /** @type {[Look, string][]} */ ([
    [known, words("amount known: the width is the amount")], [{ ...known, look: "unknown" }, unknown],
    [{ ...known, implied: true }, words("implied, or it may not reach the place")], [{ ...known, look: "planned" }, words("only planned, proposed or pledged")],
    [{ ...known, reviewed: false }, reviewWords(words).unreviewed],
  ]);
  return looks.map(([look, text], number) => made("li", {}, drawn("svg", { width: 30, height: 14, "aria-hidden": "true" }, hatching(palette, `hatch-${number}`),
    drawn("rect", { x: 1, y: 1, width: 28, height: 12, ...lookOf(look, palette, `hatch-${number}`) })), text));
}
