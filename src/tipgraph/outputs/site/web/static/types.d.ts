// The types that scripts share: the data that pages get from Python, and what pages get from others.

// The data that pages of several kinds get from Python, and what the scripts make of it.

type Labels = Record<string, string>;
/** Say an English text in the language of the page, its {places} filled. */
type Words = (english: string, values?: Record<string, string | number>) => string;

/** An entry that a search box finds. */
interface Named { label: string; aliases?: string; page?: string; also?: string; weight?: number }

/** A question with its words and the kinds of its parameters, and the rules that read a typed question. */
interface AskedQuestion { name: string; summary: string; asked: string[]; kinds: Record<string, string> }
interface Grammar {
  questions: AskedQuestion[]; after: Record<string, string[]>; takes: Record<string, string[]>; receives: string[]; agent: string[]; gets: string[]; who: string[]; since: string[]; until: string[]; articles: string[]; small: string[];
}
/** An entry with a page; one of its names in words; the values of parameters, and their meaning. */
type Listed = Named & { kind: string; page: string };
interface Name { thing: Listed; table: string; own: string[] }
/** A name in a question: the entries that have it by their tables, the word before it, and its words. */
interface NameFound { things: Map<string, Listed>; before: string; own: string[] }
type Values = Map<string, [value: string, meant: string]>;

/** Texts; a text in another language comes with the tag of that language. */
type Sentence = (string | [text: string, language: string])[];
/** A place of a claim; `path` is from the root of the language, `place` its paragraph, sentence and page, 0 if there is none. */
interface SaidAt {
  label: string; path: string; quote: string; source?: string; place?: [paragraph: number, sentence: number, page: number];
  /** The page of its source, at its picture; and the id of its words there, if they are marked in the text. */
  picture?: string; words?: string;
  /** Its place in the text of its source; what is before and behind the words in their sentence. */
  span?: [start: number, end: number]; around?: [before: string, behind: string];
}
/** What a site knows of the text of a source: its digest and that of its document, its rule of paragraphs and format, and the begin of the digest of each place. */
interface SourceSpans { sha256: string; document: string; file: string; rule: string; form: string; spans: Record<string, string> }
/** A text that a reader opened; `moved` has the places in another edition, `letters` its code points. */
interface OpenedText { text: string; moved: Record<string, number> | null; letters?: string | string[] }
/** What a reader finds of a claim: right, doubtful or wrong, why, and when. */
interface Finding { assessment: string; reason: string; judged: string; fingerprint: string }
interface AlsoSaid { said: SaidAt[]; sentence: Sentence }
interface Remarked { notes: string[]; corrections: string[]; reviewer: string }
interface Against extends Remarked {
  reason: string; judged: string; grounds: string; key: string; sentence: Sentence; said: SaidAt[];
}
/** A claim, as `outputs/site/claims.py` writes it for scripts. */
interface ToldClaim extends Remarked {
  heading: string; fingerprint: string; sentence: Sentence; modality: string; caveats: string[]; said: SaidAt[]; also: AlsoSaid[];
  whole: { sources: number; publishers: number } | null; against: Against[];
  /** The label and the page of each entry that it is about. */
  about: [label: string, path: string][];
}
/** A source, as `outputs/site/sources.py` writes it; `knownThrough` names other texts, if we never had this one. */
interface CitedSource {
  title: string; issuedBy?: string; issued?: string; documentNumber?: string; noAddress?: string;
  url?: string; archived?: string; knownThrough?: string[];
  /** Why a place has no words: we have the text and withhold them, or the site was made without it. */
  unseen?: "withheld" | "absent" | "licence"; licence?: string;
}

// The data of the map, as `outputs/site/maps.py` writes it, and as its script ties it together.

