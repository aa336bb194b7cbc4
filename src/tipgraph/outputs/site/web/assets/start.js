// Written by `make generate` from the modules in web/modules; do not edit.
"use strict";
(() => {
  // shared/address.js
  var fragmentIn = (hash = location.hash) => hash.replace(/^#(?:\/[^?]*\??)?/, "");
  function hashWith(hash, fragment) {
    const way = /^#\/[^?]*/.exec(hash)?.[0] ?? "";
    return fragment ? `${way ? `${way}?` : "#"}${fragment}` : way;
  }
  function keepFragment(fragment) {
    history.replaceState(history.state, "", hashWith(location.hash, fragment) || location.pathname + location.search);
  }
  function goTo(href) {
    const link = document.createElement("a");
    link.href = href;
    document.body.append(link);
    link.click();
    link.remove();
  }

  // shared/elements.js
  function made(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== void 0) element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children);
    return element;
  }
  function button(content, act, attributes = {}) {
    const element = made("button", { type: "button", ...attributes }, ...content);
    element.addEventListener("click", act);
    return element;
  }

  // shared/text.js
  var JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));
  var folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function wordsOf(text) {
    const words = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const telling = words.filter((word) => !JOINING.has(word));
    return telling.length ? telling : words;
  }

  // shared/every-page.js
  function keepView() {
    const link = (
      /** @type {HTMLAnchorElement|null} */
      document.getElementById("other-language")
    );
    link?.addEventListener("click", () => {
      link.hash = hashWith(link.hash, fragmentIn());
    });
  }
  function sortKey(row, column) {
    const cell = row.cells[column];
    return cell?.dataset.sort ?? cell?.textContent?.trim() ?? "";
  }
  function sortRows(table, column, down) {
    const body = table.tBodies[0];
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
    const rows = [...body.rows].map((row) => ({ row, key: sortKey(row, column) }));
    rows.sort((one, other) => {
      if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0;
      return down ? order.compare(other.key, one.key) : order.compare(one.key, other.key);
    });
    body.append(...rows.map(({ row }) => row));
  }
  function makeSortable(table) {
    const heads = [...table.tHead?.rows[0].cells ?? []];
    heads.forEach((head, column) => head.append(button([...head.childNodes], () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sortRows(table, column, down);
    })));
  }
  function makeFilter(box) {
    const target = document.getElementById(box.dataset.filters ?? "");
    const count = document.getElementById(box.dataset.count ?? "");
    if (!target) return;
    const items = (
      /** @type {HTMLElement[]} */
      [...target.querySelectorAll(target.matches("table") ? "tbody > tr" : "li")]
    );
    const texts = items.map((item) => folded(`${item.textContent} ${item.dataset.also ?? ""}`));
    const filter = () => {
      const wanted = wordsOf(box.value);
      items.forEach((item, index) => {
        item.hidden = !wanted.every((word) => texts[index].includes(word));
      });
      for (const section of target.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
      if (count) count.textContent = String(items.filter((item) => !item.hidden).length);
    };
    box.addEventListener("input", () => {
      filter();
      keepFragment(box.value ? String(new URLSearchParams({ [box.id]: box.value })) : "");
    });
    box.value = new URLSearchParams(fragmentIn()).get(box.id) ?? "";
    if (box.value) filter();
  }
  keepView();
  for (const table of document.querySelectorAll("table.sortable")) makeSortable(
    /** @type {HTMLTableElement} */
    table
  );
  for (const box of document.querySelectorAll("input[data-filters]")) makeFilter(
    /** @type {HTMLInputElement} */
    box
  );

  // shared/near-words.js
  function typingErrors(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let above = (
      /** @type {number[]} */
      []
    ), row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let at = 1; at <= one.length; at++) {
      const next = [at];
      for (let to = 1; to <= other.length; to++) {
        const same = one[at - 1] === other[to - 1];
        next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (same ? 0 : 1));
        if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) next[to] = Math.min(next[to], above[to - 2] + 1);
      }
      [above, row] = [row, next];
    }
    return row[other.length];
  }
  function nearFinder(texts) {
    let places;
    const short = (
      /** @type {number[]} */
      []
    );
    const index = () => {
      const found = /* @__PURE__ */ new Map();
      texts.forEach((text, at) => {
        const words = new Set(wordsOf(text));
        for (const word of words) found.set(word, (found.get(word) ?? /* @__PURE__ */ new Set()).add(at));
        short[at] = 1 / (words.size + 1);
      });
      return found;
    };
    return (words) => {
      places ??= index();
      const scores = /* @__PURE__ */ new Map();
      for (const word of words) {
        const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2, best = /* @__PURE__ */ new Map();
        for (const [known, at] of places) {
          const errors = known.startsWith(word) ? 0 : typingErrors(word, known, most);
          if (errors > most) continue;
          for (const text of at) best.set(text, Math.max(best.get(text) ?? 0, 1 + (short[text] - errors) / 10));
        }
        for (const [text, score] of best) scores.set(text, (scores.get(text) ?? 0) + score);
      }
      const least = Math.max(...scores.values(), 0) - 1;
      return [...scores].filter(([, score]) => score > least).sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([text]) => text);
    };
  }

  // shared/search-box.js
  var OPTIONS_AT_ONCE = 12;
  function fit(name, text, words) {
    const at = name.indexOf(text);
    if (at < 0) return words.every((word) => name.includes(word)) ? 1 : 0;
    if (at === 0) return name === text ? 5 : 4;
    return /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
  }
  function finder(things) {
    const known = things.map(({ label, aliases = "", page = "", also = "" }, index) => {
      const names = [label, ...aliases.split("; ")].filter(Boolean);
      const short = page.match(/([^/]+)\.html$/)?.[1] ?? "";
      return { index, names, folded: names.map(folded), all: folded([...names, short, also].join(" ")) };
    });
    const near = nearFinder(known.map(({ all }) => all));
    return (text) => {
      const wanted = folded(text.trim()), words = wordsOf(text);
      if (!words.length) return [];
      const hits = known.flatMap(({ index, names, folded: folded2, all }) => {
        const fits = folded2.map((name) => fit(name, wanted, words));
        const best = Math.max(0, ...fits), at = fits.indexOf(best);
        if (!best && !words.every((word) => all.includes(word))) return [];
        return [{ index, best, at, alias: at && best ? names[at] : "", length: names[at]?.length ?? 0 }];
      });
      if (!hits.length) return near(words).slice(0, OPTIONS_AT_ONCE).map((index) => ({ index, alias: "", near: true }));
      hits.sort((one, other) => other.best - one.best || one.at - other.at || one.length - other.length);
      return hits.slice(0, OPTIONS_AT_ONCE);
    };
  }
  function makeSearch(box, list, things, { mark, found }) {
    let find;
    let hits = (
      /** @type {ReturnType<ReturnType<typeof finder>>} */
      []
    );
    let active = -1;
    const close = () => {
      list.hidden = true;
      active = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const take = (number) => {
      const hit = hits[number];
      if (!hit) return;
      box.value = things[hit.index].label;
      close();
      found(hit.index);
    };
    const activate = (number) => {
      active = number;
      [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === number)));
      list.children[number]?.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", list.children[number]?.id ?? "");
    };
    const open = () => {
      find ??= finder(things);
      hits = find(box.value);
      if (hits[0]?.near) list.dataset.near = "";
      else delete list.dataset.near;
      list.replaceChildren(...hits.map(({ index, alias }, number) => {
        const option = made(
          "li",
          { role: "option", id: `${list.id}-${number}`, "aria-selected": "false" },
          mark(index),
          made("span", {}, things[index].label, ...alias ? [" ", made("span", { class: "quiet" }, alias)] : [])
        );
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(number));
        return option;
      }));
      list.hidden = !hits.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
      active = -1;
      box.removeAttribute("aria-activedescendant");
    };
    box.addEventListener("input", open);
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        close();
        box.value = "";
        return;
      }
      if (event.key === "Enter") {
        event.preventDefault();
        take(active < 0 ? 0 : active);
        return;
      }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      if (list.hidden) open();
      if (hits.length) activate((active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1) + hits.length) % hits.length);
    });
  }

  // start/page.js
  function startSearch() {
    const [box, list, said, block] = ["search", "found", "search-said", "things"].map((id) => document.getElementById(id));
    if (!(box instanceof HTMLInputElement) || !list || !said || !block) return;
    const { things, kinds, claims, nothing, near } = JSON.parse(block.textContent ?? "");
    const every = [...things, ...claims.map(([label, page, kind, ...about]) => ({
      label,
      page,
      kind: kinds[kind][0],
      also: [...kinds[kind], ...about.map((at) => `${things[at].label} ${things[at].aliases ?? ""}`)].join(" ")
    }))];
    makeSearch(box, list, every, {
      mark: (index) => made("span", { class: "kind" }, every[index].kind),
      found: (index) => goTo(every[index].page)
    });
    box.addEventListener("input", () => {
      said.textContent = !box.value.trim() ? "" : list.hidden ? nothing : "near" in list.dataset ? near : "";
    });
  }
  startSearch();
})();
