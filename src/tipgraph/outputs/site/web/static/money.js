// @ts-check
// The page of money: filters, the river, the claims of a band, sums, downloads, and the state in the address.
(() => {
  "use strict";
  const {
    ADDRESS, button, claimList, csvCell, download, drawn, fragmentIn, inParts, isReviewed, keepFragment, LICENCE, LICENCES, made,
    nearFinder, NOT_XML, pageData, part, passesReview, pngOf, reviewTitle, reviewWords, SVG, svgText, tidy, wording, wordsOf,
    workbook,
  } = tipgraph;

  // The shown payments as bands between stops, and their sums.

  const REVIEWED = 2; // the bit of the way that accepts only reviewed claims, as in analysis/payments.py
  const WAYS = 40; // of some years; the strongest are drawn, all others as one
  const UNDATED = "none";
  const EVERY_YEAR = "all"; // of the sums of a funder
  const COMPARED = "compared"; // the choice of all currencies, in the prices of the page
  const [WHOLE, CENTS] = [0, 2].map((digits) => new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }));

  /** The kind of a payment with its type of finance, which are never added up. @param {Payment} payment */
  const kindOf = ({ kind, finance }) => (finance ? `${kind} ${finance}` : kind);

  /** Years in words. @param {string} years */
  const yearsWords = (years) => years.replace("/", "–");

  /** A compared amount in words, in whole units. @param {MoneyData["prices"]} prices @param {number} amount */
  function comparedWords({ name }, amount) {
    const [currency, year] = name.split("-");
    return `≈ ${moneyWords(currency, Math.round(amount))}${year ? ` (${year})` : ""}`;
  }

  /** A payment with its amount in the prices of the page, or without one. @param {MoneyData["prices"]} prices @param {Payment} payment @returns {Payment} */
  const inPrices = ({ name }, payment) => ({ ...payment, amount: payment.compared ?? "", currency: name, converted: true });

  /** An amount in words. @param {string} currency @param {number} amount */
  const moneyWords = (currency, amount) => `${currency} ${(Number.isInteger(amount) ? WHOLE : CENTS).format(amount)}`;

  /** The payments that pass the filters; one without an amount has no currency. @param {Payment[]} payments @param {MoneyState} state */
  function passing(payments, { funder, place, currency, years, kind, review, accept }) {
    const way = accept | (review === "reviewed" ? REVIEWED : 0);
    return payments.filter((payment) =>
      payment.counts >> way & 1
      && passesReview(review, isReviewed(payment))
      && (!funder || payment.givers.includes(funder))
      && (!place || payment.places.includes(place))
      && (!currency || currency === COMPARED || !payment.amount || payment.currency === currency)
      && (!years || (payment.years || UNDATED) === years)
      && (!kind || kindOf(payment) === kind));
  }

  /** Exact sums of amounts: numbers of the smallest unit, up to 15 digits. @param {Payment[]} payments */
  const totalOf = (payments) => payments.reduce((sum, { amount }) => sum + Math.round(100 * Number(amount)), 0) / 100;

  /** Whether the amount of a payment is compared and is one funder's. @param {Payment} payment */
  const isCompared = ({ compared, givers }) => compared !== undefined && givers.length < 2;

  /** How many payments have an amount that is not compared, with the reasons, in words; else nothing. @param {MoneyData} data @param {Payment[]} payments @param {Words} words */
  function missingWords({ gaps }, payments, words) {
    const missing = payments.filter(({ gap }) => gap).map(({ gap = "" }) => gap);
    const reasons = [...new Set(missing)].sort().map((gap) => `${gaps[gap] ?? gap} ${missing.filter((other) => other === gap).length}`).join(", ");
    return missing.length ? words("not compared: {n} ({reasons})", { n: missing.length, reasons }) : "";
  }

  /** The rows of sums: by funder, years and kind, as Python has them; reviewed ones first, then the largest. @param {MoneyData} data @param {Payment[]} shown @param {string} funder @param {Words} words */
  function sumsOf(data, shown, funder, words) {
    const { funders, kinds, finances, prices } = data;
    const rows = /** @type {Map<string, {giver: string, funder: string, years: string, kind: string, reviewed: boolean, payments: Payment[]}>} */ (new Map());
    for (const payment of shown) {
      const reviewed = isReviewed(payment);
      const kind = [kinds[payment.kind] ?? payment.kind, payment.finance && (finances[payment.finance] ?? payment.finance),
        payment.attends && words("to attend an event"), payment.passed && words("passed on"),
        !reviewed && reviewWords(words).unreviewed].filter(Boolean).join(", ");
      for (const giver of payment.givers.length ? payment.givers : [""]) {
        if (funder && giver !== funder) continue;
        const key = JSON.stringify([giver, payment.years, payment.kind, payment.finance, payment.attends, payment.passed, reviewed]);
        const row = rows.get(key) ?? { giver, funder: funders[giver] ?? words("funder not named"), years: payment.years, kind, reviewed, payments: [] };
        row.payments.push(payment);
        rows.set(key, row);
      }
    }
    const years = /** @type {Map<string, {giver: string, funder: string, years: string, kind: string, reviewed: boolean, payments: Payment[]}[]>} */ (new Map());
    for (const row of rows.values()) years.set(`${row.giver} ${row.kind}`, [...(years.get(`${row.giver} ${row.kind}`) ?? []), row]);
    const whole = [...years.values()].filter((own) => own.length > 1 && own.some(({ payments }) => payments.some(isCompared)))
      .map((own) => ({ ...own[0], years: EVERY_YEAR, payments: own.flatMap(({ payments }) => payments) }));
    const summed = [...rows.values(), ...whole].map((row) => {
      const own = row.payments.filter(({ amount, givers }) => amount && givers.length < 2);
      const currencies = [...new Set(own.map(({ currency }) => currency))].sort();
      const totals = currencies.map((currency) => ({ currency, total: totalOf(own.filter((payment) => payment.currency === currency)) }));
      const unknown = row.payments.filter(({ amount }) => !amount).length;
      const implied = row.payments.filter(({ modality }) => modality === "implied").length;
      const compared = own.filter(isCompared);
      const total = compared.reduce((sum, payment) => sum + Number(payment.compared), 0);
      const isSame = totals.length === 1 && totals[0].currency === prices.name.split("-")[0] && Math.abs(totals[0].total - total) < 0.001;
      return { ...row, totals, unknown, implied, count: row.payments.length, shared: row.payments.length - own.length - unknown,
        compared: compared.length ? total : undefined, isSame, comparedCount: compared.length, get missing() { return missingWords(data, own, words); } };
    });
    const ranks = /** @type {Map<string, number>} */ (new Map());
    const first = new Set(summed.filter(({ reviewed }) => reviewed).map(({ giver }) => giver));
    for (const { giver, reviewed, totals } of summed) if (reviewed || !first.has(giver)) ranks.set(giver, Math.max(ranks.get(giver) ?? 0, ...totals.map(({ total }) => total)));
    return summed.sort((one, other) => Number(first.has(other.giver)) - Number(first.has(one.giver)) || (ranks.get(other.giver) ?? 0) - (ranks.get(one.giver) ?? 0)
      || one.funder.localeCompare(other.funder) || Number(other.reviewed) - Number(one.reviewed) || one.years.localeCompare(other.years));
  }

  /** The bands of payments, those of the largest funders first; no band has two years or kinds, or both reviewed and other claims. Without an amount, a width says nothing. @param {MoneyData} data @param {Payment[]} shown @param {Words} words @returns {Flow} */
  function flowOf(data, shown, words) {
    const unit = Math.abs(totalOf(shown)) / Math.max(2 * shown.length, 25) || 1;
    const weigh = (/** @type {Payment} */ { amount }) => Math.abs(Number(amount)) || unit; // a correction may be below 0
    const sorted = largestFirst(shown);
    const spots = spotsOf(data, sorted, weigh, words);
    const bands = /** @type {Map<string, Band>} */ (new Map());
    for (const payment of sorted) {
      const way = payment.path.map((stop) => spots.of(payment, stop));
      for (let step = 1; step < way.length; step += 1) {
        const [from, to] = [way[step - 1], way[step]];
        if (from === to) continue; // both are among all others
        const look = !payment.given ? "planned" : payment.amount ? "known" : "unknown";
        const implied = payment.modality === "implied" || (payment.reported && step === way.length - 1);
        const reviewed = isReviewed(payment);
        const key = [from, to, look, implied ? "implied" : "stated", reviewed ? "reviewed" : "unreviewed", payment.years, kindOf(payment)].join("|");
        const band = bands.get(key) ?? /** @type {Band} */ ({ key, from, to, look, implied, reviewed, weight: 0, payments: [] });
        band.weight += weigh(payment);
        band.payments.push(payment);
        bands.set(key, band);
      }
    }
    return { spots: spots.all, bands: [...bands.values()] };
  }

  /** Payments, those of one funder side by side. @param {Payment[]} shown */
  function largestFirst(shown) {
    const given = /** @type {Map<number, number>} */ (new Map());
    const first = (/** @type {Payment} */ { path: [stop] }) => given.get(stop) ?? 0;
    for (const payment of shown) given.set(payment.path[0], first(payment) + Number(payment.amount));
    return [...shown].sort((one, other) => first(other) - first(one) || one.path[0] - other.path[0] || Number(other.amount) - Number(one.amount));
  }

  /**
   * The stops of payments: of the strongest ways each, of the rest one in each column; the funders that have both keep theirs.
   * @param {MoneyData} data @param {Payment[]} shown @param {(payment: Payment) => number} weigh @param {Words} words
   */
  function spotsOf({ stops }, shown, weigh, words) {
    const ways = /** @type {Map<string, number>} */ (new Map());
    const wayOf = (/** @type {Payment} */ { path, years }) => [...path, years].join();
    for (const payment of shown) ways.set(wayOf(payment), (ways.get(wayOf(payment)) ?? 0) + weigh(payment));
    const kept = new Set([...ways].sort((one, other) => other[1] - one[1]).slice(0, WAYS).map(([way]) => way));
    const first = new Set([...kept].map((way) => Number(way.split(",")[0])));
    const folded = /** @type {Map<number, Set<number>>} */ (new Map());
    for (const payment of shown) {
      if (kept.has(wayOf(payment))) continue;
      for (const stop of payment.path) {
        if (first.has(stop)) continue;
        const { column } = stops[stop];
        folded.set(column, (folded.get(column) ?? new Set()).add(stop));
      }
    }
    const all = /** @type {Map<string, MoneySpot>} */ (new Map());
    const of = (/** @type {Payment} */ payment, /** @type {number} */ stop) => {
      const { column, role, label, names = label } = stops[stop];
      const other = !kept.has(wayOf(payment)) && !first.has(stop);
      const id = other ? `others-${column}` : String(stop);
      const text = other ? words("All others ({count})", { count: folded.get(column)?.size ?? 0 }) : label;
      if (!all.has(id)) all.set(id, { id, column, role, label: text, names: other ? text : names });
      return id;
    };
    return { all, of };
  }

  // The shown payments and their sums as rows for spreadsheets.

  const COLUMNS = ["funder", "through", "purpose", "place", "amount", "currency", "compared", "prices", "rates", "not compared", "kind", "finance", "years", "date", "modality", "given", "review", "sources", "said at", "claim"];

  /** The rows of payments, their head first; an unknown amount is empty. @param {MoneyData} data @param {Payment[]} shown @returns {(string|number)[][]} */
  function rowsOf({ stops, prices, rates, gaps }, shown) {
    return [COLUMNS, ...shown.map((payment) => {
      const [first, ...rest] = payment.path.map((stop) => stops[stop]);
      const named = (/** @type {string} */ role) => rest.filter((stop) => stop.role === role).map(({ label, names = label }) => names).join(" > ");
      const { compared = "", rates: by = 0, gap = "" } = payment;
      const comparison = compared ? [Number(Number(compared).toFixed(2)), prices.name, rates[by]] : ["", "", ""];
      const { amount, currency, kind, finance, years, date, modality, given, review, sources, said, claims } = payment;
      return [first.names ?? first.label, named("through"), named("purpose"), named("place"), amount && Number(amount), currency, ...comparison, gaps[gap] ?? gap, kind, finance, years, date,
        modality, given ? "yes" : "only planned", review, sources, said, claims[0]];
    })];
  }

  /** @param {MoneyData} data @param {Payment[]} shown */
  const csvOf = (data, shown) => `\uFEFF${rowsOf(data, shown).map((row) => `${row.map(csvCell).join(",")}\r\n`).join("")}`;

  /** A workbook with payments, sums and the filters. @param {MoneyData} data @param {Payment[]} shown @param {ReturnType<typeof sumsOf>} sums @param {string} asked  the filters in words */
  function workbookOf(data, shown, sums, asked) {
    const head = ["funder", "years", "kind", "currency", "sum", "items", "amounts unknown", "shared with other funders", "implied"];
    const rows = sums.filter(({ years }) => years !== EVERY_YEAR).flatMap(({ funder, years, kind, count, unknown, shared, implied, totals }) =>
      (totals.length ? totals : [{ currency: "", total: "" }]).map(({ currency, total }) => [funder, years, kind, currency, total, count, unknown, shared, implied]));
    const compared = sums.filter((row) => row.compared !== undefined).map((row) => [row.funder, row.years, row.kind, Number((row.compared ?? 0).toFixed(2)),
      data.prices.name, row.comparedCount, row.missing, row.unknown, row.shared, row.implied]);
    return workbook({
      funding: rowsOf(data, shown),
      sums: [head, ...rows],
      compared: [["funder", "years", "kind", "sum", "prices", "items compared", "not compared", "amounts unknown", "shared with other funders", "implied"], ...compared],
      about: [["made by", `tipgraph, ${ADDRESS}`], ["filters", asked], ["licence", LICENCES], ...data.rates.filter(Boolean).map((rates) => ["rates", rates])],
    }, ["funding", "sums", "compared"]);
  }

  // The bands as a picture in SVG. d3-sankey finds the places.

  /** @typedef {Pick<Band, "look"|"implied"|"reviewed">} Look */

  const [TOP, NODE, GAP, LETTER] = [44, 11, 20, 6.4]; // height of the heads, width of a node, room between nodes, width of a letter
  const THINNEST = 1.5;

  /** A palette of the colours that the page names. @param {(name: string) => string} colour @returns {MoneyPalette} */
  const paletteOf = (colour) => ({
    ink: colour("--ink"), quiet: colour("--quiet"), ground: colour("--paper"), accent: colour("--accent"),
    roles: { funder: colour("--actor"), through: colour("--actor"), purpose: colour("--undertaking"), place: colour("--place") },
  });

  const PAGE_COLOURS = paletteOf((name) => `var(${name})`); // follow the screen, and paper

  /** The colours of the page as they are now, for a file. */
  const coloursNow = () => paletteOf((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim());

  /** A text cut to a number of letters; the number of further entries at its end stays. @param {string} text @param {number} most */
  function cut(text, most) {
    const tail = /( \(\+\d+\))?$/.exec(text)?.[0] ?? "";
    const short = text.length > most ? `${text.slice(0, Math.max(most - 1 - tail.length, 1)).trimEnd()}…${tail}` : text;
    return short.replace(NOT_XML, "\uFFFD");
  }

  /** The ends of a band and its amounts in words. @param {Flow} flow @param {Band} band @param {Words} words */
  function bandWords({ spots }, band, words) {
    return `${spots.get(band.from)?.names} → ${spots.get(band.to)?.names}: ${amountWords(band, words)}`;
  }

  /** The sum of payments of one currency, or of one currency and year if they are compared, in words. @param {Payment[]} known */
  const sumWords = ([first, ...rest]) => (first.converted ? comparedWords({ name: first.currency, words: "" }, totalOf([first, ...rest])) : moneyWords(first.currency, totalOf([first, ...rest])));

  /** The amounts of a band in words, with its reservations. @param {Band} band @param {Words} words */
  function amountWords({ look, implied, reviewed, payments }, words) {
    const known = payments.filter(({ amount }) => amount);
    const missing = payments.some(({ gap }) => gap) ? words("amount not compared") : words("amount unknown");
    const sum = known.length ? sumWords(known) : missing;
    const marks = [payments.length > 1 && words("{count} items", { count: payments.length }), implied && words("implied"), look === "planned" && words("only planned"), !reviewed && reviewWords(words).unreviewed];
    return [sum, yearsWords(payments[0].years), ...marks].filter(Boolean).join(", ");
  }

  /** The look of a band, as attributes of SVG. @param {Look} band @param {MoneyPalette} palette @param {string} [hatch]  the id of the pattern */
  function lookOf({ look, implied, reviewed }, { accent, ground }, hatch = "hatch") {
    const pale = implied || !reviewed;
    const stroke = { stroke: accent, "stroke-width": 1, "stroke-opacity": pale ? 0.6 : 0.9, ...(!reviewed && { "stroke-dasharray": "1 3" }) };
    if (look === "planned") return { ...stroke, fill: ground, "stroke-dasharray": reviewed ? "5 3" : "5 3 1 3" };
    return { ...stroke, fill: look === "unknown" ? `url(#${hatch})` : accent, "fill-opacity": (look === "unknown" ? 1 : 0.5) * (pale ? 0.4 : 1) };
  }

  /** The hatching of unknown amounts. @param {MoneyPalette} palette @param {string} [id] */
  function hatching({ accent }, id = "hatch") {
    const lines = drawn("rect", { width: 2.2, height: 7, fill: accent });
    return drawn("defs", {}, drawn("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, lines));
  }

  /** Place bands in a box: each column that has a stop in its place, and a lane where a band passes a column by. @param {Flow} flow @param {number} width @param {number} right  room for the last names */
  function placed({ spots, bands }, width, right) {
    const columns = [...new Set([...spots.values()].map(({ column }) => column))].sort((one, other) => one - other);
    const at = (/** @type {string} */ id) => columns.indexOf(/** @type {MoneySpot} */ (spots.get(id)).column);
    const nodes = /** @type {any[]} */ ([...spots.values()].map((spot) => ({ id: spot.id, at: at(spot.id), spot })));
    const links = bands.flatMap((band) => {
      const [first, last] = [at(band.from), at(band.to)];
      const lanes = columns.slice(first + 1, last).map((_, step) => ({ id: `${band.key} ${step}`, at: first + 1 + step, band }));
      nodes.push(...lanes);
      const stops = [band.from, ...lanes.map(({ id }) => id), band.to];
      return stops.slice(1).map((to, step) => ({ source: stops[step], target: to, value: band.weight, band }));
    });
    const rows = Math.max(...columns.map((_, column) => nodes.filter((node) => node.at === column).length));
    const ways = new Set(bands.flatMap(({ payments }) => payments)).size;
    const isKnown = bands.some(({ look, payments }) => look === "known" || payments.some(({ amount }) => amount));
    const height = TOP + rows * GAP + (isKnown ? Math.max(260, rows * 13) : 14 * ways); // no thicker than names without an amount
    const layout = d3.sankey().nodeId((/** @type {any} */ node) => node.id).nodeWidth(NODE).nodePadding(GAP).nodeAlign((/** @type {any} */ node) => node.at);
    layout.iterations(24).extent([[1, TOP], [width - right, height - 8]])({ nodes, links });
    return { nodes, links, height, columns };
  }

  /** The outline of a band over its pieces: along the upper edge, and back along the lower one. @param {any[]} pieces  in the order of their columns */
  function outline(pieces) {
    const edges = pieces.map(({ source, target, y0, y1, width }) => {
      const half = Math.max(width, THINNEST) / 2;
      const [a, b, middle] = [source.x1, target.x0, (source.x1 + target.x0) / 2].map(tidy);
      const [above, under, end, last] = [y0 - half, y0 + half, y1 - half, y1 + half].map(tidy);
      return { there: `${a} ${above}C${middle} ${above} ${middle} ${end} ${b} ${end}`, back: `${b} ${last}C${middle} ${last} ${middle} ${under} ${a} ${under}` };
    });
    return `M${edges.map(({ there }) => there).join("L")}L${edges.reverse().map(({ back }) => back).join("L")}Z`;
  }

  /**
   * The picture of a flow. Each band can be chosen.
   * @param {Flow} flow @param {string[]} heads  of the columns @param {MoneyPalette} palette @param {number} width @param {Words} words
   */
  function picture(flow, heads, palette, width, words) {
    const right = Math.min(210, width / 4);
    const { nodes, links, height, columns } = placed(flow, width, right);
    const step = columns.length > 1 ? (width - right - NODE) / (columns.length - 1) : width - right;
    const letters = (/** @type {number} */ at) => Math.floor(((at === columns.length - 1 ? right : step - NODE) - 10) / LETTER);
    const first = /** @type {Map<any, any>} */ (new Map(flow.bands.map((band) => [band, links.find((link) => link.band === band)])));
    const sorted = [...flow.bands].sort((one, other) => first.get(one).source.x0 - first.get(other).source.x0 || first.get(one).y0 - first.get(other).y0);
    const bands = sorted.map((band) => {
      const own = links.filter((link) => link.band === band);
      const path = drawn("path", { d: outline(own), ...lookOf(band, palette) });
      const label = bandWords(flow, band, words);
      return drawn("g", { class: "band", "data-band": band.key, role: "button", tabindex: -1, "aria-pressed": "false", "aria-label": label },
        drawn("title", {}, label.replace(NOT_XML, "\uFFFD")), path);
    });
    const bandAt = (/** @type {string} */ id) => flow.bands.find(({ from, to }) => from === id || to === id)?.key ?? "";
    const marks = nodes.filter(({ spot }) => spot).map(({ spot, at, x0, x1, y0, y1 }) => drawn("g", { "data-near": bandAt(spot.id) },
      drawn("title", {}, spot.names.replace(NOT_XML, "\uFFFD")),
      drawn("rect", { x: tidy(x0), y: tidy(y0), width: tidy(x1 - x0), height: Math.max(tidy(y1 - y0), 2), fill: palette.roles[spot.role] }),
      drawn("text", { x: tidy(x1 + 5), y: tidy(y1 - y0 < 16 && at < columns.length - 1 ? y0 - 3 : (y0 + y1) / 2 + 4), fill: palette.ink, stroke: palette.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" },
        cut(spot.label, letters(at)))));
    const names = columns.map((column, at) => drawn("text", { x: tidy(1 + at * step), y: 16, "font-weight": "bold", fill: palette.quiet }, cut(heads[column], letters(at))));
    return drawn("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${tidy(height)}`, width, height: tidy(height), "font-family": "sans-serif", "font-size": 12.5 },
      hatching(palette), drawn("g", { class: "heads" }, ...names), drawn("g", { class: "bands", role: "group", "aria-label": words("Bands of money") }, ...bands), drawn("g", { class: "names" }, ...marks));
  }

  /** The key of looks: what hatched, pale and hollow bands mean. @param {MoneyPalette} palette @param {Words} words @param {boolean} isCompared */
  function keyOf(palette, words, isCompared) {
    const unknown = isCompared ? words("amount unknown or not compared: the width has no meaning") : words("amount unknown: the width has no meaning");
    const known = /** @type {Look} */ ({ look: "known", implied: false, reviewed: true });
    const looks = /** @type {[Look, string][]} */ ([
      [known, words("amount known: the width is the amount")], [{ ...known, look: "unknown" }, unknown],
      [{ ...known, implied: true }, words("implied, or it may not reach the place")], [{ ...known, look: "planned" }, words("only planned, proposed or pledged")],
      [{ ...known, reviewed: false }, reviewWords(words).unreviewed],
    ]);
    return looks.map(([look, text], number) => made("li", {}, drawn("svg", { width: 30, height: 14, "aria-hidden": "true" }, hatching(palette, `hatch-${number}`),
      drawn("rect", { x: 1, y: 1, width: 28, height: 12, ...lookOf(look, palette, `hatch-${number}`) })), text));
  }

  // The search of the page of money: by the names of those who give, pass on and receive, of purposes and of places.

  /**
   * A search for payments with a name whose words begin with those that are typed. Without one, `near` is true: the names
   * have similar words. @param {MoneyData} data @returns {(typed: string) => {payments: Payment[], near: boolean}}
   */
  function searchOf({ payments, stops }) {
    const wordsAt = stops.map(({ label, names: all = label, also = "" }) => wordsOf(`${all} ${also}`).join(" "));
    const names = payments.map(({ path }) => path.map((at) => wordsAt[at]).join(" "));
    const texts = names.map((text) => ` ${text}`);
    const near = nearFinder(names);
    let last = { typed: "", payments, near: false };
    return (typed) => {
      if (typed === last.typed) return last;
      const words = wordsOf(typed);
      const found = payments.filter((_, at) => words.every((word) => texts[at].includes(` ${word}`)));
      const similar = found.length ? [] : near(words).sort((one, other) => one - other).map((at) => payments[at]);
      last = { typed, payments: found.length ? found : similar, near: similar.length > 0 };
      return last;
    };
  }

  // The page.

  /** @typedef {ReturnType<typeof sumsOf>[number]} SumRow */

  const [NARROWEST, FILE_WIDTH] = [620, 1200];
  const [ITEMS, FUNDERS] = matchMedia("(max-width: 40rem)").matches ? [7, 5] : [Infinity, 20]; // rows of the table of items, and funders with their sums, that are shown at once
  const data = /** @type {MoneyData} */ ({}); // all of it is there before anything is shown
  let words = wording({});
  const form = /** @type {HTMLFormElement} */ (part("filters"));
  const NAMES = /** @type {const} */ (["funder", "place", "currency", "years", "kind", "review"]);
  const fields = /** @type {Record<(typeof NAMES)[number], HTMLSelectElement>} */ (Object.fromEntries(NAMES.map((name) => [name, form.elements.namedItem(name)])));
  const find = /** @type {HTMLInputElement} */ (form.elements.namedItem("find"));
  let search = /** @type {ReturnType<typeof searchOf>} */ (() => ({ payments: [], near: false }));
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[name=accept]")]);
  const pages = new Map([...document.querySelectorAll("#sums a")].map((link) => [link.textContent, link.getAttribute("href") ?? ""])); // of funders
  let shown = /** @type {Payment[]} */ ([]);
  let flow = /** @type {Flow} */ ({ spots: new Map(), bands: [] });
  const asked = { currency: "", kind: "" }; // a value for an empty one is chosen
  let chosen = "";
  let width = 0; // of the river
  let moreSums = /** @type {HTMLButtonElement|undefined} */ (undefined);

  /** The filters of the form. @returns {MoneyState} */
  function stateNow() {
    const [funder, place, currency, years, kind, review] = NAMES.map((name) => fields[name].value);
    return { funder, place, currency, years, kind, review, accept: boxes.reduce((sum, { checked, value }) => sum + (checked ? Number(value) : 0), 0) };
  }

  /** A kind with its type of finance in words. @param {string} key */
  function kindWords(key) {
    const [kind, finance] = key.split(" ");
    return [data.kinds[kind] ?? kind, finance && (data.finances[finance] ?? finance)].filter(Boolean).join(", ");
  }

  /** Fill a select. @param {HTMLSelectElement} select @param {[value: string, text: string][]} choices */
  const fill = (select, choices) => select.append(...choices.map(([value, text]) => made("option", { value }, text)));

  /** The entries of a filter, sorted by their labels; if several have one label, each has the name of its source, or its id. @param {Record<string, string>} labels @returns {[value: string, text: string][]} */
  function toldApart(labels) {
    const alike = /** @type {Map<string, string[]>} */ (new Map());
    for (const [id, label] of Object.entries(labels)) alike.set(label, [...(alike.get(label) ?? []), id]);
    const sourceOf = (/** @type {string} */ id) => id.split("/")[0];
    return [...alike].sort((one, other) => one[0].localeCompare(other[0], data.language)).flatMap(([label, ids]) => ids.sort().map((id) => {
      const isOnly = ids.filter((other) => sourceOf(other) === sourceOf(id)).length === 1;
      return /** @type {[string, string]} */ ([id, ids.length === 1 ? label : `${label} (${isOnly ? sourceOf(id) : id})`]);
    }));
  }

  /** Fill the selects with what the payments have. */
  function choices() {
    const sorted = (/** @type {string[]} */ values) => [...new Set(values)].sort();
    const known = data.payments.filter(({ amount }) => amount);
    const often = (/** @type {string} */ currency) => known.filter((payment) => payment.currency === currency).length;
    const currencies = sorted(known.map(({ currency }) => currency)).sort((one, other) => often(other) - often(one));
    for (const [field, labels] of /** @type {[HTMLSelectElement, Record<string, string>][]} */ ([[fields.funder, data.funders], [fields.place, data.places]])) {
      fill(field, toldApart(labels));
    }
    fill(fields.currency, currencies.length ? currencies.map((currency) => [currency, currency]) : [["", words("no amount known")]]);
    if (data.payments.some(({ compared }) => compared)) fill(fields.currency, [[COMPARED, words("all, in {prices}", { prices: data.prices.words })]]);
    fill(fields.years, sorted(data.payments.map(({ years }) => years || UNDATED)).map((years) => [years, years === UNDATED ? words("no date") : yearsWords(years)]));
    fill(fields.kind, sorted(data.payments.map(kindOf)).map((key) => [key, kindWords(key)]));
  }

  /** Take the filters from the address. */
  function read() {
    const given = new URLSearchParams(fragmentIn());
    for (const [name, select] of Object.entries(fields)) {
      select.value = given.get(name) ?? "";
      if (select.selectedIndex < 0) select.selectedIndex = 0;
    }
    find.value = given.get("find") ?? "";
    for (const box of boxes) box.checked = Boolean(Number(given.get("accept")) & Number(box.value));
    Object.assign(asked, { currency: given.get("currency") ?? "", kind: fields.kind.value });
    settle();
    show();
  }

  /** Choose a currency, and a kind if several have amounts, where none is asked for: that of most amounts, reviewed ones first, then given ones. */
  function settle() {
    Object.assign(fields.currency, { value: asked.currency });
    Object.assign(fields.kind, { value: asked.kind });
    for (const [name, valueOf] of /** @type {["currency"|"kind", (payment: Payment) => string][]} */ ([["currency", ({ currency }) => currency], ["kind", kindOf]])) {
      const amounts = passing(search(find.value).payments, { ...stateNow(), [name]: "" }).filter(({ amount }) => amount);
      const often = /** @type {Map<string, number>} */ (new Map());
      const weigh = (/** @type {Payment} */ payment) => (payment.given ? amounts.length : 1) * (isReviewed(payment) ? amounts.length ** 2 : 1);
      for (const payment of amounts) often.set(valueOf(payment), (often.get(valueOf(payment)) ?? 0) + weigh(payment));
      const most = [...often].sort((one, other) => other[1] - one[1]).map(([value]) => value);
      if (name === "kind") fields.kind.options[0].disabled = most.length > 1;
      if (!asked[name] && most.length > Number(name === "kind")) fields[name].value = most[0];
      if (fields[name].selectedIndex < 0) fields[name].selectedIndex = 0;
    }
  }

  /** Name the payments of other kinds and currencies, which the picture leaves out. @param {Payment[]} all */
  function nameOthers(all) {
    const [now, seen] = [stateNow(), new Set(shown)];
    const counts = /** @type {Map<string, number>} */ (new Map());
    for (const payment of all) {
      if (seen.has(payment)) continue;
      const key = JSON.stringify([(now.currency !== COMPARED && payment.amount && payment.currency) || now.currency, kindOf(payment)]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const choosers = [...counts].map(([key, count]) => {
      const [currency, kind] = JSON.parse(key);
      return button([`${currency === now.currency ? "" : `${currency}, `}${kindWords(kind)}: ${count}`], () => {
        Object.assign(asked, { currency, kind });
        change();
      });
    });
    part("others").hidden = !choosers.length;
    part("others").replaceChildren(`${words("Not in the picture, since they are not added up with these:")} `, ...choosers);
  }

  /** Show what the filters leave. */
  function show() {
    const [state, found] = [stateNow(), search(find.value)];
    shown = passing(found.payments, state);
    const isCompared = state.currency === COMPARED;
    flow = flowOf(data, isCompared ? shown.map((payment) => inPrices(data.prices, payment)) : shown, words);
    if (!flow.bands.some(({ key }) => key === chosen)) chosen = "";
    const unknown = shown.filter(({ amount }) => !amount).length;
    const reviews = [...new Set(shown.map(({ review }) => review))].sort().map((review) => `${data.reviews[review] ?? review} ${shown.filter((payment) => payment.review === review).length}`);
    part("shown").textContent = shown.length ? [...(found.near ? [words("Similar names")] : []), words("Items of funding shown: {count}", { count: shown.length }), words("{n} of {m} amounts unknown", { n: unknown, m: shown.length }),
      ...(isCompared ? [missingWords(data, shown, words)].filter(Boolean) : []), `${reviewTitle(words)}: ${reviews.join(", ")}`].join(" · ") : words("No funding in this graph passes these filters.");
    const all = passing(found.payments, { ...state, currency: "", kind: "" });
    nameOthers(all);
    const rows = new Set(shown);
    const lines = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#payments tbody tr")]);
    let room = ITEMS;
    for (const row of lines) {
      row.hidden = !rows.has(data.payments[Number(row.getAttribute("data-payment"))]) || room <= 0;
      room -= Number(!row.hidden);
    }
    const left = shown.length - lines.filter(({ hidden }) => !hidden).length;
    part("left").hidden = !left;
    part("left").textContent = words("Items that are not in this table: {left}. The files and the table of claims have all.", { left });
    tabulate(all, state.funder); // after the rows, since a tall page shows the sums of fewer funders
    draw();
    choose(chosen);
  }

  /** Write the sums of payments by funder. @param {Payment[]} all  also those of other currencies and kinds @param {string} funder */
  function tabulate(all, funder) {
    const groups = /** @type {Map<string, SumRow[]>} */ (new Map());
    for (const row of sumsOf(data, all, funder, words)) groups.set(row.giver, [...(groups.get(row.giver) ?? []), row]);
    const table = part("sums");
    for (const body of table.querySelectorAll("tbody")) body.remove();
    moreSums?.remove();
    moreSums = inParts(table, [...groups.values()].map((rows) => () => sumsBody(rows)), FUNDERS, (count) => words("More funders: {count}", { count }));
    (table.closest(".scroll") ?? table).after(moreSums);
  }

  /** The sums of a funder as a part of the table. @param {SumRow[]} rows */
  function sumsBody(rows) {
    const [{ funder }] = rows;
    const head = made("th", { scope: "rowgroup", colspan: 2 }, pages.has(funder) ? made("a", { href: pages.get(funder) }, funder) : funder);
    return made("tbody", {}, made("tr", {}, head), ...rows.map((row) => {
      const years = row.years === EVERY_YEAR ? words("all years") : yearsWords(row.years) || words("no date");
      const compared = row.compared === undefined || row.isSame ? [] : [made("span", { class: "compared" }, comparedWords(data.prices, row.compared)), " "];
      return made("tr", {}, made("td", {}, years, made("span", { class: "quiet" }, `, ${row.kind}`)),
        made("td", {}, ...row.totals.flatMap(({ currency, total }) => [made("b", {}, moneyWords(currency, total)), " "]), ...compared,
          made("span", { class: "quiet" }, [row.unknown && words("{n} of {m} amounts unknown", { n: row.unknown, m: row.count }),
            row.shared && words("shared with other funders: {n}", { n: row.shared }), row.implied && words("implied: {n}", { n: row.implied }),
            row.missing].filter(Boolean).join(", "))));
    }));
  }

  /** Draw the bands, as wide as the page has room. */
  function draw() {
    const isDrawn = flow.bands.length > 0 && typeof d3 !== "undefined"; // npm may have brought no d3
    part("flow").hidden = !isDrawn;
    if (!isDrawn) return;
    width ||= part("river").clientWidth; // asked once: the lists that changed before it would have to be laid out first
    part("river").replaceChildren(picture(flow, data.columns, PAGE_COLOURS, Math.max(NARROWEST, width), words));
    part("key").replaceChildren(...keyOf(PAGE_COLOURS, words, fields.currency.value === COMPARED));
    part("river").querySelector(".band")?.setAttribute("tabindex", "0");
  }

  /** The elements of the bands. @returns {SVGElement[]} */
  const bands = () => [...part("river").querySelectorAll("[data-band]")].map((band) => /** @type {SVGElement} */ (band));

  /** Choose a band or nothing: show its claims. @param {string} key */
  function choose(key) {
    chosen = key;
    for (const element of bands()) element.setAttribute("aria-pressed", String(element.dataset.band === key));
    const band = flow.bands.find((one) => one.key === key);
    part("panel").hidden = !band;
    part("panel").replaceChildren(...(band ? panelOf(band) : []));
  }

  /** The claims of a band. @param {Band} band */
  function panelOf(band) {
    const ends = [band.from, band.to].map((id) => flow.spots.get(id)?.names ?? "").join(" → ");
    const ways = [...new Set(band.payments.map(({ path }) => path.map((at) => data.stops[at].names ?? data.stops[at].label).join(" → ")))];
    const keys = [...new Set(band.payments.flatMap(({ claims }) => claims))];
    return [made("h2", {}, ways.length > 1 ? ends : ways[0]), made("p", {}, amountWords(band, words)), claimList(keys, words), button([words("Close")], () => choose(""))];
  }

  /** The picture as a figure with its title and filters. */
  function figure() {
    const palette = coloursNow();
    const svg = picture(flow, data.columns, palette, FILE_WIDTH, words);
    const [top, height] = [-40, Number(svg.getAttribute("height"))];
    const line = (/** @type {number} */ y, /** @type {string} */ text, size = 12) => drawn("text", { x: 2, y, "font-size": size, fill: palette.ink }, text);
    const total = tidy(height - top + 70);
    svg.setAttribute("viewBox", `-20 ${top} ${FILE_WIDTH + 40} ${total}`);
    svg.setAttribute("width", String(FILE_WIDTH + 40));
    svg.setAttribute("height", String(total));
    svg.prepend(drawn("rect", { x: -20, y: top, width: FILE_WIDTH + 40, height: total, fill: palette.ground }));
    svg.append(line(-12, document.querySelector("h1")?.textContent ?? "", 19), line(height + 20, askedWords()),
      line(height + 38, `${words("hatched: amount unknown")} · ${words("pale: implied")} · ${words("pale, its edge dotted: not reviewed")} · ${words("hollow: only planned")} · tipgraph · ${LICENCE} · ${ADDRESS}`));
    return svg;
  }

  /** The filters in force and the counts, in words. */
  function askedWords() {
    const accepted = boxes.filter(({ checked }) => checked).map((box) => box.parentElement?.textContent?.trim());
    const selected = Object.values(fields).filter(({ value }) => value).map((select) => select.selectedOptions[0].textContent);
    const named = find.value.trim() && `“${find.value.trim()}”`;
    return [...selected, ...(named ? [named] : []), ...accepted, part("shown").textContent].join(" · ");
  }

  /** Show what the filters leave now, and keep those that are asked for in the address. */
  function change() {
    settle();
    const entries = Object.entries({ ...stateNow(), ...asked, find: find.value.trim() }).filter(([, value]) => value).map(([name, value]) => [name, String(value)]);
    keepFragment(String(new URLSearchParams(entries)));
    show();
  }

  /** Make a file of what is shown. @param {string} type */
  async function take(type) {
    const makers = /** @type {Record<string, () => Blob|Promise<Blob>>} */ ({
      png: () => pngOf(figure()),
      svg: () => new Blob([svgText(figure())], { type: "image/svg+xml;charset=utf-8" }),
      csv: () => new Blob([csvOf(data, shown)], { type: "text/csv;charset=utf-8" }),
      xlsx: () => workbookOf(data, shown, sumsOf(data, shown, fields.funder.value, words), askedWords()),
    });
    download(`money.${type}`, await makers[type]());
  }

  /** Walk the bands by keys. @param {KeyboardEvent} event */
  function key(event) {
    const band = /** @type {Element} */ (event.target).closest("[data-band]");
    if (event.key === "Escape") {
      const left = bands().find(({ dataset }) => dataset.band === chosen);
      choose("");
      left?.focus();
      return;
    }
    if (!band) return;
    const all = bands();
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      choose(band.getAttribute("data-band") ?? "");
      part("panel").focus();
    } else if (!by) return;
    else {
      const next = all[(all.indexOf(/** @type {any} */ (band)) + by + all.length) % all.length];
      band.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    }
    event.preventDefault();
  }

  /** Take the data, and listen to the reader. */
  async function open() {
    Object.assign(data, await pageData("money"));
    words = wording(data.words);
    search = searchOf(data);
    choices();
    form.hidden = false;
    form.addEventListener("change", ({ target }) => {
      if (target === find) return; // shown already, as it was typed; a click that leaves the box is for what is there
      if (target === fields.currency) Object.assign(asked, { currency: fields.currency.value, kind: "" });
      if (target === fields.kind) asked.kind = fields.kind.value;
      change();
    });
    find.addEventListener("input", change);
    form.addEventListener("submit", (event) => event.preventDefault());
    part("downloads").addEventListener("click", ({ target }) => {
      const type = /** @type {HTMLElement} */ (target).dataset.form;
      if (type) part("downloads").removeAttribute("open");
      if (type) take(type);
    });
    part("flow").addEventListener("click", ({ target }) => {
      const { band, near } = /** @type {HTMLElement|null} */ (/** @type {Element} */ (target).closest("[data-band], [data-near]"))?.dataset ?? {};
      if (near) choose(near); // a name chooses a band of its entry
      if (band) choose(band === chosen ? "" : band);
    });
    document.querySelector(".stage")?.addEventListener("keydown", (event) => key(/** @type {KeyboardEvent} */ (event)));
    addEventListener("hashchange", read);
    const river = part("river");
    new ResizeObserver(() => { // it hears once more of a river that has left the document, which has no width
      if (river.clientWidth === width || !river.clientWidth) return;
      width = river.clientWidth;
      draw();
      choose(chosen);
    }).observe(part("flow"));
    part("flow").hidden = false;
    read();
    document.documentElement.dataset.ready = "yes";
  }

  open();
})();
