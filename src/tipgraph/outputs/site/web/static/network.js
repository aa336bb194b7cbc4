// @ts-check
// The network page: picture, legend, search, panel, table, and the state in the address.
(() => {
  "use strict";
  const {
    ADDRESS, button, claimList, csvCell, download, fragmentIn, graphmlLines, ID_BASE, inParts, isReviewed, keepFragment, LICENCE, LICENCES,
    made, makeSearch, pageData, part, reviewTitle, reviewWords, selectTab, shortIri, targeted, wording, wrapped,
  } = tipgraph;
  const { caveatsOf, claimsOf, groupMark, relationMark, tieWords, VisPicture } = networkPicture;

  // The state of the page: its filters, its view and what is chosen, as its address holds it.

  const EDGE_FACETS = /** @type {Exclude<Facet, "class">[]} */ (["relation", "kind", "status", "source", "modality", "review"]);
  const FACETS = /** @type {Facet[]} */ (["class", ...EDGE_FACETS]);

  /** A state as a fragment of the address. @param {NetworkState} state */
  function fragmentOf({ without, from, to, view, chosen, steps }) {
    const given = new URLSearchParams(FACETS.flatMap((facet) => [...without[facet]].map((value) => [`without-${facet}`, value])));
    const rest = { from: from ?? "", to: to ?? "", view: view === "table" ? view : "", at: chosen, steps: steps || "" };
    for (const [name, value] of Object.entries(rest)) if (value !== "") given.set(name, String(value));
    return String(given);
  }

  /** The part of it that says what is shown. @param {NetworkState} state */
  const filtersOf = (state) => fragmentOf({ ...state, view: "picture", chosen: state.steps ? state.chosen : "" });

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

  // The model: which nodes and edges pass the filters, and edges in words.

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
      /** The first and the last year that the dates of each edge can mean, or null. @type {([number, number]|null)[]} */
      this.years = edges.map(({ earliest, latest }) =>
        (earliest || latest ? [earliest ? parseInt(earliest, 10) : -Infinity, latest ? parseInt(latest, 10) : Infinity] : null));
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

    /** The edges that pass the filters with their ends, and nodes that have no edge at all. @param {NetworkState} state @returns {Shown} */
    shown(state) {
      const passing = this.data.edges.filter((edge) => this.passes(edge, state));
      const near = this.near(passing, state);
      const edges = passing.filter(({ from, to }) => near.has(from) && near.has(to));
      const alone = this.data.nodes.filter(({ id, kind }) => near.has(id) && !this.touching[id].length && !state.without.class.has(kind));
      return { nodes: new Set([...alone.map(({ id }) => id), ...edges.flatMap(({ from, to }) => [from, to])]), edges: new Set(edges.map(({ id }) => id)) };
    }

    /** Whether the filters leave an edge: the classes of its ends, a value of each facet, and years that its dates may mean. @param {NetworkEdge} edge @param {NetworkState} state */
    passes({ id, from, to }, { without, from: first, to: last }) {
      const years = this.years[id];
      return ![from, to].some((end) => without.class.has(this.data.nodes[end].kind))
        && !(years && (years[0] > (last ?? Infinity) || years[1] < (first ?? -Infinity)))
        && EDGE_FACETS.every((facet) => !without[facet].size || this.values[id][facet].some((value) => !without[facet].has(value)));
    }

    /** The nodes within the wanted steps of the chosen item, over some edges; all, if no steps are wanted. @param {NetworkEdge[]} edges @param {NetworkState} state */
    near(edges, { steps, chosen }) {
      const item = this.items.get(chosen);
      if (!steps || !item) return new Set(this.data.nodes.keys());
      let near = new Set(this.endsOf(item));
      for (let step = item.kind === "edge" ? 1 : 0; step < steps; step++) {
        near = new Set([...near, ...edges.filter(({ from, to }) => near.has(from) || near.has(to)).flatMap(({ from, to }) => [from, to])]);
      }
      return near;
    }

    /** @param {Item} item */
    endsOf({ kind, id }) {
      return kind === "node" ? [id] : [this.data.edges[id].from, this.data.edges[id].to];
    }

    /** The shown edges of a node. @param {number} node @param {Shown} shown */
    ties(node, shown) {
      return this.touching[node].filter((edge) => shown.edges.has(edge));
    }

    /** The shown edges of a bundle, by any of them. @param {number} id @param {Shown} shown */
    bundle(id, shown) {
      const { bundle = id, from } = this.data.edges[id];
      return this.ties(from, shown).filter((other) => (this.data.edges[other].bundle ?? other) === bundle);
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
      const { words, data: { nodes } } = this;
      const parts = FACETS.filter((facet) => state.without[facet].size).flatMap((facet) => {
        const { title, labels } = this.facets[facet], all = [...this.counts(facet).keys()];
        const [gone, rest] = [true, false].map((out) => all.filter((value) => state.without[facet].has(value) === out).map((value) => labels[value] ?? value));
        const isFew = rest.length && rest.length < gone.length;
        return gone.length ? `${title}: ${isFew ? words("only {names}", { names: rest.join(", ") }) : words("without {names}", { names: gone.join(", ") })}` : [];
      });
      if (state.from !== null || state.to !== null) parts.push(`${words("Years")}: ${state.from ?? "…"} – ${state.to ?? "…"}`);
      const item = state.steps && this.items.get(state.chosen);
      if (item) parts.push(words("only {name} and its neighbours, steps: {steps}", { name: this.endsOf(item).map((id) => nodes[id].label).join(", "), steps: state.steps }));
      return parts.length ? `${words("Filters")}: ${parts.join("; ")}` : "";
    }

    /** An edge in a few words, its caveats last. @param {NetworkEdge} edge */
    sentence(edge) {
      const { nodes, relations } = this.data;
      return `${nodes[edge.from].label} ${relations[edge.relation]} ${nodes[edge.to].label}${caveatsOf(edge)}`;
    }

    /** The kinds, the statuses or the date of an edge in words, with a note if it is that of its project or event. @param {NetworkEdge} edge @param {"kind"|"status"|"date"} name */
    trait(edge, name) {
      const text = name === "date" ? edge.date : this.values[edge.id][name].map((value) => value && (this.facets[name].labels[value] ?? value)).join(", ");
      const isNamed = (list = "") => list.split(" ").some((other) => other === name || (name === "date" && /^(earliest|latest)$/.test(other)));
      if (!text || !isNamed(edge.inherited)) return text ?? "";
      return isNamed(edge.concluded) ? this.words("{text} (of its project or event, implied)", { text }) : this.words("{text} (of its project or event)", { text });
    }

    /** @param {NetworkEdge} edge */
    money({ amount, currency = "", shared_amount, shared_by = 1 }) {
      const say = (/** @type {number} */ number) => `${number.toLocaleString(this.data.language)} ${currency}`;
      if (amount !== undefined) return say(amount);
      return shared_amount === undefined ? "" : this.words("{amount} for {count} links together", { amount: say(shared_amount), count: shared_by });
    }
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

  /** The columns of edges as CSV, which name their ends. @param {NetworkData} data @returns {Attributes} */
  const edgeColumns = (data) => [
    ["from_label", "string", (edge) => data.nodes[edge.from].label], ["to_label", "string", (edge) => data.nodes[edge.to].label], ...edgeAttributes(data),
    ["from", "string", (edge) => data.nodes[edge.from].iri], ["to", "string", (edge) => data.nodes[edge.to].iri], ["id", "string", (edge) => ID_BASE + edge.key],
  ];

  /** The sources of some edges, by their short names. @param {NetworkData} data @param {NetworkEdge[]} edges */
  function sourcesOf({ sources }, edges) {
    const used = new Set(edges.flatMap(({ source }) => source.split(" ")));
    return Object.keys(sources).filter((name) => used.has(name));
  }

  /** Nodes and edges as GraphML, with a manifest: filters, counts, sources, licences. @param {NetworkData} data @param {NetworkNode[]} nodes @param {NetworkEdge[]} edges @param {string} filters */
  function graphmlOf(data, nodes, edges, filters) {
    const manifest = JSON.stringify({
      "made by": "tipgraph", asked: { network: data.name, ...(filters && { filters }) }, counts: { nodes: nodes.length, edges: edges.length }, licence: LICENCES,
      sources: Object.fromEntries(sourcesOf(data, edges).map((name) => [name, { title: data.sources[name], licence: data.licences[name] }])),
    });
    const lines = graphmlLines(data.name, manifest, { attributes: nodeAttributes(data), items: nodes.map((node) => [node.iri, node]) }, {
      attributes: edgeAttributes(data), items: edges.map((edge) => [ID_BASE + edge.key, data.nodes[edge.from].iri, data.nodes[edge.to].iri, edge]),
    });
    return `${[...lines].join("\n")}\n`;
  }

  /** A part of the page: its place, what it shows, and what it does when somebody chooses there. @template {any[]} Chosen */
  class Part {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {(...chosen: Chosen) => void} choose */
    constructor(place, model, choose) {
      this.place = place;
      this.model = model;
      this.data = model.data;
      this.words = model.words;
      this.choose = choose;
    }
  }

  // The legend, which is the filter: a box to tick for each class, relation, kind, status, review and source.

  const FOLDED = 6; // rows of a list before the rest is folded away

  /** @param {string} summary @param {HTMLElement[]} rows */
  const folded = (summary, rows) => made("details", {}, made("summary", {}, summary), made("ul", {}, ...rows));

  /** The legend of a network; it changes the state that it shows. @extends {Part<[]>} */
  class Legend extends Part {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {() => void} choose */
    constructor(place, model, choose) {
      super(place, model, choose);
      this.state = stateOf("");
      this.totals = Object.fromEntries(FACETS.map((facet) => [facet, model.counts(facet)]));
      /** The boxes, each for one value of a facet, or for all classes of a group. */
      this.ticks = /** @type {{facet: Facet, values: string[], box: HTMLInputElement, count: HTMLElement}[]} */ ([]);
      const { data } = model, directed = new Set(data.edges.filter((edge) => edge.directed).map((edge) => edge.relation));
      const rest = /** @type {Facet[]} */ (["modality", "review", "status", "kind", "source"]).map((facet) => this.facet(facet));
      place.append(this.fieldset("class", made("ul", {}, ...Object.keys(data.groups).map((group) => this.group(group)))),
        this.facet("relation", (name) => relationMark(data, name, directed.has(name))), ...rest);
    }

    /** A group with its classes below it. @param {string} group */
    group(group) {
      const { data } = this;
      const kinds = [...new Set(data.nodes.filter((node) => node.group === group).map(({ kind }) => kind))].sort();
      const mark = groupMark(data, group);
      if (kinds.length === 1) return this.row("class", kinds, data.classes[kinds[0]], mark);
      const head = this.row("class", kinds, data.groups[group].replace(/^./u, (letter) => letter.toUpperCase()), mark);
      head.append(folded(this.words("Kinds: {count}", { count: kinds.length }), kinds.map((kind) => this.row("class", [kind], data.classes[kind]))));
      return head;
    }

    /** The boxes of a facet, if there is a choice; those of a long list are folded away, and those of sources are all. @param {Facet} facet @param {(value: string) => Element} [mark] */
    facet(facet, mark) {
      const labels = facet === "source" ? this.data.sources : this.model.facets[facet].labels; // here sources have their titles
      const values = [...new Set([...Object.keys(labels), ...this.totals[facet].keys()])].filter((value) => this.totals[facet].has(value));
      if (values.length < 2 && facet !== "relation") return "";
      const rows = values.map((value) => this.row(facet, [value], labels[value] ?? value, mark?.(value)));
      if (facet === "source") return this.fieldset(facet, folded(this.words("Sources: {count}", { count: rows.length }), rows));
      const rest = rows.length > FOLDED + 1 ? rows.splice(FOLDED) : [];
      return this.fieldset(facet, made("ul", {}, ...rows, rest.length ? made("li", {}, folded(this.words("More: {count}", { count: rest.length }), rest)) : ""));
    }

    /** A box for values of a facet, and a button that leaves only them, or all again. @param {Facet} facet @param {string[]} values @param {string} label @param {Element|string} mark */
    row(facet, values, label, mark = "") {
      const [box, count] = [made("input", { type: "checkbox" }), made("span", { class: "count" })];
      this.ticks.push({ facet, values, box, count });
      box.addEventListener("change", () => this.leave(facet, values, box.checked));
      const only = button([this.words("only")], () => {
        const others = [...this.totals[facet].keys()].filter((value) => !values.includes(value));
        const already = others.every((value) => this.state.without[facet].has(value)) && box.checked && !box.indeterminate;
        this.state.without[facet].clear();
        this.leave(facet, others, already);
      }, { class: "only", "aria-label": this.words("only {names}", { names: label }) });
      return made("li", {}, made("label", { class: "tick" }, box, mark, made("span", { class: "name", title: label }, label), count), only);
    }

    /** @param {Facet} facet @param {HTMLElement} body */
    fieldset(facet, body) {
      return made("fieldset", {}, made("legend", {}, this.model.facets[facet].title), body);
    }

    /** @param {Facet} facet @param {string[]} values @param {boolean} on */
    leave(facet, values, on) {
      for (const value of values) this.state.without[facet][on ? "delete" : "add"](value);
      this.choose();
    }

    /** Show a state, and count what it shows. @param {NetworkState} state @param {Shown} shown */
    show(state, shown) {
      this.state = state;
      const counts = Object.fromEntries(FACETS.map((facet) => [facet, this.model.counts(facet, shown)]));
      for (const { facet, values, box, count } of this.ticks) {
        const left = values.filter((value) => !state.without[facet].has(value)).length;
        [box.checked, box.indeterminate] = [left > 0, left > 0 && left < values.length];
        const [now, all] = [counts, this.totals].map((of) => values.reduce((sum, value) => sum + (of[facet].get(value) ?? 0), 0));
        count.textContent = now === all ? String(all) : `${now}/${all}`;
      }
    }
  }

  // The side panel: the claims of the chosen node or edge, with their places in the sources.

  /** @extends {Part<[Item]>} */
  class Panel extends Part {
    /** Show the claims of an item. @param {Item|null} item @param {Shown} shown */
    show(item, shown) {
      if (!item) return this.place.replaceChildren(made("p", { class: "quiet" }, this.words("Choose an entry or a link to read its claims and their citations here.")));
      this.place.replaceChildren(...(item.kind === "node" ? this.node(item.id, shown) : this.edge(item.id, shown)));
      this.place.closest(".side")?.scrollTo({ top: 0 });
    }

    /** @param {number} id @param {Shown} shown */
    node(id, shown) {
      const { words, data, model } = this;
      const node = data.nodes[id], ties = model.ties(id, shown), hidden = model.touching[id].length - ties.length;
      const quiet = (/** @type {(Node|string)[]} */ ...said) => made("p", { class: "quiet" }, ...said);
      const others = (node.networks ?? []).map((number) => data.networks?.[number] ?? ["", ""]); // that it is in
      const links = others.flatMap(([href, title], at) => [at ? ", " : "", made("a", { href: `${href}#${new URLSearchParams({ at: shortIri(node.iri) })}` }, title)]);
      return [
        made("h2", {}, groupMark(data, node.group), node.label), this.chips(data.classes[node.kind] ?? node.kind, node.planned ? words("planned") : ""),
        ...(node.aliases ? [quiet(`${words("Also called")}: ${node.aliases}`)] : []),
        ...(node.page ? [made("p", {}, made("a", { href: node.page }, words("All claims about it")))] : []),
        ...(links.length ? [quiet(`${words("Also in")}: `, ...links)] : []),
        ...(hidden && shown.nodes.has(id) ? [quiet(words("Links that the filters hide: {count}", { count: hidden }))] : []),
        this.claims(ties),
      ];
    }

    /** @param {number} id @param {Shown} shown */
    edge(id, shown) {
      const { words, model } = this;
      const edge = this.data.edges[id], bundle = model.bundle(id, shown);
      const quiet = (/** @type {string} */ said) => made("span", { class: "quiet" }, said);
      const between = made("p", { class: "between" }, this.end(edge.from), " ", relationMark(model.data, edge.relation, edge.directed), " ",
        quiet(this.data.relations[edge.relation]), " ", this.end(edge.to), quiet(caveatsOf(edge)));
      const said = [[words("Kind"), model.trait(edge, "kind")], [words("Status"), model.trait(edge, "status")], [words("Date"), model.trait(edge, "date")], [words("Amount"), model.money(edge)]];
      const chips = bundle.length > 1 ? [words("Claims: {count}", { count: bundle.length })] : [...said.map(([title, text]) => text && `${title}: ${text}`), words(edge.modality)];
      return [made("h2", { class: "sr" }, model.sentence(edge)), between, this.chips(...chips), this.claims(bundle.length ? bundle : [id])];
    }

    /** An end of an edge, which can be chosen. @param {number} id */
    end(id) {
      const node = this.data.nodes[id];
      return button([groupMark(this.data, node.group), node.label], () => this.choose({ kind: "node", id }), { class: "end" });
    }

    /** @param {string[]} texts  empty ones are left out */
    chips(...texts) {
      return made("p", { class: "chips" }, ...texts.filter(Boolean).flatMap((text) => [made("span", { class: "chip" }, text), " "]));
    }

    /** The claims behind edges: of reviewed ones and of the others, contradicted ones first. @param {number[]} edges */
    claims(edges) {
      const keys = [...new Set(edges.flatMap((edge) => claimsOf(this.data.edges[edge])))];
      return claimList(keys, this.words, (one, other) => Number(other.against.length > 0) - Number(one.against.length > 0));
    }
  }

  // The table of what the picture shows: its edges or its nodes, sorted, the first rows and a button for more.

  const ROWS = 200;

  /** @extends {Part<[Item]>} */
  class NetworkTable extends Part {
    kind = /** @type {"edges"|"nodes"} */ ("edges");
    sorting = { name: "", down: false };
    shown = /** @type {Shown|null} */ (null);

    /** The columns: names as in exports, titles in the language. @returns {TableColumn[]} */
    columns() {
      const { words, model, data, data: { nodes, classes } } = this;
      if (this.kind === "nodes") return [
        { name: "label", title: words("Entry"), text: ({ label }) => label },
        { name: "kind", title: words("Kind"), text: ({ kind }) => classes[kind] ?? kind },
        { name: "names", title: words("Also called"), text: ({ aliases = "" }) => aliases },
        { name: "ties", title: words("Links shown"), text: ({ id }) => String(this.shown ? model.ties(id, this.shown).length : 0), isNumber: true },
      ];
      return [
        { name: "from_label", title: words("From"), text: ({ from }) => nodes[from].label, cell: ({ from }) => [pageLink(nodes[from])] },
        { name: "label", title: words("Link"), text: (edge) => tieWords(data, edge) },
        { name: "to_label", title: words("To"), text: ({ to }) => nodes[to].label, cell: ({ to }) => [pageLink(nodes[to])] },
        { name: "said_at", title: words("Citation"), text: ({ said_at = "" }) => said_at, cell: sourceLinks },
        { name: "kind", title: words("Kind"), text: (edge) => model.trait(edge, "kind") },
        { name: "status", title: words("Status"), text: (edge) => model.trait(edge, "status") },
        { name: "date", title: words("Date"), text: (edge) => model.trait(edge, "date"), key: ({ earliest, latest }) => earliest ?? latest },
        { name: "amount", title: words("Amount"), text: (edge) => model.money(edge), key: ({ amount, shared_amount }) => amount ?? shared_amount, isNumber: true },
        { name: "modality", title: words("Stated or implied"), text: ({ modality }) => words(modality) },
      ];
    }

    /** What is shown in its order, reviewed edges first; what has no value to be sorted by comes last. @returns {any[]} */
    items() {
      const { shown, data, sorting: { name, down } } = this;
      const all = /** @type {any[]} */ ([...shown?.[this.kind] ?? []].map((id) => data[this.kind][id]));
      const column = this.columns().find((other) => other.name === name);
      if (!column) return all.sort((one, other) => Number(isReviewed(other)) - Number(isReviewed(one)));
      const order = new Intl.Collator(data.language, { numeric: true });
      const keyed = all.map((item) => ({ item, key: String((column.key ?? column.text)(item) ?? "") }));
      keyed.sort((one, other) => Number(!one.key) - Number(!other.key) || (down ? -1 : 1) * order.compare(one.key, other.key));
      return keyed.map(({ item }) => item);
    }

    /** Draw the table after some changes. @param {Partial<Pick<NetworkTable, "kind"|"sorting"|"shown">>} changes @param {string} [focus]  a selector of what takes the focus */
    draw(changes, focus, atOnce = ROWS) {
      const { words, kind } = Object.assign(this, changes);
      const items = this.items(), columns = this.columns().filter(({ text }) => items.some((item) => text(item) !== ""));
      const title = kind === "edges" ? words("Links shown") : words("Entries shown");
      const body = made("tbody"), more = inParts(body, items.map((item) => () => made("tr", {}, ...columns.map((column) => this.cell(column, item)))), atOnce, (count) => words("More: {count}", { count }));
      const table = made("table", {}, made("caption", { class: "sr" }, title), made("thead", {}, made("tr", {}, ...columns.map((column) => this.head(column)))), body);
      const turn = (/** @type {NetworkTable["kind"]} */ to, /** @type {string} */ text) =>
        button([text], () => this.draw({ kind: to, sorting: { name: "", down: false } }, "[aria-pressed=true]"), { "aria-pressed": String(kind === to) });
      this.place.replaceChildren(
        made("div", { class: "bar" }, made("span", { role: "group", class: "switch" }, turn("edges", words("Links")), turn("nodes", words("Entries")))),
        made("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, items.length ? table : words("nothing"), more));
      if (focus) /** @type {HTMLElement|null} */ (this.place.querySelector(focus))?.focus();
    }

    /** @param {TableColumn} column */
    head({ name, title, isNumber }) {
      const { sorting } = this;
      const sort = button([title], () => this.draw({ sorting: { name, down: sorting.name === name && !sorting.down } }, `th[data-name="${name}"] button`));
      const order = sorting.name === name && (sorting.down ? "descending" : "ascending");
      return made("th", { scope: "col", "data-name": name, "aria-sort": order, class: isNumber && "number" }, sort);
    }

    /** @param {TableColumn} column @param {any} item */
    cell({ name, text, cell, isNumber }, item) {
      const kind = this.kind === "edges" ? "edge" : "node";
      const content = name === "label" ? [button([text(item)], () => this.choose({ kind, id: item.id }), { class: "choose" })] : cell?.(item) ?? [text(item)];
      return made("td", { class: isNumber ? "number" : name }, ...content);
    }
  }

  /** @param {NetworkNode} node */
  const pageLink = ({ label, page }) => page ? made("a", { href: page }, label) : label;

  /** Places such as `report-2005 ¶3 s2, p. 7`, or `post-2005 (cited)`, as links: to the claim, if only one is there. @param {NetworkEdge} edge */
  function sourceLinks(edge) {
    const keys = claimsOf(edge), claim = keys.length === 1 ? `/${encodeURI(keys[0])}` : "";
    return (edge.said_at ?? "").split("; ").flatMap((place, at) => {
      const found = /^([a-z0-9]+(?:[.-][a-z0-9]+)*) (?:¶(\d+)|\((?:cited|withheld)\))/.exec(place);
      return [at ? "; " : "", found ? made("a", { href: `../source/${found[1]}.html#p${found[2] ?? 0}${claim}` }, place) : place];
    });
  }

  // Years below the picture: how many links may date from each, and two handles that leave some.

  /** @extends {Part<[Pick<NetworkState, "from"|"to">]>} */
  class Years extends Part {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {(years: Pick<NetworkState, "from"|"to">) => void} choose */
    constructor(place, model, choose) {
      super(place, model, choose);
      const { words } = model, known = model.years.flatMap((pair) => pair ?? []).filter(Number.isFinite);
      const [min, max] = this.span = [Math.min(...known), Math.max(...known)];
      this.ends = [words("From year"), words("To year")].map((label) => made("input", { type: "range", min, max, "aria-label": label }));
      this.bars = known.length ? Array.from({ length: max - min + 1 }, () => made("span", {}, made("i"))) : [];
      this.all = this.counted(this.data.edges.keys());
      this.said = made("output", {});
      this.note = made("span", { class: "note" });
      const handles = made("div", { class: "handles" }, ...this.ends);
      handles.addEventListener("input", ({ target }) => {
        const [from, to] = this.ends;
        if (+from.value > +to.value) for (const end of this.ends) end.value = /** @type {HTMLInputElement} */ (target).value;
        choose({ from: +from.value === min ? null : +from.value, to: +to.value === max ? null : +to.value });
      });
      place.append(made("p", {}, made("b", {}, words("Years")), " ", this.said, " ", this.note), made("div", { class: "bars", "aria-hidden": "true" }, ...this.bars), handles);
      place.hidden = !known.length;
    }

    /** How many of some edges may date from the year of each bar. @param {Iterable<number>} edges */
    counted(edges) {
      const [min, max] = this.span;
      const counts = this.bars.map(() => 0);
      for (const id of edges) {
        const [from, to] = this.model.years[id] ?? [Infinity, -Infinity];
        for (let year = Math.max(from, min); year <= Math.min(to, max); year++) counts[year - min] += 1;
      }
      return counts;
    }

    /** Show a state, and count what it shows. @param {NetworkState} state @param {Shown} shown */
    show({ from, to }, { edges }) {
      const [min, max] = this.span, [first, last] = [from ?? min, to ?? max];
      [this.ends[0].value, this.ends[1].value] = [String(first), String(last)];
      this.ends[0].classList.toggle("above", first > (min + max) / 2);
      this.said.textContent = first === last ? String(first) : `${first} – ${last}`;
      const [most, now] = [Math.max(...this.all, 1), this.counted(edges)];
      this.bars.forEach((bar, at) => {
        bar.classList.toggle("out", min + at < first || min + at > last);
        bar.style.height = `${100 * this.all[at] / most}%`;
        /** @type {HTMLElement} */ (bar.firstChild).style.height = `${100 * now[at] / (this.all[at] || 1)}%`;
      });
      const undated = [...edges].filter((id) => !this.model.years[id]).length;
      this.note.textContent = this.model.words("The picture shows links that may date from these years, and {count} links without a date.", { count: undated });
    }
  }

  // The page.

  const [ZOOM, LARGE] = [1.3, 1.8]; // by one press; names of a poster, as a part of those on a screen

  /** A network page while it is open: its state, and the parts that show it. */
  class NetworkPage {
    /** @param {NetworkData} data */
    constructor(data) {
      this.data = data;
      this.words = wording(data.words);
      this.model = new NetworkModel(data, this.words);
      this.first = data.first ?? ""; // the address of what a page without one shows
      this.state = stateOf(fragmentIn() || this.first);
      this.filters = "?"; // those that chose what is shown
      this.shown = /** @type {Shown} */ ({ nodes: new Set(), edges: new Set() });
      this.item = /** @type {Item|null} */ (null); // that is chosen
      this.anchor = -1; // the node whose edges the keys walk
      this.steps = part("steps").querySelectorAll("button");
      for (const id of ["tools", "stage"]) part(id).hidden = false;
      const fly = (/** @type {Item} */ item) => this.choose(item, true);
      this.panel = new Panel(part("panel"), this.model, fly);
      this.table = new NetworkTable(part("table"), this.model, fly);
      this.around = /** @type {(Legend|Years)[]} */ ([]); // the picture, once it is seen
      this.picture = new VisPicture(part("picture"), data, (item) => {
        this.choose(item);
        if (item) part("chosen").scrollIntoView({ block: "nearest" }); // it may be below the window of a phone
      });
      makeSearch(/** @type {HTMLInputElement} */ (part("search")), part("found"), data.nodes, {
        mark: (index) => groupMark(data, data.nodes[index].group), found: (id) => fly({ kind: "node", id }),
      });
      this.listen();
      this.draw(true);
      if (this.first && !this.item) this.picture.look(this.picture.shown, false);
      this.picture.ready.then(() => { performance.mark("ready"); setTimeout(() => this.surround()); });
    }

    /** Build what stands around the picture and takes long; it does not move the picture. */
    surround() {
      if (!this.picture.container.isConnected) return; // another page has replaced this one
      this.around = [new Legend(part("filters"), this.model, () => this.draw()), new Years(part("years"), this.model, (years) => this.change(years))];
      for (const part of this.around) part.show(this.state, this.shown);
      document.documentElement.dataset.ready = "yes";
    }

    listen() {
      const { picture } = this;
      for (const [id, act] of Object.entries({
        "tab-picture": () => this.change({ view: "picture" }), "tab-table": () => this.change({ view: "table" }),
        closer: () => picture.zoom(ZOOM), farther: () => picture.zoom(1 / ZOOM), fit: () => picture.look(picture.shown),
        "to-panel": () => part("panel-fold").scrollIntoView(), reset: () => this.change({ ...stateOf(""), view: this.state.view, chosen: this.state.chosen }),
      })) part(id).addEventListener("click", act);
      part("tabs").addEventListener("keydown", ({ key }) => {
        if (key !== "ArrowLeft" && key !== "ArrowRight") return;
        this.change({ view: this.state.view === "picture" ? "table" : "picture" });
        part(`tab-${this.state.view}`).focus();
      });
      for (const step of this.steps) step.addEventListener("click", () => {
        this.change({ steps: this.state.steps === Number(step.value) ? 0 : Number(step.value) });
        picture.look(picture.shown);
      });
      part("picture").addEventListener("keydown", (event) => this.key(event));
      addEventListener("hashchange", () => {
        if (!targeted()) this.state = stateOf(fragmentIn() || this.first); // else somebody skips to the picture, and keeps the view
        this.draw(!targeted());
      });
      this.menu();
      this.folds();
    }

    /** Files to download; the menu closes after one is taken, by Escape and by a click elsewhere. */
    menu() {
      const menu = /** @type {HTMLDetailsElement} */ (part("downloads"));
      for (const taken of menu.querySelectorAll("button")) taken.addEventListener("click", () => this.take(taken.dataset.form ?? ""));
      addEventListener("click", ({ target }) => { if (target instanceof Element && target.closest("summary")?.parentElement !== menu) menu.open = false; });
      menu.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape") return;
        menu.open = false;
        menu.querySelector("summary")?.focus();
      });
    }

    /** Filters and panel are folded where there is no room, and never on paper, where the picture is a poster and the table whole. */
    folds() {
      const small = matchMedia("screen and (max-width: 60rem)");
      const fold = () => { for (const id of ["filters-fold", "panel-fold"]) part(id).toggleAttribute("open", !small.matches); };
      fold();
      small.addEventListener("change", fold);
      addEventListener("beforeprint", () => {
        part("printed").replaceChildren(this.poster(part("picture")));
        for (const id of ["filters-fold", "panel-fold"]) part(id).setAttribute("open", "");
        this.table.draw({ shown: this.shown }, "", Infinity);
      });
      addEventListener("afterprint", () => {
        part("printed").replaceChildren();
        this.table.draw({});
      });
    }

    /** @param {Partial<NetworkState>} state */
    change(state) {
      Object.assign(this.state, state);
      this.draw();
    }

    /** Choose an item or nothing. @param {Item|null} item @param {boolean} flies */
    choose(item, flies = false) {
      this.state.chosen = !item ? "" : item.kind === "edge" ? this.data.edges[item.id].key : shortIri(this.data.nodes[item.id].iri);
      if (flies && this.first && item?.kind === "node" && !this.shown.nodes.has(item.id)) this.state.without.relation.clear();
      if (item) part("panel-fold").setAttribute("open", "");
      else this.state.steps = 0;
      this.draw(flies);
    }

    /** Show the state everywhere. @param {boolean} flies  to the chosen item */
    draw(flies = false) {
      const { data, model, state, words } = this;
      if (this.filters !== filtersOf(state)) [this.filters, this.shown] = [filtersOf(state), model.shown(state)];
      const { shown, shown: { nodes, edges } } = this;
      this.item = model.items.get(state.chosen) ?? null;
      if (this.item && !model.endsOf(this.item).includes(this.anchor)) [this.anchor] = model.endsOf(this.item);
      this.picture.show(nodes, edges, this.item);
      if (flies && this.item) {
        part("panel-fold").setAttribute("open", "");
        this.picture.look(this.picture.near);
      }
      for (const part of this.around) part.show(state, shown);
      this.panel.show(this.item, shown);
      part("stage").dataset.view = state.view;
      selectTab([part("tab-picture"), part("tab-table")], part(`tab-${state.view}`));
      if (state.view === "table" && this.table.shown !== shown) this.table.draw({ shown });
      for (const step of this.steps) step.setAttribute("aria-pressed", String(state.steps === Number(step.value)));
      part("counts").textContent = words("Shown: {nodes} of {allNodes} entries, {edges} of {allEdges} links", {
        nodes: nodes.size, allNodes: data.nodes.length, edges: edges.size, allEdges: data.edges.length,
      });
      part("asked").textContent = model.asked(state);
      part("chosen").textContent = this.item ? this.said(this.item) : "";
      part("to-panel").hidden = part("steps").hidden = !this.item;
      const fragment = fragmentOf(state);
      keepFragment(fragment === this.first ? "" : fragment || "all");
    }

    /** An item in a line. @param {Item} item */
    said({ kind, id }) {
      const { data: { nodes, edges, classes }, model, shown, words } = this;
      if (!shown[kind === "edge" ? "edges" : "nodes"].has(id)) return words("The filters hide it.");
      if (kind === "edge") return model.sentence(edges[id]);
      return words("{thing} ({kind}), links shown: {count}", { thing: nodes[id].label, kind: classes[nodes[id].kind], count: model.ties(id, shown).length });
    }

    /** Walk the picture by keys. @param {KeyboardEvent} event */
    key(event) {
      const { picture, item, anchor } = this;
      const other = item?.kind === "edge" ? this.model.endsOf(item).find((end) => end !== anchor) ?? anchor : null; // end of the chosen edge
      const acts = /** @type {Record<string, () => void>} */ ({
        ArrowRight: () => this.walk("node", 1), ArrowLeft: () => this.walk("node", -1), ArrowDown: () => this.walk("edge", 1), ArrowUp: () => this.walk("edge", -1),
        Enter: () => { if (other !== null) this.choose({ kind: "node", id: other }, true); }, Escape: () => this.choose(null),
        "+": () => picture.zoom(ZOOM), "=": () => picture.zoom(ZOOM), "-": () => picture.zoom(1 / ZOOM), 0: () => picture.look(picture.shown),
      });
      if (event.altKey || event.ctrlKey || event.metaKey || !(event.key in acts)) return;
      event.preventDefault();
      acts[event.key]();
    }

    /** Go on to a node, the best tied first, or to a line of the node where the keys are. @param {Item["kind"]} kind @param {number} by */
    walk(kind, by) {
      const { anchor, item, picture: { lines, ranked } } = this;
      if (kind === "edge" && anchor < 0) return;
      const touching = [...lines.values()].filter(({ from, to }) => from === anchor || to === anchor);
      const ids = kind === "node" ? ranked.filter((node) => this.shown.nodes.has(node)) : touching.map((line) => line.ids[0]);
      const at = kind === "node" ? ids.indexOf(anchor) : touching.findIndex((line) => item?.kind === "edge" && line.ids.includes(item.id));
      const id = ids.at((Math.max(at, by > 0 ? -1 : 0) + by) % ids.length);
      if (id !== undefined) this.choose({ kind, id }, kind === "node");
    }

    /** Make a file of what is shown. @param {string} form */
    async take(form) {
      const { data, shown, filters } = this;
      const [nodes, edges] = [[...shown.nodes].map((id) => data.nodes[id]), [...shown.edges].map((id) => data.edges[id])];
      const whole = edges.length === data.edges.length && nodes.length === data.nodes.length;
      const save = (/** @type {BlobPart|null} */ body, type = "text/csv") => {
        if (body) download(`${data.name}${whole ? "" : "-filtered"}.${form}`, new Blob([body], { type }));
      };
      if (form === "csv") save(csvOf(edgeColumns(data), edges));
      else if (form === "nodes.csv") save(csvOf(nodeAttributes(data), nodes));
      else if (form === "graphml") save(graphmlOf(data, nodes, edges, filters), "application/xml");
      else (await this.drawnLarge()).toBlob((picture) => save(picture, "image/png"));
    }

    /** The whole of what is shown as a poster, drawn out of sight, larger than on the page. */
    async drawnLarge() {
      const box = document.body.appendChild(made("div", { class: "out-of-sight" }));
      const picture = new VisPicture(box, this.data, () => {}, undefined, LARGE);
      picture.show(this.shown.nodes, this.shown.edges, this.item);
      picture.look(picture.shown, false);
      await picture.ready;
      const poster = this.poster(box);
      picture.network.destroy();
      box.remove();
      return poster;
    }

    /** A picture on the ground of the page, with its title above; its legend, the filters and the sources below. @param {HTMLElement} box  of the picture */
    poster(box) {
      const { data, data: { groups, relations }, picture: { palette } } = this;
      const seen = /** @type {HTMLCanvasElement} */ (box.querySelector("canvas"));
      const size = Math.max(seen.width / 75, 12), row = 1.6 * size, columns = 4;
      const marks = [...Object.entries(groups).map(([name, label]) => [palette.groups[name], label]), ...Object.entries(relations).map(([name, label]) => [palette.relations[name], label])];
      const sources = sourcesOf(data, [...this.shown.edges].map((id) => data.edges[id])).join(", ");
      const lines = [this.model.asked(this.state), `tipgraph · ${this.words("sources")}: ${sources} · ${LICENCE} · ${ADDRESS}`].flatMap((line) => wrapped(line, 130));
      const rows = Math.ceil(marks.length / columns), top = seen.height + 3 * row;
      const canvas = made("canvas", { width: seen.width, height: Math.ceil(top + row * (rows + lines.length)) });
      const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      const write = (/** @type {string} */ text, /** @type {string} */ colour, /** @type {number} */ left, /** @type {number} */ down) => {
        pen.fillStyle = colour;
        pen.fillText(text, left, down);
      };
      pen.fillStyle = palette.ground;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(seen, 0, 2 * row);
      pen.font = `bold ${1.3 * size}px sans-serif`;
      write(data.title, palette.ink, size, 1.3 * row);
      pen.font = `${size}px sans-serif`;
      marks.forEach(([colour, label], at) => {
        const [left, down] = [size + at % columns * seen.width / columns, top + Math.floor(at / columns) * row];
        write("■", colour, left, down);
        write(label, palette.ink, left + row, down);
      });
      lines.forEach((line, at) => write(line, palette.quiet, size, top + (rows + at) * row));
      return canvas;
    }
  }

  /** The page that is open, by a name: who looks into it from the console, and the tests, ask it where things are. */
  pageData("network").then((data) => Object.assign(globalThis, { networkPage: new NetworkPage(data) }));
})();
