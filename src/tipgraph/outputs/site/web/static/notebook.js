// @ts-check
// A network inside a notebook: picture, legend, and the sentences of the item under the pointer.
(() => {
  "use strict";
  const { made } = tipgraph;
  const { groupMark, relationMark, tieWords, VisPicture } = networkPicture;

  /** @typedef {NetworkData & {told: Record<string, string[]>}} InlineData  the sentences of each edge, by its number */

  /** @param {InlineData} data @param {NetworkEdge} edge */
  function tieText(data, edge) {
    const [from, to] = [edge.from, edge.to].map((id) => data.nodes[id].label);
    const bundle = data.edges.filter(({ id, bundle = id }) => bundle === (edge.bundle ?? edge.id));
    return [`${from} ${edge.directed ? "→" : "–"} ${to}: ${tieWords(data, edge)}`, ...new Set(bundle.flatMap(({ id }) => data.told[id]))];
  }

  /** The sentences of a node or an edge, as a heading and lines. @param {InlineData} data @param {Item} item @returns {string[]} */
  function saidOf(data, { kind, id }) {
    if (kind === "edge") return tieText(data, data.edges[id]);
    const { label, kind: cls } = data.nodes[id];
    const ties = data.edges.filter((edge) => edge.from === id || edge.to === id);
    return [`${label} (${data.classes[cls] ?? cls})`, ...new Set(ties.flatMap((edge) => data.told[edge.id]))];
  }

  /** The marks of groups and ties with their names. @param {InlineData} data */
  function legendOf(data) {
    const directed = new Map(data.edges.map((edge) => [edge.relation, edge.directed]));
    return [
      ...Object.entries(data.groups).map(([group, name]) => made("span", {}, groupMark(data, group), ` ${name}`)),
      ...Object.entries(data.relations).map(([relation, name]) =>
        made("span", {}, relationMark(data, relation, directed.get(relation) ?? false), ` ${name}`)),
    ];
  }

  function showInline() {
    const data = /** @type {InlineData} */ (JSON.parse(document.getElementById("network")?.textContent ?? ""));
    const [place, said, legend] = ["picture", "said", "legend"].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
    legend.append(...legendOf(data));
    /** @param {Item|null} item */
    const choose = (item) => {
      picture.select(item);
      if (!item) return;
      const [title, ...lines] = saidOf(data, item);
      said.replaceChildren(made("p", { class: "title" }, title), ...lines.map((line) => made("p", {}, line)));
      said.scrollTop = 0;
    };
    const picture = new VisPicture(place, data, choose, (line) => tieText(data, line).join("\n"));
    picture.ready.then(() => { document.documentElement.dataset.ready = "yes"; });
  }

  showInline();
})();
