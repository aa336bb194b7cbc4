// The data of the map, as `outputs/site/maps.py` writes it, and as the scripts tie it together.
import type { Labels } from "../shared/types.d.ts";

/** Where a report or a figure is from: what the filters ask. */
export interface MapSaid { key: string; modality: string; reviewed: boolean; sources: string[]; years: [first: number, last: number] | null }
export interface MapFigure extends MapSaid { kind: string; width: number; short: string; struck: boolean; caveats: string[] }
/** `way` is null if a place of it is nowhere, so that it has no line. */
interface ReportFacts extends MapSaid { way: number | null; claims: string[]; stops: string[] }
export interface MapReport extends ReportFacts { figures: MapFigure[] }
/** An arrow head: its place, and its direction in degrees. */
export type MapHead = [x: number, y: number, turn: number];
export interface MapLeg { d: string; heads: Record<string, MapHead> }
interface LineFacts {
  id: string; title: string; about: string; pages: [label: string, href: string][]; sources: number; stops: string[]; ways: number[]; legs: MapLeg[]; spot: [x: number, y: number];
}
/** The reports about the same places; those of a line that pass the filters have the same shape. */
export interface MapReports { stops: string[]; figures: MapFigure[]; reports: MapReport[] }
export interface MapLine extends MapReports, LineFacts {}
/** The place of a name beside its sign, and which end of the name is there. */
export type LabelPlace = [x: number, y: number, anchor: "start" | "middle" | "end"];
export interface MapMark {
  id: string; title: string; pages: [label: string, href: string][]; land: string[]; note: string; spot: [x: number, y: number]; label: LabelPlace; small: LabelPlace;
}
interface MapFacts { width: number; height: number; most: number; noted: number; beside: number; figures: MapFigure[]; marks: MapMark[]; issuers: Record<string, string>; words: Labels }
/** What Python writes: lines and reports name figures and reports by their numbers. */
export interface MapFile extends MapFacts {
  reports: (ReportFacts & { figures: number[] })[]; lines: (LineFacts & { figures: number[]; reports: number[] })[];
}
export interface MapData extends MapFacts { reports: MapReport[]; lines: MapLine[]; nowhere: MapReports[] }
export interface MapState { chosen: string; kind: string; modality: string; review: string; source: string; from: string; to: string; lines: string }
export interface MapView { x: number; y: number; width: number; height: number }
