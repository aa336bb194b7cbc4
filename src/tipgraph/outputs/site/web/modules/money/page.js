// The page of money: filters, the river, the claims of a band, sums, downloads, and the state in the address.

import { LICENCE } from "../network/exports.js";
import { ADDRESS, pngOf, svgText } from "../network/figure.js";
import { fragmentIn, keepFragment } from "../shared/address.js";
import { claimList } from "../shared/claims.js";
import { download } from "../shared/download.js";
import { button, inParts, made, part } from "../shared/elements.js";
import "../shared/every-page.js";
import { pageData } from "../shared/page-data.js";
import { isReviewed, reviewTitle } from "../shared/review.js";
import { drawn, tidy } from "../shared/svg.js";
import { wording } from "../shared/words.js";
import { csvOf, workbookOf } from "./files.js";
import { COMPARED, EVERY_YEAR, UNDATED, comparedWords, flowOf, inPrices, kindOf, missingWords, moneyWords, passing, sumsOf, yearsWords } from "./flow.js";
import { PAGE_COLOURS, amountWords, coloursNow, keyOf, picture } from "./river.js";
import { searchOf } from "./search.js";
/** @import { Band, Flow, MoneyData, MoneyState, Payment } from "./types.d.ts" @typedef {ReturnType<typeof sumsOf>[number]} SumRow */

const [NARROWEST, FILE_WIDTH] = [620, 1200];
const [ITEMS, FUNDERS] = matchMedia("(max-width: 40rem)").matches ? [7, 5] : [Infinity, 20]; // rows of the table of items, and funders with their sums, that are shown at once
const data = /** @type {MoneyData} */ ({}); // all of it is there before anything is shown
let words = wording({});
const form = /** @type {HTMLFormElement} */ (part("filters"));
const NAMES = /** @type {const} */ (["funder", "place", "currency", "years", "kind", "review"]);
const fields = /** @type {Record<(typeof NAMES)[number], HTMLSelectElement>} */ (Object.fromEntries(NAMES.map((name) => [name, form.elements.namedItem(name)])));
const find = /** @type {HTMLInputElement} */ (form.elements.namedItem("find"));
let search = /** @type {ReturnType<typeof searchOf>} */ (() => ({ payments: [], near: false }));
const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[name=accept]")]);
const pages = new Map([...document.querySelectorAll("#sums a")].map((link) => [link.textContent, link.getAttribute("href") ?? ""])); // of funders
let shown = /** @type {Payment[]} */ ([]);
let flow = /** @type {Flow} */ ({ spots: new Map(), bands: [] });
const asked = { currency: "", kind: "" }; // a value for an empty one is chosen
let chosen = "";
let width = 0; // of the river
let moreSums = /** @type {HTMLButtonElement|undefined} */ (undefined);

/** The filters of the form. @returns {MoneyState} */
function stateNow() {
  const [funder, place, currency, years, kind, review] = NAMES.map((name) => fields[name].value);
  return { funder, place, currency, years, kind, review, accept: boxes.reduce((sum, { checked, value }) => sum + (checked ? Number(value) : 0), 0) };
}

/** A kind with its type of finance in words. @param {string} key */
function kindWords(key) {
  const [kind, finance] = key.split(" ");
  return [data.kinds[kind] ?? kind, finance && (data.finances[finance] ?? finance)].filter(Boolean).join(", ");
}

/** Fill a select. @param {HTMLSelectElement} select @param {[value: string, text: string][]} choices */
const fill = (select, choices) => select.append(...choices.map(([value, text]) => made("option", { value }, text)));

/** The entries of a filter, sorted by their labels; if several have one label, each has the name of its source, or its id. @param {Record<string, string>} labels @returns {[value: string, text: string][]} */
function toldApart(labels) {
  const alike = /** @type {Map<string, string[]>} */ (new Map());
  for (const [id, label] of Object.entries(labels)) alike.set(label, [...(alike.get(label) ?? []), id]);
  const sourceOf = (/** @type {string} */ id) => id.split("/")[0];
  return [...alike].sort((one, other) => one[0].localeCompare(other[0], data.language)).flatMap(([label, ids]) => ids.sort().map((id) => {
    const isOnly = ids.filter((other) => sourceOf(other) === sourceOf(id)).length === 1;
    return /** @type {[string, string]} */ ([id, ids.length === 1 ? label : `${label} (${isOnly ? sourceOf(id) : id})`]);
  }));
}

