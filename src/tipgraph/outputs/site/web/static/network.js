// @ts-check
// The network page: picture, legend, search, panel, table, and the state in the address.
(() => {
  "use strict";
  const {
    ADDRESS, button, claimList, csvCell, download, fragmentIn, graphmlLines, ID_BASE, isReviewed, keepFragment, LICENCE, LICENCES, made,
    makeSearch, neutral, pageData, part, placeIn, reviewTitle, reviewWords, selectTab, shortIri, wording, wrapped,
  } = tipgraph;
  const { caveatsOf, claimsOf, groupMark, relationMark, tieWords, VisPicture } = networkPicture;

  /** @param {string} text */
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // The model: which nodes and edges pass the filters, and edges in words.

  const EDGE_FACETS = /** @type {Exclude<Facet, "class">[]} */ (["relation", "kind", "status", "source", "modality", "review"]);
  const FACETS = /** @type {Facet[]} */ (["class", ...EDGE_FACETS]);

  /** The nodes and edges of a page, ready to be filtered many times. */
  class NetworkModel {
    /** @param {NetworkData} data @param {Words} words */
    constructor(data, words) {
      const { nodes, edges } = data;
      this.data = data;
      this.words = words;
      /** The values of each edge by facet; an absent value is an empty word. */
      this.values = edges.map((edge) => ({
        relation: [edge.relation], kind: (edge.kind ?? "").split(" "), status: (edge.status ?? "").split(" "), source: edge.source.split(" "),
        modality: [edge.modality], review: [isReviewed(edge) ? "reviewed" : "unreviewed"],
      }));
      this.years = edges.map(yearsOf);
      const known = this.years.flatMap((pair) => pair ?? []).filter(Number.isFinite);
      /** The first and the last of all years. @type {[number, number]|null} */
      this.span = known.length ? [Math.min(...known), Math.max(...known)] : null;
      /** The edges of each node, in the order of the data. */
      this.touching = nodes.map(() => /** @type {number[]} */ ([]));
      for (const { id, from, to } of edges) for (const end of new Set([from, to])) this.touching[end].push(id);
      /** The items by their names in an address. */
      this.items = new Map([
        ...edges.map(({ id, key }) => /** @type {[string, Item]} */ ([key, { kind: "edge", id }])),
        ...nodes.map(({ id, iri }) => /** @type {[string, Item]} */ ([shortIri(iri), { kind: "node", id }])),
      ]);
      /** The words of each facet: its title, and the labels of its values; sources have short names only. */
      this.facets = /** @type {Record<Facet, {title: string, labels: Labels}>} */ ({
        class: { title: words("Entries"), labels: data.classes },
        relation: { title: words("Links"), labels: data.relations },
        modality: { title: words("Stated or implied"), labels: { stated: words("stated"), implied: words("implied") } },
        review: { title: reviewTitle(words), labels: reviewWords(words) },
        status: { title: words("Status"), labels: { ...data.statuses, "": words("not stated") } },
        kind: { title: words("Kind of link"), labels: { ...data.kinds, "": words("not stated") } },
        source: { title: words("Source"), labels: {} },
      });
    }

    /**
     * The nodes and edges that pass the filters. An edge is hidden with all its values of a facet, or if its dates are
     * surely others; a node with its class, or with all its edges.
     * @param {NetworkState} state @returns {Shown}
     */
    shown(state) {
      const { nodes, edges } = this.data;
      const isHidden = nodes.map((node) => state.without.class.has(node.kind));
      const [first, last] = [state.from ?? -Infinity, state.to ?? Infinity];
      const facets = EDGE_FACETS.filter((facet) => state.without[facet].size);
      const left = edges.filter(({ id, from, to }) => {
        const years = this.years[id];
        if (isHidden[from] || isHidden[to] || (years && (years[0] > last || years[1] < first))) return false;
        return !facets.some((facet) => this.values[id][facet].every((value) => state.without[facet].has(value)));
      });
      const [ids, isNear] = this.near(left, state);
      const alone = nodes.filter(({ id }) => !isHidden[id] && !this.touching[id].length && isNear(id)).map(({ id }) => id);
      const ends = [...ids].flatMap((id) => [edges[id].from, edges[id].to]);
      return { nodes: new Set([...alone, ...ends]), edges: ids, undated: [...ids].filter((id) => !this.years[id]).length };
    }

    /** The edges, of some, within the wanted steps of the chosen item, and which nodes are. @param {NetworkEdge[]} some @param {NetworkState} state @returns {[Set<number>, (node: number) => boolean]} */
    near(some, { steps, chosen }) {
      const item = steps ? this.items.get(chosen) : null;
      if (!item) return [new Set(some.map(({ id }) => id)), () => true];
      let near = new Set(this.endsOf(item));
      for (let step = item.kind === "edge" ? 1 : 0; step < steps; step++) {
        near = new Set([...near, ...some.filter(({ from, to }) => near.has(from) || near.has(to)).flatMap(({ from, to }) => [from, to])]);
      }
      return [new Set(some.filter(({ from, to }) => near.has(from) && near.has(to)).map(({ id }) => id)), (node) => near.has(node)];
    }

    /** @param {Item} item */
    endsOf({ kind, id }) {
      return kind === "node" ? [id] : [this.data.edges[id].from, this.data.edges[id].to];
    }

    /** The shown edges of a bundle, by any of them. @param {number} id @param {Shown} shown */
    bundle(id, shown) {
      const { bundle = id, from } = this.data.edges[id];
      return this.touching[from].filter((other) => shown.edges.has(other) && (this.data.edges[other].bundle ?? other) === bundle);
    }

    /** Count the values of a facet among some nodes (of classes) or edges; all, if none are given. @param {Facet} facet @param {Shown} [shown] */
    counts(facet, shown) {
      const counts = /** @type {Map<string, number>} */ (new Map());
      const { nodes, edges } = this.data;
      for (const id of facet === "class" ? shown?.nodes ?? nodes.keys() : shown?.edges ?? edges.keys()) {
        for (const value of facet === "class" ? [nodes[id].kind] : this.values[id][facet]) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return counts;
    }

    /** The filters in words; empty without any. @param {NetworkState} state */
    asked(state) {
      const { words, data } = this;
      const parts = FACETS.filter((facet) => state.without[facet].size).map((facet) => `${this.facets[facet].title}: ${this.left(facet, state)}`);
      if (state.from !== null || state.to !== null) parts.push(`${words("Years")}: ${state.from ?? "…"} – ${state.to ?? "…"}`);
      const item = state.steps && this.items.get(state.chosen);
      if (item) parts.push(words("only {name} and its neighbours, steps: {steps}", { name: this.endsOf(item).map((id) => data.nodes[id].label).join(", "), steps: state.steps }));
      return parts.length ? `${words("Filters")}: ${parts.join("; ")}` : "";
    }

    /** The values left of a facet, or those filtered out, whichever are fewer. @param {Facet} facet @param {NetworkState} state */
    left(facet, state) {
      const all = [...this.counts(facet).keys()];
      const [gone, rest] = [true, false].map((out) => all.filter((value) => state.without[facet].has(value) === out));
      const names = (/** @type {string[]} */ values) => values.map((value) => this.facets[facet].labels[value] ?? value).join(", ");
      return rest.length && rest.length < gone.length ? this.words("only {names}", { names: names(rest) }) : this.words("without {names}", { names: names(gone) });
    }

    /** An edge in a few words, its caveats last. @param {NetworkEdge} edge */
    sentence(edge) {
      const { nodes, relations } = this.data;
      return `${nodes[edge.from].label} ${relations[edge.relation]} ${nodes[edge.to].label}${caveatsOf(edge)}`;
    }

    /** The traits of an edge in words, by their names; empty where it has none. @param {NetworkEdge} edge @returns {Record<"kind"|"status"|"date"|"amount"|"modality", string>} */
    traits(edge) {
      const { words, values, facets } = this;
      const said = (/** @type {"kind"|"status"} */ facet) => values[edge.id][facet].map((value) => value && (facets[facet].labels[value] ?? value)).join(", ");
      return {
        kind: noted(edge, ["kind"], said("kind"), words), status: noted(edge, ["status"], said("status"), words),
        date: noted(edge, ["date", "earliest", "latest"], edge.date ?? "", words), amount: this.money(edge), modality: words(edge.modality),
      };
    }

    /** @param {NetworkEdge} edge */
    money({ amount, currency = "", shared_amount, shared_by = 1 }) {
      const say = (/** @type {number} */ number) => `${number.toLocaleString(this.data.language)} ${currency}`;
      if (amount !== undefined) return say(amount);
      return shared_amount === undefined ? "" : this.words("{amount} for {count} links together", { amount: say(shared_amount), count: shared_by });
    }

    /** The name of an item in an address. @param {Item|null} item */
    nameOf(item) {
      if (!item) return "";
      return item.kind === "edge" ? this.data.edges[item.id].key : shortIri(this.data.nodes[item.id].iri);
    }
  }

  /** The first and the last year that the dates of an edge can mean, or null. @param {NetworkEdge} edge @returns {[number, number]|null} */
  function yearsOf({ earliest, latest }) {
    if (!earliest && !latest) return null;
    return [earliest ? parseInt(earliest, 10) : -Infinity, latest ? parseInt(latest, 10) : Infinity];
  }

  /** A trait in words, with a note if it is that of the project or event. @param {NetworkEdge} edge @param {string[]} names @param {string} text @param {Words} words */
  function noted({ inherited = "", concluded = "" }, names, text, words) {
    const isNamed = (/** @type {string} */ list) => list.split(" ").some((name) => names.includes(name));
    if (!text || !isNamed(inherited)) return text;
    return isNamed(concluded) ? words("{text} (of its project or event, implied)", { text }) : words("{text} (of its project or event)", { text });
  }

  // The state of the page, and its address.

  /** A state as a fragment of the address. @param {NetworkState} state */
  function fragmentOf(state) {
    const given = new URLSearchParams();
    for (const facet of FACETS) for (const value of state.without[facet]) given.append(`without-${facet}`, value);
    if (state.from !== null) given.set("from", String(state.from));
    if (state.to !== null) given.set("to", String(state.to));
    if (state.view !== "picture") given.set("view", state.view);
    if (state.chosen) given.set("at", state.chosen);
    if (state.steps) given.set("steps", String(state.steps));
    return String(given);
  }

  /** The state of a fragment, which hides nothing if it is empty; unknown parts are ignored. @param {string} fragment @returns {NetworkState} */
  function stateOf(fragment) {
    const given = new URLSearchParams(fragment);
    const year = (/** @type {string} */ end) => (/^-?\d{1,4}$/.test(given.get(end) ?? "") ? Number(given.get(end)) : null);
    return {
      without: /** @type {NetworkState["without"]} */ (Object.fromEntries(FACETS.map((facet) => [facet, new Set(given.getAll(`without-${facet}`))]))),
      from: year("from"), to: year("to"), view: given.get("view") === "table" ? "table" : "picture",
      chosen: given.get("at") ?? "", steps: Number(/^[12]$/.exec(given.get("steps") ?? "") ?? 0),
    };
  }

  // What is shown as files, made inside the page: tables (CSV), a network (GraphML), and a picture (PNG), which is printed, too.

  /** Attributes that items hold under their own names. @param {Attributes[number][1]} type @param {string[]} names @returns {Attributes} */
  const own = (type, ...names) => names.map((name) => [name, type, (item) => item[name]]);

  /** The attributes of a node in files. @param {NetworkData} data @returns {Attributes} */
  const nodeAttributes = (data) => [
    ...own("string", "label", "kind"), ["type", "string", (node) => node.group], ["names", "string", (node) => node.aliases],
    ...own("boolean", "planned"), ...own("string", "iri"), ["kind_label", "string", (node) => data.classes[node.kind]],
  ];

  /** The attributes of an edge in files, by the names of the exports. @param {NetworkData} data @returns {Attributes} */
  const edgeAttributes = (data) => [
    ["label", "string", (edge) => tieWords(data, edge)], ...own("string", "kind", "status"),
    ["date", "string", (edge) => (edge.edtf ?? edge.date) || undefined], ...own("string", "earliest", "latest"),
    ...own("double", "amount"), ...own("string", "currency"), ...own("double", "shared_amount"), ...own("int", "shared_by", "shared", "weight"),
    ...own("string", "modality", "caveats", "review", "corrected", "doubts", "said_at"), ["document", "string", (edge) => edge.source],
    ...own("boolean", "directed"), ...own("string", "inherited", "concluded"), ["edge", "string", (edge) => edge.relation],
    ["claim", "string", (edge) => claimsOf(edge).map((key) => ID_BASE + key).join(" ")],
  ];

  /** Items as CSV (RFC 4180) with a byte order mark for spreadsheets. @param {Attributes} columns @param {object[]} items */
  function csvOf(columns, items) {
    const lines = items.map((item) => columns.map(([, , value]) => csvCell(value(item))).join(","));
    return `\uFEFF${[columns.map(([name]) => name).join(","), ...lines].join("\r\n")}\r\n`;
  }

  /** The shown edges as CSV. @param {NetworkData} data @param {NetworkEdge[]} edges */
  function edgesCsv(data, edges) {
    const { nodes } = data;
    return csvOf([
      ["from_label", "string", (edge) => nodes[edge.from].label], ["to_label", "string", (edge) => nodes[edge.to].label], ...edgeAttributes(data),
      ["from", "string", (edge) => nodes[edge.from].iri], ["to", "string", (edge) => nodes[edge.to].iri], ["id", "string", (edge) => ID_BASE + edge.key],
    ], edges);
  }

  /** The sources of some edges, by their short names. @param {NetworkData} data @param {NetworkEdge[]} edges */
  function sourcesOf({ sources }, edges) {
    const used = new Set(edges.flatMap(({ source }) => source.split(" ")));
    return Object.keys(sources).filter((name) => used.has(name));
  }

  /** Nodes and edges as GraphML, with a manifest: filters, counts, sources, licences. @param {NetworkData} data @param {NetworkNode[]} nodes @param {NetworkEdge[]} edges @param {NetworkState} state */
  function graphmlOf(data, nodes, edges, state) {
    const filters = fragmentOf({ ...state, view: "picture", chosen: state.steps ? state.chosen : "" });
    const manifest = JSON.stringify({
      "made by": "tipgraph", asked: { network: data.name, ...(filters ? { filters } : {}) }, counts: { nodes: nodes.length, edges: edges.length }, licence: LICENCES,
      sources: Object.fromEntries(sourcesOf(data, edges).map((name) => [name, { title: data.sources[name], licence: data.licences[name] }])),
    });
    const lines = graphmlLines(data.name, manifest, { attributes: nodeAttributes(data), items: nodes.map((node) => [node.iri, node]) }, {
      attributes: edgeAttributes(data), items: edges.map((edge) => [ID_BASE + edge.key, data.nodes[edge.from].iri, data.nodes[edge.to].iri, edge]),
    });
    return `${[...lines].join("\n")}\n`;
  }

  /**
   * A picture as it is seen, on the ground of the page, with a title above, and the legend and some lines below.
   * @param {HTMLCanvasElement} seen @param {NetworkData} data @param {Palette} palette @param {string} title @param {string[]} lines
   */
  function posterOf(seen, { groups, relations }, palette, title, lines) {
    const size = Math.max(seen.width / 75, 12);
    const legend = [...Object.entries(groups).map(([name, label]) => [palette.groups[name], label]), ...Object.entries(relations).map(([name, label]) => [palette.relations[name], label])];
    const below = lines.flatMap((line) => wrapped(line, seen.width / size * 1.8));
    const rows = /** @type {string[][][]} */ ([[]]);
    let x = 0;
    for (const [colour, label] of legend) {
      x += (label.length * 0.6 + 3) * size;
      if (x > seen.width) [x] = [(label.length * 0.6 + 3) * size, rows.push([])];
      rows[rows.length - 1].push([colour, label]);
    }
    const row = 1.6 * size;
    const canvas = made("canvas", { width: seen.width, height: Math.ceil(seen.height + row * (rows.length + below.length + 3)) });
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const write = (/** @type {string} */ text, /** @type {string} */ colour, /** @type {number} */ left, /** @type {number} */ top) => {
      pen.fillStyle = colour;
      pen.fillText(text, left, top);
      return left + pen.measureText(text).width;
    };
    pen.fillStyle = palette.ground;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.font = `bold ${1.3 * size}px sans-serif`;
    write(title, palette.ink, size, 1.3 * row);
    pen.drawImage(seen, 0, 2 * row);
    pen.font = `${size}px sans-serif`;
    const top = seen.height + 3 * row;
    rows.forEach((marks, at) => marks.reduce((left, [colour, label]) => write(label, palette.ink, write("■ ", colour, left, top + at * row), top + at * row) + size, size));
    below.forEach((line, at) => write(line, palette.quiet, size, top + (rows.length + at) * row));
    return canvas;
  }

  // The legend, which is the filter: a box to tick for each class, relation, kind, status, review and source.

  const FOLDED = 6; // rows of a list before the rest is folded away

  /** @typedef {{facet: Facet, value: string, box: HTMLInputElement, count: HTMLElement}} Tick  a box for one value */

  /** The legend of a network; it changes the state that it is given, and calls `changed`. */
  class Legend {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {() => void} changed */
    constructor(place, model, changed) {
      this.model = model;
      this.words = model.words;
      this.changed = changed;
      this.state = stateOf("");
      this.totals = Object.fromEntries(FACETS.map((facet) => [facet, model.counts(facet)]));
      this.ticks = /** @type {Tick[]} */ ([]);
      this.heads = /** @type {{box: HTMLInputElement, of: Tick[]}[]} */ ([]); // boxes of groups, each over those of its classes
      const { data } = model;
      const directed = new Set(data.edges.filter((edge) => edge.directed).map((edge) => edge.relation));
      const rest = /** @type {Facet[]} */ (["modality", "review", "status", "kind", "source"]).map((facet) => this.facet(facet));
      place.append(this.fieldset("class", this.groups()), this.facet("relation", (name) => relationMark(data, name, directed.has(name))), ...rest);
    }

    /** Groups with their classes below them. */
    groups() {
      const { groups, nodes } = this.model.data;
      const classes = new Map(Object.keys(groups).map((group) => [group, /** @type {Set<string>} */ (new Set())]));
      for (const node of nodes) classes.get(node.group)?.add(node.kind);
      return made("ul", {}, ...[...classes].map(([group, kinds]) => this.group(group, [...kinds].sort())));
    }

    /** @param {string} group @param {string[]} kinds */
    group(group, kinds) {
      const { data } = this.model;
      const mark = groupMark(data, group);
      if (kinds.length === 1) return this.row("class", kinds[0], mark);
      const begin = this.ticks.length;
      const rows = kinds.map((kind) => this.row("class", kind));
      const of = this.ticks.slice(begin);
      const box = made("input", { type: "checkbox", checked: true });
      this.heads.push({ box, of });
      box.addEventListener("change", () => this.tick(of, box.checked));
      const head = made("label", { class: "tick" }, box, mark, made("span", {}, capital(data.groups[group])));
      return made("li", {}, head, this.only("class", data.groups[group], of), this.fold(this.words("Kinds: {count}", { count: rows.length }), rows));
    }

    /** @param {string} summary @param {HTMLElement[]} rows */
    fold(summary, rows) {
      return made("details", {}, made("summary", {}, summary), made("ul", {}, ...rows));
    }

    /** The boxes of a facet, if there is a choice; those of a long list are folded away, and those of sources are all. @param {Facet} facet @param {(value: string) => Element} [mark] */
    facet(facet, mark) {
      const labels = this.labels(facet);
      const values = [...new Set([...Object.keys(labels), ...this.totals[facet].keys()])].filter((value) => this.totals[facet].has(value));
      if (values.length < 2 && facet !== "relation") return "";
      const rows = values.map((value) => this.row(facet, value, mark?.(value)));
      if (facet === "source") return this.fieldset(facet, this.fold(this.words("Sources: {count}", { count: rows.length }), rows));
      const rest = rows.length > FOLDED + 1 ? rows.splice(FOLDED) : [];
      return this.fieldset(facet, made("ul", {}, ...rows, rest.length ? made("li", {}, this.fold(this.words("More: {count}", { count: rest.length }), rest)) : ""));
    }

    /** The labels of a facet; here sources have their titles. @param {Facet} facet */
    labels(facet) {
      return facet === "source" ? this.model.data.sources : this.model.facets[facet].labels;
    }

    /** @param {Facet} facet @param {string} value @param {Element} [mark] */
    row(facet, value, mark) {
      const label = this.labels(facet)[value] ?? value;
      const tick = { facet, value, box: made("input", { type: "checkbox", checked: true }), count: made("span", { class: "count" }) };
      tick.box.addEventListener("change", () => this.tick([tick], tick.box.checked));
      this.ticks.push(tick);
      const name = made("span", { class: "name", title: label }, label);
      return made("li", {}, made("label", { class: "tick" }, tick.box, mark ?? "", name, tick.count), this.only(facet, label, [tick]));
    }

    /** A button that ticks only some boxes of a facet, or all again. @param {Facet} facet @param {string} names @param {Tick[]} ticks */
    only(facet, names, ticks) {
      return button([this.words("only")], () => {
        const all = this.ticks.filter((tick) => tick.facet === facet);
        const already = all.every((tick) => tick.box.checked === ticks.includes(tick));
        for (const tick of all) this.put(tick, already || ticks.includes(tick));
        this.changed();
      }, { class: "only", "aria-label": this.words("only {names}", { names }) });
    }

    /** @param {Facet} facet @param {HTMLElement} body */
    fieldset(facet, body) {
      return made("fieldset", {}, made("legend", {}, this.model.facets[facet].title), body);
    }

    /** @param {Tick[]} ticks @param {boolean} on */
    tick(ticks, on) {
      for (const tick of ticks) this.put(tick, on);
      this.changed();
    }

    /** @param {Tick} tick @param {boolean} on */
    put({ facet, value, box }, on) {
      box.checked = on;
      this.state.without[facet][on ? "delete" : "add"](value);
    }

    /** Show a state. @param {NetworkState} state */
    set(state) {
      this.state = state;
      for (const { facet, value, box } of this.ticks) box.checked = !state.without[facet].has(value);
    }

    /** Count what is shown. @param {Shown} shown */
    count(shown) {
      const counts = Object.fromEntries(FACETS.map((facet) => [facet, this.model.counts(facet, shown)]));
      for (const { facet, value, count } of this.ticks) {
        const [now, all] = [counts[facet].get(value) ?? 0, this.totals[facet].get(value) ?? 0];
        count.textContent = now === all ? String(all) : `${now}/${all}`;
      }
      for (const { box, of } of this.heads) {
        const on = of.filter((tick) => tick.box.checked).length;
        [box.checked, box.indeterminate] = [on > 0, on > 0 && on < of.length];
      }
    }
  }

  // The side panel: the claims of the chosen node or edge, with their places in the sources.

  class Panel {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {(item: Item) => void} choose */
    constructor(place, model, choose) {
      this.place = place;
      this.model = model;
      this.words = model.words;
      this.choose = choose;
    }

    /** Show the claims of an item. @param {Item|null} item @param {Shown} shown */
    show(item, shown) {
      if (!item) this.place.replaceChildren(made("p", { class: "quiet" }, this.words("Choose an entry or a link to read its claims and their citations here.")));
      else this.place.replaceChildren(...(item.kind === "node" ? this.node(item.id, shown) : this.edge(item.id, shown)));
      if (item) this.place.closest(".side")?.scrollTo({ top: 0 });
    }

    /** @param {number} id @param {Shown} shown */
    node(id, shown) {
      const { words, model: { data, touching } } = this;
      const node = data.nodes[id];
      const ties = touching[id].filter((edge) => shown.edges.has(edge));
      const hidden = touching[id].length - ties.length;
      const parts = [made("h2", {}, groupMark(data, node.group), node.label), this.chips([data.classes[node.kind] ?? node.kind, node.planned ? words("planned") : ""])];
      if (node.aliases) parts.push(made("p", { class: "quiet" }, `${words("Also called")}: ${node.aliases}`));
      if (node.page) parts.push(made("p", {}, made("a", { href: node.page }, words("All claims about it"))));
      if (node.networks) parts.push(made("p", { class: "quiet" }, `${words("Also in")}: `, ...node.networks.flatMap((number, at) => [at ? ", " : "", this.elsewhere(number, node)])));
      if (!shown.nodes.has(id)) parts.push(made("p", { class: "warn" }, words("The filters hide it.")));
      else if (hidden) parts.push(made("p", { class: "quiet" }, words("Links that the filters hide: {count}", { count: hidden })));
      return [...parts, this.claims(ties.map((edge) => data.edges[edge]))];
    }

    /** A link to a node in another network. @param {number} number @param {NetworkNode} node */
    elsewhere(number, node) {
      const [href, title] = this.model.data.networks?.[number] ?? [];
      return made("a", { href: `${href}#${new URLSearchParams({ at: shortIri(node.iri) })}` }, title ?? "");
    }

    /** @param {number} id @param {Shown} shown */
    edge(id, shown) {
      const { words, model } = this;
      const edge = model.data.edges[id];
      const bundle = model.bundle(id, shown);
      const between = made("p", { class: "between" }, this.end(edge.from), " ", relationMark(model.data, edge.relation, edge.directed), " ",
        made("span", { class: "quiet" }, model.data.relations[edge.relation]), " ", this.end(edge.to), made("span", { class: "quiet" }, caveatsOf(edge)));
      const { kind, status, date, amount, modality } = model.traits(edge);
      const titled = [[words("Kind"), kind], [words("Status"), status], [words("Date"), date], [words("Amount"), amount]].map(([title, text]) => text && `${title}: ${text}`);
      const parts = [
        made("h2", { class: "sr" }, model.sentence(edge)), between,
        this.chips(bundle.length > 1 ? [words("Claims: {count}", { count: bundle.length })] : [...titled, modality]),
      ];
      if (!shown.edges.has(id)) parts.push(made("p", { class: "warn" }, words("The filters hide it.")));
      return [...parts, this.claims((bundle.length ? bundle : [id]).map((other) => model.data.edges[other]))];
    }

    /** An end of an edge, which can be chosen. @param {number} id */
    end(id) {
      const node = this.model.data.nodes[id];
      return button([groupMark(this.model.data, node.group), node.label], () => this.choose({ kind: "node", id }), { class: "end" });
    }

    /** @param {string[]} texts  empty ones are left out */
    chips(texts) {
      return made("p", { class: "chips" }, ...texts.filter(Boolean).flatMap((text) => [made("span", { class: "chip" }, text), " "]));
    }

    /** The claims behind edges: of reviewed ones and of the others, contradicted ones first. @param {NetworkEdge[]} edges */
    claims(edges) {
      const keys = [...new Set(edges.flatMap(claimsOf))];
      return claimList(keys, this.words, (one, other) => Number(other.against.length > 0) - Number(one.against.length > 0));
    }
  }

  // The table of what the picture shows: its edges or its nodes, sorted, a page at a time, and to copy.

  const ROWS_A_PAGE = 200;

  /** @typedef {"edges"|"nodes"} Kind @typedef {{id: number, cells: Record<string, string|number>}} TableRow  cells by the names of columns */

  class NetworkTable {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {(item: Item) => void} choose */
    constructor(place, model, choose) {
      this.place = place;
      this.model = model;
      this.words = model.words;
      this.choose = choose;
      this.kind = /** @type {Kind} */ ("edges");
      this.sorting = { name: "", down: false };
      this.page = 0;
      this.rowsAtOnce = ROWS_A_PAGE;
      this.shown = /** @type {Shown|null} */ (null);
    }

    /** The columns: names as in exports, titles in the language. @returns {TableColumn[]} */
    columns() {
      const { words } = this;
      const titles = this.kind === "edges"
        ? {
          from_label: words("From"), label: words("Link"), to_label: words("To"), said_at: words("Citation"), kind: words("Kind"),
          status: words("Status"), date: words("Date"), amount: words("Amount"), modality: words("Stated or implied"),
        }
        : { label: words("Entry"), kind: words("Kind"), names: words("Also called"), ties: words("Links shown") };
      return Object.entries(titles).map(([name, title]) => ({ name, title, number: name === "amount" || name === "ties" }));
    }

    /** The rows of what is shown in their order, those of reviewed edges first. @returns {TableRow[]} */
    rows() {
      const { shown, model, kind, sorting: { name, down } } = this;
      if (!shown) return [];
      const rows = kind === "edges" ? this.edgeRows(shown) : [...shown.nodes].map((id) => {
        const { label, kind: cls, aliases = "" } = model.data.nodes[id];
        const ties = model.touching[id].filter((edge) => shown.edges.has(edge)).length;
        return { id, cells: { label, kind: model.data.classes[cls] ?? cls, names: aliases, ties } };
      });
      if (!name) return rows;
      const order = new Intl.Collator(model.data.language, { numeric: true });
      const keyed = rows.map((row) => ({ row, key: String(this.sortKey(name, row) ?? "") }));
      keyed.sort((one, other) => {
        if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0; // empty cells come last
        return (down ? -1 : 1) * order.compare(one.key, other.key);
      });
      return keyed.map(({ row }) => row);
    }

    /** @param {Shown} shown @returns {TableRow[]} */
    edgeRows(shown) {
      const { data } = this.model;
      const edges = [...shown.edges].map((id) => data.edges[id]);
      return [...edges.filter(isReviewed), ...edges.filter((edge) => !isReviewed(edge))].map((edge) => ({ id: edge.id, cells: {
        from_label: data.nodes[edge.from].label, label: tieWords(data, edge), to_label: data.nodes[edge.to].label, said_at: edge.said_at ?? "", ...this.model.traits(edge),
      } }));
    }

    /** What a row is sorted by: amounts and dates not by their words. @param {string} name @param {TableRow} row */
    sortKey(name, { id, cells }) {
      const edge = this.kind === "edges" ? this.model.data.edges[id] : null;
      if (edge && name === "amount") return edge.amount ?? edge.shared_amount;
      return edge && name === "date" ? edge.earliest ?? edge.latest : cells[name];
    }

    /** Show nodes and edges from the first row. @param {Shown} shown */
    show(shown) {
      this.shown = shown;
      this.render({ page: 0 });
    }

    /** Show all rows at once, or a page of them. @param {boolean} all */
    whole(all) {
      this.render({ rowsAtOnce: all ? Infinity : ROWS_A_PAGE, page: 0 });
    }

    /**
     * Draw the table with some changes; `focus` is a selector of the button that takes the focus.
     * @param {Partial<Pick<NetworkTable, "kind"|"page"|"sorting"|"rowsAtOnce">>} changes @param {string} [focus]
     */
    render(changes, focus) {
      Object.assign(this, changes);
      const rows = this.rows();
      const columns = this.columns().filter(({ name }) => rows.some(({ cells }) => cells[name] !== ""));
      const first = this.page * ROWS_A_PAGE;
      const some = rows.slice(first, first + this.rowsAtOnce);
      const head = made("tr", {}, ...columns.map((column) => this.head(column)));
      const body = some.map((row) => made("tr", {}, ...columns.map((column) => this.cell(column, row))));
      const title = this.kind === "edges" ? this.words("Links shown") : this.words("Entries shown");
      const table = made("table", {}, made("caption", { class: "sr" }, title), made("thead", {}, head), made("tbody", {}, ...body));
      const region = made("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, table);
      this.place.replaceChildren(this.bar(first, some.length, rows.length), region);
      if (focus) /** @type {HTMLElement|null} */ (this.place.querySelector(focus))?.focus();
    }

    /** @param {TableColumn} column */
    head({ name, title, number }) {
      const { sorting } = this;
      const sort = button([title], () =>
        this.render({ sorting: { name, down: sorting.name === name && !sorting.down }, page: 0 }, `th[data-name="${name}"] button`));
      const order = sorting.name === name && (sorting.down ? "descending" : "ascending");
      return made("th", { scope: "col", "data-name": name, "aria-sort": order, class: number ? "number" : false }, sort);
    }

    /** @param {TableColumn} column @param {TableRow} row */
    cell({ name, number }, { id, cells }) {
      const [text, { nodes, edges }] = [String(cells[name]), this.model.data];
      const item = /** @type {Item} */ ({ kind: this.kind === "edges" ? "edge" : "node", id });
      const content = name === "label" ? [button([text], () => this.choose(item), { class: "choose" })]
        : name === "from_label" ? [pageLink(nodes[edges[id].from])]
          : name === "to_label" ? [pageLink(nodes[edges[id].to])]
            : name === "said_at" ? text.split("; ").flatMap((place, at) => [at ? "; " : "", sourceLink(place, claimsOf(edges[id]))])
              : name === "date" ? text.split(" ").flatMap((word) => [made("span", { class: "whole" }, word), " "])
                : [text];
      return made("td", { class: number ? "number" : false }, ...content);
    }

    /** The controls of the table. @param {number} first @param {number} count @param {number} all */
    bar(first, count, all) {
      const { words } = this;
      const copy = button([words("Copy table")], () => navigator.clipboard.writeText(this.text()).then(
        () => { copy.textContent = words("Copied"); }, () => { copy.textContent = words("Could not be copied"); }));
      const turn = (/** @type {string} */ text, /** @type {number} */ by, /** @type {boolean} */ disabled) =>
        button([text], () => this.render({ page: this.page + by }), { disabled });
      const kind = (/** @type {Kind} */ name, /** @type {string} */ text) => button([text], () =>
        this.render({ kind: name, page: 0, sorting: { name: "", down: false } }, "[aria-pressed=true]"), { "aria-pressed": String(this.kind === name) });
      return made("div", { class: "bar" },
        made("span", { role: "group", class: "switch" }, kind("edges", words("Links")), kind("nodes", words("Entries"))),
        made("span", { role: "status" }, all ? `${first + 1}–${first + count} / ${all}` : words("nothing")),
        ...(all > this.rowsAtOnce ? [turn(words("Previous"), -1, first === 0), turn(words("Next"), 1, first + count >= all)] : []),
        copy);
    }

    /** The whole table as text for spreadsheets, with tabs between cells. */
    text() {
      const columns = this.columns();
      const flat = (/** @type {string|number} */ value) => neutral(String(value)).replace(/\s+/g, " ");
      const lines = this.rows().map(({ cells }) => columns.map(({ name }) => flat(cells[name])).join("\t"));
      return [columns.map(({ title }) => title).join("\t"), ...lines].join("\n");
    }
  }

  /** @param {NetworkNode} node */
  const pageLink = ({ label, page }) => page ? made("a", { href: page }, label) : label;

  /** A place such as `report-2005 ¶3 s2, p. 7`, or `post-2005 (cited)`, as a link: to the claim, if only one is there. @param {string} place @param {string[]} keys @returns {HTMLElement|string} */
  function sourceLink(place, keys) {
    const found = /^([a-z0-9]+(?:[.-][a-z0-9]+)*) (?:¶(\d+)|\((?:cited|withheld)\))/.exec(place);
    const claim = keys.length === 1 ? `/${encodeURI(keys[0])}` : "";
    return found ? made("a", { href: `../source/${found[1]}.html#p${found[2] ?? 0}${claim}` }, place) : place;
  }

  // Years below the picture: how many links may date from each, and two handles that leave some. A drag over the bars does, too.

  const MOST_BARS = 120; // more years share bars

  class Years {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {[number, number]} span @param {(from: number|null, to: number|null) => void} changed  null for an end that filters nothing */
    constructor(place, model, [min, max], changed) {
      const { words } = model;
      this.span = [min, max];
      this.model = model;
      this.changed = changed;
      const handle = (/** @type {number} */ value, /** @type {string} */ label) => made("input", { type: "range", min, max, value, "aria-label": label });
      this.first = handle(min, words("From year"));
      this.last = handle(max, words("To year"));
      this.wide = Math.ceil((max - min + 1) / MOST_BARS);
      this.all = this.counted(model.data.edges.keys());
      this.bars = this.all.map(() => made("span", {}, made("i")));
      this.said = made("output", {});
      this.note = made("span", { class: "note" });
      const chart = made("div", { class: "bars", "aria-hidden": "true" }, ...this.bars);
      const handles = made("div", { class: "handles" }, this.first, this.last);
      handles.addEventListener("input", ({ target }) => {
        if (+this.first.value > +this.last.value) [this.first, this.last].forEach((end) => { end.value = /** @type {any} */ (target).value; });
        this.tell();
      });
      this.brush(chart);
      place.append(made("p", {}, made("b", {}, words("Years")), " ", this.said, " ", this.note), chart, handles);
      place.hidden = false;
    }

    /** How many of some edges may date from the years of each bar. @param {Iterable<number>} edges */
    counted(edges) {
      const [min, max] = this.span;
      const counts = new Array(Math.ceil((max - min + 1) / this.wide)).fill(0);
      const bar = (/** @type {number} */ year) => Math.floor((Math.min(Math.max(year, min), max) - min) / this.wide);
      for (const id of edges) {
        const years = this.model.years[id];
        if (years) for (let at = bar(years[0]); at <= bar(years[1]); at++) counts[at] += 1;
      }
      return counts;
    }

    /** @param {HTMLElement} chart */
    brush(chart) {
      let from = /** @type {number|null} */ (null);
      const [min, max] = this.span;
      const year = (/** @type {PointerEvent} */ event) =>
        Math.round(Math.min(Math.max(min - 0.5 + placeIn(chart, event).x / chart.clientWidth * (max - min + 1), min), max));
      chart.addEventListener("pointerdown", (event) => { chart.setPointerCapture(event.pointerId); from = year(event); });
      for (const type of /** @type {const} */ (["pointermove", "pointerup"])) chart.addEventListener(type, (event) => {
        if (from === null) return;
        const other = year(event);
        this.set(Math.min(from, other), Math.max(from, other));
        if (type === "pointermove") return;
        from = null;
        this.tell();
      });
    }

    tell() {
      const [[min, max], from, to] = [this.span, +this.first.value, +this.last.value];
      this.set(from, to);
      this.changed(from === min ? null : from, to === max ? null : to);
    }

    /** @param {number|null} from @param {number|null} to */
    set(from, to) {
      const [min, max] = this.span;
      const [one, other] = [from ?? min, to ?? max];
      this.first.value = String(one);
      this.last.value = String(other);
      this.said.textContent = one === other ? String(one) : `${one} – ${other}`;
      this.first.classList.toggle("above", one > (min + max) / 2);
      this.bars.forEach((bar, at) => bar.classList.toggle("out", min + (at + 1) * this.wide <= one || min + at * this.wide > other));
    }

    /** Count what is shown. @param {Shown} shown */
    count({ edges, undated }) {
      const [most, now] = [Math.max(...this.all, 1), this.counted(edges)];
      this.bars.forEach((bar, at) => {
        bar.style.height = `${100 * this.all[at] / most}%`;
        /** @type {HTMLElement} */ (bar.firstChild).style.height = `${100 * now[at] / (this.all[at] || 1)}%`;
      });
      this.note.textContent = this.model.words("The picture shows links that may date from these years, and {count} links without a date.", { count: undated });
    }
  }

  // The page.

  const FOLDS = ["filters-fold", "panel-fold"];
  const ZOOM = 1.3; // by one press

  /** A network page while it is open. */
  class NetworkPage {
    /** @param {NetworkData} data */
    constructor(data) {
      this.data = data;
      this.words = wording(data.words);
      this.model = new NetworkModel(data, this.words);
      this.state = stateOf(fragmentIn());
      this.shown = this.model.shown(this.state);
      this.narrowed = "";
      this.anchor = -1; // the node whose edges the keys walk
      this.at = /** @type {Item|null} */ (null); // the item where they are
      for (const id of ["tools", "stage"]) part(id).hidden = false;
      part("picture").style.setProperty("--shape", shapeOf(data.nodes));
      const fly = (/** @type {Item} */ item) => this.choose(item, { fly: true });
      this.panel = new Panel(part("panel"), this.model, fly);
      this.table = new NetworkTable(part("table"), this.model, fly);
      this.legend = new Legend(part("filters"), this.model, () => this.filter());
      this.years = this.model.span && new Years(part("years"), this.model, this.model.span, (from, to) => { Object.assign(this.state, { from, to }); this.filter(); });
      this.picture = new VisPicture(part("picture"), data, (item) => { // it measures the page, which is whole by now
        this.choose(item);
        if (item) part("chosen").scrollIntoView({ block: "nearest" }); // it may be below the window of a phone
      });
      this.begin(fly);
      this.picture.ready.then(() => {
        document.documentElement.dataset.ready = "yes";
        performance.mark("ready");
      });
    }

    /** @param {(item: Item) => void} fly */
    begin(fly) {
      const small = matchMedia("screen and (max-width: 60rem)");
      const fold = () => { for (const id of FOLDS) part(id).toggleAttribute("open", !small.matches); };
      small.addEventListener("change", fold);
      fold();
      makeSearch(/** @type {HTMLInputElement} */ (part("search")), part("found"), this.data.nodes, {
        mark: (index) => groupMark(this.data, this.data.nodes[index].group),
        found: (id) => fly({ kind: "node", id }),
      });
      this.controls();
      this.menu();
      part("picture").addEventListener("keydown", (event) => this.key(event));
      addEventListener("hashchange", () => this.restore());
      addEventListener("beforeprint", () => this.print(true));
      addEventListener("afterprint", () => this.print(false));
      this.restore();
    }

    controls() {
      for (const tab of this.tabs()) tab.addEventListener("click", () => this.view(tab.id === "tab-table" ? "table" : "picture"));
      part("tabs").addEventListener("keydown", (event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        this.view(this.state.view === "picture" ? "table" : "picture");
        this.tabs().find((tab) => tab.tabIndex === 0)?.focus();
      });
      part("fit").addEventListener("click", () => this.picture.fit());
      part("closer").addEventListener("click", () => this.picture.zoom(ZOOM));
      part("farther").addEventListener("click", () => this.picture.zoom(1 / ZOOM));
      part("to-panel").addEventListener("click", () => part("panel-fold").scrollIntoView());
      for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.skip"))) {
        link.addEventListener("click", (event) => { // the fragment keeps the view
          event.preventDefault();
          part(fragmentIn(link.hash)).focus();
        });
      }
      part("reset").addEventListener("click", () => {
        this.state = { ...stateOf(""), view: this.state.view, chosen: this.state.chosen };
        this.legend.set(this.state);
        this.years?.set(null, null);
        this.filter();
      });
      for (const step of this.stepButtons()) step.addEventListener("click", () => {
        this.state.steps = this.state.steps === Number(step.dataset.steps) ? 0 : Number(step.dataset.steps);
        this.filter();
        this.picture.fit();
      });
    }

    /** Files to download; the menu closes after one is taken, by Escape and by a click elsewhere. */
    menu() {
      const menu = part("downloads");
      const close = () => menu.removeAttribute("open");
      for (const taken of menu.querySelectorAll("button")) taken.addEventListener("click", () => {
        close();
        this.take(taken.dataset.form ?? "");
      });
      addEventListener("pointerdown", ({ target }) => { if (!menu.contains(/** @type {Node} */ (target))) close(); });
      menu.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape") return;
        close();
        menu.querySelector("summary")?.focus();
      });
    }

    /** @returns {HTMLButtonElement[]} */
    stepButtons() {
      return [...part("steps").querySelectorAll("button")];
    }

    tabs() {
      return [part("tab-picture"), part("tab-table")];
    }

    item() {
      return this.model.items.get(this.state.chosen) ?? null;
    }

    remember() {
      keepFragment(fragmentOf(this.state));
    }

    /** Take the state from the address. */
    restore() {
      this.state = stateOf(fragmentIn());
      this.legend.set(this.state);
      this.years?.set(this.state.from, this.state.to);
      this.refresh();
      this.view(this.state.view, false);
      this.choose(this.item(), { fly: true, remember: false });
    }

    /** Show what the filters leave. */
    filter() {
      this.refresh();
      this.show(this.item());
      this.remember();
    }

    /** Show an item in the panel, in the picture and below it. @param {Item|null} item */
    show(item) {
      this.panel.show(item, this.shown);
      this.picture.select(item);
      part("chosen").textContent = item ? this.said(item) : "";
      part("to-panel").hidden = part("steps").hidden = !item;
    }

    refresh() {
      this.narrowed = `${this.state.steps && this.state.chosen}`; // the item around which only its neighbours are left
      this.shown = this.model.shown(this.state);
      const { nodes, edges } = this.shown;
      this.picture.show(nodes, edges);
      this.legend.count(this.shown);
      this.years?.count(this.shown);
      for (const step of this.stepButtons()) step.setAttribute("aria-pressed", String(this.state.steps === Number(step.dataset.steps)));
      if (this.state.view === "table" || matchMedia("print").matches) this.table.show(this.shown);
      else this.table.shown = this.shown;
      part("counts").textContent = this.words("Shown: {nodes} of {allNodes} entries, {edges} of {allEdges} links", {
        nodes: nodes.size, allNodes: this.data.nodes.length, edges: edges.size, allEdges: this.data.edges.length,
      });
      part("asked").textContent = this.model.asked(this.state);
    }

    /** @param {NetworkState["view"]} view @param {boolean} remember */
    view(view, remember = true) {
      this.state.view = view;
      part("stage").dataset.view = view;
      selectTab(this.tabs(), part(`tab-${view}`));
      if (view === "table") this.table.show(this.shown);
      if (remember) this.remember();
    }

    /** Choose an item or nothing, for panel, picture and address. @param {Item|null} item @param {{fly?: boolean, remember?: boolean}} how */
    choose(item, { fly = false, remember = true } = {}) {
      this.state.chosen = this.model.nameOf(item);
      if (!item) this.state.steps = 0;
      if (this.narrowed !== `${this.state.steps && this.state.chosen}`) this.refresh();
      this.at = item;
      if (item) this.anchor = this.anchored(item);
      this.show(item);
      if (item && fly && this.shown.nodes.has(this.anchor)) this.picture.flyTo(this.anchor);
      if (item) part("panel-fold").setAttribute("open", "");
      if (remember) this.remember();
    }

    /** The node from which the keys go on: of an edge, the end where they are, else where it begins. @param {Item} item */
    anchored({ kind, id }) {
      if (kind === "node") return id;
      const { from, to } = this.data.edges[id];
      return this.anchor === to ? to : from;
    }

    /** The chosen item in a line. @param {Item} item */
    said({ kind, id }) {
      const { nodes, edges, classes } = this.data;
      if (!this.shown[kind === "edge" ? "edges" : "nodes"].has(id)) return this.words("The filters hide it.");
      if (kind === "edge") return this.model.sentence(edges[id]);
      const ties = this.model.touching[id].filter((edge) => this.shown.edges.has(edge)).length;
      const { label, kind: name } = nodes[id];
      return this.words("{thing} ({kind}), links shown: {count}", { thing: label, kind: classes[name] ?? name, count: ties });
    }

    /** Walk the picture by keys. @param {KeyboardEvent} event */
    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const acts = /** @type {Record<string, () => void>} */ ({
        ArrowRight: () => this.walk(1), ArrowLeft: () => this.walk(-1), ArrowDown: () => this.walkEdges(1), ArrowUp: () => this.walkEdges(-1),
        Enter: () => this.cross(), Escape: () => this.choose(null),
        "+": () => this.picture.zoom(ZOOM), "=": () => this.picture.zoom(ZOOM), "-": () => this.picture.zoom(1 / ZOOM), 0: () => this.picture.fit(),
      });
      if (!(event.key in acts)) return;
      event.preventDefault();
      acts[event.key]();
    }

    /** Go to the next node, the best tied first. @param {number} by */
    walk(by) {
      const order = this.picture.names.ranked.filter((id) => this.shown.nodes.has(id));
      const next = step(order, order.indexOf(this.anchor), by);
      if (next !== undefined) this.choose({ kind: "node", id: next }, { fly: true });
    }

    /** Go to the next edge of the node where the keys are. @param {number} by */
    walkEdges(by) {
      if (this.anchor < 0) return this.walk(1);
      const first = (/** @type {number} */ edge) => this.model.bundle(edge, this.shown)[0] ?? edge;
      const edges = [...new Set(this.model.touching[this.anchor].filter((edge) => this.shown.edges.has(edge)).map(first))];
      const next = step(edges, this.at?.kind === "edge" ? edges.indexOf(first(this.at.id)) : -1, by);
      if (next !== undefined) this.choose({ kind: "edge", id: next });
    }

    /** Go over the chosen edge to its other end. */
    cross() {
      if (this.at?.kind !== "edge") return;
      const { from, to } = this.data.edges[this.at.id];
      this.choose({ kind: "node", id: from === this.anchor ? to : from }, { fly: true });
    }

    /** Make a file of what is shown. @param {string} form */
    async take(form) {
      const { data, shown, state } = this;
      const [nodes, edges] = [[...shown.nodes].map((id) => data.nodes[id]), [...shown.edges].map((id) => data.edges[id])];
      const whole = edges.length === data.edges.length && nodes.length === data.nodes.length;
      const save = (/** @type {Blob|null} */ blob) => { if (blob) download(`${data.name}${whole ? "" : "-filtered"}.${form}`, blob); };
      const text = (/** @type {string} */ type, /** @type {string} */ body) => save(new Blob([body], { type: `${type};charset=utf-8` }));
      if (form === "png") await this.drawnOnceMore((seen) => this.poster(seen).toBlob(save));
      else if (form === "graphml") text("application/xml", graphmlOf(data, nodes, edges, state));
      else text("text/csv", form === "csv" ? edgesCsv(data, edges) : csvOf(nodeAttributes(data), nodes));
    }

    /** Draw the whole of what is shown out of sight, larger than on the page. @param {(seen: HTMLCanvasElement) => void} use */
    async drawnOnceMore(use) {
      const box = document.body.appendChild(made("div", { class: "out-of-sight" }));
      const picture = new VisPicture(box, this.data, () => {});
      picture.show(this.shown.nodes, this.shown.edges);
      picture.select(this.item());
      picture.see(false);
      await picture.ready;
      picture.network.once("afterDrawing", () => use(/** @type {HTMLCanvasElement} */ (box.querySelector("canvas"))));
      picture.network.redraw();
      picture.network.destroy();
      box.remove();
    }

    /** A picture with its title, the filters, its legend and sources. @param {HTMLCanvasElement} seen */
    poster(seen) {
      const sources = sourcesOf(this.data, [...this.shown.edges].map((id) => this.data.edges[id])).join(", ");
      const lines = [this.model.asked(this.state), `tipgraph · ${this.words("sources")}: ${sources} · ${LICENCE} · ${ADDRESS}`];
      return posterOf(seen, this.data, this.picture.palette, this.data.title, lines.filter(Boolean));
    }

    /** Make ready for paper: the whole table, nothing folded; and back again. @param {boolean} on */
    print(on) {
      part("printed").replaceChildren(...(on ? [this.poster(/** @type {HTMLCanvasElement} */ (part("picture").querySelector("canvas")))] : []));
      if (on) for (const id of FOLDS) part(id).setAttribute("open", "");
      this.table.whole(on);
    }
  }

  /** How wide a picture is for its height, within what a page has room for. @param {NetworkNode[]} nodes */
  function shapeOf(nodes) {
    const [width, height] = [nodes.map(({ x }) => x), nodes.map(({ y }) => y)].map((ways) => Math.max(...ways) - Math.min(...ways) + 150);
    return Math.min(Math.max(width / height, 0.75), 1.1).toFixed(2);
  }

  /** The next item of a circle; from outside, the first or the last. @param {number[]} items @param {number} at @param {number} by */
  function step(items, at, by) {
    if (at < 0) return by > 0 ? items[0] : items[items.length - 1];
    return items[(at + by + items.length) % items.length];
  }

  /** The page that is open, by a name: who looks into it from the console, and the tests, ask it where things are. */
  pageData("network").then((data) => Object.assign(globalThis, { networkPage: new NetworkPage(data) }));
})();
