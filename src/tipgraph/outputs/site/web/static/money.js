// @ts-check
// The page of money: filters, the river, the claims of a band, sums, downloads, and the state in the address.
(() => {
  "use strict";

  const {
    ADDRESS, button, claimList, csvCell, download, drawn, fragmentIn, inParts, isReviewed, keepFields, LICENCE, LICENCES, made, nearFinder, NOT_XML, pageData,
    part, passesReview, pngOf, reviewTitle, reviewWords, shortened, showPassing, SVG, svgText, tidy, wording, wordsOf, workbook, wrapped,
  } = tipgraph;

  const REVIEWED = 2; // the bit of the way that accepts only reviewed claims, as in analysis/payments.py
  const WAYS = 40; // of some years; the strongest are drawn, all others as one
  const [UNDATED, EVERY_YEAR, COMPARED] = ["none", "all", "compared"]; // years of nothing, those of a sum, and all currencies in the prices of the page
  const [NARROWEST, FILE_WIDTH] = [620, 1200]; // pixels of the river
  const [TOP, NODE, GAP, LETTER, LINE, THINNEST, BROAD] = [44, 11, 20, 6.4, 15, 1.5, 14]; // pixels: heads, width of a stop, room between stops, width of a letter, a line of words, a band, one with room for its amount
  const FUNDERS = 20; // with their sums, that are shown before a button shows more
  const COLUMNS = ["funder", "through", "purpose", "place", "amount", "currency", "compared", "prices", "rates", "not compared", "kind", "finance", "years", "date", "modality", "given", "review", "sources", "said at", "claim"]; // of a file
  const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  const [INK, QUIET, GROUND, ACCENT] = ["ink", "quiet", "paper", "accent"].map((name) => `var(--${name})`); // follow the screen, and paper
  const ROLES = { funder: "var(--actor)", through: "var(--actor)", purpose: "var(--undertaking)", place: "var(--place)" };

  const data = /** @type {MoneyData} */ ({}); // all of it is there before anything is shown
  let words = wording({});
  const form = /** @type {HTMLFormElement} */ (part("filters"));
  const field = (/** @type {string} */ name) => /** @type {any} */ (form.elements.namedItem(name));
  const [funder, place, currency, years, kind, review, find] = ["funder", "place", "currency", "years", "kind", "review", "find"].map(field);
  const [askedCurrency, accept, askedKind] = ["currency", "accept", "kind"].map((name) => made("input", { type: "hidden", name })); // a currency or a kind is chosen where none is asked for
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[name=accept]")]);
  let shown = /** @type {Payment[]} */ ([]);
  let flow = /** @type {Flow} */ ({ spots: new Map(), bands: [] });
  let chosen = "";
  let width = 0; // of the river
  let moreSums = /** @type {HTMLButtonElement|undefined} */ (undefined);

  // Payments in words.

  /** The kind of a payment with its type of finance, which are never added up. @param {Payment} payment */
  const kindOf = ({ kind, finance }) => (finance ? `${kind} ${finance}` : kind);

  /** The same in words. @param {string} key */
  function kindWords(key) {
    const [name, finance] = key.split(" ");
    return [data.kinds[name] ?? name, finance && (data.finances[finance] ?? finance)].filter(Boolean).join(", ");
  }

  /** The source of an id. @param {string} id */
  const sourceOf = (id) => id.split("/")[0];

  /** An amount in words, in whole units; files have all of it. @param {string} unit @param {number} amount @returns {string} */
  function moneyWords(unit, amount) {
    const [prices, year] = data.prices.name.split("-");
    if (unit === COMPARED) return `≈ ${moneyWords(prices, amount)}${year ? ` (${year})` : ""}`;
    return `${unit} ${WHOLE.format(amount)}`;
  }

  /** The names of all entries of a stop. @param {number} at */
  const namesAt = (at) => data.stops[at].names || data.stops[at].label;

  /** Exact sums of amounts: numbers of the smallest unit, up to 15 digits. @param {Payment[]} payments */
  const totalOf = (payments) => payments.reduce((sum, { amount }) => sum + Math.round(100 * Number(amount)), 0) / 100;

  /** Codes in words with how often each occurs. @param {string[]} codes @param {Labels} labels */
  const tallied = (codes, labels) => [...counted(codes)].sort().map(([code, number]) => `${labels[code] ?? code} ${number}`).join(", ");

  /** How many payments have an amount that is not compared, with the reasons, in words; else nothing. @param {Payment[]} payments */
  function missingWords(payments) {
    const missing = payments.flatMap(({ gap }) => gap ?? []);
    return missing.length ? words("not converted: {n} ({reasons})", { n: missing.length, reasons: tallied(missing, data.gaps) }) : "";
  }

  /** How often each value occurs, or how much each weighs. @param {any[]} values @param {(at: number) => number} weigh @returns {Map<any, number>} */
  const counted = (values, weigh = () => 1) => d3.rollup(values.keys(), (places) => d3.sum(places, weigh), at => values[at]);

  // What passes the filters.

  /** The payments that pass the filters; one without an amount has no currency. @param {Payment[]} payments @param {string} inCurrency @param {string} ofKind */
  function passing(payments, inCurrency, ofKind) {
    const way = Number(accept.value) | (review.value === "reviewed" ? REVIEWED : 0);
    return payments.filter((payment) =>
      payment.counts >> way & 1
      && passesReview(review.value, isReviewed(payment))
      && (!funder.value || payment.givers.includes(funder.value))
      && (!place.value || payment.places.includes(place.value))
      && (!inCurrency || inCurrency === COMPARED || !payment.amount || payment.currency === inCurrency)
      && (!years.value || (payment.years || UNDATED) === years.value)
      && (!ofKind || kindOf(payment) === ofKind));
  }

  /** A search for payments with a name whose words begin with those that are typed; without one, for similar words. @returns {(typed: string) => {payments: Payment[], near: boolean}} */
  function searchOf() {
    const wordsAt = data.stops.map(({ also }, at) => wordsOf(`${namesAt(at)} ${also}`).join(" "));
    const names = data.payments.map(({ path }) => path.map((at) => wordsAt[at]).join(" "));
    const near = nearFinder(names);
    return (typed) => {
      const said = wordsOf(typed), found = data.payments.filter((_, at) => said.every((word) => ` ${names[at]}`.includes(` ${word}`)));
      const similar = found.length ? [] : near(said).sort(d3.ascending).map((at) => data.payments[at]);
      return { payments: found.length ? found : similar, near: similar.length > 0 };
    };
  }

  /** The entries of a filter, sorted by their labels; if several have one label, each has the name of its source, or its id. @param {Labels} labels @returns {[value: string, text: string][]} */
  function toldApart(labels) {
    const alike = counted(Object.values(labels)), together = counted(Object.keys(labels).map((id) => `${sourceOf(id)} ${labels[id]}`));
    return Object.entries(labels).sort((one, other) => one[1].localeCompare(other[1], data.language) || d3.ascending(one[0], other[0])).map(([id, label]) => {
      const name = together.get(`${sourceOf(id)} ${label}`) === 1 ? sourceOf(id) : id;
      return [id, alike.get(label) === 1 ? label : `${label} (${name})`];
    });
  }

  /** Fill the selects with what the payments have. */
  function fillSelects() {
    const all = (/** @type {(payment: Payment) => string} */ valueOf) => [...new Set(data.payments.map(valueOf))].sort();
    const currencies = [...counted(data.payments.filter(({ amount }) => amount).map((payment) => payment.currency).sort())].sort((one, other) => other[1] - one[1]);
    const choices = /** @type {[HTMLSelectElement, [value: string, text: string][]][]} */ ([
      [funder, toldApart(data.funders)], [place, toldApart(data.places)],
      [currency, currencies.length ? currencies.map(([name]) => [name, name]) : [["", words("no amount known")]]],
      [currency, data.payments.some(({ compared }) => compared) ? [[COMPARED, words("all, in {prices}", { prices: data.prices.words })]] : []],
      [years, all((payment) => payment.years || UNDATED).map((span) => [span, span === UNDATED ? words("no date") : span.replace("/", "–")])],
      [kind, all(kindOf).map((key) => [key, kindWords(key)])],
    ]);
    for (const [select, options] of choices) select.append(...options.map(([value, text]) => made("option", { value }, text)));
  }

  /** Choose a currency, and a kind if several have amounts, where none is asked for: that of most amounts, given ones first. @param {Payment[]} found */
  function settle(found) {
    Object.assign(currency, { value: askedCurrency.value });
    Object.assign(kind, { value: askedKind.value });
    for (const [select, asked, valueOf] of /** @type {[HTMLSelectElement, string, (payment: Payment) => string][]} */ ([[currency, askedCurrency.value, (payment) => payment.currency], [kind, askedKind.value, kindOf]])) {
      const amounts = passing(found, select === currency ? "" : currency.value, select === kind ? "" : kind.value).filter(({ amount }) => amount);
      const most = [...counted(amounts.map(valueOf), (at) => (amounts[at].is_given ? amounts.length : 1))].sort((one, other) => other[1] - one[1]).map(([value]) => value);
      if (select === kind) kind.options[0].disabled = most.length > 1;
      if (!asked && most.length > Number(select === kind)) select.value = most[0];
      if (select.selectedIndex < 0) select.selectedIndex = 0;
    }
  }

  /** Show what the filters leave. @param {ReturnType<ReturnType<typeof searchOf>>} found */
  function show(found) {
    for (const box of boxes) box.checked = Boolean(Number(accept.value) & Number(box.value));
    settle(found.payments);
    const isCompared = currency.value === COMPARED;
    shown = passing(found.payments, currency.value, kind.value);
    const paid = isCompared ? shown.map((payment) => ({ ...payment, amount: payment.compared ?? "", currency: COMPARED })) : shown;
    const isOneSum = new Set(paid.filter(({ amount }) => amount).map(({ sums }) => sums)).size === 1;
    const sources = [...new Set(shown.flatMap(({ claims }) => claims.map(sourceOf)))];
    flow = flowOf(paid);
    part("shown").textContent = shown.length ? [
      found.near && words("Similar names"), words("Items of funding shown: {count}", { count: shown.length }),
      shown.some(({ amount }) => !amount) && words("{n} of {m} amounts not stated", { n: shown.filter(({ amount }) => !amount).length, m: shown.length }),
      isOneSum && words("known amounts together: {sum}", { sum: sumWords(paid) }), isCompared && missingWords(shown),
      sources.length > 1 ? words("sources: {n}", { n: sources.length }) : words("all from one source: {title}", { title: data.sources[sources[0]] ?? sources[0] }), `${reviewTitle(words)}: ${tallied(shown.map((payment) => payment.review), data.reviews)}`,
    ].filter(Boolean).join(" · ") : words("No funding in this graph passes these filters.");
    part("shown").classList.toggle("warn", shown.length > 0 && !shown.some(isReviewed));
    const all = passing(found.payments, "", "");
    nameOthers(all.filter((payment) => !shown.includes(payment)));
    showRows();
    tabulate(all);
    draw();
  }

  /** Name the payments of other kinds and currencies, which the picture leaves out. @param {Payment[]} others */
  function nameOthers(others) {
    const now = currency.value, keyOf = (/** @type {Payment} */ payment) => JSON.stringify([(now !== COMPARED && payment.amount && payment.currency) || now, kindOf(payment)]);
    const choosers = [...counted(others.map(keyOf))].map(([key, count]) => {
      const [unit, name] = JSON.parse(key);
      return button([`${unit === now ? "" : `${unit}, `}${kindWords(name)}: ${count}`], () => ask(unit, name));
    });
    part("others").hidden = !choosers.length;
    part("others").replaceChildren(`${words("Not in the picture, since they are not added up with these:")} `, ...choosers);
  }

  /** Ask for a currency and a kind. @param {string} unit @param {string} name */
  function ask(unit, name) {
    Object.assign(askedCurrency, { value: unit });
    Object.assign(askedKind, { value: name });
    keep();
  }

  /** Show the rows of the table whose payments are shown, and count those that it lacks. */
  function showRows() {
    const seen = new Set(shown), rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#payments tbody tr")]);
    showPassing(/** @type {HTMLElement} */ (rows[0].parentElement), (/** @type {any} */ row) => seen.has(data.payments[Number(row.dataset.payment)]));
    const left = shown.length - rows.filter(({ hidden }) => !hidden).length;
    part("left").hidden = !left;
    part("left").textContent = words("Items that are not in this table: {left}. The files and the table of claims have all.", { left });
  }

  // Sums.

  /** The rows of sums by funder, years and kind, as Python has them, and for all years where several are compared: funders with reviewed payments first, then the largest. @param {Payment[]} payments @returns {MoneySum[]} */
  function sumsOf(payments) {
    const items = payments.flatMap((payment) => (payment.givers.length ? payment.givers : [""]).filter((giver) => !funder.value || giver === funder.value)
      .flatMap((giver) => [payment.years, EVERY_YEAR].map((span) => ({ giver, span, payment }))));
    const groups = d3.flatGroup(items, ({ giver }) => giver, ({ span }) => span, ({ payment }) => payment.sums);
    const rows = /** @type {MoneySum[]} */ (groups.map(([giver, span, sums, own]) => sumOf(giver, span, sums, own.map(({ payment }) => payment))));
    const times = counted(rows.map((row) => `${row.giver} ${row.kind}`)), firm = new Set(rows.filter(({ reviewed }) => reviewed).map(({ giver }) => giver));
    const most = (/** @type {MoneySum[]} */ own) => d3.max(own.flatMap(({ totals }) => totals), (/** @type {{total: number}} */ { total }) => total) ?? 0;
    const kept = rows.filter((row) => row.years !== EVERY_YEAR || (row.compared !== undefined && (times.get(`${row.giver} ${row.kind}`) ?? 0) > 2));
    const ranks = d3.rollup(kept.filter(({ giver, reviewed }) => reviewed || !firm.has(giver)), most, ({ giver }) => giver);
    return kept.sort((one, other) => Number(firm.has(other.giver)) - Number(firm.has(one.giver)) || (ranks.get(other.giver) ?? 0) - (ranks.get(one.giver) ?? 0)
      || one.funder.localeCompare(other.funder) || Number(other.reviewed) - Number(one.reviewed) || one.years.localeCompare(other.years));
  }

  /** A row of sums; an amount of several funders is not the one's own. @param {string} giver @param {string} span @param {string} sums @param {Payment[]} payments @returns {MoneySum} */
  function sumOf(giver, span, sums, payments) {
    const own = payments.filter(({ amount, givers }) => amount && givers.length < 2);
    const compared = own.filter((payment) => payment.compared !== undefined);
    const unknown = payments.filter(({ amount }) => !amount).length;
    return {
      giver, years: span, kind: sums, funder: data.funders[giver] ?? words("funder not named"), reviewed: isReviewed(payments[0]),
      totals: d3.rollups(own, totalOf, (payment) => payment.currency).sort().map(([unit, total]) => ({ currency: unit, total })),
      count: payments.length, unknown, shared: payments.length - own.length - unknown, implied: payments.filter(({ modality }) => modality === "implied").length,
      compared: compared.length ? d3.sum(compared, (payment) => Number(payment.compared)) : undefined, comparedCount: compared.length, missing: missingWords(own),
    };
  }

  /** Write the sums of payments by funder. @param {Payment[]} all  also those of other currencies and kinds */
  function tabulate(all) {
    const table = part("sums"), groups = d3.group(sumsOf(all), ({ giver }) => giver);
    for (const body of table.querySelectorAll("tbody")) body.remove();
    moreSums?.remove();
    moreSums = inParts(table, [...groups.values()].map((rows) => () => sumsBody(rows)), FUNDERS, (/** @type {number} */ count) => words("More funders: {count}", { count }));
    (table.closest(".scroll") ?? table).after(/** @type {HTMLButtonElement} */ (moreSums));
  }

  /** The sums of a funder as a part of the table. @param {MoneySum[]} rows */
  function sumsBody(rows) {
    const [{ funder: name }] = rows, page = data.stops.find(({ label, names }) => label === name && !names)?.page;
    const head = made("th", { scope: "rowgroup", colspan: 2 }, page ? made("a", { href: page }, name) : name);
    return made("tbody", {}, made("tr", {}, head), ...rows.map(({ years: span, kind: sums, totals, compared, comparedCount, count, unknown, shared, implied, missing }) => {
      const isSame = totals.length === 1 && totals[0].currency === data.prices.name.split("-")[0] && Math.abs(totals[0].total - (compared ?? 0)) < 0.001;
      const sum = compared === undefined || isSame ? "" : moneyWords(COMPARED, compared), known = count - unknown - shared;
      const notes = [unknown && words("{n} of {m} amounts not stated", { n: unknown, m: count }), shared && words("shared with other funders: {n}", { n: shared }), implied && words("implied: {n}", { n: implied }), missing];
      return made("tr", {}, made("td", {}, span === EVERY_YEAR ? words("all years") : span.replace("/", "–") || words("no date"), made("span", { class: "quiet" }, `, ${sums}`)),
        made("td", {}, ...totals.flatMap((row) => [made("b", {}, moneyWords(row.currency, row.total)), " "]),
          ...(sum ? [made("span", { class: "compared" }, missing ? words("{amount} for {n} of {m} amounts", { amount: sum, n: comparedCount, m: known }) : sum), " "] : []), made("span", { class: "quiet" }, notes.filter(Boolean).join(", "))));
    }));
  }

  // The bands of money.

  /** The bands of payments, those of the largest funders first; no band has two years or kinds, or both reviewed and other claims. Without an amount, a width says nothing. @param {Payment[]} payments @returns {Flow} */
  function flowOf(payments) {
    const unit = Math.abs(totalOf(payments)) / Math.max(2 * payments.length, 25) || 1;
    const weigh = (/** @type {Payment} */ { amount }) => Math.abs(Number(amount)) || unit; // a correction may be below 0
    const given = counted(payments.map(({ path }) => path[0]), (at) => Number(payments[at].amount));
    const sorted = d3.sort(payments, ({ path }) => -(given.get(path[0]) ?? 0), ({ path }) => path[0], ({ amount }) => -Number(amount));
    const { spots, spotOf } = spotsOf(sorted, weigh);
    const bands = /** @type {Map<string, Band>} */ (new Map());
    for (const payment of sorted) {
      const way = payment.path.map((stop) => spotOf(payment, stop));
      way.slice(1).forEach((to, at) => {
        if (way[at] === to) return; // both are among all others
        const look = !payment.is_given ? "planned" : payment.amount ? "known" : "unknown";
        const implied = payment.modality === "implied" || (payment.reported && at === way.length - 2);
        const reviewed = isReviewed(payment);
        const key = [way[at], to, look, implied ? "implied" : "stated", reviewed ? "reviewed" : "unreviewed", payment.years, kindOf(payment)].join("|");
        const band = bands.get(key) ?? { key, from: way[at], to, look, implied, reviewed, weight: 0, payments: [] };
        band.weight += weigh(payment);
        band.payments.push(payment);
        bands.set(key, band);
      });
    }
    return { spots, bands: [...bands.values()] };
  }

  /** The stops of payments: of the strongest ways each, of the rest one in each column; the funders that have both keep theirs. @param {Payment[]} payments @param {(payment: Payment) => number} weigh */
  function spotsOf(payments, weigh) {
    const wayOf = (/** @type {Payment} */ payment) => [...payment.path, payment.years].join();
    const ways = counted(payments.map(wayOf), (at) => weigh(payments[at]));
    const kept = new Set([...ways].sort((one, other) => other[1] - one[1]).slice(0, WAYS).map(([way]) => way));
    const first = new Set([...kept].map((way) => Number(way.split(",")[0])));
    const isFolded = (/** @type {Payment} */ payment, /** @type {number} */ stop) => !kept.has(wayOf(payment)) && !first.has(stop);
    const folded = counted([...new Set(payments.flatMap((payment) => payment.path.filter((stop) => isFolded(payment, stop))))].map((stop) => data.stops[stop].column));
    const spots = /** @type {Map<string, MoneySpot>} */ (new Map());
    const spotOf = (/** @type {Payment} */ payment, /** @type {number} */ stop) => {
      const { column, role, label } = data.stops[stop];
      const other = isFolded(payment, stop) && words("All others ({count})", { count: folded.get(column) ?? 0 });
      const id = other ? `others-${column}` : String(stop);
      if (!spots.has(id)) spots.set(id, { id, column, role, label: other || label, names: other || namesAt(stop) });
      return id;
    };
    return { spots, spotOf };
  }

  /** The sum of the amounts of payments in words; empty if none is known. @param {Payment[]} payments */
  function sumWords(payments) {
    const known = payments.filter(({ amount }) => amount);
    return known.length ? moneyWords(known[0].currency, totalOf(known)) : "";
  }

  /** The amounts of a band in words, with its reservations. @param {Band} band */
  function amountWords({ look, implied, reviewed, payments }) {
    const missing = payments.some(({ gap }) => gap) ? words("amount not converted") : words("amount not stated");
    const marks = [payments.length > 1 && words("{count} items", { count: payments.length }), implied && words("implied"), look === "planned" && words("only planned"), !reviewed && reviewWords(words).unreviewed];
    return [sumWords(payments) || missing, payments[0].years.replace("/", "–"), ...marks].filter(Boolean).join(", ");
  }

  // The river: the bands as a picture in SVG, whose places d3-sankey finds.

  /** The look of a band, as attributes of SVG. @param {Band} band */
  function lookOf({ look, implied, reviewed }) {
    const pale = implied || !reviewed;
    const stroke = { stroke: ACCENT, "stroke-width": 1, "stroke-opacity": pale ? 0.6 : 0.9, ...(!reviewed && { "stroke-dasharray": "1 3" }) };
    if (look === "planned") return { ...stroke, fill: GROUND, "stroke-dasharray": reviewed ? "5 3" : "5 3 1 3" };
    return { ...stroke, fill: look === "unknown" ? "url(#hatch)" : ACCENT, "fill-opacity": (look === "unknown" ? 1 : 0.5) * (pale ? 0.4 : 1) };
  }

  /** The hatching of unknown amounts. */
  const hatching = () => drawn("defs", {}, drawn("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    drawn("rect", { width: 2.2, height: 7, fill: ACCENT })));

  /** Place bands in a box: each column that has a stop in its place, and a lane where a band passes a column by. @param {number} wide @param {number} right  room for the last names */
  function placed(wide, right) {
    const { spots, bands } = flow;
    const columns = [...new Set([...spots.values()].map(({ column }) => column))].sort(d3.ascending);
    const at = (/** @type {string} */ id) => columns.indexOf(spots.get(id)?.column ?? 0);
    const nodes = /** @type {any[]} */ ([...spots.values()].map((spot) => ({ id: spot.id, at: at(spot.id), spot })));
    const links = /** @type {any[]} */ (bands.flatMap((band) => {
      const lanes = d3.range(at(band.from) + 1, at(band.to)).map((column) => ({ id: `${band.key} ${column}`, at: column }));
      nodes.push(...lanes);
      return d3.pairs([band.from, ...lanes.map(({ id }) => id), band.to], (/** @type {string} */ source, /** @type {string} */ target) => ({ source, target, value: band.weight, band }));
    }));
    const rows = Math.max(...counted(nodes.map((node) => node.at)).values());
    const ways = new Set(bands.flatMap(({ payments }) => payments)).size;
    const isKnown = bands.some(({ payments }) => payments.some(({ amount }) => amount));
    const height = TOP + rows * GAP + (isKnown ? Math.max(260, rows * 13) : 14 * ways); // no thicker than names without an amount
    d3.sankey().nodeId((/** @type {any} */ node) => node.id).nodeWidth(NODE).nodePadding(GAP).nodeAlign((/** @type {any} */ node) => node.at)
      .iterations(24).extent([[1, TOP], [wide - right, height - 8]])({ nodes, links });
    return { nodes, links, height, columns };
  }

  /** The outline of a band over its pieces: along the upper edge, and back along the lower one. @param {any[]} pieces  in the order of their columns */
  function outline(pieces) {
    const edges = pieces.map(({ source, target, y0, y1, width: thick }) => {
      const half = Math.max(thick, THINNEST) / 2;
      const [a, b, middle] = [source.x1, target.x0, (source.x1 + target.x0) / 2].map(tidy);
      const [above, under, end, last] = [y0 - half, y0 + half, y1 - half, y1 + half].map(tidy);
      return { there: `${a} ${above}C${middle} ${above} ${middle} ${end} ${b} ${end}`, back: `${b} ${last}C${middle} ${last} ${middle} ${under} ${a} ${under}` };
    });
    return `M${edges.map(({ there }) => there).join("L")}L${edges.reverse().map(({ back }) => back).join("L")}Z`;
  }

  /** The amounts that are written on bands, where all are known: money that goes on in another band as it is has its amount once. @param {Band[]} bands  from left to right */
  function amountsOn(bands) {
    const first = new Map([...bands].reverse().map((band) => [band.payments.map(({ claims }) => claims[0]).join(), band]));
    return new Map([...first.values()].filter(({ payments }) => payments.every(({ amount }) => amount)).map((band) => [band, sumWords(band.payments)]));
  }

  /** The picture of the flow. Each band can be chosen. An amount stands by the name from which its band alone goes out, else at the end of a broad band. @param {number} wide */
  function picture(wide) {
    const right = Math.min(210, wide / 4);
    const { nodes, links, height, columns } = placed(wide, right);
    const step = columns.length > 1 ? (wide - right - NODE) / (columns.length - 1) : wide - right;
    const letters = (/** @type {number} */ at) => Math.floor(((at === columns.length - 1 ? right : step - NODE) - 10) / LETTER);
    const own = d3.groups(links, ({ band }) => band), sorted = d3.sort(own, ([, [first]]) => first.source.x0, ([, [first]]) => first.y0);
    const bands = sorted.map((/** @type {[Band, any[]]} */ [band, pieces]) => {
      const label = `${flow.spots.get(band.from)?.names} → ${flow.spots.get(band.to)?.names}: ${amountWords(band)}`;
      return drawn("g", { class: "band", "data-band": band.key, role: "button", tabindex: -1, "aria-pressed": "false", "aria-label": label },
        drawn("title", {}, label), drawn("path", { d: outline(pieces), ...lookOf(band) }));
    });
    const amounts = amountsOn(sorted.map((/** @type {[Band, any[]]} */ [band]) => band)), longest = 2 + Math.max(...[...amounts.values()].map(({ length }) => length));
    const halo = { fill: INK, stroke: GROUND, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" };
    const ends = sorted.filter(([band, [{ source, width: thick }]]) => amounts.has(band) && source.sourceLinks.length > 1 && thick >= BROAD).map(([band, [{ target, y1 }]]) => drawn("g", { "data-near": band.key },
      drawn("text", { x: tidy(target.x0 - 5), y: tidy(y1 + 4), "text-anchor": "end", "font-weight": 600, ...halo }, amounts.get(band) ?? "")));
    const bandAt = (/** @type {string} */ id) => flow.bands.find(({ from, to }) => from === id || to === id)?.key ?? "";
    const marks = nodes.filter(({ spot }) => spot).map(({ spot, at, x0, x1, y0, y1, sourceLinks }) => {
      const isThin = y1 - y0 < 16 && at < columns.length - 1, middle = (y0 + y1) / 2 + 4, [first, ...others] = sourceLinks.map((/** @type {any} */ { band }) => amounts.get(band) ?? "");
      const amount = others.length || (isThin && letters(at) < 2 * (first ?? "").length + 4) ? "" : first ?? ""; // a name is more
      const room = letters(at) - (others.some(Boolean) ? longest : isThin && amount ? amount.length + 4 : 0);
      const whole = wrapped(spot.label, room), names = LINE * (whole.length + Number(amount !== "")) < y1 - y0 + GAP - 4 ? whole : [shortened(spot.label, room)];
      return drawn("g", { "data-near": bandAt(spot.id) },
        drawn("title", {}, spot.names),
        drawn("rect", { x: tidy(x0), y: tidy(y0), width: tidy(x1 - x0), height: Math.max(tidy(y1 - y0), 2), fill: ROLES[/** @type {keyof ROLES} */ (spot.role)] }),
        drawn("text", { y: tidy(isThin ? y0 - 3 : middle - (LINE * (names.length - 1 + Number(amount !== ""))) / 2), ...halo },
          ...names.map((line, number) => drawn("tspan", { x: tidy(x1 + 5), ...(number ? { dy: LINE } : {}) }, line)),
          ...(amount ? [drawn("tspan", { "font-weight": 600, ...(isThin ? { dx: 6 } : { x: tidy(x1 + 5), dy: LINE }) }, amount)] : [])));
    });
    const heads = columns.map((column, at) => drawn("text", { x: tidy(1 + at * step), y: 16, "font-weight": "bold", fill: QUIET }, shortened(data.columns[column], letters(at))));
    return drawn("svg", { xmlns: SVG, viewBox: `0 0 ${wide} ${tidy(height)}`, width: wide, height: tidy(height), "font-family": "sans-serif", "font-size": 12.5 },
      hatching(), drawn("g", { class: "heads" }, ...heads), drawn("g", { class: "bands", role: "group", "aria-label": words("Bands of money") }, ...bands), drawn("g", { class: "names" }, ...marks, ...ends));
  }

  /** Draw the bands, as wide as the page has room; that is asked once, for the lists that changed before would have to be laid out first. */
  function draw(wide = width || part("river").clientWidth) {
    width = wide;
    part("flow").hidden = !flow.bands.length;
    part("flow").classList.toggle("comparing", currency.value === COMPARED);
    if (flow.bands.length) {
      part("river").replaceChildren(picture(Math.max(NARROWEST, width)));
      bands()[0].setAttribute("tabindex", "0");
    }
    choose(chosen);
  }

  /** The elements of the bands. */
  const bands = () => /** @type {SVGElement[]} */ ([...part("river").querySelectorAll("[data-band]")]);

  /** Choose a band or nothing: show its ways and its claims. @param {string} name */
  function choose(name) {
    const band = flow.bands.find((one) => one.key === name);
    chosen = band ? name : "";
    for (const element of bands()) element.setAttribute("aria-pressed", String(element.dataset.band === chosen));
    part("panel").hidden = !band;
    part("panel").replaceChildren();
    if (!band) return;
    const ways = [...new Set(band.payments.map(({ path }) => path.map(namesAt).join(" → ")))];
    const title = ways.length > 1 ? [band.from, band.to].map((id) => flow.spots.get(id)?.names ?? "").join(" → ") : ways[0];
    part("panel").append(made("h2", {}, title), made("p", {}, amountWords(band)), claimList([...new Set(band.payments.flatMap(({ claims }) => claims))], words), button([words("Close")], () => choose("")));
  }

  /** Walk the bands by keys. @param {KeyboardEvent} event */
  function walk(event) {
    const all = bands(), band = /** @type {SVGElement|null} */ (/** @type {Element} */ (event.target).closest("[data-band]"));
    if (event.key === "Escape") {
      const left = all.find(({ dataset }) => dataset.band === chosen);
      choose("");
      left?.focus();
    }
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key], isChosen = event.key === "Enter" || event.key === " ";
    if (!band || (!by && !isChosen)) return;
    event.preventDefault();
    if (isChosen) choose(band.dataset.band ?? "");
    const next = isChosen ? part("panel") : all[(all.indexOf(band) + Number(by) + all.length) % all.length];
    if (!isChosen) for (const one of all) one.setAttribute("tabindex", one === next ? "0" : "-1");
    next.focus();
  }

  // Files of what is shown.

  /** The filters in force and the counts, in words. */
  function askedWords() {
    const accepted = boxes.filter(({ checked }) => checked).map((box) => box.parentElement?.textContent?.trim());
    const selected = [funder, place, currency, years, kind, review].filter(({ value }) => value).map((select) => select.selectedOptions[0].textContent);
    return [...selected, find.value.trim() && `“${find.value.trim()}”`, ...accepted, part("shown").textContent].filter(Boolean).join(" · ");
  }

  /** The picture as a figure with its title and filters, in the colours of the screen. */
  function figure() {
    const svg = picture(FILE_WIDTH), top = -40, height = Number(svg.getAttribute("height")), wide = FILE_WIDTH + 40, total = tidy(height - top + 70);
    const line = (/** @type {number} */ y, /** @type {string} */ text, size = 12) => drawn("text", { x: 2, y, "font-size": size, fill: INK }, text);
    for (const [name, value] of Object.entries({ viewBox: `-20 ${top} ${wide} ${total}`, width: wide, height: total })) svg.setAttribute(name, String(value));
    svg.prepend(drawn("rect", { x: -20, y: top, width: wide, height: total, fill: GROUND }));
    svg.append(line(-12, document.querySelector("h1")?.textContent ?? "", 19), line(height + 20, askedWords()),
      line(height + 38, `${words("hatched: amount not stated")} · ${words("pale: implied")} · ${words("pale, its edge dotted: not reviewed")} · ${words("hollow: only planned")} · tipgraph · ${LICENCE} · ${ADDRESS}`));
    const screen = getComputedStyle(document.documentElement);
    for (const element of svg.querySelectorAll("*")) for (const one of element.attributes) one.value = one.value.replace(/^var\((.*)\)$/, (_, name) => screen.getPropertyValue(name).trim());
    return svg;
  }

  /** The rows of the shown payments, their head first; an unknown amount is empty. @returns {(string|number)[][]} */
  function rowsNow() {
    return [COLUMNS, ...shown.map((payment) => {
      const { path: [first, ...rest], compared = "", rates = 0, gap = "", amount } = payment;
      const named = (/** @type {string} */ role) => rest.filter((at) => data.stops[at].role === role).map(namesAt).join(" > ");
      const comparison = compared ? [Number(Number(compared).toFixed(2)), data.prices.name, data.rates[rates]] : ["", "", ""];
      return [namesAt(first), named("through"), named("purpose"), named("place"), amount && Number(amount), payment.currency, ...comparison, data.gaps[gap] ?? gap, payment.kind, payment.finance, payment.years, payment.date,
        payment.modality, payment.is_given ? "yes" : "only planned", payment.review, payment.sources, payment.said_at, payment.claims[0]];
    })];
  }

  /** A workbook with the shown payments, their sums and the filters. */
  function workbookNow() {
    const rows = sumsOf(shown);
    const sums = rows.filter((row) => row.years !== EVERY_YEAR).flatMap((row) => (row.totals.length ? row.totals : [{ currency: "", total: "" }])
      .map((sum) => [row.funder, row.years, row.kind, sum.currency, sum.total, row.count, row.unknown, row.shared, row.implied]));
    const compared = rows.flatMap((row) => (row.compared === undefined ? [] : [[row.funder, row.years, row.kind, Number(row.compared.toFixed(2)), data.prices.name, row.comparedCount, row.missing, row.unknown, row.shared, row.implied]]));
    return workbook({
      funding: rowsNow(),
      sums: [["funder", "years", "kind", "currency", "sum", "items", "amounts unknown", "shared with other funders", "implied"], ...sums],
      compared: [["funder", "years", "kind", "sum", "prices", "items compared", "not compared", "amounts unknown", "shared with other funders", "implied"], ...compared],
      about: [["made by", `tipgraph, ${ADDRESS}`], ["filters", askedWords()], ["licence", LICENCES], ...data.rates.filter(Boolean).map((rates) => ["rates", rates])],
    }, ["funding", "sums", "compared"]);
  }

  /** Make a file of what is shown. @param {string} type */
  async function take(type) {
    const makers = /** @type {Record<string, () => Blob|Promise<Blob>>} */ ({
      png: () => pngOf(figure()),
      svg: () => new Blob([svgText(figure())], { type: "image/svg+xml;charset=utf-8" }),
      csv: () => new Blob([`\uFEFF${rowsNow().map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`], { type: "text/csv;charset=utf-8" }),
      xlsx: workbookNow,
    });
    download(`money.${type}`, await makers[type]());
  }

  let keep = () => {};

  /** Take the data, and listen to the reader. */
  async function open() {
    Object.assign(data, await pageData("money"));
    words = wording(data.words);
    for (const stop of data.stops) for (const name of /** @type {const} */ (["label", "names"])) if (stop[name]) stop[name] = stop[name].replace(NOT_XML, "\uFFFD"); // a file must be XML
    const search = searchOf(), river = part("river");
    fillSelects();
    part("filters-fold").toggleAttribute("open", new URLSearchParams(fragmentIn()).size > 0);
    keep = keepFields([funder, place, askedCurrency, years, askedKind, review, accept, find], () => show(search(find.value)));
    currency.addEventListener("input", () => ask(currency.value, ""));
    kind.addEventListener("input", () => ask(askedCurrency.value, kind.value));
    for (const box of boxes) box.addEventListener("input", () => {
      accept.value = String(d3.sum(boxes, ({ checked, value }) => (checked ? Number(value) : 0)) || "");
      keep();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    part("downloads").addEventListener("click", ({ target }) => {
      const type = /** @type {HTMLElement} */ (target).dataset.form;
      if (!type) return;
      part("downloads").removeAttribute("open");
      take(type);
    });
    part("flow").addEventListener("click", ({ target }) => {
      const { band, near } = /** @type {HTMLElement|null} */ (/** @type {Element} */ (target).closest("[data-band], [data-near]"))?.dataset ?? {};
      if (near) choose(near); // a name chooses a band of its entry
      if (band) choose(band === chosen ? "" : band);
    });
    document.querySelector(".stage")?.addEventListener("keydown", (event) => walk(/** @type {KeyboardEvent} */ (event)));
    new ResizeObserver(() => { if (river.clientWidth && river.clientWidth !== width) draw(river.clientWidth); }).observe(part("flow")); // one that has left the document has no width
    document.documentElement.dataset.ready = "yes";
  }

  open();
})();