type MapPoint = [x: number, y: number];
interface MapView { x: number; y: number; width: number; height: number }
/** A part of a place: the key of its outline, and where it is on the earth, if that is known. */
type MapPart = [key: string, longitude: number | null, latitude: number | null];
/** A place; `kind` is empty and there are no parts if it is nowhere. */
interface MapPlace { id: string; title: string; page: string; kind: "point" | "region" | "vague"; parts: MapPart[]; note: string }
/** A place with a location: on the earth, and on the map. */
interface MapMark extends MapPlace { at: MapPoint; spot: MapPoint; colour: string }
/** Where a report or a figure is from: what the filters ask. */
interface MapSaid { key: string; modality: string; reviewed: boolean; sources: string[]; years: [first: number, last: number] | null }
/** A figure; `kind` is empty if the map does not print it, `value` is null if it makes no line wide. */
interface FigureFacts extends MapSaid { kind: string; value: number | null; short: string; struck: boolean; caveats: string[]; again: string[] }
interface MapFigure extends FigureFacts { width: number }
/** `way` is 1, or -1 for back along its line, or 0; `row` is its row in the table. */
interface ReportFacts extends MapSaid { row: number; route: string; way: number; claims: string[] }
interface MapReport extends ReportFacts { figures: MapFigure[] }
/** The reports about the same places; those of a line that pass the filters have the same shape. */
interface MapReports { figures: MapFigure[]; reports: MapReport[] }
/** A piece of a line: the ends and bends of a curve, and the ways in which it can have an arrow head. */
interface MapCurve { points: MapPoint[]; ways: number[] }
interface MapLine extends MapReports { id: string; title: string; sources: number; stops: MapMark[]; curves: MapCurve[]; ways: number[] }
interface MapFacts { countries: Labels; issuers: Labels; first: number; words: Labels; told?: Labels }
/** What Python writes: places and figures have numbers. */
interface MapFile extends MapFacts { places: MapPlace[]; figures: FigureFacts[]; lines: { stops: number[]; sources: number; reports: (ReportFacts & { figures: number[] })[] }[] }
interface MapData extends MapFacts { marks: MapMark[]; figures: MapFigure[]; lines: MapLine[]; nowhere: MapLine[] }

// The data of the page of money, as `outputs/site/money.py` writes it, and what the modules share of it.

/** A stop; `names` are those of several entries, `page` is that of a single one, `also` are other names. */
interface Stop { column: number; role: string; label: string; page: string; names: string; also: string }
/** `compared` is the amount in the prices of the page, or `gap` the reason why it is not compared. `sums` is what it may be added up with, in words. `places` has also those that contain them. `counts` has a bit for each way to accept claims; `reported`: the place is that of the purpose. */
interface Payment {
  path: number[]; reported: boolean; givers: string[]; places: string[]; amount: string; currency: string; kind: string; finance: string; years: string;
  date: string; modality: string; is_given: boolean; review: string; sources: number; said_at: string; sums: string;
  counts: number; claims: string[]; compared?: string; rates?: number; gap?: string;
}
interface MoneyData {
  prices: { name: string; words: string }; rates: string[]; gaps: Labels;
  language: string; columns: string[]; stops: Stop[]; funders: Labels; places: Labels; kinds: Labels; finances: Labels; reviews: Labels;
  payments: Payment[]; sources: Labels; words: Labels;
}
/** A row of the sums of a funder. */
interface MoneySum {
  giver: string; funder: string; years: string; kind: string; reviewed: boolean; totals: { currency: string; total: number }[];
  count: number; unknown: number; shared: number; implied: number; compared?: number; comparedCount: number; missing: string;
}
/** Payments between two stops that look alike: with an amount, without one, or only planned; stated or implied; reviewed or not. */
interface Band {
  key: string; from: string; to: string; look: "known" | "unknown" | "planned"; implied: boolean; reviewed: boolean; weight: number; payments: Payment[];
}
interface MoneySpot { id: string; column: number; role: string; label: string; names: string }
interface Flow { spots: Map<string, MoneySpot>; bands: Band[] }

// The data of a network page, as `outputs/site/networks.py` writes it, and what the modules share of a page.

interface NetworkNode {
  id: number; label: string; short?: string; group: string; kind: string; iri: string; page?: string; aliases?: string; planned?: boolean;
  x: number; y: number; size?: number; networks?: number[];
}
interface NetworkEdge {
  id: number; key: string; from: number; to: number; relation: string; directed: boolean; kind?: string; status?: string;
  modality: string; source: string; date?: string; edtf?: string; earliest?: string; latest?: string;
  amount?: number; currency?: string; shared_amount?: number; shared_by?: number; shared?: number; weight?: number;
  inherited?: string; concluded?: string; said_at?: string; caveats?: string; review?: string; corrected?: string; doubts?: string;
  claims?: string[]; bundle?: number; arrows?: string; width?: number; dashes?: number[]; smooth?: { type: string; roundness: number };
  color?: { opacity: number }; selfReference?: { size: number };
}
/** A bundle of edges as one line: the edges in it, and the number of their claims. */
interface NetworkLine extends NetworkEdge { ids: number[]; count: number }
interface NetworkData {
  name: string; title: string; language: string; nodes: NetworkNode[]; edges: NetworkEdge[];
  relations: Labels; families?: Labels; groups: Labels; classes: Labels; kinds: Labels; statuses: Labels; sources: Labels; licences: Labels;
  first?: string; focus?: number; networks?: [string, string][]; options: Record<string, any>; words: Labels;
}

