// Writes vendor/world.min.js, the outlines of countries for maps, when `make web` runs.
//
// Natural Earth at 1:50 million (npm world-atlas; the 1:110 million file lacks Barbados and Saint Lucia) with fewer
// points, drawn on the map, so that no page has to project them. A country has its code of M49 as id, or its name without
// one; `at` is its middle, and `weight` the root of its area in degrees.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoContains, geoEqualEarth, geoPath } from "d3-geo";
import { feature, mergeArcs, quantize } from "topojson-client";

const EARTH = { width: 1200, height: 531, scale: 220.2, translate: [600, 291.418] };
const CENTRE = 11; // the Atlantic is in the middle, and the cut runs through the Bering Strait: no country is in two pieces

const SPECK = 0.005; // square degrees: smaller islands are left out where their country has a larger one
const STEP = 0.18; // degrees: points nearer to the last one are left out
const GRID = 1e5; // steps around the earth
const ANTARCTICA = "010";

// Natural Earth draws these with another country; ISO 3166 and M49 give them a row of their own.
const PARTS = [
  { of: "250", code: "254", name: "French Guiana", at: [-53, 4] },
  { of: "250", code: "312", name: "Guadeloupe", at: [-61.65, 16.1] },
  { of: "250", code: "474", name: "Martinique", at: [-61.02, 14.65] },
  { of: "250", code: "638", name: "Réunion", at: [55.53, -21.12] },
  { of: "250", code: "175", name: "Mayotte", at: [45.15, -12.82] },
  { of: "528", code: "535", name: "Bonaire", at: [-68.27, 12.2] },
  { of: "578", code: "744", name: "Svalbard", at: [18, 79] },
];
// And these apart, that M49 counts with another; the rest that has no code stays land without a name.
const WITH = { "Ashmore and Cartier Is.": "036", "N. Cyprus": "196", Somaliland: "706" };

const require = createRequire(import.meta.url);
const modules = new URL("../../../../../../node_modules/", import.meta.url);
const vendor = new URL("../vendor/", import.meta.url);
const world = require("world-atlas/countries-50m.json");
const countries = byCode().flatMap(divided).filter(({ id }) => id !== ANTARCTICA).map(withoutSpecks);

mkdirSync(vendor, { recursive: true });
writeFileSync(new URL("world.min.js", vendor), `var tipgraphWorld = ${JSON.stringify({ ...EARTH, centre: CENTRE, ...drawn(thinned(countries)) })};\n`);
writeFileSync(new URL("LICENSES.txt", vendor), [
  `world.min.js has the outlines of countries of Natural Earth, which is in the public domain (naturalearthdata.com), as npm world-atlas ${JSON.parse(textOf("world-atlas/package.json")).version} packs them:`,
  textOf("world-atlas/LICENSE"),
].join("\n\n"));

/** The countries, pieces of one code together; Kosovo and a few islands have none. */
function byCode() {
  const found = new Map();
  for (const geometry of world.objects.countries.geometries) {
    const { name } = geometry.properties, id = WITH[name] ?? geometry.id ?? name;
    const known = found.get(id) ?? { id, name, pieces: [] };
    if (!(name in WITH)) known.name = name;
    known.pieces.push(geometry);
    found.set(id, known);
  }
  return [...found.values()].map(({ id, name, pieces }) => ({ id, name, polygons: mergeArcs(world, pieces).arcs }));
}

/** A country, and apart from it those of its parts that have a code of their own. */
function divided(country) {
  const parts = PARTS.filter((part) => part.of === country.id).map(({ code, name, at }) => ({ id: code, name, at, polygons: [] }));
  const rest = country.polygons.filter((polygon) => {
    const part = parts.find((one) => holds(polygon, one));
    part?.polygons.push(polygon);
    return !part;
  });
  const missing = parts.find((part) => part.polygons.length === 0);
  if (missing) throw new Error(`${missing.name} is not where this script looks for it`);
  return [{ ...country, polygons: rest }, ...parts];
}

