// The data of the map, as `outputs/site/maps.py` writes it.
import type { Labels } from "../shared/types.d.ts";

export interface MapReport { key: string; modality: string; sources: string[]; claims: string[] }
export interface MapFigure { key: string; width: number; modality: string; sources: string[] }
export interface MapArc {
  id: string; title: string; page: string; stops: string[]; thin: number; legs: number[][]; figures: MapFigure[]; reports: MapReport[];
}
/** The reports and figures of an arc that pass the filters. */
export interface MapPassing { reports: MapReport[]; figures: MapFigure[] }
/** The place of a name beside its sign, and which end of the name is there. */
export type LabelPlace = [x: number, y: number, anchor: string];
export interface MapMark {
  id: string; title: string; page: string; note: string; x: number; y: number; label: LabelPlace; small: LabelPlace;
}
export interface MapData {
  width: number; height: number; arcs: MapArc[]; marks: MapMark[]; reports: number; words: Labels;
}
export interface MapState { chosen: string; modality: string; source: string }
export interface MapView { x: number; y: number; width: number; height: number }