/** Fill the selects with what the payments have. */
function choices() {
  const sorted = (/** @type {string[]} */ values) => [...new Set(values)].sort();
  const known = data.payments.filter(({ amount }) => amount);
  const often = (/** @type {string} */ currency) => known.filter((payment) => payment.currency === currency).length;
  const currencies = sorted(known.map(({ currency }) => currency)).sort((one, other) => often(other) - often(one));
  for (const [field, labels] of /** @type {[HTMLSelectElement, Record<string, string>][]} */ ([[fields.funder, data.funders], [fields.place, data.places]])) {
    fill(field, toldApart(labels));
  }
  fill(fields.currency, currencies.length ? currencies.map((currency) => [currency, currency]) : [["", words("no amount known")]]);
  if (data.payments.some(({ compared }) => compared)) fill(fields.currency, [[COMPARED, words("all, in {prices}", { prices: data.prices.words })]]);
  fill(fields.years, sorted(data.payments.map(({ years }) => years || UNDATED)).map((years) => [years, years === UNDATED ? words("no date") : yearsWords(years)]));
  fill(fields.kind, sorted(data.payments.map(kindOf)).map((key) => [key, kindWords(key)]));
}

/** Take the filters from the address. */
function read() {
  const given = new URLSearchParams(fragmentIn());
  for (const [name, select] of Object.entries(fields)) {
    select.value = given.get(name) ?? "";
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }
  find.value = given.get("find") ?? "";
  for (const box of boxes) box.checked = Boolean(Number(given.get("accept")) & Number(box.value));
  Object.assign(asked, { currency: given.get("currency") ?? "", kind: fields.kind.value });
  settle();
  show();
}

/** Choose a currency, and a kind if several have amounts, where none is asked for: that of most amounts, reviewed ones first, then given ones. */
function settle() {
  Object.assign(fields.currency, { value: asked.currency });
  Object.assign(fields.kind, { value: asked.kind });
  for (const [name, valueOf] of /** @type {["currency"|"kind", (payment: Payment) => string][]} */ ([["currency", ({ currency }) => currency], ["kind", kindOf]])) {
    const amounts = passing(search(find.value).payments, { ...stateNow(), [name]: "" }).filter(({ amount }) => amount);
    const often = /** @type {Map<string, number>} */ (new Map());
    const weigh = (/** @type {Payment} */ payment) => (payment.given ? amounts.length : 1) * (isReviewed(payment) ? amounts.length ** 2 : 1);
    for (const payment of amounts) often.set(valueOf(payment), (often.get(valueOf(payment)) ?? 0) + weigh(payment));
    const most = [...often].sort((one, other) => other[1] - one[1]).map(([value]) => value);
    if (name === "kind") fields.kind.options[0].disabled = most.length > 1;
    if (!asked[name] && most.length > Number(name === "kind")) fields[name].value = most[0];
    if (fields[name].selectedIndex < 0) fields[name].selectedIndex = 0;
  }
}