interface Item { kind: "node" | "edge"; id: number }
type Facet = "class" | "relation" | "kind" | "status" | "source" | "modality" | "review";
/** The filters, the view and the chosen item of a page: what its address holds. */
interface NetworkState {
  without: Record<Facet, Set<string>>; from: number | null; to: number | null; view: "picture" | "table"; chosen: string;
  /** Only what is so many steps from the chosen item; 0 is everything. */
  steps: number;
}
/** The nodes and edges that pass the filters. */
interface Shown { nodes: Set<number>; edges: Set<number> }
interface Palette { ink: string; quiet: string; ground: string; accent: string; groups: Labels; relations: Labels }
interface Point { x: number; y: number }
/** A box around its middle. */
interface Box extends Point { width: number; height: number }

/** A name that is wanted beside a mark, or so many pixels away (`far`), and where it is put: `off` is its anchor from the middle of the mark, at its left (1), middle (0) or right (-1). */
interface WantedName { mark: Box; width: number; lines: string[]; far?: number[] }

interface PlacedName { box: Box & { isFar: boolean }; align: number; off: Point }

// Tables and files.
/** A column of items: what a cell says, how it is made if not by a text alone, and what its row is sorted by if not by that text. */
interface TableColumn { name: string; title: string; text: (item: any) => string; cell?: (item: any) => (Node|string)[]; key?: (item: any) => unknown; isNumber?: boolean }
type Attributes = [name: string, type: "string" | "double" | "int" | "boolean", value: (item: any) => unknown][];

// The data of the query page, as `outputs/site/questions.py` writes it, and what the modules share of an answer.

interface Parameter { kind: string; summary: string }
interface Question { name: string; summary: string; text: string; parameters: Record<string, Parameter> }
interface KnownTerm { term: string; label: string; kind: "class" | "property" | "code" }
interface AskData {
  language: string; root: string; home: string; engine: boolean; prefixes: Labels; example: string; columns: Labels;
  questions: Question[]; seasons: Record<string, [first: number, last: number]>; queries: Labels; terms: KnownTerm[]; places: Record<string, MapPart[]>; drawing: Record<string, any>; words: Labels;
}
type AskView = "table" | "network" | "map";

interface Term { type: "uri" | "literal" | "bnode" | "triple"; value: string; "xml:lang"?: string; datatype?: string }
/** The terms of a row by the names of its columns, without those that are not bound. */
type Row = Record<string, Term>;
interface Answer { columns: string[]; rows: Row[] }
interface AskEngine {
  /** Of an engine inside a page. */
  words?: Words;
  /** Answer a query; an Error has a message for a person. */
  ask(text: string, signal: AbortSignal): Promise<Answer>;
}

/** A place in a source; `absent` says why there is no paragraph, and `page` is there if the document has pages. */
interface Cited { source: string; paragraph: number; sentence: number; page?: number; absent: string }
/** A claim that an answer names, and what must be known beside it; `review` is unreviewed, person, ai-agent or rule, and `reviewer` the same in words. */
interface Claim {
  node: string; said: Cited[]; isImplied: boolean; review: string; reviewer: string; caveats: string[]; notes: string[]; corrections: string[]; against: string[];
}
/** What is known of the nodes of an answer: claims, and of others their labels, and their types by the names of the pictures. */
interface Told { claims: Map<string, Claim>; labels: Map<string, string>; types: Map<string, string> }
/** `isLine`: its columns are the two ends of a line. */
interface Tie { from: string; to: string; relation: string; directed: boolean; isLine: boolean; claims: Claim[] }
/** An answer with what is known of it; `asked` is the question with its parameters, or the query. */
interface Taken extends Answer { told: Told; ties: Tie[]; name: string; asked: Labels; picture?: object }
interface Near { values: Labels; rows: number }

