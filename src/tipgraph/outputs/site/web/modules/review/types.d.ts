// The state of a review, as `curation` keeps it and `server` words it.

/** A new entry; `rejected` if a person did not want its name. */
export interface Entry { table: string; cells: Record<string, string>; rejected?: boolean }
/** A claim of the data that says the same as a draft, or contradicts it in a column. */
export interface Known { reads: string; locator: string; column?: string }
/** A rectangle on a page, in points. */
export type PageBox = [page: number, left: number, top: number, right: number, bottom: number];
export type DraftState = "open" | "later" | "accepted" | "edited" | "rejected";
export interface Draft {
  id: string; table: string; reads: string; cells: Record<string, string>; labels: Record<string, string>; classes: Record<string, string[]>; entries: Entry[]; namings: string[];
  start: number; end: number; quote: string; boxes: PageBox[]; producers: string[]; state: DraftState; reason: string;
  same: Known[]; against: Known[];
}
/** A claim that the data has from a paragraph: its words there and in all paragraphs, the decision that saved it, and the day of its last correction. */
export interface SavedClaim {
  name: string; table: string; reads: string; cells: Record<string, string>; labels: Record<string, string>; classes: Record<string, string[]>; digest: string;
  spans: [start: number, end: number][]; quotes: [start: number, end: number][]; boxes: PageBox[]; origin: "" | "accepted" | "edited" | "missed"; corrected: string;
}
/** A paragraph; its offsets are those of the text, in code points. */
export interface Paragraph {
  number: number; start: number; end: number; text: string; page: number | null; kind: string; scope: string;
  done: boolean; blind: boolean; revealed: boolean; drafts: Draft[]; rows: SavedClaim[];
}
/** A column: `choices` are its codes, `refers` is the class of the entries that it names, `tables` are theirs. */
export interface Column {
  name: string; label: string; note: string; required: boolean; many: boolean; kind: string;
  choices: [value: string, label: string][] | null; refers: string | null; tables: string[];
}
export interface Table { label: string; columns: Column[] }
export interface Progress { open: number; decided: number; done: number; paragraphs: number }
export interface State {
  version: string; source: string; title: string; language: string; training: boolean; pages: [width: number, height: number][];
  paragraphs: Paragraph[]; tables: Record<string, Table>; entries: Record<string, Table>; names: Record<string, [name: string, cls: string][]>;
  reasons: [code: string, words: string][]; scopes: [code: string, words: string][]; progress: Progress; undo: string | null; notices?: string[];
  dropped: Record<string, number>; stopped: string[];
}
/** A fault in a column of the claim, or of the new entry with this number. */
export interface Fault { column: string; message: string; entry?: number }
/** An answer to an action: the parts of the state that it changed, or the faults because of which it changed nothing. */
export type Answer = Partial<State> & { faults?: Fault[] };
/** A place in the text that was chosen for a field, in code points. */
export interface Span { start: number; end: number; words: string }
