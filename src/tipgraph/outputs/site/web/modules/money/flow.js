// The shown payments as bands between stops, and their sums.

import { isReviewed, passesReview, reviewWords } from "../shared/review.js";
/** @import { Band, Flow, MoneyData, MoneyState, Payment, Spot } from "./types.d.ts" @import { Words } from "../shared/types.d.ts" */

const REVIEWED = 2; // the bit of the way that accepts only reviewed claims, as in analysis/payments.py
const WAYS = 40; // of some years; the strongest are drawn, all others as one
export const UNDATED = "none";
export const EVERY_YEAR = "all"; // of the sums of a funder
export const COMPARED = "compared"; // the choice of all currencies, in the prices of the page
const [WHOLE, CENTS] = [0, 2].map((digits) => new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }));

/** The kind of a payment with its type of finance, which are never added up. @param {Payment} payment */
export const kindOf = ({ kind, finance }) => (finance ? `${kind} ${finance}` : kind);

/** Years in words. @param {string} years */
export const yearsWords = (years) => years.replace("/", "–");

/** A compared amount in words, in whole units. @param {MoneyData["prices"]} prices @param {number} amount */
export function comparedWords({ name }, amount) {
  const [currency, year] = name.split("-");
  return `≈ ${moneyWords(currency, Math.round(amount))}${year ? ` (${year})` : ""}`;
}

/** A payment with its amount in the prices of the page, or without one. @param {MoneyData["prices"]} prices @param {Payment} payment @returns {Payment} */
export const inPrices = ({ name }, payment) => ({ ...payment, amount: payment.compared ?? "", currency: name, converted: true });

/** An amount in words. @param {string} currency @param {number} amount */
export const moneyWords = (currency, amount) => `${currency} ${(Number.isInteger(amount) ? WHOLE : CENTS).format(amount)}`;

/** The payments that pass the filters; one without an amount has no currency. @param {Payment[]} payments @param {MoneyState} state */
export function passing(payments, { funder, place, currency, years, kind, review, accept }) {
  const way = accept | (review === "reviewed" ? REVIEWED : 0);
  return payments.filter((payment) =>
    payment.counts >> way & 1
    && passesReview(review, isReviewed(payment))
    && (!funder || payment.givers.includes(funder))
    && (!place || payment.places.includes(place))
    && (!currency || currency === COMPARED || !payment.amount || payment.currency === currency)
    && (!years || (payment.years || UNDATED) === years)
    && (!kind || kindOf(payment) === kind));
}

/** Exact sums of amounts: numbers of the smallest unit, up to 15 digits. @param {Payment[]} payments */
export const totalOf = (payments) => payments.reduce((sum, { amount }) => sum + Math.round(100 * Number(amount)), 0) / 100;

/** Whether the amount of a payment is compared and is one funder's. @param {Payment} payment */
const isCompared = ({ compared, givers }) => compared !== undefined && givers.length < 2;

/** How many payments have an amount that is not compared, with the reasons, in words; else nothing. @param {MoneyData} data @param {Payment[]} payments @param {Words} words */
export function missingWords({ gaps }, payments, words) {
  const missing = payments.filter(({ gap }) => gap).map(({ gap = "" }) => gap);
  const reasons = [...new Set(missing)].sort().map((gap) => `${gaps[gap] ?? gap} ${missing.filter((other) => other === gap).length}`).join(", ");
  return missing.length ? words("not compared: {n} ({reasons})", { n: missing.length, reasons }) : "";
}

/** The rows of sums: by funder, years and kind, as Python has them; reviewed ones first, then the largest. @param {MoneyData} data @param {Payment[]} shown @param {string} funder @param {Words} words */
export function sumsOf(data, shown, funder, words) {
  const { funders, kinds, finances, prices } = data;
  const rows = /** @type {Map<string, {giver: string, funder: string, years: string, kind: string, reviewed: boolean, payments: Payment[]}>} */ (new Map());
  for (const payment of shown) {
    const reviewed = isReviewed(payment);
    const kind = [kinds[payment.kind] ?? payment.kind, payment.finance && (finances[payment.finance] ?? payment.finance),
      payment.attends && words("to attend an event"), payment.passed && words("passed on"),
      !reviewed && reviewWords(words).unreviewed].filter(Boolean).join(", ");
    for (const giver of payment.givers.length ? payment.givers : [""]) {
      if (funder && giver !== funder) continue;
      const key = JSON.stringify([giver, payment.years, payment.kind, payment.finance, payment.attends, payment.passed, reviewed]);
      const row = rows.get(key) ?? { giver, funder: funders[giver] ?? words("funder not named"), years: payment.years, kind, reviewed, payments: [] };
      row.payments.push(payment);
      rows.set(key, row);
    }
  }
  const years = /** @type {Map<string, {giver: string, funder: string, years: string, kind: string, reviewed: boolean, payments: Payment[]}[]>} */ (new Map());
  for (const row of rows.values()) years.set(`${row.giver} ${row.kind}`, [...(years.get(`${row.giver} ${row.kind}`) ?? []), row]);
  const whole = [...years.values()].filter((own) => own.length > 1 && own.some(({ payments }) => payments.some(isCompared)))
    .map((own) => ({ ...own[0], years: EVERY_YEAR, payments: own.flatMap(({ payments }) => payments) }));
  const summed = [...rows.values(), ...whole].map((row) => {
    const own = row.payments.filter(({ amount, givers }) => amount && givers.length < 2);
    const currencies = [...new Set(own.map(({ currency }) => currency))].sort();
    const totals = currencies.map((currency) => ({ currency, total: totalOf(own.filter((payment) => payment.currency === currency)) }));
    const unknown = row.payments.filter(({ amount }) => !amount).length;
    const implied = row.payments.filter(({ modality }) => modality === "implied").length;
    const compared = own.filter(isCompared);
    const total = compared.reduce((sum, payment) => sum + Number(payment.compared), 0);
    const isSame = totals.length === 1 && totals[0].currency === prices.name.split("-")[0] && Math.abs(totals[0].total - total) < 0.001;
    return { ...row, totals, unknown, implied, count: row.payments.length, shared: row.payments.length - own.length - unknown,
      compared: compared.length ? total : undefined, isSame, comparedCount: compared.length, get missing() { return missingWords(data, own, words); } };
  });
  const ranks = /** @type {Map<string, number>} */ (new Map());
  const first = new Set(summed.filter(({ reviewed }) => reviewed).map(({ giver }) => giver));
  for (const { giver, reviewed, totals } of summed) if (reviewed || !first.has(giver)) ranks.set(giver, Math.max(ranks.get(giver) ?? 0, ...totals.map(({ total }) => total)));
  return summed.sort((one, other) => Number(first.has(other.giver)) - Number(first.has(one.giver)) || (ranks.get(other.giver) ?? 0) - (ranks.get(one.giver) ?? 0)
    || one.funder.localeCompare(other.funder) || Number(other.reviewed) - Number(one.reviewed) || one.years.localeCompare(other.years));
}

