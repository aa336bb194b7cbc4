// The data that pages of several kinds get from Python, and what the scripts make of it.

export type Labels = Record<string, string>;
/** Say an English text in the language of the page, its {places} filled. */
export type Words = (english: string, values?: Record<string, string | number>) => string;

/** An entry that a search box finds. */
export interface Named { label: string; aliases?: string; page?: string; also?: string }

/** Texts; a text in another language comes with the tag of that language. */
export type Sentence = (string | [text: string, language: string])[];
export interface SaidAt { label: string; href: string; quote: string }
export interface AlsoSaid { said: SaidAt[]; sentence: Sentence }
export interface Remarked { notes: string[]; corrections: string[]; reviewer: string }
export interface Against extends Remarked {
  reason: string; judged: string; grounds: string; key: string; sentence: Sentence; said: SaidAt[];
}
/** A claim, as `outputs/site/claims.py` writes it for scripts. */
export interface ToldClaim extends Remarked {
  heading: string; sentence: Sentence; modality: string; said: SaidAt[]; also: AlsoSaid[];
  whole: { sources: number; publishers: number } | null; against: Against[];
}