/** A message to the worker: the engine and the graph, or a query, which sees all graphs together or only those that it names. */
interface WorkerAsked { start?: { module: WebAssembly.Module; graph: ArrayBuffer }; text?: string; union?: boolean }
/** `ended`: in place of a reply, nobody waits for it any more. */
interface WorkerSaid { json?: string; triples?: string; error?: string; crashed?: boolean; ended?: boolean }

// The state of a review, as `curation` keeps it and `server` words it.

/** A new entry; `rejected` if a person did not want its name. */
interface Entry { table: string; cells: Record<string, string>; rejected?: boolean }
/** A claim of the data that says the same as a draft, or contradicts it in a column. */
interface Known { reads: string; locator: string; column?: string }
/** A rectangle on a page, in points. */
type PageBox = [page: number, left: number, top: number, right: number, bottom: number];
type DraftState = "open" | "accepted" | "edited" | "rejected";
/** Another value that other producers read in the words of a draft. */
interface OtherValue { column: string; cell: string; label: string; producers: string[] }
interface Draft {
  id: string; table: string; reads: string; cells: Record<string, string>; labels: Record<string, string>; entries: Entry[]; namings: string[];
  start: number; end: number; quote: string; boxes: PageBox[]; producers: string[]; state: DraftState; same: Known[]; against: Known[]; others: OtherValue[];
}
/** A claim that the data has from a paragraph: its words in all paragraphs, the decision that saved it, and the day of its last correction. */
interface SavedClaim {
  id: string; table: string; reads: string; cells: Record<string, string>; labels: Record<string, string>; digest: string;
  quotes: [start: number, end: number][]; words: string[]; boxes: PageBox[]; origin: "" | "accepted" | "edited" | "missed"; corrected: string;
}
type Statement = Draft | SavedClaim;
/** What the form of a claim begins with. */
type FormStart = Pick<Draft, "cells" | "labels" | "entries">;
/** What the review page asks, with the answers: the keys `also` choose the first one, as 1 does. */
interface Asked { heading: string; note: string; choices: [label: string, act: () => unknown][]; also?: string[] }
/** What a person can do on the review page: the key, and the words of its button. */
interface Tool { key: string; label: string; act: () => unknown; can?: boolean; isOff?: boolean; title?: string }
/** A paragraph; its offsets are those of the text, in code points. */
interface Paragraph {
  number: number; start: number; end: number; text: string; page: number | null; scope: string;
  done: boolean; blind: boolean; revealed: boolean; drafts: Draft[]; rows: SavedClaim[]; row: number;
  amounts: { words: string; name: string; cells: Record<string, string> }[];
}
/** A column: `choices` are its codes, `refers` is the class of the entries that it names, `tables` are theirs. */
interface Column {
  name: string; label: string; note: string; required: boolean; many: boolean; kind: string;
  choices: [value: string, label: string][] | null; refers: string | null; tables: string[];
}
interface Table { label: string; columns: Column[] }
interface Progress { open: number; decided: number; done: number; paragraphs: number }
interface State {
  version: string; source: string; title: string; language: string; pages: [width: number, height: number][];
  paragraphs: Paragraph[]; tables: Record<string, Table>; entries: Record<string, Table>; names: Record<string, string[]>;
  reasons: [code: string, words: string][]; scopes: [code: string, words: string][]; progress: Progress; undo: string | null;
  dropped: Record<string, number>; stopped: string[];
}
/** A fault in a column of the claim, or of the new entry with this number. */
interface Fault { column: string; message: string; entry?: number }
/** A place in the text that was chosen for a field, in code points. */
interface Span { start: number; end: number; words: string }

// What pages get from others: vis-network, as pyvis carries it (no more of it than we use).

