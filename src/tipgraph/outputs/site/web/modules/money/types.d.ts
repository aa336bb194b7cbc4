// The data of the page of money, as `outputs/site/money.py` writes it, and what the modules share of it.
import type { Labels } from "../shared/types.d.ts";

/** `also`: other names. */
export interface Stop { column: number; role: string; label: string; names?: string; also?: string }
/** `compared` is the amount in the prices of the page, or `gap` the reason why it is not compared; with `converted`, it is also `amount`. `places` has also those that contain them. `counts` has a bit for each way to accept claims; `reported`: the place is that of the purpose. */
export interface Payment {
  path: number[]; reported: boolean; givers: string[]; places: string[]; amount: string; currency: string; kind: string; finance: string; years: string;
  date: string; attends: boolean; passed: boolean; modality: string; given: boolean; review: string; sources: number; said: string;
  counts: number; claims: string[]; compared?: string; rates?: number; gap?: string; converted?: true;
}
export interface MoneyData {
  prices: { name: string; words: string }; rates: string[]; gaps: Labels;
  language: string; columns: string[]; stops: Stop[]; funders: Labels; places: Labels; kinds: Labels; finances: Labels; reviews: Labels;
  payments: Payment[]; words: Labels;
}
/** The filters of the page; `accept` is a sum of bits, an empty text filters nothing. */
export interface MoneyState { funder: string; place: string; currency: string; years: string; kind: string; review: string; accept: number }
/** Payments between two stops that look alike: with an amount, without one, or only planned; stated or implied; reviewed or not. */
export interface Band {
  key: string; from: string; to: string; look: "known" | "unknown" | "planned"; implied: boolean; reviewed: boolean; weight: number; payments: Payment[];
}
export interface Spot { id: string; column: number; role: string; label: string; names: string }
export interface Flow { spots: Map<string, Spot>; bands: Band[] }
export interface MoneyPalette { ink: string; quiet: string; ground: string; accent: string; roles: Labels }
