// The data that pages of several kinds get from Python, and what the scripts make of it.

export type Labels = Record<string, string>;
/** Say an English text in the language of the page, its {places} filled. */
export type Words = (english: string, values?: Record<string, string | number>) => string;

/** An entry that a search box finds. */
export interface Named { label: string; aliases?: string; page?: string; also?: string; weight?: number }

/** Texts; a text in another language comes with the tag of that language. */
export type Sentence = (string | [text: string, language: string])[];
/** A place of a claim; `path` is from the root of the language, `place` its paragraph, sentence and page, 0 if there is none. */
export interface SaidAt {
  label: string; path: string; quote: string; source?: string; place?: [paragraph: number, sentence: number, page: number];
  picture?: string;
}
export interface AlsoSaid { said: SaidAt[]; sentence: Sentence }
export interface Remarked { notes: string[]; corrections: string[]; reviewer: string }
export interface Against extends Remarked {
  reason: string; judged: string; grounds: string; key: string; sentence: Sentence; said: SaidAt[];
}
/** A claim, as `outputs/site/claims.py` writes it for scripts. */
export interface ToldClaim extends Remarked {
  heading: string; sentence: Sentence; modality: string; caveats: string[]; said: SaidAt[]; also: AlsoSaid[];
  whole: { sources: number; publishers: number } | null; against: Against[];
}
/** A source, as `outputs/site/lens.py` writes it; `knownThrough` names other texts, if we never had this one. */
export interface CitedSource {
  title: string; issuedBy?: string; issued?: string; documentNumber?: string; noAddress?: string;
  url?: string; archived?: string; knownThrough?: string[];
  /** Why a place has no words: we have the text and withhold them, or the site was made without it. */
  unseen?: "withheld" | "absent" | "licence"; licence?: string;
}
