// What pages get from others: vis-network, as pyvis carries it (no more of it than we use).

declare namespace vis {
  type Id = string | number;
  interface Item { id: Id; [option: string]: unknown }
  class DataSet {
    constructor(items: Item[]);
    update(items: Item[]): Id[];
  }
  interface Clicked { nodes: Id[]; edges: Id[] }
  class Network {
    constructor(container: HTMLElement, data: { nodes: DataSet; edges: DataSet }, options: object);
    on(event: "click" | "dragging", listener: (clicked: Clicked) => void): void;
    on(event: "beforeDrawing" | "afterDrawing", listener: (context: CanvasRenderingContext2D) => void): void;
    once(event: "afterDrawing", listener: (context: CanvasRenderingContext2D) => void): void;
    setOptions(options: object): void;
    setSelection(items: Clicked, options: object): void;
    getPositions(ids?: Id[]): Record<string, { x: number; y: number }>;
    getScale(): number;
    focus(id: Id, options: object): void;
    moveTo(options: object): void;
    redraw(): void;
    startSimulation(): void;
  }
}
