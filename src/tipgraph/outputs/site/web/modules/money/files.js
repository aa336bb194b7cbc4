// The shown payments and their sums as rows for spreadsheets.

import { LICENCES } from "../network/exports.js";
import { ADDRESS } from "../network/figure.js";
import { csvCell } from "../shared/csv.js";
import { workbook } from "../shared/workbook.js";
/** @import { MoneyData, Payment } from "./types.d.ts" @import { sumsOf } from "./flow.js" */

const COLUMNS = ["funder", "through", "purpose", "place", "amount", "currency", "kind", "finance", "years", "date", "modality", "given", "review", "sources", "said at", "claim"];

/** The rows of payments, their head first; an unknown amount is empty. @param {MoneyData} data @param {Payment[]} shown @returns {(string|number)[][]} */
function rowsOf({ stops }, shown) {
  return [COLUMNS, ...shown.map((payment) => {
    const [first, ...rest] = payment.path.map((stop) => stops[stop]);
    const named = (/** @type {string} */ role) => rest.filter((stop) => stop.role === role).map(({ label, names = label }) => names).join(" > ");
    const { amount, currency, kind, finance, years, date, modality, given, review, sources, said, claims } = payment;
    return [first.names ?? first.label, named("through"), named("purpose"), named("place"), amount && Number(amount), currency, kind, finance, years, date,
      modality, given ? "yes" : "only planned", review, sources, said, claims[0]];
  })];
}

/** @param {MoneyData} data @param {Payment[]} shown */
export const csvOf = (data, shown) => `\uFEFF${rowsOf(data, shown).map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;

/** A workbook with payments, sums and the filters. @param {MoneyData} data @param {Payment[]} shown @param {ReturnType<typeof sumsOf>} sums @param {string} asked  the filters in words */
export function workbookOf(data, shown, sums, asked) {
  const rows = sums.flatMap(({ funder, years, kind, count, unknown, shared, implied, totals }) =>
    (totals.length ? totals : [{ currency: "", total: "" }]).map(({ currency, total }) => [funder, years, kind, currency, total, count, unknown, shared, implied]));
  return workbook({
    funding: rowsOf(data, shown),
    sums: [["funder", "years", "kind", "currency", "sum", "items", "amounts unknown", "shared with other funders", "implied"], ...rows],
    about: [["made by", `tipgraph, ${ADDRESS}`], ["filters", asked], ["licence", LICENCES]],
  }, ["funding", "sums"]);
}