/** The bands of payments, those of the largest funders first; no band has two years or kinds, or both reviewed and other claims. Without an amount, a width says nothing. @param {MoneyData} data @param {Payment[]} shown @param {Words} words @returns {Flow} */
export function flowOf(data, shown, words) {
  const unit = Math.abs(totalOf(shown)) / Math.max(2 * shown.length, 25) || 1;
  const weigh = (/** @type {Payment} */ { amount }) => Math.abs(Number(amount)) || unit; // a correction may be below 0
  const sorted = largestFirst(shown);
  const spots = spotsOf(data, sorted, weigh, words);
  const bands = /** @type {Map<string, Band>} */ (new Map());
  for (const payment of sorted) {
    const way = payment.path.map((stop) => spots.of(payment, stop));
    for (let step = 1; step < way.length; step += 1) {
      const [from, to] = [way[step - 1], way[step]];
      if (from === to) continue; // both are among all others
      const look = !payment.given ? "planned" : payment.amount ? "known" : "unknown";
      const implied = payment.modality === "implied" || (payment.reported && step === way.length - 1);
      const reviewed = isReviewed(payment);
      const key = [from, to, look, implied ? "implied" : "stated", reviewed ? "reviewed" : "unreviewed", payment.years, kindOf(payment)].join("|");
      const band = bands.get(key) ?? /** @type {Band} */ ({ key, from, to, look, implied, reviewed, weight: 0, payments: [] });
      band.weight += weigh(payment);
      band.payments.push(payment);
      bands.set(key, band);
    }
  }
  return { spots: spots.all, bands: [...bands.values()] };
}

/** Payments, those of one funder side by side. @param {Payment[]} shown */
function largestFirst(shown) {
  const given = /** @type {Map<number, number>} */ (new Map());
  const first = (/** @type {Payment} */ { path: [stop] }) => given.get(stop) ?? 0;
  for (const payment of shown) given.set(payment.path[0], first(payment) + Number(payment.amount));
  return [...shown].sort((one, other) => first(other) - first(one) || one.path[0] - other.path[0] || Number(other.amount) - Number(one.amount));
}

/**
 * The stops of payments: of the strongest ways each, of the rest one in each column; the funders that have both keep theirs.
 * @param {MoneyData} data @param {Payment[]} shown @param {(payment: Payment) => number} weigh @param {Words} words
 */
function spotsOf({ stops }, shown, weigh, words) {
  const ways = /** @type {Map<string, number>} */ (new Map());
  const wayOf = (/** @type {Payment} */ { path, years }) => [...path, years].join();
  for (const payment of shown) ways.set(wayOf(payment), (ways.get(wayOf(payment)) ?? 0) + weigh(payment));
  const kept = new Set([...ways].sort((one, other) => other[1] - one[1]).slice(0, WAYS).map(([way]) => way));
  const first = new Set([...kept].map((way) => Number(way.split(",")[0])));
  const folded = /** @type {Map<number, Set<number>>} */ (new Map());
  for (const payment of shown) {
    if (kept.has(wayOf(payment))) continue;
    for (const stop of payment.path) {
      if (first.has(stop)) continue;
      const { column } = stops[stop];
      folded.set(column, (folded.get(column) ?? new Set()).add(stop));
    }
  }
  const all = /** @type {Map<string, Spot>} */ (new Map());
  const of = (/** @type {Payment} */ payment, /** @type {number} */ stop) => {
    const { column, role, label, names = label } = stops[stop];
    const other = !kept.has(wayOf(payment)) && !first.has(stop);
    const id = other ? `others-${column}` : String(stop);
    const text = other ? words("All others ({count})", { count: folded.get(column)?.size ?? 0 }) : label;
    if (!all.has(id)) all.set(id, { id, column, role, label: text, names: other ? text : names });
    return id;
  };
  return { all, of };
}