/** A polygon of the topology as a shape. */
function shapeOf(polygon) {
  return feature(world, { type: "Polygon", arcs: polygon }).geometry;
}

/** Whether a polygon is an island of a part: it holds its point, or lies near it. */
function holds(polygon, { id, at }) {
  const shape = shapeOf(polygon), [longitude, latitude] = geoCentroid(shape);
  return geoContains(shape, at) || Math.hypot(longitude - at[0], latitude - at[1]) < (id === "744" ? 12 : 0.6);
}

/** A country without its smallest islands. */
function withoutSpecks({ id, name, polygons }) {
  const areas = polygons.map((polygon) => geoArea(shapeOf(polygon)) * (180 / Math.PI) ** 2), largest = Math.max(...areas);
  return { id, name, polygons: polygons.filter((_, at) => areas[at] >= Math.min(SPECK, largest)) };
}

/** Countries as a topology of their own, with fewer points. */
function thinned(all) {
  const places = new Map(); // of arcs that are used
  const placeOf = (arc) => {
    const own = arc < 0 ? ~arc : arc;
    if (!places.has(own)) places.set(own, places.size);
    return arc < 0 ? ~places.get(own) : places.get(own);
  };
  const geometries = all.map(({ id, name, polygons }) => ({
    type: "MultiPolygon", id, properties: { name }, arcs: polygons.map((rings) => rings.map((ring) => ring.map(placeOf))),
  }));
  const arcs = [...places.keys()].map((arc) => apart(feature(world, { type: "LineString", arcs: [arc] }).geometry.coordinates));
  return quantize({ type: "Topology", objects: { countries: { type: "GeometryCollection", geometries } }, arcs }, GRID);
}

/** The outlines of a topology on the map, and that of the earth. */
function drawn(topology) {
  const projection = geoEqualEarth().rotate([-CENTRE, 0]).scale(EARTH.scale).translate(EARTH.translate);
  const sea = geoPath(projection).digits(1)({ type: "Sphere" });
  const path = geoPath(projection.precision(0)).digits(1); // outlines have points enough
  const countries = feature(topology, topology.objects.countries).features.map((shape) => {
    const at = geoCentroid(shape).map((degrees) => Number(degrees.toFixed(3)));
    return { id: shape.id, name: shape.properties.name, at, weight: Number((Math.sqrt(geoArea(shape)) * (180 / Math.PI)).toFixed(3)), outline: relative(path(shape) ?? "") };
  });
  return { sea, countries };
}

/** A path whose points are told from those before them, which is half as long. */
function relative(path) {
  const told = (tenths) => String(tenths / 10).replace(/^(-?)0\./, "$1.");
  return path.replace(/M([^Z]*)Z/g, (_, ring) => {
    const points = ring.split("L").map((point) => point.split(",").map((side) => Math.round(10 * side)));
    const steps = points.slice(1).map(([x, y], at) => [x - points[at][0], y - points[at][1]]).filter(([x, y]) => x || y);
    return steps.length ? `M${points[0].map(told).join(" ")}l${steps.flat().map(told).join(" ").replaceAll(" -", "-")}z` : "";
  });
}

/** Points without those that are near to the last one; the ends stay, and what is small keeps its shape. */
function apart(points) {
  const [wide, high] = [0, 1].map((axis) => Math.max(...points.map((point) => point[axis])) - Math.min(...points.map((point) => point[axis])));
  const step = Math.min(STEP, Math.hypot(wide, high) / 12), kept = [points[0]];
  for (const point of points.slice(1, -1)) {
    const [x, y] = kept.at(-1);
    if (Math.hypot((point[0] - x) * Math.cos((y * Math.PI) / 180), point[1] - y) >= step) kept.push(point);
  }
  return [...kept, points.at(-1)];
}

function textOf(path) {
  return readFileSync(new URL(path, modules), "utf-8").trim();
}
