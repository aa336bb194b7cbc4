// The data of the query page, as `outputs/site/query_page.py` writes it, and what the modules share of an answer.
import type { Labels } from "../shared/types.d.ts";
import type { AskAnswer } from "./answer.js";
import type { Told } from "./annotations.js";

export interface Parameter { kind: string; summary: string }
export interface Question { name: string; summary: string; text: string; parameters: Record<string, Parameter> }
export interface KnownTerm { term: string; label: string; kind: "class" | "property" | "code" }
export interface AskMap { width: number; height: number; sea: string; land: string; places: Record<string, [x: number, y: number]> }
export interface AskData {
  language: string; root: string; records: boolean; home: string; engine: boolean; prefixes: Labels; example: string;
  questions: Question[]; queries: Labels; terms: KnownTerm[]; map: AskMap; drawing: Record<string, any>; words: Labels;
}
export type AskView = "table" | "network" | "map";

export interface Term { type: "uri" | "literal" | "bnode"; value: string; "xml:lang"?: string; datatype?: string }
/** The terms of a row by the names of its columns, without those that are not bound. */
export type Row = Record<string, Term>;
export interface Answer { columns: string[]; rows: Row[] }
export interface AskEngine {
  /** Yield an answer in slices of at most ROWS_A_SLICE rows, at least one; an Error has a message for a person. */
  stream(text: string, signal: AbortSignal): AsyncIterable<Answer>;
}

/** An answer, or as much of it as has come; `asked` is the question with its parameters, or the query. */
export interface Taken { answer: AskAnswer; told: Told; name: string; asked: Labels; whole: boolean }
/** A place in a source; `absent` says why there is no paragraph, and `page` is there if the document has pages. */
export interface Cited { source: string; paragraph: number; sentence: number; page?: number; absent: string }
/** What must be known beside a claim; `review` is unreviewed, person, ai-agent or rule, and `reviewer` the same in words. */
export interface Remark { modality: string; review: string; reviewer: string; caveats: string[]; notes: string[]; corrections: string[] }
export interface Tie { from: string; to: string; relation: string; directed: boolean; claims: string[] }
export interface Near { values: Labels; rows: number }

export interface Editor {
  value: string;
  change(act: () => void): void;
  /** Called when the editor comes to be seen. */
  shown(): void;
}

/** A message to the worker; without `text` it asks for the next slice of an earlier answer. */
export interface WorkerAsked {
  id: number; start?: { module: WebAssembly.Module; graph: ArrayBuffer }; text?: string; union?: boolean; slice: number;
}
export interface WorkerSaid { id: number; columns?: string[]; rows?: Row[]; more?: boolean; error?: string; crashed?: boolean }
