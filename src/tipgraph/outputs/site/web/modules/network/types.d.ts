// The data of a network page, as `outputs/site/network_data.py` writes it, and what the modules share of a page.
import type { Labels } from "../shared/types.d.ts";

export interface NetworkNode {
  id: number; label: string; short?: string; group: string; kind: string; iri: string; page?: string; aliases?: string; planned?: boolean;
  x: number; y: number; size?: number; networks?: number[];
  /** Of the node of a closed cluster: how many entries it holds, and its counts in words. */
  entries?: number; below?: string;
}
export interface NetworkEdge {
  id: number; key: string; from: number; to: number; relation: string; directed: boolean; kind?: string; status?: string;
  modality: string; source: string; date?: string; edtf?: string; earliest?: string; latest?: string;
  amount?: number; currency?: string; shared_amount?: number; shared_by?: number; shared?: number; weight?: number;
  inherited?: string; concluded?: string; said_at?: string; caveats?: string; review?: string; corrected?: string; doubts?: string;
  claims?: string[]; bundle?: number; arrows?: string; width?: number; dashes?: number[]; smooth?: { type: string; roundness: number };
  color?: { opacity: number }; selfReference?: { size: number };
}
/** A bundle of edges as one line: the edges in it, and the number of their claims. */
export interface NetworkLine extends NetworkEdge { ids: number[]; count: number }
export interface NetworkData {
  name: string; title: string; language: string; renderer: "vis" | "canvas"; nodes: NetworkNode[]; edges: NetworkEdge[];
  relations: Labels; families?: Labels; groups: Labels; classes: Labels; kinds: Labels; statuses: Labels; sources: Labels; licences: Labels;
  focus?: number; networks?: [string, string][]; options: Record<string, any>; words: Labels;
  /** The nodes of each cluster of a large network, the best linked first. */
  clusters?: number[][];
}
/** The links between two ends, of which one or both are closed clusters. */
export type ClusterLine = NetworkLine;
/** What a picture draws of what is shown: closed clusters are nodes, and `held` has what is in them. */
export interface Drawn { data: NetworkData; nodes: Set<number>; edges: Set<number>; lines: ClusterLine[]; held: Map<number, { entries: number; links: number }> }

export interface Item { kind: "node" | "edge"; id: number }
export type Facet = "class" | "relation" | "kind" | "status" | "source" | "modality" | "review";
/** The filters, the view and the chosen item of a page: what its address holds. */
export interface NetworkState {
  without: Record<Facet, Set<string>>; from: number | null; to: number | null; view: "picture" | "table"; chosen: string;
  /** Only what is so many steps from the chosen item; 0 is everything. */
  steps: number;
  /** The open clusters, by their best linked entries; "all" is every one. */
  open: Set<string>;
}
/** The nodes and edges that pass the filters, and how many of the edges have no date. */
export interface Shown { nodes: Set<number>; edges: Set<number>; undated: number }
export interface Palette { ink: string; quiet: string; ground: string; accent: string; groups: Labels; relations: Labels }
export interface Point { x: number; y: number }

/** A picture of a network, by vis-network or on a canvas of our own. */
export interface Picture {
  /** Resolved when the picture is first complete. */
  ready: Promise<void>;
  /** Draw these nodes and edges, and no others; `data` is other data only where clusters are closed. */
  show(nodes: Set<number>, edges: Set<number>, data: NetworkData): void;
  /** Highlight an item and its neighbours. */
  select(item: Item | null): void;
  flyTo(node: number): void;
  /** Bring some nodes into view, only where there are clusters. */
  see?(nodes: Iterable<number>): void;
  fit(): void;
  /** Zoom around the middle. */
  zoom(factor: number): void;
  /** The places of the nodes now. */
  places(): Map<number, Point>;
  /** The whole picture as pixels, only where it is too large for SVG. */
  painted?(): HTMLCanvasElement;
}

// The canvas of large networks.
export interface Box { left: number; top: number; right: number; bottom: number }
/** A camera sees a point in its middle, and has a number of pixels for a unit. */
export interface Camera extends Point { scale: number }
/** The size is in CSS pixels; `ratio` is the number of device pixels in one of them. */
export interface View extends Camera { width: number; height: number; ratio: number }
export interface Flight { from: Camera; to: Camera; begun: number }
/** A part of a network: 1 for each node and edge in it. */
export interface Part { nodes: Uint8Array; edges: Uint8Array }
/** The nodes and edges that a view shows of a part, sorted by style; and the names that were written, with their boxes. */
export interface Sight { nodes: Uint32Array; edges: Uint32Array; names: { node: number; box: Frame }[] }
export interface NodeStyle { group: string; shape: string; planned: boolean }
export interface EdgeStyle { dash: number[]; width: number; opacity: number; arrow: boolean }
export interface Sheet { view: View; canvas: HTMLCanvasElement; ctx: CanvasRenderingContext2D }

// The names of nodes, in pixels.
export interface Name { node: number; lines: string[]; width: number; height: number }
export interface Spot extends Point { radius: number }
/** The number of claims of a line; `room` is how long the line is between its nodes. */
export interface Count extends Point { text: string; room: number }
export type Frame = [left: number, top: number, right: number, bottom: number];

// Figures, tables and files.
export interface Extent { left: number; top: number; width: number; height: number }
export interface Depicted { extent: Extent; parts: Node[] }
export interface Caption { title: string; lines: string[] }
export interface Column { name: string; title: string; number?: boolean }
export type Attributes = [name: string, type: "string" | "double" | "int" | "boolean", value: (item: any) => unknown][];