/** Name the payments of other kinds and currencies, which the picture leaves out. @param {Payment[]} all */
function nameOthers(all) {
  const [now, seen] = [stateNow(), new Set(shown)];
  const counts = /** @type {Map<string, number>} */ (new Map());
  for (const payment of all) {
    if (seen.has(payment)) continue;
    const key = JSON.stringify([(now.currency !== COMPARED && payment.amount && payment.currency) || now.currency, kindOf(payment)]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const choosers = [...counts].map(([key, count]) => {
    const [currency, kind] = JSON.parse(key);
    return button([`${currency === now.currency ? "" : `${currency}, `}${kindWords(kind)}: ${count}`], () => {
      Object.assign(asked, { currency, kind });
      change();
    });
  });
  part("others").hidden = !choosers.length;
  part("others").replaceChildren(`${words("Not in the picture, since they are not added up with these:")} `, ...choosers);
}

/** Show what the filters leave. */
function show() {
  const [state, found] = [stateNow(), search(find.value)];
  shown = passing(found.payments, state);
  const isCompared = state.currency === COMPARED;
  flow = flowOf(data, isCompared ? shown.map((payment) => inPrices(data.prices, payment)) : shown, words);
  if (!flow.bands.some(({ key }) => key === chosen)) chosen = "";
  const unknown = shown.filter(({ amount }) => !amount).length;
  const reviews = [...new Set(shown.map(({ review }) => review))].sort().map((review) => `${data.reviews[review] ?? review} ${shown.filter((payment) => payment.review === review).length}`);
  part("shown").textContent = shown.length ? [...(found.near ? [words("Similar names")] : []), words("Items of funding shown: {count}", { count: shown.length }), words("{n} of {m} amounts unknown", { n: unknown, m: shown.length }),
    ...(isCompared ? [missingWords(data, shown, words)].filter(Boolean) : []), `${reviewTitle(words)}: ${reviews.join(", ")}`].join(" · ") : words("No funding in this graph passes these filters.");
  const all = passing(found.payments, { ...state, currency: "", kind: "" });
  nameOthers(all);
  const rows = new Set(shown);
  const lines = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#payments tbody tr")]);
  let room = ITEMS;
  for (const row of lines) {
    row.hidden = !rows.has(data.payments[Number(row.getAttribute("data-payment"))]) || room <= 0;
    room -= Number(!row.hidden);
  }
  const left = shown.length - lines.filter(({ hidden }) => !hidden).length;
  part("left").hidden = !left;
  part("left").textContent = words("Items that are not in this table: {left}. The files and the table of claims have all.", { left });
  tabulate(all, state.funder); // after the rows, since a tall page shows the sums of fewer funders
  draw();
  choose(chosen);
}

/** Write the sums of payments by funder. @param {Payment[]} all  also those of other currencies and kinds @param {string} funder */
function tabulate(all, funder) {
  const groups = /** @type {Map<string, SumRow[]>} */ (new Map());
  for (const row of sumsOf(data, all, funder, words)) groups.set(row.giver, [...(groups.get(row.giver) ?? []), row]);
  const table = part("sums");
  for (const body of table.querySelectorAll("tbody")) body.remove();
  moreSums?.remove();
  moreSums = inParts(table, [...groups.values()].map((rows) => () => sumsBody(rows)), FUNDERS, (count) => words("More funders: {count}", { count }));
  (table.closest(".scroll") ?? table).after(moreSums);
}

/** The sums of a funder as a part of the table. @param {SumRow[]} rows */
function sumsBody(rows) {
  const [{ funder }] = rows;
  const head = made("th", { scope: "rowgroup", colspan: 2 }, pages.has(funder) ? made("a", { href: pages.get(funder) }, funder) : funder);
  return made("tbody", {}, made("tr", {}, head), ...rows.map((row) => {
    const years = row.years === EVERY_YEAR ? words("all years") : yearsWords(row.years) || words("no date");
    const compared = row.compared === undefined || row.isSame ? [] : [made("span", { class: "compared" }, comparedWords(data.prices, row.compared)), " "];
    return made("tr", {}, made("td", {}, years, made("span", { class: "quiet" }, `, ${row.kind}`)),
      made("td", {}, ...row.totals.flatMap(({ currency, total }) => [made("b", {}, moneyWords(currency, total)), " "]), ...compared,
        made("span", { class: "quiet" }, [row.unknown && words("{n} of {m} amounts unknown", { n: row.unknown, m: row.count }),
          row.shared && words("shared with other funders: {n}", { n: row.shared }), row.implied && words("implied: {n}", { n: row.implied }),
          row.missing].filter(Boolean).join(", "))));
  }));
}

/** Draw the bands, as wide as the page has room. */
function draw() {
  part("flow").hidden = !flow.bands.length;
  if (!flow.bands.length) return;
  width ||= part("river").clientWidth; // asked once: the lists that changed before it would have to be laid out first
  part("river").replaceChildren(picture(flow, data.columns, PAGE_COLOURS, Math.max(NARROWEST, width), words));
  part("key").replaceChildren(...keyOf(PAGE_COLOURS, words, fields.currency.value === COMPARED));
  part("river").querySelector(".band")?.setAttribute("tabindex", "0");
}

/** The elements of the bands. @returns {SVGElement[]} */
const bands = () => [...part("river").querySelectorAll("[data-band]")].map((band) => /** @type {SVGElement} */ (band));

/** Choose a band or nothing: show its claims. @param {string} key */
function choose(key) {
  chosen = key;
  for (const element of bands()) element.setAttribute("aria-pressed", String(element.dataset.band === key));
  const band = flow.bands.find((one) => one.key === key);
  part("panel").hidden = !band;
  part("panel").replaceChildren(...(band ? panelOf(band) : []));
}

/** The claims of a band. @param {Band} band */
function panelOf(band) {
  const ends = [band.from, band.to].map((id) => flow.spots.get(id)?.names ?? "").join(" → ");
  const ways = [...new Set(band.payments.map(({ path }) => path.map((at) => data.stops[at].names ?? data.stops[at].label).join(" → ")))];
  const keys = [...new Set(band.payments.flatMap(({ claims }) => claims))];
  return [made("h2", {}, ways.length > 1 ? ends : ways[0]), made("p", {}, amountWords(band, words)), claimList(keys, words), button([words("Close")], () => choose(""))];
}

/** The picture as a figure with its title and filters. */
function figure() {
  const palette = coloursNow();
  const svg = picture(flow, data.columns, palette, FILE_WIDTH, words);
  const [top, height] = [-40, Number(svg.getAttribute("height"))];
  const line = (/** @type {number} */ y, /** @type {string} */ text, size = 12) => drawn("text", { x: 2, y, "font-size": size, fill: palette.ink }, text);
  const total = tidy(height - top + 70);
  svg.setAttribute("viewBox", `-20 ${top} ${FILE_WIDTH + 40} ${total}`);
  svg.setAttribute("width", String(FILE_WIDTH + 40));
  svg.setAttribute("height", String(total));
  svg.prepend(drawn("rect", { x: -20, y: top, width: FILE_WIDTH + 40, height: total, fill: palette.ground }));
  svg.append(line(-12, document.querySelector("h1")?.textContent ?? "", 19), line(height + 20, askedWords()),
    line(height + 38, `${words("hatched: amount unknown")} · ${words("pale: implied")} · ${words("pale, its edge dotted: not reviewed")} · ${words("hollow: only planned")} · tipgraph · ${LICENCE} · ${ADDRESS}`));
  return svg;
}

/** The filters in force and the counts, in words. */
function askedWords() {
  const accepted = boxes.filter(({ checked }) => checked).map((box) => box.parentElement?.textContent?.trim());
  const selected = Object.values(fields).filter(({ value }) => value).map((select) => select.selectedOptions[0].textContent);
  const named = find.value.trim() && `“${find.value.trim()}”`;
  return [...selected, ...(named ? [named] : []), ...accepted, part("shown").textContent].join(" · ");
}

/** Show what the filters leave now, and keep those that are asked for in the address. */
function change() {
  settle();
  const entries = Object.entries({ ...stateNow(), ...asked, find: find.value.trim() }).filter(([, value]) => value).map(([name, value]) => [name, String(value)]);
  keepFragment(String(new URLSearchParams(entries)));
  show();
}

/** Make a file of what is shown. @param {string} type */
async function take(type) {
  const makers = /** @type {Record<string, () => Blob|Promise<Blob>>} */ ({
    png: () => pngOf(figure()),
    svg: () => new Blob([svgText(figure())], { type: "image/svg+xml;charset=utf-8" }),
    csv: () => new Blob([csvOf(data, shown)], { type: "text/csv;charset=utf-8" }),
    xlsx: () => workbookOf(data, shown, sumsOf(data, shown, fields.funder.value, words), askedWords()),
  });
  download(`money.${type}`, await makers[type]());
}

/** Walk the bands by keys. @param {KeyboardEvent} event */
function key(event) {
  const band = /** @type {Element} */ (event.target).closest("[data-band]");
  if (event.key === "Escape") {
    const left = bands().find(({ dataset }) => dataset.band === chosen);
    choose("");
    left?.focus();
    return;
  }
  if (!band) return;
  const all = bands();
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Enter" || event.key === " ") {
    choose(band.getAttribute("data-band") ?? "");
    part("panel").focus();
  } else if (!by) return;
  else {
    const next = all[(all.indexOf(/** @type {any} */ (band)) + by + all.length) % all.length];
    band.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  }
  event.preventDefault();
}

/** Take the data, and listen to the reader. */
async function open() {
  Object.assign(data, await pageData("money"));
  words = wording(data.words);
  search = searchOf(data);
  choices();
  form.hidden = false;
  form.addEventListener("change", ({ target }) => {
    if (target === find) return; // shown already, as it was typed; a click that leaves the box is for what is there
    if (target === fields.currency) Object.assign(asked, { currency: fields.currency.value, kind: "" });
    if (target === fields.kind) asked.kind = fields.kind.value;
    change();
  });
  find.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  part("downloads").addEventListener("click", ({ target }) => {
    const type = /** @type {HTMLElement} */ (target).dataset.form;
    if (type) part("downloads").removeAttribute("open");
    if (type) take(type);
  });
  part("flow").addEventListener("click", ({ target }) => {
    const { band, near } = /** @type {HTMLElement|null} */ (/** @type {Element} */ (target).closest("[data-band], [data-near]"))?.dataset ?? {};
    if (near) choose(near); // a name chooses a band of its entry
    if (band) choose(band === chosen ? "" : band);
  });
  document.querySelector(".stage")?.addEventListener("keydown", (event) => key(/** @type {KeyboardEvent} */ (event)));
  addEventListener("hashchange", read);
  const river = part("river");
  new ResizeObserver(() => { // it hears once more of a river that has left the document, which has no width
    if (river.clientWidth === width || !river.clientWidth) return;
    width = river.clientWidth;
    draw();
    choose(chosen);
  }).observe(part("flow"));
  part("flow").hidden = false;
  read();
  document.documentElement.dataset.ready = "yes";
}

open();
