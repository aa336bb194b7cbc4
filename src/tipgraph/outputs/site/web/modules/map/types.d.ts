// The data of the map, as `outputs/site/maps.py` writes it.
import type { Labels } from "../shared/types.d.ts";

/** Where a report or a figure is from: what the filters ask. */
export interface MapSaid { key: string; modality: string; sources: string[]; years: [first: number, last: number] | null }
export interface MapReport extends MapSaid { way: number; claims: string[] }
export interface MapFigure extends MapSaid { kind: string; width: number }
/** The reports about the same places; those of a line that pass the filters have the same shape. */
export interface MapReports { stops: string[]; figures: MapFigure[]; reports: MapReport[] }
export interface MapLine extends MapReports { id: string; title: string; pages: [label: string, href: string][]; sources: number }
/** The place of a name beside its sign, and which end of the name is there. */
export type LabelPlace = [x: number, y: number, anchor: string];
export interface MapMark {
  id: string; title: string; pages: [label: string, href: string][]; land: string[]; note: string; label: LabelPlace; small: LabelPlace;
}
export interface MapData {
  width: number; height: number; most: number; noted: number; reports: number; lines: MapLine[]; nowhere: MapReports[]; marks: MapMark[]; words: Labels;
}
export interface MapState { chosen: string; kind: string; modality: string; source: string; from: string; to: string; lines: string }
export interface MapView { x: number; y: number; width: number; height: number }
