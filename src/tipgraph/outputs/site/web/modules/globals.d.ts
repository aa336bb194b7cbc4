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
  interface Clicked extends Chosen { pointer: { DOM: Point; canvas: Point }; event: { pointerType?: string } }
  interface Hovered { node: Id; pointer: { DOM: Point } }
  interface HoveredEdge { edge: Id; pointer: { DOM: Point } }
  class Network {
    constructor(container: HTMLElement, data: { nodes: DataSet; edges: DataSet }, options: object);
    on(event: "click" | "dragStart" | "dragging", listener: (clicked: Clicked) => void): void;
    on(event: "hoverNode", listener: (hovered: Hovered) => void): void;
    on(event: "hoverEdge", listener: (hovered: HoveredEdge) => void): void;
    on(event: "blurNode" | "blurEdge" | "zoom" | "resize", listener: () => void): void;
    on(event: "beforeDrawing" | "afterDrawing", listener: (context: CanvasRenderingContext2D) => void): void;
    once(event: "afterDrawing", listener: (context: CanvasRenderingContext2D) => void): void;
    setOptions(options: object): void;
    setSelection(items: Chosen, options: object): void;
    getPositions(ids?: Id[]): Record<string, Point>;
    getScale(): number;
    focus(id: Id, options: object): void;
    moveTo(options: object): void;
    redraw(): void;
    startSimulation(): void;
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
declare var tipgraphBook: Readonly<{ text(path: string): Promise<string> }> | undefined;

// The layout of bands; it has types of its own in another package, of which we use no more than this.
declare module "d3-sankey" {
  export function sankey(): any;
}
