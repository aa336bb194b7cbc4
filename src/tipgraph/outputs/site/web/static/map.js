// @ts-check
// The map of routes, drawn from the data of `outputs/site/maps.py`: on its page, small on the page of a place, and in a notebook.
(() => {
  "use strict";
  const {
    button, byId, claimList, download, drawn, FACE, folded, followPointers, keepFields, loadPacked, made, nameLines, notLoaded, part, passesReview,
    placeIn, placeNames, pngOf, showPassing, SVG, svgText, TALL, wording, wrapped,
  } = tipgraph;

  const { width: WIDTH, height: HEIGHT, centre: CENTRE, sea: SEA, countries: COUNTRIES } = tipgraphWorld; // of the whole map, in its units; the longitude of its middle
  const [BEND, BESIDE, LOOP] = [0.3, 0.14, 70]; // how far an arc is bent, as a part of its length; each beside it more; a route within one place
  const [THIN, PALE, DENSE, MANY] = [1.5, 0.5, 0.45, 300]; // a line without a figure; opacity of one that nobody has reviewed, and of a line of many
  const [NEAREST, STEP, ROOM] = [12, 1.5, 60]; // how much nearer one comes, in one step how much; units around lines
  const CROWDED = 2; // units in a pixel above which signs are smaller, and a part is seen first
  const [NOTED, FIGURES, FEW] = [12, 3, 3]; // lines with figures beside them, figures beside a line, and repeated numbers that are not folded
  const [SAVED_WIDTH, LETTERS] = [1200, 170]; // of a saved picture, and letters of a line of words below it
  const [COUNTED, BARE, PAPER, INK, LAND] = ["#c2410c", "#5f6670", "#ffffff", "#1b1d21", "#8f8a78"]; // in a saved copy; style sheets stand before them
  const TINTS = ["#009e73", "#0072b2", "#cc79a7", "#e69f00", "#56b4e9", "#8a6fd1"];
  const FAR = [14, 28, 42, 60]; // pixels that a name may be away from its place
  const RADIUS = { point: 4, region: 13, vague: 13 };
  const HALO = { stroke: PAPER, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };

  const FONT = `600 13px ${FACE}`;

  // The earth: `make web` has drawn the outlines, so that only places are projected here.

  const projection = d3.geoEqualEarth().rotate([-CENTRE, 0]).scale(tipgraphWorld.scale).translate(tipgraphWorld.translate);
  const shapes = new Map(COUNTRIES.flatMap((shape) => [[shape.name, shape], [shape.id, shape]])); // Taiwan has no code in M49

  /** Where a place is on the earth: the middle of its parts, each weighted by the root of its area (by the area itself, Russia would pull the middle of Europe to Siberia). @param {MapPart[]} parts @returns {MapPoint|undefined}  nothing if none has a location */
  function locationOf(parts) {
    const points = parts.flatMap(([key, longitude, latitude]) => {
      const shape = shapes.get(key), at = longitude === null ? shape?.at : [longitude, latitude];
      return at ? Array(Math.ceil(shape?.weight ?? 1)).fill(at) : [];
    });
    return points.length ? d3.geoCentroid({ type: "MultiPoint", coordinates: points }) : undefined;
  }

  /** A curve that rises, whichever way it leads; it never leaves the map at one edge to come back at the other. @param {MapPoint} start @param {MapPoint} end @param {number} bend @returns {MapCurve} */
  function curve(start, end, bend) {
    const [across, down] = [end[0] - start[0], end[1] - start[1]];
    if (Math.hypot(across, down) < 1) { // within one place: a loop above it, without an arrow
      const reach = LOOP * (1 + bend - BEND);
      return { points: [start, [start[0] - reach * 0.7, start[1] - reach], [start[0] + reach * 0.7, start[1] - reach], end], ways: [] };
    }
    const up = across > 0 ? -bend : bend;
    const top = /** @type {MapPoint} */ ([(start[0] + end[0]) / 2 - down * up, (start[1] + end[1]) / 2 + across * up]);
    return { points: [start, top, top, end], ways: [1, -1] };
  }

  /** The point after a part of a curve. @param {MapCurve} curve @param {number} t @returns {MapPoint} */
  function along({ points }, t) {
    const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    const [x, y] = [0, 1].map((axis) => points.reduce((sum, point, at) => sum + weights[at] * point[axis], 0));
    return [x, y];
  }

  /** A length for a path. @param {number} side */
  const tenths = (side) => side.toFixed(1);

  // What is drawn: lines with their places, reports and figures.

  /** The data with its parts tied to each other; lines with a place that is nowhere are only in the table. @param {MapFile} file @param {Words} words @returns {MapData} */
  function tied(file, words) {
    const places = /** @type {MapMark[]} */ (file.places.map((place) => {
      const at = locationOf(place.parts);
      return { ...place, at, spot: at && projection(at), colour: LAND };
    }));
    const figures = file.figures.map((figure) => ({ ...figure, width: figure.value === null || figure.struck ? 0 : widthOf(figure.value) }));
    const beside = /** @type {Map<string, number>} */ (new Map()); // lines between the same two places
    const every = file.lines.map((line) => {
      const stops = line.stops.map((number) => places[number]), isDrawn = stops.every(({ at }) => at);
      const reports = line.reports.map((report) => ({ ...report, figures: report.figures.map((number) => figures[number]) }));
      const ways = [1, -1].filter((way) => reports.some((report) => report.way === way));
      const curves = !isDrawn ? [] : stops.slice(1).map((end, number) => {
        const pair = [stops[number].id, end.id].sort().join(" "), before = beside.get(pair) ?? 0;
        beside.set(pair, before + 1);
        return curve(stops[number].spot, end.spot, BEND + BESIDE * before);
      });
      const told = { id: reports[0].key, sources: line.sources, stops, reports, ways, curves, figures: [...new Set(reports.flatMap((report) => report.figures))] };
      return { ...told, isDrawn, title: titleOf(told, words) };
    });
    const lines = every.filter(({ isDrawn }) => isDrawn), marks = [...new Set(lines.flatMap(({ stops }) => stops))];
    marks.filter(({ kind }) => kind !== "point").forEach((mark, at) => { mark.colour = TINTS[at % TINTS.length]; });
    return { ...file, marks, figures, lines, nowhere: every.filter(({ isDrawn }) => !isDrawn) };
  }

  /** The width of a line with a figure, in pixels. @param {number} value */
  const widthOf = (value) => Math.max(THIN, 0.5 + 2 * Math.log10(Math.max(value, 1)));

  /** The places of a line, with the directions that its reports state or imply. @param {Pick<MapLine, "stops"|"ways"|"reports">} line @param {Words} words */
  function titleOf({ stops, ways, reports }, words) {
    if (new Set(stops).size === 1) return words("within {place}", { place: stops[0].title });
    const arrow = { "1": " → ", "-1": " ← ", "1,-1": " ⇄ " }[String(ways)] ?? " – ";
    const title = stops.map((place) => place.title).join(arrow);
    if (!ways.length) return words("{places} (direction not stated)", { places: title });
    const isImplied = ways.some((way) => !isStated(reports.filter((report) => report.way === way)));
    return isImplied && isStated(reports) ? words("{places} (direction implied)", { places: title }) : title;
  }

  /** The name of a line with its figures, unsupported ones last, and whether all its reports are implied or not reviewed. @param {MapLine} line @param {Words} words */
  function aboutOf({ title, figures, reports }, words) {
    const said = supportedFirst(figures.filter(({ kind }) => kind)).map(({ short, struck, caveats }) => {
      const remarks = [...caveats, ...(struck ? [words("not supported by the number that it seems to repeat")] : [])];
      return short + (remarks.length ? ` (${remarks.join(", ")})` : "");
    });
    const marks = [...(isStated(reports) ? [] : [words("implied")]), ...(reports.some(({ reviewed }) => reviewed) ? [] : [words("not reviewed")])];
    return [title, ...said].join(", ") + (marks.length ? ` (${marks.join(", ")})` : "");
  }

  /** @param {MapFigure[]} figures */
  const supportedFirst = (figures) => [...figures].sort((one, other) => Number(one.struck) - Number(other.struck));

  /** Whether one of some reports states what it says. @param {MapReport[]} reports */
  const isStated = (reports) => reports.some(({ modality }) => modality === "stated");

  // The signs of the map.

  /** A line by what is reported: dashed if all is implied, pale if nothing is reviewed, its heads hollow if their direction is implied. @param {MapLine} line @param {MapReports} passing @param {string} kind  of the figures that make it wide @param {number} opacity @param {Words} words */
  function lineSign(line, { reports, figures }, kind, opacity, words) {
    const width = Math.max(THIN, ...figures.filter((figure) => figure.kind === kind).map((figure) => figure.width)), isCounted = width > THIN;
    const isImplied = !isStated(reports), isReviewed = reports.some(({ reviewed }) => reviewed), stroke = isCounted ? COUNTED : BARE;
    const ways = line.ways.filter((way) => reports.some((report) => report.way === way));
    const paths = line.curves.flatMap((curve) => {
      const [start, ...others] = curve.points.map((point) => point.map(tenths).join(" ")), d = `M${start}C${others.join(" ")}`;
      return [
        drawn("path", { class: "hit", d, stroke: "#000000", "stroke-opacity": 0, "stroke-width": 16, "pointer-events": "stroke" }),
        drawn("path", { class: "line", d, "stroke-width": width, "stroke-dasharray": isImplied ? `${2 * width + 4} ${width + 3}` : "none" }),
        ...ways.filter((way) => curve.ways.includes(way)).map((way) => headSign(curve, way, width, isStated(reports.filter((report) => report.way === way)) ? stroke : "")),
      ];
    });
    const about = aboutOf(line, words);
    return drawn("a", { class: `arc${isCounted ? " counted" : ""}${isImplied ? " implied" : ""}`, "data-at": line.id, href: `#at=${line.id}`, "aria-label": about,
      stroke, opacity: (isReviewed ? 1 : PALE) * (isCounted ? 1 : opacity) }, drawn("title", {}, about), ...paths);
  }

  /** An arrow head on a curve, in one of its ways. @param {MapCurve} curve @param {number} way @param {number} width  of the line @param {string} fill  of a stated direction */
  function headSign(curve, way, width, fill) {
    const middle = way > 0 ? 0.7 : 0.3, [[x, y], [back, up], [forth, down]] = [0, -0.02 * way, 0.02 * way].map((step) => along(curve, middle + step));
    const turn = (Math.atan2(down - up, forth - back) * 180) / Math.PI, [length, side] = [3.5 + 0.9 * width, 3.5 + 0.8 * width];
    return drawn("g", { transform: `translate(${tenths(x)} ${tenths(y)}) rotate(${tenths(turn)})` },
      drawn("path", { class: `sized head${fill ? "" : " hollow"}`, "data-way": way, d: `M${length} 0L${-length} ${side}V${-side}Z`, fill: fill || PAPER, "stroke-width": 1.5, "stroke-linejoin": "round" }));
  }

  /** A place with its name; regions have a ring. @param {MapMark} mark */
  function markSign({ id, title, page, kind, colour, spot: [x, y] }) {
    const circles = kind === "point" ? [drawn("circle", { r: RADIUS.point, fill: INK, stroke: PAPER, "stroke-width": 1.5 })] : [
      drawn("circle", { r: RADIUS[kind], fill: PAPER, "fill-opacity": 0.9, stroke: PAPER, "stroke-width": 5 }),
      drawn("circle", { class: "ring", r: RADIUS[kind], fill: colour, "fill-opacity": 0.25, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": kind === "vague" ? "4 3.2" : "none" }),
    ];
    const name = drawn("text", { class: "name", "font-size": 13, "font-weight": 600, ...(kind !== "point" && { "font-style": "italic" }), fill: INK, ...HALO },
      ...nameLines(title, FONT).lines.flatMap((line, at) => [at ? " " : "", drawn("tspan", { x: 0, dy: at && TALL }, line)]));
    return drawn("a", { class: `mark ${kind}`, "data-at": id, href: page || `#at=${id}`, "aria-label": title, transform: `translate(${tenths(x)} ${tenths(y)})` },
      drawn("title", {}, title), drawn("g", { class: "sized" }, drawn("path", { class: "lead", stroke: INK, "stroke-width": 0.8, fill: "none", hidden: "" }), ...circles, name));
  }

  /** Lead by a thin line to the nearest point of a name that is away from its place. @param {Element} line @param {Box} box  of the name, from the place */
  function leadTo(line, box) {
    const nearest = (/** @type {number} */ middle, /** @type {number} */ side) => Math.sign(middle) * Math.max(Math.abs(middle) - side / 2, 0);
    line.setAttribute("d", `M0 0L${nearest(box.x, box.width)} ${nearest(box.y, box.height)}`);
    line.removeAttribute("hidden");
  }

  /** The countries of a place in its colour, those of a vague place hatched. @param {MapMark} mark @param {string[]} countries  their keys */
  function tintOf({ id, kind, colour }, countries) {
    const d = [...new Set(countries.map((key) => shapes.get(key)?.outline ?? ""))].join("");
    const hatch = drawn("pattern", { id: `hatch-${id}`, width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, drawn("rect", { width: 2.5, height: 9, fill: colour }));
    const look = { point: [colour, 0.35], region: [colour, 0.28], vague: [`url(#hatch-${id})`, 0.5] }[kind];
    return drawn("g", { class: `tint ${kind}`, "data-at": id, "pointer-events": "none", stroke: "none", fill: look[0], "fill-opacity": look[1] }, hatch, drawn("path", { d }));
  }

  /** The figures beside a line, the first of many. @param {MapLine} line @param {MapFigure[]} figures */
  function noteSign({ id, curves }, figures) {
    const high = Math.max(THIN, ...figures.map(({ width }) => width)), beside = supportedFirst(figures).slice(0, FIGURES), spot = along(curves[0], 0.75);
    const lines = beside.map(({ key, short, struck, caveats }, at) => drawn("tspan", {
      "data-figure": key, x: 0, dy: at && TALL, ...(struck && { "text-decoration": "line-through" }), ...(caveats.length && { "font-style": "italic", "font-weight": 400 }),
    }, short));
    const sign = drawn("g", { "data-at": id, transform: `translate(${spot.join(" ")})` },
      drawn("g", { class: "sized" }, drawn("text", { "font-size": 12.5, "font-weight": 600, fill: "#9a3412", ...HALO }, ...lines)));
    return { sign, spot, lines: beside.map(({ short }) => short), high };
  }

  /** The scale of some figures: the powers of ten around them, each as wide as its line. @param {MapFigure[]} figures @param {Words} words */
  function scaleOf(figures, words) {
    const powers = figures.flatMap(({ value, struck }) => (value && !struck ? [Math.log10(value)] : []));
    const [low, high] = [Math.floor(Math.min(...powers)), Math.ceil(Math.max(...powers))];
    const steps = powers.length ? Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at)) : [];
    const step = (/** @type {number} */ width, /** @type {string} */ text, [name, stroke] = ["line counted", COUNTED]) => made("span", { class: "step" },
      drawn("svg", { viewBox: "0 0 44 14", "aria-hidden": "true" }, drawn("path", { class: name, d: "M2 7H42", stroke, "stroke-width": width })), ` ${text}`);
    return [
      ...(steps.length ? steps.map((figure) => step(widthOf(figure), figure.toLocaleString("en"))) : [` ${words("no figure is supported, so no line is wide")}`]),
      step(THIN, words("no such figure, as far as these sources say"), ["line", BARE]),
    ];
  }

  /** Set attributes of an element. @param {Element} element @param {Record<string, string|number>} attributes */
  function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  }

  /**
   * The picture of the map, in a frame: it shows lines with their places, and moves and comes nearer.
   * @param {Element} frame @param {MapData} data @param {Words} words
   */
  function mapPicture(frame, data, words) {
    let view = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
    let widest = WIDTH; // what is seen at the beginning
    let unit = 0; // units of the map in a pixel
    let lines = /** @type {MapLine[]} */ ([]);
    let names = /** @type {{mark: MapMark, name: Element, rank: number}[]} */ ([]); // of the places, in the order in which they get room
    let notes = /** @type {ReturnType<typeof noteSign>[]} */ ([]);
    const tints = drawn("g", {}), arcs = drawn("g", { class: "arcs", fill: "none" });
    const figures = drawn("g", { class: "figures", "pointer-events": "none" }), marks = drawn("g", { class: "marks" });
    const svg = drawn("svg", { id: "picture", role: "group", preserveAspectRatio: "xMidYMid meet", "font-family": FACE, "aria-label": words("Reported routes") },
      drawn("path", { class: "sea", d: SEA, fill: "#edf2f6" }),
      drawn("g", { class: "land", fill: "#dcd9cf", stroke: PAPER, "stroke-width": 0.5, "stroke-linejoin": "round" }, ...COUNTRIES.map(({ id, name, outline }) => (
        drawn("path", { "data-land": id, d: outline }, drawn("title", {}, data.countries[id] ?? name))))),
      tints, arcs, figures, marks);
    frame.prepend(svg);

    /** The units in a pixel of a sign. */
    const size = () => (unit > CROWDED ? unit * 0.85 : unit);

    /** Whether as much of the map is seen as at the beginning. */
    const isWhole = () => view.width >= widest - 0.5;

    /** Show a part of the map, as far as there is map; the part takes the shape of the frame. @param {MapView} wanted */
    function look(wanted) {
      const shape = (svg.clientHeight || 1) / (svg.clientWidth || 1);
      const width = Math.min(Math.max(wanted.width, wanted.height / shape, WIDTH / NEAREST), Math.max(WIDTH, HEIGHT / shape)), height = width * shape;
      const within = (/** @type {number} */ side, /** @type {number} */ most) => (most < 0 ? most / 2 : Math.min(Math.max(side, 0), most));
      view = { x: within(wanted.x + (wanted.width - width) / 2, WIDTH - width), y: within(wanted.y + (wanted.height - height) / 2, HEIGHT - height), width, height };
      unit = width / (svg.clientWidth || 1);
      svg.setAttribute("viewBox", Object.values(view).map((side) => side.toFixed(2)).join(" "));
      svg.style.touchAction = isWhole() ? "pan-y" : "none"; // a finger moves the page until there is map to move
      svg.style.setProperty("--unit", String(size()));
      arrange();
    }

    const whole = () => look({ x: 0, y: 0, width: WIDTH, height: HEIGHT });

    /** Show the whole map, or where that is too small to be read, as much as is as high as the frame, around the middle of the reviewed lines, if there are such. @param {boolean} near  the part where the lines are */
    function home(near = false) {
      whole();
      const firm = lines.filter(({ reports }) => reports.some(({ reviewed }) => reviewed));
      const points = (near || !firm.length ? lines : firm).flatMap(({ curves }) => curves.flatMap((curve) => [0, 0.25, 0.5, 0.75, 1].map((t) => along(curve, t))));
      const [[left, right], [top, bottom]] = [0, 1].map((axis) => d3.extent(points, (point) => point[axis]));
      if (near && lines.length) look({ x: left - ROOM, y: top - ROOM, width: right - left + 2 * ROOM, height: bottom - top + 2 * ROOM });
      else if (unit > CROWDED) look({ x: d3.median(points, ([x]) => x) ?? WIDTH / 2, y: 0, width: 0, height: HEIGHT });
      widest = view.width;
    }

    /** Come nearer, or go farther, around a pixel of the frame. @param {number} times @param {{x: number, y: number}} [pixel] */
    function zoom(times, { x, y } = { x: svg.clientWidth / 2, y: svg.clientHeight / 2 }) {
      const part = Math.max(1 / times, WIDTH / NEAREST / view.width);
      look({ x: view.x + x * unit * (1 - part), y: view.y + y * unit * (1 - part), width: view.width * part, height: view.height * part });
    }

    /** Move what is seen by pixels. @param {number} across @param {number} down */
    const pan = (across, down) => look({ ...view, x: view.x - across * unit, y: view.y - down * unit });

    /** Let mouse, wheel, fingers and arrow keys move the map. @param {(sign: string) => void} choose  called for a sign or a country that is clicked, or nothing */
    function listen(choose) {
      svg.addEventListener("wheel", (event) => {
        if (isWhole() && event.deltaY > 0) return;
        event.preventDefault();
        zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), placeIn(svg, event));
      }, { passive: false });
      const hasMoved = followPointers(svg, { pan, zoom: (/** @type {number} */ times, /** @type {number} */ x, /** @type {number} */ y) => zoom(times, { x, y }) });
      svg.addEventListener("click", (event) => {
        event.preventDefault();
        const { at, land } = /** @type {SVGElement|null} */ (/** @type {Element} */ (event.target).closest("[data-at], [data-land]"))?.dataset ?? {};
        const country = data.marks.find(({ kind, parts: [[key]] }) => land && kind === "point" && shapes.get(key)?.id === land);
        if (!hasMoved()) choose(at ?? country?.id ?? "");
      });
      svg.addEventListener("focusin", ({ target }) => {
        const sign = /** @type {SVGElement} */ (target);
        if (sign.matches("a:focus-visible:not(.chosen)")) choose(sign.dataset.at ?? "");
      });
      svg.addEventListener("dragstart", (event) => event.preventDefault());
      const step = () => 0.15 * svg.clientWidth;
      const keys = /** @type {Record<string, () => void>} */ ({
        ArrowLeft: () => pan(step(), 0), ArrowRight: () => pan(-step(), 0), ArrowUp: () => pan(0, step()), ArrowDown: () => pan(0, -step()),
        "+": () => zoom(STEP), "-": () => zoom(1 / STEP), 0: whole,
      });
      svg.addEventListener("keydown", (event) => {
        if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        keys[event.key]();
      });
      new ResizeObserver(() => (isWhole() ? home() : look(view))).observe(svg);
    }

    /** Draw lines by the reports and figures that pass, with the figures of a kind, and let what is chosen stand out. @param {Map<MapLine, MapReports>} passing @param {string} kind @param {string} chosen */
    function show(passing, kind, chosen) {
      const isFocused = svg.contains(document.activeElement);
      lines = [...passing.keys()];
      const ties = d3.rollup(lines.flatMap(({ stops }) => stops), (same) => same.length, (mark) => mark);
      const shown = data.marks.filter((mark) => ties.has(mark)).sort((one, other) => (ties.get(other) ?? 0) - (ties.get(one) ?? 0));
      marks.replaceChildren(...shown.map(markSign));
      const wide = [...shown].sort((one, other) => other.parts.length - one.parts.length);
      const tintedBy = new Map(wide.filter(({ kind }) => kind === "region").flatMap((mark) => mark.parts.map(([key]) => [key, mark]))); // of several regions the smallest
      tints.replaceChildren(...wide.map((mark) => tintOf(mark, mark.parts.map(([key]) => key).filter((key) => mark.kind !== "region" || mark.id === chosen || tintedBy.get(key) === mark))));
      arcs.replaceChildren(...[...passing].reverse().map(([line, own]) => lineSign(line, own, kind, passing.size > MANY ? DENSE : 1, words))); // the strongest lie above
      notes = [...passing].flatMap(([line, own]) => ofKind(own, kind).length ? [noteSign(line, ofKind(own, kind))] : []);
      figures.replaceChildren(...notes.map(({ sign }) => sign));
      const near = new Set(lines.map(({ id, stops }) => [id, ...stops.map((stop) => stop.id)]).filter((tie) => tie.includes(chosen)).flat());
      names = shown.map((mark, at) => ({ mark, name: /** @type {Element} */ (marks.children[at].querySelector(".name")), rank: near.has(mark.id) ? 2 : Number(mark.kind !== "point") }));
      names.sort((one, other) => other.rank - one.rank); // of equals the most connected first
      svg.classList.toggle("choosing", chosen !== "");
      for (const sign of /** @type {NodeListOf<SVGElement>} */ (svg.querySelectorAll("[data-at]"))) {
        sign.classList.toggle("near", near.has(sign.dataset.at ?? ""));
        sign.classList.toggle("chosen", sign.dataset.at === chosen);
      }
      if (isFocused) /** @type {HTMLElement|null} */ (svg.querySelector("a.chosen"))?.focus(); // its sign is a new one
      if (unit) arrange();
    }

    /** Put the figures of the first lines and the names of places where they lie over nothing; hide what finds no room. */
    function arrange() {
      const scale = size() / unit, inSigns = (/** @type {number} */ units) => units / unit / scale; // pixels of the signs
      const [left, top, right, bottom] = [view.x, view.y, view.x + view.width, view.y + view.height].map(inSigns);
      const isSeen = (/** @type {Box} */ { x, y, width, height }) => x - width / 2 >= left && x + width / 2 <= right && y - height / 2 >= top && y + height / 2 <= bottom;
      const markAt = (/** @type {MapPoint} */ spot, /** @type {number} */ side) => ({ x: inSigns(spot[0]), y: inSigns(spot[1]), width: side, height: side });
      const seen = names.filter(({ mark }) => isSeen(markAt(mark.spot, 0)));
      const wanted = [
        ...notes.slice(0, NOTED).map(({ sign, spot, lines, high }) => ({ text: sign.querySelector("text"), ...nameLines(lines.reduce((one, other) => (one.length > other.length ? one : other)), FONT), lines, mark: markAt(spot, high + 8) })),
        ...seen.map(({ mark, name }) => ({ text: name, ...nameLines(mark.title, FONT), mark: markAt(mark.spot, 1.6 * RADIUS[mark.kind] + 3), ...(unit <= CROWDED && { far: FAR }) })),
      ];
      const foremost = unit > CROWDED ? wanted.length - seen.filter(({ rank }) => !rank).length : 0; // in a crowd names of regions may lie over the dots of countries
      for (const { name } of names) for (const part of [name, name.parentNode?.firstElementChild]) part?.setAttribute("hidden", "");
      for (const { sign } of notes) sign.querySelector("text")?.setAttribute("hidden", "");
      for (const { text, lines, align, off, box, mark } of placeNames(wanted, isSeen, foremost)) {
        text?.removeAttribute("hidden");
        if (box.isFar) leadTo(/** @type {Element} */ (text?.parentNode?.firstElementChild), { ...box, x: box.x - mark.x, y: box.y - mark.y });
        if (text) set(text, { transform: `translate(${off.x} ${off.y + 4.5 - (lines.length - 1) * TALL / 2})`, "text-anchor": ["end", "middle", "start"][align + 1] });
      }
    }

    /** The picture as it is seen, with its title, caveat and key, and with what it shows in words, as an element of its own. @param {string[]} said @param {Element[]} key  the items of the key beside the map */
    function copy(said, key) {
      const { x, y, width, height } = view, saved = /** @type {SVGElement} */ (svg.cloneNode(true));
      for (const hidden of saved.querySelectorAll("[hidden], .hit")) hidden.remove();
      for (const link of saved.querySelectorAll("a")) link.removeAttribute("href"); // they lead nowhere from another folder
      for (const sign of saved.querySelectorAll(".sized")) set(sign, { transform: `scale(${size()})` });
      for (const line of saved.querySelectorAll(".arcs .line")) for (const name of ["stroke-width", "stroke-dasharray"]) { // as wide as on the screen, at any size of the file
        line.setAttribute(name, (line.getAttribute(name) ?? "none").replace(/[\d.]+/g, (pixels) => String(+pixels * unit)));
      }
      const [above, rows] = [64, Math.ceil(key.length / 2)], text = said.flatMap((line) => wrapped(line, LETTERS)), below = 20 * rows + 16 * text.length + 40;
      const part = width / WIDTH, tall = height + (above + below) * part; // units of the map in a unit of the words around it
      const around = (/** @type {number} */ top, /** @type {number} */ high, /** @type {Element[]} */ ...parts) => drawn("g", { transform: `translate(${x} ${top}) scale(${part})`, fill: "#3c4046", "font-size": 12 },
        drawn("rect", { width: WIDTH, height: high, fill: PAPER }), ...parts);
      saved.querySelector(".sea")?.before(drawn("rect", { x, y, width, height, fill: PAPER }));
      saved.append(
        around(y - above * part, above,
          drawn("text", { x: 14, y: 30, "font-size": 22, "font-weight": 700, fill: INK }, words("Reported routes of trafficking in persons")),
          drawn("text", { x: 14, y: 52, "font-size": 14, "font-weight": 600, fill: "#9a3412" }, `${words("Routes that sources report; not a measure of trafficking.")} ${words("A line shows the places that a source names, not the path of travel.")}`)),
        around(y + height, below,
          ...key.map((item, at) => drawn("g", { transform: `translate(${14 + 580 * Math.floor(at / rows)} ${10 + 20 * (at % rows)})` },
            ...[...item.querySelector("svg")?.cloneNode(true).childNodes ?? []], drawn("text", { x: 72, y: 12 }, item.lastChild?.textContent?.trim() ?? ""))),
          drawn("text", { y: 20 * rows + 10 }, ...text.map((line) => drawn("tspan", { x: 14, dy: 16 }, line))),
          drawn("text", { x: WIDTH - 14, y: below - 10, "text-anchor": "end" }, `tipgraph · ${words("outlines: Natural Earth")}`)));
      set(saved, { xmlns: SVG, width: SAVED_WIDTH, height: (SAVED_WIDTH / width) * tall, viewBox: [x, y - above * part, width, tall].join(" ") });
      return saved;
    }

    return { svg, show, home, whole, zoom, listen, copy };
  }

  /** The figures of a kind. @param {Pick<MapReports, "figures">} line @param {string} kind */
  const ofKind = ({ figures }, kind) => figures.filter((figure) => kind && figure.kind === kind);

  /** The page around the picture: the panel, the filters, the lists, the address. In a notebook there is only the panel. @param {MapFile} file */
  function mapPage(file) {
    const words = wording(file.words), data = tied(file, words), picture = mapPicture(part("frame"), data, words);
    const panel = part("panel"), key = [...panel.childNodes];
    const selects = /** @type {HTMLSelectElement[]} */ ([...document.querySelectorAll("#tools select")]);
    const chosen = made("input", { type: "hidden", name: "at" }), place = /** @type {HTMLInputElement|null} */ (byId("place"));
    const idsOf = (/** @type {MapLine} */ line) => line.reports.flatMap(({ key, route, claims, figures }) => [key, route, ...claims, ...figures.map((figure) => figure.key)]);
    const lineOf = new Map([...data.lines].reverse().flatMap((line) => idsOf(line).map((id) => [id, line])));
    const markOf = new Map(data.marks.map((mark) => [mark.id, mark]));
    const table = /** @type {HTMLTableSectionElement|undefined} */ (byId("reports")?.tBodies[0]), rowAt = new Map([...table?.rows ?? []].map((row, at) => [/** @type {Element} */ (row), at]));
    let shown = /** @type {Map<MapLine, MapReports>} */ (new Map());
    let count = "";

    /** What the filters leave of lines; nothing of one without a report. @param {MapLine[]} lines @param {MapMark|undefined} mark @param {Record<string, string>} filters @returns {Map<MapLine, MapReports>} */
    function passing(lines, mark, { modality, review = "", source, from, to }) {
      const passes = (/** @type {MapSaid} */ said) => (!modality || said.modality === modality) && passesReview(review, said.reviewed)
        && (!source || said.sources.includes(source))
        && (!said.years || ((!from || said.years[1] >= +from) && (!to || said.years[0] <= +to)));
      const found = lines.filter(({ stops }) => !mark || stops.includes(mark)).map((line) => (
        /** @type {[MapLine, MapReports]} */ ([line, { reports: line.reports.filter(passes), figures: line.figures.filter(passes) }])));
      return new Map(found.filter(([, { reports }]) => reports.length));
    }

    /** Show what the filters leave. */
    function draw() {
      const filters = Object.fromEntries(selects.map(({ id, value }) => [id, value])), kind = filters.kind ?? "";
      const mark = markOf.get(chosen.value), line = mark ? undefined : lineOf.get(chosen.value);
      const drawable = passing(data.lines, mark, filters), all = [...drawable.values(), ...passing(data.nowhere, mark, filters).values()];
      shown = new Map([...drawable].filter(([one], number) => filters.lines || number < data.first || one === line));
      picture.show(shown, kind, (mark ?? line)?.id ?? "");
      say(mark, line, line ? [drawable.get(line)].flatMap((own) => own ?? []) : [...drawable.values()]);
      const reports = all.flatMap((own) => own.reports), rows = new Set(reports.map(({ row }) => row)), keys = new Set(all.flatMap((own) => own.figures).map((figure) => figure.key));
      if (table) showPassing(table, (/** @type {Element} */ row) => rows.has(rowAt.get(row) ?? -1));
      if (byId("listed")) showPassing(byId("listed"), (/** @type {Element} */ item) => keys.has(item.id));
      count = words("{lines} of {every} lines are drawn; {shown} of {all} reports pass the filters", { lines: shown.size, every: data.lines.length, shown: reports.length, all: rowAt.size });
      byId("count")?.replaceChildren(count);
      byId("scale")?.replaceChildren(made("b", {}, `${selects.find(({ id }) => id === "kind")?.selectedOptions[0].text}:`), ...scaleOf(ofKind(data, kind), words));
      byId("scale")?.toggleAttribute("hidden", !kind);
      if (place && document.activeElement !== place) place.value = mark?.title ?? "";
    }

    /** Choose a place or a line by its name. @param {string} at */
    function choose(at) {
      chosen.value = at;
      keep();
    }

    /** Claims as a list, in a notebook only their words. @param {string[]} keys */
    const listOf = (keys) => (data.told ? made("ul", {}, ...keys.map((one) => made("li", {}, data.told?.[one] ?? one))) : claimList(keys, words));

    /** Show the claims of a line, or of the lines of a place. @param {MapMark|undefined} mark @param {MapLine|undefined} line @param {MapReports[]} own */
    function say(mark, line, own) {
      const thing = mark ?? line, keys = [...new Set(own.flatMap(({ reports, figures }) => [...reports.flatMap(({ claims }) => claims), ...figures.map((figure) => figure.key)]))];
      const again = [...new Set(own.flatMap(({ figures }) => figures.flatMap((figure) => figure.again)))].filter((one) => !keys.includes(one));
      if (!thing) return panel.replaceChildren(...key);
      panel.replaceChildren(
        button([words("Close")], () => choose(""), { class: "close" }),
        made("h2", {}, thing.title),
        ...(mark?.note ? [made("p", { class: "quiet" }, mark.note)] : []),
        ...(line ? [made("p", {}, words("Sources: {sources}, reports: {reports} (before filters)", { sources: line.sources, reports: line.reports.length }))] : []),
        ...(mark?.page ? [made("p", {}, made("a", { href: mark.page }, words("All claims about this place")))] : []),
        ...(line ? [made("p", {}, words("Its places, with the numbers that compare or repeat:"), ...[...new Set(line.stops)].flatMap(({ page, title }, at) => [at ? ", " : " ", page ? made("a", { href: page }, title) : title]))] : []),
        ...(keys.length ? [] : [made("p", { class: "warn" }, words("The filters hide all its claims."))]),
        listOf(keys),
        ...(again.length ? [made("details", { open: again.length <= FEW }, made("summary", {}, `${words("Repeated numbers")}: ${again.length}`), listOf(again))] : []),
      );
      panel.scrollTop = 0;
    }

    /** The picture for a file, with its filters, counts and sources as lines of words, and with the scale of its figures. */
    function copy() {
      const fields = [...selects.map((select) => ({ select, text: select.value && select.selectedOptions[0].text })), ...(place ? [{ select: place, text: place.value }] : [])];
      const filters = fields.flatMap(({ select, text }) => (text ? [`${select.labels?.[0].firstChild?.textContent?.trim()}: ${text}`] : []));
      const kind = selects.find(({ id }) => id === "kind")?.value ?? "";
      const sources = [...shown.values()].flatMap((line) => [...line.reports, ...ofKind(line, kind)].flatMap((said) => said.sources)).map((source) => data.issuers[source] ?? source);
      const said = [...(filters.length ? [words("Filter: {filter}.", { filter: filters.join("; ") })] : []), `${count}.`, `${words("Sources")}: ${[...new Set(sources)].sort().join("; ")}`];
      return picture.copy(said, [...key.flatMap((node) => (node instanceof Element ? [...node.querySelectorAll("li")] : [])), ...document.querySelectorAll("#scale:not([hidden]) .step")]);
    }

    for (const anchor of document.querySelectorAll("[id^='at=']")) anchor.removeAttribute("id"); // they lead to the table, where no script leads to the picture
    const keep = data.told ? draw : keepFields([chosen, ...selects], draw);
    if (data.told) draw();
    const acts = {
      nearer: () => picture.zoom(STEP), farther: () => picture.zoom(1 / STEP), whole: picture.whole,
      svg: () => download("routes.svg", new Blob([svgText(copy())], { type: "image/svg+xml" })), png: async () => download("routes.png", await pngOf(copy())),
    };
    for (const [id, act] of Object.entries(acts)) document.getElementById(id)?.addEventListener("click", act);
    place?.addEventListener("input", () => {
      const typed = folded(place.value.trim()), mark = data.marks.find(({ title }) => folded(title) === typed);
      if (mark || !typed) choose(mark?.id ?? "");
      else byId("count").textContent = data.marks.some(({ title }) => folded(title).includes(typed)) ? count : words("No route on this map names a place “{name}”.", { name: place.value.trim() });
    });
    document.addEventListener("click", ({ target }) => { if (/** @type {Element} */ (target).closest("[data-choose]")) part("frame").scrollIntoView({ block: "nearest" }); });
    document.addEventListener("keydown", ({ key: pressed }) => { if (pressed === "Escape") choose(""); });
    picture.listen(choose);
    if (chosen.value) scrollTo(0, 0); // from its row in the table, where the address leads without scripts
    byId("more")?.addEventListener("click", (/** @type {any} */ { currentTarget: more }) => more.setAttribute("aria-expanded", String(more.getAttribute("aria-expanded") !== "true")));
    picture.home();
  }

  /** The small map on the page of a place: its lines, as near as they fit. @param {HTMLElement} figure @param {MapFile} file */
  function drawSmall(figure, file) {
    const words = wording(file.words), data = tied(file, words), picture = mapPicture(figure, data, words);
    figure.hidden = false;
    picture.show(new Map(data.lines.filter(({ stops }) => stops.some(({ id }) => id === figure.dataset.place)).map((line) => [line, line])), "", "");
    picture.home(true);
    picture.svg.addEventListener("click", (event) => {
      const sign = /** @type {Element} */ (event.target).closest("a");
      if (!sign) return;
      event.preventDefault();
      location.href = `${figure.dataset.map}#at=${sign.getAttribute("data-at")}`;
    });
  }

  globalThis.tipgraphEarth = {
    width: WIDTH, height: HEIGHT, sea: SEA, land: () => COUNTRIES.map(({ outline }) => outline).join(""),
    spotOf: (parts) => { const at = locationOf(parts); return at && projection(at); },
  };
  const inline = byId("map-data"), small = byId("small-map"), tools = byId("tools");
  if (inline) mapPage(JSON.parse(inline.textContent));
  else if (tools || small) {
    loadPacked(`map/${document.documentElement.lang}.js`, "map").then((/** @type {MapFile} */ file) => {
      if (small) return drawSmall(small, file);
      tools.hidden = false;
      mapPage(file);
    }, () => byId("panel")?.append(notLoaded())).finally(() => {
      document.documentElement.dataset.ready = "yes";
      performance.mark("ready");
    });
  }
})();
