// Writes vendor/world.json: the outlines of countries for the map, projected once, when `make web` runs.
//
// Natural Earth at 1:50 million (npm world-atlas; the 1:110 million file lacks Barbados and Saint Lucia), in the Equal
// Earth projection, so that the tint of a region is as large as the region is. The map is centred on 120° W: routes from
// the Americas lead over the Pacific and over the Atlantic without a break, and the cut, 60° E, runs along the Urals and
// through the Indian Ocean.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoContains, geoEqualEarth, geoPath } from "d3-geo";
import { feature, merge } from "topojson-client";

const CENTRE = -120;
const WIDTH = 1200;
const MARGIN = 4;
const SPECK = 0.08; // square units: smaller islands are left out where their country has a larger one
const STEP = 5; // tenths of a unit: points nearer to the last one are left out
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
const world = require("world-atlas/countries-50m.json");
const vendor = new URL("../vendor/", import.meta.url);

const countries = byCode().flatMap(divided).filter((country) => country.code !== ANTARCTICA);
const projection = geoEqualEarth()
  .rotate([-CENTRE, 0])
  .fitExtent([[MARGIN, MARGIN], [WIDTH - MARGIN, WIDTH]], { type: "Sphere" });
const top = geoPath(projection).bounds(collection(countries))[0][1];
projection.translate([projection.translate()[0], projection.translate()[1] - top + MARGIN]);
const path = geoPath(projection);
const height = Math.ceil(path.bounds(collection(countries))[1][1] + MARGIN);

mkdirSync(vendor, { recursive: true });
writeFileSync(new URL("world.json", vendor), JSON.stringify({
  about: `Natural Earth 1:50m (public domain), npm world-atlas ${version("world-atlas")}, d3-geo ${version("d3-geo")}`,
  projection: { name: "Equal Earth", centre: CENTRE, scale: projection.scale(), translate: projection.translate() },
  width: WIDTH,
  height,
  grid: grid(),
  countries: countries.map(outlined).sort((one, other) => (one.name < other.name ? -1 : 1)),
}) + "\n");
writeFileSync(new URL("LICENSES.txt", vendor), licences());

/** The countries, pieces of one code together; Kosovo and a few islands have none. */
function byCode() {
  const found = new Map();
  for (const geometry of world.objects.countries.geometries) {
    const name = geometry.properties.name;
    const code = WITH[name] ?? geometry.id ?? "";
    const known = found.get(code || name) ?? { code, name, pieces: [] };
    if (!(name in WITH)) known.name = name;
    known.pieces.push(geometry);
    found.set(code || name, known);
  }
  return [...found.values()].map(({ code, name, pieces }) => {
    const shape = pieces.length > 1 ? merge(world, pieces) : feature(world, pieces[0]).geometry;
    return { code, name, polygons: shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates };
  });
}

/** A country, and apart from it those of its parts that have a code of their own. */
function divided(country) {
  const parts = PARTS.filter((part) => part.of === country.code).map((part) => ({ ...part, polygons: [] }));
  const rest = country.polygons.filter((polygon) => {
    const part = parts.find((one) => holds(polygon, one));
    part?.polygons.push(polygon);
    return !part;
  });
  const missing = parts.find((part) => part.polygons.length === 0);
  if (missing) throw new Error(`${missing.name} is not where this script looks for it`);
  return [{ ...country, polygons: rest }, ...parts];
}

/** Whether a polygon is an island of a part: it holds its point, or lies within two degrees of it. */
function holds(polygon, part) {
  const shape = { type: "Polygon", coordinates: polygon };
  const [longitude, latitude] = geoCentroid(shape);
  const near = part.code === "744" ? 12 : 0.6;
  return geoContains(shape, part.at) || Math.hypot(longitude - part.at[0], latitude - part.at[1]) < near;
}

function collection(all) {
  return { type: "FeatureCollection", features: all.map((one) => ({ type: "Feature", geometry: shapeOf(one.polygons) })) };
}

function shapeOf(polygons) {
  return { type: "MultiPolygon", coordinates: polygons };
}

/** A country as the page gets it; `at` is where its middle is on the earth, `area` its part of it in square degrees. */
function outlined({ code, name, polygons }) {
  const pieces = polygons.map((coordinates) => ({ type: "Polygon", coordinates }));
  const largest = Math.max(...pieces.map((piece) => path.area(piece)));
  const drawn = pieces.filter((piece) => path.area(piece) >= Math.min(SPECK, largest));
  const whole = shapeOf(polygons);
  const area = geoArea(whole) * (180 / Math.PI) ** 2;
  return { code, name, area: Number(area.toPrecision(4)), at: geoCentroid(whole).map(tenth), path: short(drawn) };
}

/** Shapes as an SVG path in relative steps of tenths, which is a third of the length. */
function short(shapes) {
  const steps = [];
  for (const [, line] of shapes.map((shape) => path(shape) ?? "").join("").matchAll(/M([^MZ]+)Z?/g)) {
    const points = line.split("L").map((point) => point.split(",").map((number) => Math.round(Number(number) * 10)));
    const spaced = apart(points, STEP);
    const kept = spaced.length > 3 ? spaced : [...apart(points, 1), points[0]];
    steps.push(`M${pair(kept[0])}l${kept.slice(1).map((point, i) => pair([point[0] - kept[i][0], point[1] - kept[i][1]])).join(" ")}z`);
  }
  return steps.join("").replaceAll(" -", "-");
}

/** Points without those that are nearer to the last one than a distance. */
function apart(points, distance) {
  const kept = [points[0]];
  for (const point of points) {
    const [x, y] = kept.at(-1);
    if (Math.hypot(point[0] - x, point[1] - y) >= distance) kept.push(point);
  }
  return kept;
}

function pair(tenths) {
  return tenths.map((number) => String(number / 10).replace(/^(-?)0\./, "$1.")).join(" ");
}

/** Points that d3 projected, so that whoever projects others can be held to them: longitude, latitude, x, y. */
function grid() {
  const points = [];
  for (let longitude = -170; longitude <= 170; longitude += 34) {
    for (let latitude = -80; latitude <= 80; latitude += 20) {
      points.push([longitude, latitude, ...projection([longitude, latitude]).map((number) => Number(number.toFixed(3)))]);
    }
  }
  return points;
}

function tenth(number) {
  return Math.round(number * 10) / 10;
}

function version(name) {
  return JSON.parse(readFileSync(new URL(`../../../../../../node_modules/${name}/package.json`, import.meta.url), "utf-8")).version;
}

function licences() {
  const text = readFileSync(new URL("../../../../../../node_modules/world-atlas/LICENSE", import.meta.url), "utf-8");
  return "world.json, in a site the outlines of map.html, is made from Natural Earth, which is in the public domain (naturalearthdata.com), as npm " +
    `world-atlas ${version("world-atlas")} packs it:\n\n${text}`;
}