declare namespace vis {
  type Id = string | number;
  interface Item { id: Id; [option: string]: unknown }
  class DataSet {
    constructor(items: Item[]);
    update(items: Item[]): Id[];
  }
  interface Point { x: number; y: number }
  interface Chosen { nodes: Id[]; edges: Id[] }
  interface Clicked extends Chosen { pointer: { DOM: Point; canvas: Point } }
  class Network {
    constructor(container: HTMLElement, data: { nodes: DataSet; edges: DataSet }, options: object);
    on(event: "click" | "dragStart" | "dragging", listener: (clicked: Clicked) => void): void;
    on(event: "zoom" | "resize", listener: () => void): void;
    on(event: "afterDrawing", listener: (context: CanvasRenderingContext2D) => void): void;
    once(event: "afterDrawing" | "stabilizationIterationsDone", listener: (context: CanvasRenderingContext2D) => void): void;
    setOptions(options: object): void;
    setSelection(items: Chosen, options: object): void;
    getPositions(ids?: Id[]): Record<string, Point>;
    getScale(): number;
    getViewPosition(): Point;
    moveTo(options: object): void;
    destroy(): void;
  }
}

// The editor of Yasgui, where `make web` gathered it; it has types of its own, of which we use no more than this.
declare const Yasqe: {
  new (place: HTMLElement, options: object): { getValue(): string; setValue(text: string): void; on(event: "change" | "beforeChange", act: (editor: any, change: any) => void): void; refresh(): void };
  registerAutocompleter(completer: object, enable: boolean): void;
  defaults: { autocompleters: string[] };
};

// Oxigraph, as `make web` packed it for the worker of the page; it has types of its own, of which we use no more than this.
declare namespace oxigraph {
  function initSync(parts: { module: WebAssembly.Module }): void;
  class Store {
    load(text: Uint8Array, options: { format: string; no_transaction: boolean; lenient: boolean }): void;
    query(text: string, options: { results_format: string; use_default_graph_as_union: boolean }): unknown;
  }
}

// In a site that is one file: the files that it holds, by their paths.
/** What pages ask of the script of texts that a reader opens. */
declare var tipgraphOwn: { fill(claims: Record<string, ToldClaim>): Promise<void>; offer(source?: string): HTMLElement; compared(claim: string, fingerprint: string): HTMLElement } | undefined;
declare var tipgraphBook: Readonly<{ text(path: string): Promise<string> }> | undefined;

// What draws maps and bands; it has types of its own in other packages, of which we use no more than this.
declare const d3: {
  ascending(one: any, other: any): number;
  median<Item>(items: Item[], value: (item: Item) => number): number | undefined; extent<Item>(items: Item[], value: (item: Item) => number): [number, number];
  flatGroup<Item>(items: Item[], ...keys: ((item: Item) => string)[]): [string, string, string, Item[]][];
  group<Item, Key>(items: Iterable<Item>, key: (item: Item) => Key): Map<Key, Item[]>;
  groups<Item, Key>(items: Iterable<Item>, key: (item: Item) => Key): [Key, Item[]][];
  max<Item>(items: Iterable<Item>, value: (item: Item) => number): number | undefined;
  pairs<Item, Pair>(items: Item[], pair: (one: Item, other: Item) => Pair): Pair[];
  range(first: number, end: number): number[];
  rollup<Item, Value, Key>(items: Iterable<Item>, value: (items: Item[]) => Value, key: (item: Item) => Key): Map<Key, Value>;
  rollups<Item, Value, Key>(items: Iterable<Item>, value: (items: Item[]) => Value, key: (item: Item) => Key): [Key, Value][];
  sort<Item>(items: Iterable<Item>, ...keys: ((item: Item) => number)[]): Item[];
  sum<Item>(items: Iterable<Item>, value: (item: Item) => number): number;
  sankey(): any;
  geoCentroid(shape: object): MapPoint;
  geoEqualEarth(): any;
};

// The outlines of countries, as `make web` writes them, and the earth as the script of the map draws it.
declare var tipgraphWorld: {
  width: number; height: number; scale: number; translate: MapPoint; centre: number; sea: string;
  countries: { id: string; name: string; at: MapPoint; weight: number; outline: string }[];
};
declare var tipgraphEarth: { width: number; height: number; sea: string; land(): string; spotOf(parts: MapPart[]): MapPoint | undefined } | undefined;

// What stands around the content of pages, and the words of scripts, in the language of the page.
declare var tipgraphSite: { doors: [address: string, label: string, behind: string][]; other: [folder: string, language: string, name: string];
  skip: string; pages: string; licences: string; about: string; free: string; maker: string; ask: string; find: string; contact: [address: string, href: string] | []; words: Labels } | undefined;

// Turns the heads of a table into buttons that sort it, as `page.js` has it for every page.
declare var tipgraphSortable: (table: HTMLTableElement) => void;
