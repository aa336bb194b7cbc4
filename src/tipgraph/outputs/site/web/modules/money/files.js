// The shown payments and their sums as rows for spreadsheets.

import { LICENCES } from "../network/exports.js";
import { ADDRESS } from "../network/figure.js";
import { csvCell } from "../shared/csv.js";
import { workbook } from "../shared/workbook.js";
import { EVERY_YEAR } from "./flow.js";
/** @import { MoneyData, Payment } from "./types.d.ts" @import { sumsOf } from "./flow.js" */

const COLUMNS = ["funder", "through", "purpose", "place", "amount", "currency", "compared", "prices", "rates", "not compared", "kind", "finance", "years", "date", "modality", "given", "review", "sources", "said at", "claim"];

/** The rows of payments, their head first; an unknown amount is empty. @param {MoneyData} data @param {Payment[]} shown @returns {(string|number)[][]} */
function rowsOf({ stops, prices, rates, gaps }, shown) {
  return [COLUMNS, ...shown.map((payment) => {
    const [first, ...rest] = payment.path.map((stop) => stops[stop]);
    const named = (/** @type {string} */ role) => rest.filter((stop) => stop.role === role).map(({ label, names = label }) => names).join(" > ");
    const { compared = "", rates: by = 0, gap = "" } = payment;
    const comparison = compared ? [Number(Number(compared).toFixed(2)), prices.name, rates[by]] : ["", "", ""];
    const { amount, currency, kind, finance, years, date, modality, given, review, sources, said, claims } = payment;
    return [first.names ?? first.label, named("through"), named("purpose"), named("place"), amount && Number(amount), currency, ...comparison, gaps[gap] ?? gap, kind, finance, years, date,
      modality, given ? "yes" : "only planned", review, sources, said, claims[0]];
  })];
}

/** @param {MoneyData} data @param {Payment[]} shown */
export const csvOf = (data, shown) => `\uFEFF${rowsOf(data, shown).map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;

/** A workbook with payments, sums and the filters. @param {MoneyData} data @param {Payment[]} shown @param {ReturnType<typeof sumsOf>} sums @param {string} asked  the filters in words */
export function workbookOf(data, shown, sums, asked) {
  const head = ["funder", "years", "kind", "currency", "sum", "items", "amounts unknown", "shared with other funders", "implied"];
  const rows = sums.filter(({ years }) => years !== EVERY_YEAR).flatMap(({ funder, years, kind, count, unknown, shared, implied, totals }) =>
    (totals.length ? totals : [{ currency: "", total: "" }]).map(({ currency, total }) => [funder, years, kind, currency, total, count, unknown, shared, implied]));
  const compared = sums.filter((row) => row.compared !== undefined).map((row) => [row.funder, row.years, row.kind, Number((row.compared ?? 0).toFixed(2)),
    data.prices.name, row.comparedCount, row.missing, row.unknown, row.shared, row.implied]);
  return workbook({
    funding: rowsOf(data, shown),
    sums: [head, ...rows],
    compared: [["funder", "years", "kind", "sum", "prices", "items compared", "not compared", "amounts unknown", "shared with other funders", "implied"], ...compared],
    about: [["made by", `tipgraph, ${ADDRESS}`], ["filters", asked], ["licence", LICENCES], ...data.rates.filter(Boolean).map((rates) => ["rates", rates])],
  }, ["funding", "sums", "compared"]);
}
