// The search of the page of money: by the names of those who give, pass on and receive, of purposes and of places.

import { nearFinder } from "../shared/near-words.js";
import { wordsOf } from "../shared/text.js";
/** @import { MoneyData, Payment } from "./types.d.ts" */

/**
 * A search for payments with a name whose words begin with those that are typed. Without one, `near` is true: the names
 * have similar words. @param {MoneyData} data @returns {(typed: string) => {payments: Payment[], near: boolean}}
 */
export function searchOf({ payments, stops }) {
  const wordsAt = stops.map(({ label, names: all = label, also = "" }) => wordsOf(`${all} ${also}`).join(" "));
  const names = payments.map(({ path }) => path.map((at) => wordsAt[at]).join(" "));
  const texts = names.map((text) => ` ${text}`);
  const near = nearFinder(names);
  let last = { typed: "", payments, near: false };
  return (typed) => {
    if (typed === last.typed) return last;
    const words = wordsOf(typed);
    const found = payments.filter((_, at) => words.every((word) => texts[at].includes(` ${word}`)));
    const similar = found.length ? [] : near(words).sort((one, other) => one - other).map((at) => payments[at]);
    last = { typed, payments: found.length ? found : similar, near: similar.length > 0 };
    return last;
  };
}
