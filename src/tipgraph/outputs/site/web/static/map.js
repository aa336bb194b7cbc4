// @ts-check
// The map of routes, drawn from the data of `outputs/site/maps.py`: on its page, small on the page of a place, and in a notebook.
(() => {
  "use strict";
  const {
    button, byId, claimList, download, drawn, folded, followPointers, fragmentIn, keepFragment, loadPacked, made, MoreButton, notLoaded, part,
    passesReview, pixelsOf, placeIn, SVG, wording, wrapped,
  } = tipgraph;

  const [WIDTH, HEIGHT] = [1200, 531]; // of the whole map, in its units
  const CENTRE = -120; // routes from the Americas lead over both oceans without a break; the cut runs along the Urals
  const ACROSS = 240; // degrees: places farther apart on the map are nearer to each other over its edge
  const [BEND, BESIDE, LOOP] = [0.3, 0.14, 70]; // how far an arc is bent, as a part of its length; each beside it more; a route within one place
  const TINY = 0.1; // the weight of a place without an outline: that of a hundredth of a square degree
  const [THIN, PALE, DENSE] = [1.5, 0.5, 0.45]; // a line without a figure; opacity of one that nobody has reviewed, and of a line of many
  const MANY = 300; // lines
  const [NEAREST, STEP, ROOM] = [12, 1.5, 60]; // how much nearer one comes, in one step how much; units around lines
  const CROWDED = 2; // units in a pixel above which signs are smaller, and a part is seen first
  const [LINE, LETTER, BROKEN] = [14, 7.3, 16]; // of names: height of a line and width of a letter in pixels, letters to break a name after
  const [NOTED, FIGURES] = [12, 3]; // lines with figures beside them, and figures beside a line; of more, the one that makes it wide
  const [PNG_WIDTH, LETTERS] = [2400, 170]; // pixels of a saved picture, and letters of a line of words below it
  const [COUNTED, BARE, PAPER, INK] = ["#c2410c", "#5f6670", "#ffffff", "#1b1d21"]; // in a saved copy; style sheets stand before them
  const ROWS = matchMedia("(max-width: 40rem)").matches ? 10 : 30; // of a list that are shown at once
  const TINTS = ["#009e73", "#0072b2", "#cc79a7", "#e69f00", "#56b4e9", "#8a6fd1"];
  const RADIUS = { point: 4, region: 13, vague: 13 };
  const HALO = { stroke: PAPER, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };

  const projection = d3.geoEqualEarth().rotate([-CENTRE, 0]).scale(220.2).translate([WIDTH / 2, 291.418]);
  const sea = d3.geoPath(projection).digits(1)({ type: "Sphere" }) ?? "";
  const outline = d3.geoPath(projection.precision(0)).digits(1); // outlines have points enough
  const outlines = /** @type {any[]} */ (topojson.feature(tipgraphWorld, tipgraphWorld.objects.countries).features);
  const shapes = new Map(outlines.flatMap((shape) => [[shape.properties.name, shape], [shape.id, shape]])); // Taiwan has no code in M49
  const known = /** @type {Map<string, {at: MapPoint, weight: number}>} */ (new Map()); // the middles of countries

  /** The middle of a country, weighted by the root of its area: by the area itself, Russia would pull the middle of Europe to Siberia. @param {string} key */
  function country(key) {
    const shape = shapes.get(key);
    if (shape && !known.has(key)) known.set(key, { at: d3.geoCentroid(shape), weight: Math.sqrt(d3.geoArea(shape)) * (180 / Math.PI) });
    return known.get(key);
  }

  /** Where a place is on the earth: the middle of its parts on the sphere; nothing if none has a location. @param {MapPart[]} parts @returns {MapPoint|undefined} */
  function locationOf(parts) {
    let [x, y, z, count] = [0, 0, 0, 0];
    for (const [key, longitude, latitude] of parts) {
      const known = country(key), at = longitude !== null && latitude !== null ? [longitude, latitude] : known?.at;
      if (!at) continue;
      const [east, north] = at.map((degrees) => (degrees * Math.PI) / 180), weight = known?.weight ?? TINY;
      x += weight * Math.cos(north) * Math.cos(east);
      y += weight * Math.cos(north) * Math.sin(east);
      z += weight * Math.sin(north);
      count += 1;
    }
    return count ? [Math.atan2(y, x) * (180 / Math.PI), Math.atan2(z, Math.hypot(x, y)) * (180 / Math.PI)] : undefined;
  }

  /** The degrees from the middle of the map to a place in the east, from -180 to 180. @param {MapPoint} at */
  const offset = ([longitude]) => ((((longitude - CENTRE + 180) % 360) + 360) % 360) - 180;

  /** The curves from one place to another: two pieces if they are at opposite edges of the map. @param {MapMark} start @param {MapMark} end @param {number} beside @returns {MapCurve[]} */
  function curvesOf(start, end, beside) {
    const [from, to] = [offset(start.at), offset(end.at)];
    if (Math.abs(to - from) <= ACROSS) return [curve(start.spot, end.spot, BEND + BESIDE * beside, [1, -1])];
    const beyond = (/** @type {MapPoint} */ [x, y], /** @type {number} */ east, /** @type {number} */ turn) => (
      /** @type {MapPoint} */ ([WIDTH / 2 + ((x - WIDTH / 2) * (east + 360 * turn)) / east, y])); // x grows evenly with the longitude
    const turn = to > from ? -1 : 1;
    return [
      curve(start.spot, beyond(end.spot, to, turn), BESIDE * beside, [-1]),
      curve(beyond(start.spot, from, -turn), end.spot, BESIDE * beside, [1]),
    ];
  }

  /** A curve that rises, whichever way it leads. @param {MapPoint} start @param {MapPoint} end @param {number} bend @param {number[]} ways  in which it can have an arrow head @returns {MapCurve} */
  function curve(start, end, bend, ways) {
    const [across, down] = [end[0] - start[0], end[1] - start[1]];
    if (Math.hypot(across, down) < 1) { // within one place: a loop above it, without an arrow
      const reach = LOOP * (1 + bend - BEND);
      return { points: [start, [start[0] - reach * 0.7, start[1] - reach], [start[0] + reach * 0.7, start[1] - reach], end], ways: [] };
    }
    const up = across > 0 ? -bend : bend;
    const top = /** @type {MapPoint} */ ([(start[0] + end[0]) / 2 - down * up, (start[1] + end[1]) / 2 + across * up]);
    return { points: [start, top, top, end], ways };
  }

  /** The point after a part of a curve. @param {MapCurve} curve @param {number} t @returns {MapPoint} */
  function along({ points }, t) {
    const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    const [x, y] = [0, 1].map((axis) => points.reduce((sum, point, at) => sum + weights[at] * point[axis], 0));
    return [x, y];
  }

  /** The data with its parts tied to each other; reports without a line are `nowhere`. @param {MapFile} file @param {Words} words @returns {MapData} */
  function tied(file, words) {
    const marks = new Map(file.places.flatMap((place) => {
      const at = locationOf(place.parts);
      return at ? [[place.id, { ...place, at, spot: projection(at) }]] : [];
    }));
    const reports = file.reports.map((report) => ({ ...report, figures: report.figures.map((number) => file.figures[number]) }));
    const own = /** @type {Map<number|null, MapReport[]>} */ (new Map());
    for (const report of reports) own.set(report.line, [...own.get(report.line) ?? [], report]);
    const beside = /** @type {Map<string, number>} */ (new Map()); // lines between the same two places
    const lines = file.lines.flatMap(({ stops, sources }, at) => {
      const places = stops.flatMap((stop) => marks.get(stop) ?? []), reports = own.get(at) ?? [];
      if (places.length < stops.length || !reports.length) return [];
      const curves = places.slice(1).flatMap((end, number) => {
        const pair = [places[number].id, end.id].sort().join(" "), before = beside.get(pair) ?? 0;
        beside.set(pair, before + 1);
        return curvesOf(places[number], end, before);
      });
      const figures = [...new Set(reports.flatMap((report) => report.figures))];
      const line = { id: reports[0].key, stops, places, sources, curves, reports, figures, ways: [1, -1].filter((way) => reports.some((report) => report.way === way)) };
      return [{ ...line, title: titleOf(line, words) }];
    });
    const onLines = new Set(lines.flatMap((line) => line.reports));
    const nowhere = reports.filter((report) => !onLines.has(report)).map((report) => ({ stops: report.stops, figures: report.figures, reports: [report] }));
    return { ...file, marks, reports, lines, nowhere };
  }

  /** The places of a line, with the directions that its reports state or imply. @param {Pick<MapLine, "places"|"ways"|"reports">} line @param {Words} words */
  function titleOf({ places, ways, reports }, words) {
    if (new Set(places).size === 1) return words("within {place}", { place: places[0].title });
    const arrow = { "1": " → ", "-1": " ← ", "1,-1": " ⇄ " }[String(ways)] ?? " – ";
    const title = places.map((place) => place.title).join(arrow);
    if (!ways.length) return words("{places} (direction not stated)", { places: title });
    const isImplied = ways.some((way) => !isStated(reports.filter((report) => report.way === way)));
    return isImplied && isStated(reports) ? words("{places} (direction implied)", { places: title }) : title;
  }

  /** The name of a line with its figures, unsupported ones last, and whether all its reports are implied or not reviewed. @param {MapLine} line @param {Words} words */
  function aboutOf({ title, figures, reports }, words) {
    const said = figures.filter(({ short }) => short).sort((one, other) => Number(one.struck) - Number(other.struck)).map(({ short, struck, caveats }) => {
      const remarks = [...caveats, ...(struck ? [words("not supported by the number that it seems to repeat")] : [])];
      return short + (remarks.length ? ` (${remarks.join(", ")})` : "");
    });
    const marks = [...(isStated(reports) ? [] : [words("implied")]), ...(reports.some(({ reviewed }) => reviewed) ? [] : [words("not reviewed")])];
    return [title, ...said].join(", ") + (marks.length ? ` (${marks.join(", ")})` : "");
  }

  /** Whether one of some reports states what it says. @param {MapReport[]} reports */
  const isStated = (reports) => reports.some(({ modality }) => modality === "stated");

  /** A name in lines of about the same length. @param {string} name */
  const broken = (name) => wrapped(name, Math.ceil(name.length / Math.ceil(name.length / BROKEN)) + 2);

  /** Set attributes of an element. @param {Element|null|undefined} element @param {Record<string, string|number>} attributes */
  function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element?.setAttribute(name, String(value));
  }

  /** SVG has no `hidden`. @param {Element} sign @param {boolean} hidden */
  function hide(sign, hidden) {
    if (hidden) sign.setAttribute("display", "none");
    else sign.removeAttribute("display");
  }

  /** The picture of the map: the visible part, the size of its signs, the lines shown and chosen. */
  class MapPicture {
    /** @param {Element} frame @param {MapData} data @param {Words} words */
    constructor(frame, data, words) {
      this.data = data;
      this.words = words;
      this.kind = "";
      this.view = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
      this.widest = WIDTH; // what is seen at the beginning
      this.unit = 0; // units of the map in a pixel
      this.order = /** @type {MapMark[]} */ ([]); // the places that are shown, the most connected first
      this.notes = /** @type {{sign: Element, spot: MapPoint, lines: string[], top: number}[]} */ ([]);
      this.lines = /** @type {Map<MapLine, Element>} */ (new Map()); // made when they are shown first
      const rings = [...data.marks.values()].filter(({ kind }) => kind !== "point");
      this.marks = new Map([...data.marks.values()].map((mark) => [mark, this.markSign(mark, TINTS[rings.indexOf(mark) % TINTS.length])]));
      const areas = [...this.marks].filter(([{ parts }]) => parts.some(([key]) => shapes.has(key))).sort(([one], [other]) => other.parts.length - one.parts.length);
      this.svg = drawn("svg", { id: "picture", role: "group", preserveAspectRatio: "xMidYMid meet", "font-family": "system-ui, 'Segoe UI', 'Noto Sans', sans-serif", "aria-label": words("Reported routes") },
        drawn("defs", {}, drawn("clipPath", { id: "map-edge" }, drawn("path", { d: sea }))),
        drawn("path", { class: "sea", d: sea, fill: "#edf2f6" }),
        drawn("g", { class: "land", fill: "#dcd9cf", stroke: PAPER, "stroke-width": 0.5, "stroke-linejoin": "round" }, ...outlines.map((shape) => (
          drawn("path", { id: `land-${shape.id}`, d: outline(shape) ?? "" }, drawn("title", {}, data.countries[shape.id] ?? shape.properties.name))))),
        ...areas.map(([mark, { colour }], at) => tintOf(mark, colour, `map-hatch-${at}`)),
        drawn("g", { class: "arcs", fill: "none", "clip-path": "url(#map-edge)" }),
        drawn("g", { class: "figures", "pointer-events": "none" }),
        drawn("g", { class: "marks" }, ...[...this.marks.values()].map(({ sign }) => sign)));
      frame.prepend(this.svg);
      this.tints = [...this.svg.querySelectorAll(".tint")];
    }

    /** A line, whose width and colour come with what is shown. @param {MapLine} line */
    lineSign(line) {
      const paths = line.curves.flatMap((curve) => {
        const [start, ...others] = curve.points.map((point) => point.map((side) => side.toFixed(1)).join(" "));
        const d = `M${start}C${others.join(" ")}`;
        return [
          drawn("path", { class: "hit", d, stroke: "#000000", "stroke-opacity": 0, "stroke-width": 16, "pointer-events": "stroke" }),
          drawn("path", { class: "line", d }),
          ...line.ways.filter((way) => curve.ways.includes(way)).map((way) => headSign(curve, way)),
        ];
      });
      const about = aboutOf(line, this.words);
      return drawn("a", { class: "arc", "data-at": line.id, href: `#at=${line.id}`, "aria-label": about }, drawn("title", {}, about), ...paths);
    }

    /** A place with its name; regions have a ring. @param {MapMark} mark @param {string} tint */
    markSign({ id, title, page, kind, spot: [x, y] }, tint) {
      const name = drawn("text", { class: "name", "font-size": 13, "font-weight": 600, fill: INK, ...HALO }, ...broken(title).flatMap((line, at) => [at ? " " : "", drawn("tspan", {}, line)]));
      const circles = kind === "point" ? [drawn("circle", { r: RADIUS.point, fill: INK, stroke: PAPER, "stroke-width": 1.5 })] : [
        drawn("circle", { r: RADIUS[kind], fill: PAPER, "fill-opacity": 0.9, stroke: PAPER, "stroke-width": 5 }),
        drawn("circle", { class: "ring", r: RADIUS[kind], fill: tint, "fill-opacity": 0.25, stroke: tint, "stroke-width": 2.5, "stroke-dasharray": kind === "vague" ? "4 3.2" : "none" }),
      ];
      const sign = drawn("a", { class: `mark ${kind}`, "data-at": id, href: page || `#at=${id}`, "aria-label": title, display: "none", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
        drawn("title", {}, title), drawn("g", { class: "sized" }, ...circles, name));
      return { sign, name, colour: kind === "point" ? "#8f8a78" : tint };
    }

    /** Show a part of the map, as far as there is map; the part takes the shape of the frame. @param {MapView} view */
    look(view) {
      const { clientWidth, clientHeight } = this.svg;
      const shape = (clientHeight || 1) / (clientWidth || 1);
      const width = Math.min(Math.max(view.width, view.height / shape, WIDTH / NEAREST), Math.max(WIDTH, HEIGHT / shape)), height = width * shape;
      const within = (/** @type {number} */ side, /** @type {number} */ most) => most < 0 ? most / 2 : Math.min(Math.max(side, 0), most);
      this.view = { x: within(view.x + (view.width - width) / 2, WIDTH - width), y: within(view.y + (view.height - height) / 2, HEIGHT - height), width, height };
      this.unit = width / (clientWidth || 1);
      this.svg.setAttribute("viewBox", Object.values(this.view).map((side) => side.toFixed(2)).join(" "));
      this.svg.style.touchAction = this.isWhole ? "pan-y" : "none"; // a finger moves the page until there is map to move
      this.svg.style.setProperty("--unit", String(this.size));
      for (const hatch of this.svg.querySelectorAll("pattern")) set(hatch, { patternTransform: `rotate(45) scale(${this.unit.toFixed(4)})` });
      this.arrange();
    }

    /** The units in a pixel of a sign. */
    get size() {
      return this.unit > CROWDED ? this.unit * 0.85 : this.unit;
    }

    /** Whether as much of the map is seen as at the beginning. */
    get isWhole() {
      return this.view.width >= this.widest - 0.5;
    }

    whole() {
      this.look({ x: 0, y: 0, width: WIDTH, height: HEIGHT });
    }

    /** Show the whole map, or where that is too small to be read, the part where the lines are. @param {MapLine[]} lines @param {boolean} near  that part in any case */
    home(lines, near = false) {
      this.whole();
      if ((near || this.unit > CROWDED) && lines.length) {
        const points = lines.flatMap(({ curves }) => curves.flatMap((curve) => [0, 0.25, 0.5, 0.75, 1].map((t) => along(curve, t))));
        const [left, top] = [0, 1].map((axis) => Math.min(...points.map((point) => point[axis])) - ROOM);
        const [right, bottom] = [0, 1].map((axis) => Math.max(...points.map((point) => point[axis])) + ROOM);
        this.look({ x: left, y: top, width: right - left, height: bottom - top });
      }
      this.widest = this.view.width;
    }

    /** Come nearer, or go farther, around a point of the map. @param {number} times @param {{x: number, y: number}} [around] */
    zoom(times, around = { x: this.view.x + this.view.width / 2, y: this.view.y + this.view.height / 2 }) {
      const { x, y, width, height } = this.view, part = Math.max(1 / times, WIDTH / NEAREST / width);
      this.look({ x: around.x - (around.x - x) * part, y: around.y - (around.y - y) * part, width: width * part, height: height * part });
    }

    /** Move by parts of what is seen. @param {number} across @param {number} down */
    pan(across, down) {
      const { x, y, width, height } = this.view;
      this.look({ x: x + across * width, y: y + down * height, width, height });
    }

    /** The point of the map under a pixel of the frame. @param {{x: number, y: number}} pixel */
    under({ x, y }) {
      return { x: this.view.x + x * this.unit, y: this.view.y + y * this.unit };
    }

    /** Let mouse, wheel, fingers and arrow keys move the map. @param {(sign: string) => void} choose  called for a sign or a country that is clicked, or nothing */
    listen(choose) {
      const { svg } = this;
      svg.addEventListener("wheel", (event) => {
        if (this.isWhole && event.deltaY > 0) return;
        event.preventDefault();
        this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), this.under(placeIn(svg, event)));
      }, { passive: false });
      const hasMoved = followPointers(svg, {
        pan: (/** @type {number} */ dx, /** @type {number} */ dy) => this.pan(-dx / svg.clientWidth, -dy / svg.clientHeight),
        zoom: (/** @type {number} */ factor, /** @type {number} */ x, /** @type {number} */ y) => this.zoom(factor, this.under({ x, y })),
      });
      svg.addEventListener("click", (event) => {
        event.preventDefault();
        const target = /** @type {Element} */ (event.target);
        const land = [...this.marks.keys()].find(({ kind, parts: [[key]] }) => kind === "point" && target.id === `land-${shapes.get(key)?.id}`);
        if (!hasMoved()) choose(target.closest("a")?.dataset.at ?? land?.id ?? "");
      });
      svg.addEventListener("focusin", (event) => {
        const sign = /** @type {HTMLElement} */ (event.target);
        if (sign.matches("a:focus-visible")) choose(sign.dataset.at ?? "");
      });
      svg.addEventListener("dragstart", (event) => event.preventDefault());
      const keys = /** @type {Record<string, () => void>} */ ({
        ArrowLeft: () => this.pan(-0.15, 0), ArrowRight: () => this.pan(0.15, 0), ArrowUp: () => this.pan(0, -0.15),
        ArrowDown: () => this.pan(0, 0.15), "+": () => this.zoom(STEP), "-": () => this.zoom(1 / STEP), 0: () => this.whole(),
      });
      svg.addEventListener("keydown", (event) => {
        if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        keys[event.key]();
      });
      new ResizeObserver(() => (this.isWhole ? this.home([...this.shown]) : this.look(this.view))).observe(svg);
    }

    /** The lines that are shown. */
    get shown() {
      return [...this.lines].filter(([, sign]) => !sign.hasAttribute("display")).map(([line]) => line);
    }

    /** Show lines by the reports and figures that pass, with the figures of one kind. @param {Map<MapLine, MapReports>} passing @param {string} kind */
    show(passing, kind) {
      this.kind = kind;
      for (const [line, sign] of this.lines) hide(sign, !passing.has(line));
      for (const [line, reports] of passing) {
        const sign = this.lines.get(line) ?? this.lineSign(line);
        if (!this.lines.has(line)) this.svg.querySelector(".arcs")?.prepend(sign); // the strongest lie above
        this.lines.set(line, sign);
        this.draw(sign, reports, passing.size > MANY ? DENSE : 1);
      }
      const ties = /** @type {Map<string, number>} */ (new Map());
      for (const { stops } of passing.keys()) for (const stop of stops) ties.set(stop, (ties.get(stop) ?? 0) + 1);
      this.order = [...this.marks.keys()].filter(({ id }) => ties.has(id)).sort((one, other) => (ties.get(other.id) ?? 0) - (ties.get(one.id) ?? 0));
      for (const [{ id }, { sign }] of this.marks) hide(sign, !ties.has(id));
      for (const tint of this.tints) hide(tint, !ties.has(tint.getAttribute("data-at") ?? ""));
      const counted = [...passing].filter(([, { figures }]) => figures.some((figure) => figure.kind === kind));
      this.notes = counted.map(([line, { figures }]) => noteSign(line, figures.filter((figure) => figure.kind === kind), this.words));
      this.svg.querySelector(".figures")?.replaceChildren(...this.notes.map(({ sign }) => sign));
      this.arrange();
    }

    /** Draw a line by what is reported: dashed if all is implied, pale if nothing is reviewed, its heads hollow if their direction is implied. @param {Element} sign @param {MapReports} passing @param {number} opacity */
    draw(sign, { reports, figures }, opacity) {
      const width = Math.max(THIN, ...figures.filter(({ kind }) => kind === this.kind).map((figure) => figure.width));
      const implied = !isStated(reports), isReviewed = reports.some(({ reviewed }) => reviewed), stroke = width > THIN ? COUNTED : BARE;
      sign.classList.toggle("counted", width > THIN);
      sign.classList.toggle("implied", implied);
      set(sign, { stroke, opacity: (isReviewed ? 1 : PALE) * (width > THIN ? 1 : opacity) });
      for (const path of sign.querySelectorAll(".line")) set(path, { "stroke-width": width, "stroke-dasharray": implied ? `${2 * width + 4} ${width + 3}` : "none" });
      for (const head of sign.querySelectorAll(".head")) {
        const way = reports.filter((report) => String(report.way) === head.getAttribute("data-way")), [length, side] = [3.5 + 0.9 * width, 3.5 + 0.8 * width];
        hide(head, !way.length);
        head.classList.toggle("hollow", !isStated(way));
        set(head, { d: `M${length} 0L${-length} ${side}V${-side}Z`, fill: isStated(way) ? stroke : PAPER });
      }
    }

    /** Show the figures of the first lines, and put each name where it lies over nothing, the most connected first; hide what finds no room. */
    arrange() {
      const { view, unit } = this, scale = this.size / unit;
      const seen = { left: view.x / unit, top: view.y / unit, right: (view.x + view.width) / unit, bottom: (view.y + view.height) / unit };
      const meets = (/** @type {MapBox} */ one, /** @type {MapBox} */ other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
      const taken = /** @type {MapBox[]} */ ([]);
      const isFree = (/** @type {MapBox} */ box) => box.left >= seen.left && box.right <= seen.right && box.top >= seen.top && box.bottom <= seen.bottom && !taken.some((other) => meets(box, other));
      for (const { sign, spot, lines, top } of this.notes) {
        const box = boxOf(spot, [0, top, "middle"], lines, unit, scale), isShown = taken.length < NOTED && isFree(box);
        hide(sign, !isShown);
        if (isShown) taken.push(box);
      }
      taken.push(...this.order.map((mark) => around(mark.spot, RADIUS[mark.kind] * scale, unit)));
      for (const mark of this.order) {
        const name = /** @type {Element} */ (this.marks.get(mark)?.name), lines = broken(mark.title);
        const away = RADIUS[mark.kind] + 5, rise = (lines.length - 1) * LINE;
        const places = /** @type {[number, number, string][]} */ ([[0, away + 9, "middle"], [away, 4 - rise / 2, "start"], [-away, 4 - rise / 2, "end"], [0, -away - rise, "middle"]]);
        const found = places.map((place) => ({ place, box: boxOf(mark.spot, place, lines, unit, scale) })).find(({ box }) => isFree(box));
        hide(name, !found);
        if (!found) continue;
        taken.push(found.box);
        set(name, { y: found.place[1], "text-anchor": found.place[2] });
        [...name.children].forEach((line, at) => set(line, { x: found.place[0], ...(at ? { dy: LINE } : {}) }));
      }
    }

    /** Let what is chosen stand out, with its places or its lines. @param {string} chosen */
    choose(chosen) {
      const near = new Set([chosen]);
      for (const { id, stops } of this.data.lines) if (id === chosen || stops.includes(chosen)) for (const one of [id, ...stops]) near.add(one);
      this.svg.classList.toggle("choosing", chosen !== "");
      for (const sign of this.svg.querySelectorAll("[data-at]")) {
        const at = sign.getAttribute("data-at") ?? "";
        sign.classList.toggle("near", near.has(at));
        sign.classList.toggle("chosen", at === chosen);
      }
    }

    /** The picture as it is seen, with its title, caveat and key, and with what it shows in words, as an element of its own. @param {string[]} said @param {Element[]} key  the items of the key beside the map */
    copy(said, key) {
      const copy = /** @type {SVGElement} */ (this.svg.cloneNode(true)), { x, y, width, height } = this.view;
      for (const hidden of copy.querySelectorAll('[display="none"], .hit')) hidden.remove();
      for (const link of copy.querySelectorAll("a")) link.removeAttribute("href"); // they lead nowhere from another folder
      for (const sign of copy.querySelectorAll(".sized")) set(sign, { transform: `scale(${this.size})` });
      for (const line of copy.querySelectorAll(".arcs .line")) for (const name of ["stroke-width", "stroke-dasharray"]) { // as wide as on the screen, at any size of the file
        line.setAttribute(name, (line.getAttribute(name) ?? "none").replace(/[\d.]+/g, (pixels) => String(+pixels * this.unit)));
      }
      const [above, rows] = [64, Math.ceil(key.length / 2)], lines = said.flatMap((text) => wrapped(text, LETTERS)), below = 20 * rows + 16 * lines.length + 40;
      const size = width / WIDTH, tall = height + (above + below) * size; // units of the map in a unit of the words around it
      const around = (/** @type {number} */ top, /** @type {number} */ high, /** @type {Element[]} */ ...parts) => drawn("g", { transform: `translate(${x} ${top}) scale(${size})`, fill: "#3c4046", "font-size": 12 },
        drawn("rect", { width: WIDTH, height: high, fill: PAPER }), ...parts);
      const { words } = this;
      copy.append(around(y - above * size, above,
        drawn("text", { x: 14, y: 30, "font-size": 22, "font-weight": 700, fill: INK }, words("Reported routes of trafficking in persons")),
        drawn("text", { x: 14, y: 52, "font-size": 14, "font-weight": 600, fill: "#9a3412" }, `${words("Routes that sources report; not a measure of trafficking.")} ${words("A line shows the places that a source names, not the path of travel.")}`)));
      copy.append(around(y + height, below,
        ...key.map((item, at) => drawn("g", { transform: `translate(${14 + 580 * Math.floor(at / rows)} ${10 + 20 * (at % rows)})` },
          ...[...item.querySelector("svg")?.cloneNode(true).childNodes ?? []], drawn("text", { x: 72, y: 12 }, item.lastChild?.textContent?.trim() ?? ""))),
        drawn("text", { y: 20 * rows + 10 }, ...lines.map((line) => drawn("tspan", { x: 14, dy: 16 }, line))),
        drawn("text", { x: WIDTH - 14, y: below - 10, "text-anchor": "end" }, `tipgraph · ${words("outlines: Natural Earth")}`)));
      copy.querySelector(".sea")?.before(drawn("rect", { x, y, width, height, fill: PAPER }));
      set(copy, { xmlns: SVG, width: PNG_WIDTH / 2, height: (PNG_WIDTH / 2 / width) * tall, viewBox: [x, y - above * size, width, tall].join(" ") });
      return copy;
    }
  }

  /** An arrow head on a curve, in one of its ways. @param {MapCurve} curve @param {number} way */
  function headSign(curve, way) {
    const middle = way > 0 ? 0.7 : 0.3, [[x, y], [back, up], [forth, down]] = [0, -0.02 * way, 0.02 * way].map((step) => along(curve, middle + step));
    const turn = (Math.atan2(down - up, forth - back) * 180) / Math.PI;
    return drawn("g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})` },
      drawn("path", { class: "sized head", "data-way": way, "stroke-width": 1.5, "stroke-linejoin": "round" }));
  }

  /** The countries of a place in its colour, those of a vague place hatched. @param {MapMark} mark @param {string} colour @param {string} hatch  a name for its pattern */
  function tintOf({ id, kind, parts }, colour, hatch) {
    const uses = [...new Set(parts.flatMap(([key]) => shapes.get(key)?.id ?? []))].map((id) => drawn("use", { href: `#land-${id}` }));
    const pattern = drawn("pattern", { id: hatch, width: 7, height: 7, patternUnits: "userSpaceOnUse" }, drawn("rect", { width: 2, height: 7, fill: colour }));
    const look = { point: [colour, 0.6], region: [colour, 0.28], vague: [`url(#${hatch})`, 0.32] }[kind];
    return drawn("g", { class: `tint ${kind}`, "data-at": id, display: "none", "pointer-events": "none", stroke: "none", fill: look[0], "fill-opacity": look[1] },
      ...(kind === "vague" ? [pattern] : []), ...uses);
  }

  /** The figures beside a line: all, or of many the largest. @param {MapLine} line @param {MapFigure[]} figures @param {Words} words */
  function noteSign({ id, curves }, figures, words) {
    const widest = Math.max(...figures.map(({ width }) => width)), top = 20 + Math.max(THIN, widest) / 2;
    const beside = figures.length > FIGURES ? figures.filter(({ width }) => width === widest).slice(0, 1) : [...figures].sort((one, other) => Number(one.struck) - Number(other.struck));
    const left = figures.length - beside.length, spot = along(curves[0], 0.75);
    const lines = [...beside.map(({ short }) => short), ...(left ? [words("and {n} more", { n: left })] : [])];
    const text = drawn("text", { class: "sized", y: top, "text-anchor": "middle", "font-size": 12.5, "font-weight": 600, fill: "#9a3412", ...HALO }, ...lines.map((line, at) => drawn("tspan", {
      ...(beside[at] ? { "data-figure": beside[at].key } : {}), x: 0, ...(at ? { dy: LINE } : {}), ...(beside[at]?.struck ? { "text-decoration": "line-through" } : {}), ...(beside[at]?.caveats.length ? { "font-style": "italic", "font-weight": 400 } : {}),
    }, line)));
    return { sign: drawn("g", { "data-at": id, transform: `translate(${spot.join(" ")})` }, text), spot, lines, top };
  }

  /** The box of words beside a spot, in pixels. @param {MapPoint} spot @param {[number, number, string]} place @param {string[]} lines @param {number} unit @param {number} scale @returns {MapBox} */
  function boxOf(spot, [x, y, anchor], lines, unit, scale) {
    const width = LETTER * scale * Math.max(...lines.map((line) => line.length)), ends = { start: 0, middle: width / 2, end: width };
    const left = spot[0] / unit + x * scale - ends[/** @type {"start"} */ (anchor)], top = spot[1] / unit + (y - 11) * scale;
    return { left, top, right: left + width, bottom: top + LINE * scale * lines.length };
  }

  /** The box of a sign, in pixels. @param {MapPoint} spot @param {number} radius @param {number} unit @returns {MapBox} */
  const around = ([x, y], radius, unit) => ({ left: x / unit - radius, top: y / unit - radius, right: x / unit + radius, bottom: y / unit + radius });

  /** A function that leaves the items of a list that pass the filters, first some of them. @param {HTMLElement|null|undefined} list @param {MapSaid[]} items  in its order @param {Words} words @returns {(passing: Set<MapSaid>) => void} */
  function listOf(list, items, words) {
    if (!list) return () => {};
    const itemOf = new Map([...list.children].map((sign, at) => [sign, items[at]]));
    let passing = new Set(items);
    const draw = () => {
      const shown = new Set(more.first([...list.children].filter((sign) => passing.has(/** @type {MapSaid} */ (itemOf.get(sign))))));
      for (const sign of list.children) sign.toggleAttribute("hidden", !shown.has(sign));
    };
    const more = new MoreButton(list, ROWS, (/** @type {number} */ count) => words("More: {count}", { count }), draw);
    list.closest("table")?.addEventListener("click", draw); // it may be sorted
    list.classList.add("in-parts");
    return (said) => { passing = said; draw(); };
  }

  /** The page around the picture: the panel, the filters, the lists, the address. In a notebook there is only the panel. */
  class MapPage {
    /** @param {MapFile} file */
    constructor(file) {
      this.words = wording(file.words);
      const data = this.data = tied(file, this.words);
      this.picture = new MapPicture(part("frame"), data, this.words);
      this.panel = part("panel");
      this.key = [...this.panel.childNodes];
      this.selects = /** @type {HTMLSelectElement[]} */ ([...document.querySelectorAll("#tools select")]);
      this.place = /** @type {HTMLInputElement|null} */ (byId("place"));
      const ids = (/** @type {MapLine} */ line) => line.reports.flatMap(({ key, route, claims, figures }) => [key, route, ...claims, ...figures.map((figure) => figure.key)]);
      this.lineOf = new Map([...data.lines].reverse().flatMap((line) => ids(line).map((id) => [id, line])));
      this.lists = [listOf(byId("reports")?.tBodies[0], data.reports, this.words), listOf(byId("listed"), data.figures, this.words)];
      this.state = /** @type {Record<string, string>} */ ({ at: "" });
      this.sources = /** @type {string[]} */ ([]); // of what is shown
      for (const anchor of document.querySelectorAll("[id^='at=']")) anchor.removeAttribute("id"); // they lead to the table, where no script leads to the picture
      this.listen();
      this.read();
      if (this.state.at) part("frame").scrollIntoView({ block: "nearest" });
      this.picture.home(this.picture.shown);
    }

    listen() {
      const { picture } = this;
      const acts = {
        nearer: () => picture.zoom(STEP), farther: () => picture.zoom(1 / STEP), whole: () => picture.whole(),
        svg: () => download("routes.svg", this.file()), png: async () => download("routes.png", await this.pixels()),
      };
      for (const [id, act] of Object.entries(acts)) document.getElementById(id)?.addEventListener("click", act);
      for (const select of this.selects) select.addEventListener("change", () => this.change({ [select.id]: select.value }));
      this.place?.addEventListener("input", () => {
        const mark = [...this.data.marks.values()].find(({ title }) => folded(title) === folded(this.place?.value.trim() ?? ""));
        if (mark || !this.place?.value) this.change({ at: mark?.id ?? "" });
      });
      picture.listen((at) => this.change({ at }));
      document.addEventListener("click", (event) => {
        if (/** @type {Element} */ (event.target).closest("[data-choose]")) part("frame").scrollIntoView({ block: "nearest" });
      });
      document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.change({ at: "" }); });
      window.addEventListener("hashchange", () => this.read());
    }

    /** Take the state from the fragment of the address. */
    read() {
      const given = new URLSearchParams(fragmentIn()), at = given.get("at") ?? "";
      for (const select of this.selects) {
        select.value = given.get(select.id) ?? "";
        if (select.selectedIndex < 0) select.value = "";
      }
      this.state = { at: this.data.marks.get(at)?.id ?? this.lineOf.get(at)?.id ?? "", ...Object.fromEntries(this.selects.map(({ id, value }) => [id, value])) };
      this.draw();
    }

    /** @param {Record<string, string>} change */
    change(change) {
      Object.assign(this.state, change);
      const kept = Object.entries(this.state).filter(([, value]) => value);
      if (!this.data.told) keepFragment(new URLSearchParams(kept).toString().replaceAll("%2F", "/"));
      this.draw();
    }

    /** What passes the filters of the same places; nothing if no report does. @template {MapReports} Line @param {Line[]} lines @returns {Map<Line, MapReports>} */
    passing(lines) {
      const { modality, review, source, from, to, at } = this.state;
      const passes = (/** @type {MapSaid} */ said) => (!modality || said.modality === modality) && passesReview(review ?? "", said.reviewed)
        && (!source || said.sources.includes(source))
        && (!said.years || ((!from || said.years[1] >= +from) && (!to || said.years[0] <= +to)));
      const place = this.data.marks.get(at)?.id;
      const found = lines.filter(({ stops }) => !place || stops.includes(place)).map((line) => (
        /** @type {[Line, MapReports]} */ ([line, { stops: line.stops, reports: line.reports.filter(passes), figures: line.figures.filter(passes) }])));
      return new Map(found.filter(([, { reports }]) => reports.length));
    }

    draw() {
      const { at, lines, kind = "" } = this.state, { data, words } = this;
      const passing = this.passing(data.lines);
      const shown = new Map([...passing].filter(([line], number) => lines || number < data.first || line.id === at));
      this.picture.show(shown, kind);
      this.picture.choose(at);
      this.say(at, passing);
      for (const scale of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-scale]"))) scale.hidden = scale.dataset.scale !== kind;
      const all = [...passing.values(), ...this.passing(data.nowhere).values()], reports = all.flatMap((line) => line.reports);
      const said = new Set(/** @type {MapSaid[]} */ ([...reports, ...all.flatMap((line) => line.figures)]));
      for (const keep of this.lists) keep(said);
      const bare = [...shown.values()].filter(({ figures }) => !figures.some((figure) => figure.kind === kind && figure.width)).length;
      const counts = { lines: shown.size, bare, every: data.lines.length, shown: reports.length, all: data.reports.length };
      this.count = kind ? words("{lines} of {every} lines are drawn, {bare} of them without such a figure; {shown} of {all} reports pass the filters", counts)
        : words("{lines} of {every} lines are drawn; {shown} of {all} reports pass the filters", counts);
      const told = [...shown.values()].flatMap((line) => [...line.reports, ...line.figures.filter((figure) => kind && figure.kind === kind)]);
      this.sources = [...new Set(told.flatMap(({ sources }) => sources))].map((source) => data.issuers[source] ?? source);
      byId("count")?.replaceChildren(this.count);
      if (this.place && document.activeElement !== this.place) this.place.value = data.marks.get(at)?.title ?? "";
    }

    /** The picture as a file, with what it shows and its sources as lines of words, and with the scale of its figures. */
    file() {
      const { words } = this, fields = /** @type {[HTMLInputElement|HTMLSelectElement, string][]} */ (this.selects.map((select) => [select, select.value && select.selectedOptions[0].text]));
      const filters = [...fields, .../** @type {typeof fields} */ (this.place ? [[this.place, this.place.value]] : [])]
        .flatMap(([field, value]) => (value ? [`${field.labels?.[0].firstChild?.textContent?.trim()}: ${value}`] : []));
      const said = [...(filters.length ? [words("Filter: {filter}.", { filter: filters.join("; ") })] : []), `${this.count}.`, `${words("Sources")}: ${[...new Set(this.sources)].sort().join("; ")}`];
      const key = this.key.flatMap((node) => (node instanceof Element ? [...node.querySelectorAll("li")] : []));
      const copy = this.picture.copy(said, [...key, ...document.querySelectorAll("[data-scale]:not([hidden]) .step")]);
      this.tall = Number(copy.getAttribute("height"));
      return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
    }

    /** The same as pixels. @returns {Promise<Blob>} */
    pixels() {
      return pixelsOf(this.file(), PNG_WIDTH, Math.round(2 * (this.tall ?? HEIGHT)));
    }

    /** Show the claims of a line, or of the lines of a place. @param {string} id @param {Map<MapLine, MapReports>} passing */
    say(id, passing) {
      const { words, data } = this, mark = data.marks.get(id), line = mark ? undefined : this.lineOf.get(id), thing = mark ?? line;
      if (!thing) return this.panel.replaceChildren(...this.key);
      const own = [...passing].filter(([one]) => one === line || (mark && one.stops.includes(id))).map(([, reports]) => reports);
      const keys = [...new Set(own.flatMap(({ reports, figures }) => [...reports.flatMap(({ claims }) => claims), ...figures.map(({ key }) => key)]))];
      this.panel.replaceChildren(
        button([words("Close")], () => this.change({ at: "" }), { class: "close" }),
        made("h2", {}, thing.title),
        ...(mark?.note ? [made("p", { class: "quiet" }, mark.note)] : []),
        ...(line ? [made("p", {}, words("Sources: {sources}, reports: {reports} (before filters)", { sources: line.sources, reports: line.reports.length }))] : []),
        ...(mark?.page ? [made("p", {}, made("a", { href: mark.page }, words("All claims about this place")))] : []),
        ...(keys.length ? [] : [made("p", { class: "warn" }, words("The filters hide all its claims."))]),
        data.told ? made("ul", {}, ...keys.map((key) => made("li", {}, data.told?.[key] ?? key))) : claimList(keys, words),
      );
      this.panel.scrollTop = 0;
    }
  }

  /** The small map on the page of a place: its lines, as near as they fit. @param {HTMLElement} figure @param {MapFile} file */
  function drawSmall(figure, file) {
    const words = wording(file.words), data = tied(file, words), id = figure.dataset.place ?? "";
    const lines = data.lines.filter(({ stops }) => stops.includes(id));
    const picture = new MapPicture(figure, data, words);
    figure.hidden = false;
    picture.show(new Map(lines.map((line) => [line, line])), "");
    picture.home(lines, true);
    picture.svg.addEventListener("click", (event) => {
      const sign = /** @type {Element} */ (event.target).closest("a");
      if (!sign) return;
      event.preventDefault();
      location.href = `${figure.dataset.map}#at=${sign.getAttribute("data-at")}`;
    });
  }

  globalThis.tipgraphEarth = {
    width: WIDTH, height: HEIGHT, sea, land: () => outlines.map((shape) => outline(shape) ?? "").join(""),
    spotOf: (parts) => { const at = locationOf(parts); return at && projection(at); },
  };
  const inline = byId("map-data"), small = byId("small-map");
  const isMap = document.getElementById("frame");
  if (inline) new MapPage(JSON.parse(inline.textContent));
  else if (isMap || small) {
    loadPacked(`map/${document.documentElement.lang}.js`, "map").then((/** @type {MapFile} */ file) => {
      if (isMap) {
        part("tools").hidden = false;
        new MapPage(file);
      } else drawSmall(small, file);
    }, () => byId("panel")?.append(notLoaded())).finally(() => {
      document.documentElement.dataset.ready = "yes";
      performance.mark("ready");
    });
  }
})();
