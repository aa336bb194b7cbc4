"""The labels of classes, kinds, statuses and sources in a language, and the other names of entries."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, QuerySolution, parse

from tipgraph.graph import Graph
from tipgraph.model import data_name, initials, is_acronym, kit, spelling, tip, words

_CODE = re.compile(r"\d|^[A-Z]{2}-")  # of an organization or a project in a register, as IATI has them
_IN_BRACKETS = re.compile(r" \([^()]*\)")
PLANNED = frozenset({"planned", "proposed"})  # the statuses of what is not there yet


@dataclass(frozen=True)
class Wording:
    """The labels of the classes, codes and sources of a graph in a language, and the other names of its entries.

    `kinds` has the kinds of each edge declaration by its name, `families` its family: money, work, place or part.
    `planned` are the projects, events and documents that every report calls planned, proposed, requested, being drafted
    or forthcoming.
    """

    language: str
    classes: Mapping[str, str]
    kinds: Mapping[str, Mapping[str, str]]
    statuses: Mapping[str, str]
    sources: Mapping[str, str]
    licences: Mapping[str, str]
    aliases: Mapping[str, list[str]]
    planned: frozenset[str]
    families: Mapping[str, str] = field(default_factory=dict)

    def kinds_of(self, relations: Collection[str]) -> dict[str, str]:
        """Return the labels of the kinds of some relations; if two relations differ, those of the first."""
        labels: dict[str, str] = {}
        for relation, kinds in self.kinds.items():
            if relation in relations:
                labels = {**kinds, **labels}
        return labels


def wording(graph: Graph, language: str) -> Wording:
    """Return the labels of a graph in a language."""
    classes = {row["class"]: row["name"].value for row in graph.named("classes")}
    labels = graph.labels(classes, language)
    aliases: dict[str, list[str]] = {}
    sources = {data_name(row["source"].value): row for row in graph.named("sources")}
    for thing, name in graph.named("other-names"):
        aliases.setdefault(thing.value, []).append(name.value)
    return Wording(
        language,
        {name: labels.get(node, name) for node, name in classes.items()},
        _kinds(graph, language),
        codes_of(graph, "status", language),
        {name: row["title"].value for name, row in sources.items()},
        {name: row["licence"].value for name, row in sources.items() if row["licence"] is not None},
        aliases,
        frozenset(row["thing"].value for row in graph.named("planned")),
        {_edge_name(edge): value.value for edge, name, value in graph.named("edges") if name.value == tip.edgeFamily},
    )


def bare_wording(classes: Iterable[str], language: str) -> Wording:
    """Return the words of a network without its graph: names of classes in small letters, codes as such."""
    names = {name: re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower() for name in classes}
    declared = (triple for file in kit.files("ontology", "edges.ttl") for triple in parse(path=file))
    families = {
        _edge_name(triple.subject): triple.object.value
        for triple in declared
        if triple.predicate.value == tip.edgeFamily
    }
    return Wording(language, names, {}, {}, {}, {}, {}, frozenset(), families)


def issuer(row: QuerySolution, language: str) -> tuple[str, str]:
    """Return who issued a source of `sources.rq`, without what is in brackets and other publishers, and the year."""
    issued = row["issued"].value if row["issued"] is not None else ""
    when = words(issued, language) if "/" in issued else issued[:4]
    return _IN_BRACKETS.sub("", row["issuedBy"].value.split(", ")[0]), when


def acronyms(labels: Mapping[str, str], aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the acronym of each entry for a picture: one of its other names, first the one with its initials.

    An entry has none if its label is short or holds it already, or if another entry has the same. A code such as `CH-4`
    or `IE-GOV` is none.

    >>> labels = {"a": "Organization of American States", "b": "NGOs (Belize)", "c": "Population Office of the State"}
    >>> acronyms(labels, {"a": ["OAS", "OEA"], "b": ["NGOs"], "c": ["US-GOV-1", "PRM"]})
    {'a': 'OAS', 'c': 'PRM'}
    """
    found = {}
    for iri, label in labels.items():
        others = aliases.get(iri, ()) if len(label) > 16 else ()
        if short := [name for name in others if is_acronym(name) and not _CODE.search(name) and name not in label]:
            first = initials(spelling(label.replace("-", " ")).words).upper()
            found[iri] = min(short, key=lambda name: (name != first, len(name), name))
    times = Counter(found.values())
    return {iri: name for iri, name in found.items() if times[name] == 1}


def text_in(language: str, terms: Iterable[object]) -> str:
    """Return the text of some terms in a language, else in English, else any one; empty without a text."""
    texts = {term.language or "": term.value for term in terms if isinstance(term, Literal)}
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _kinds(graph: Graph, language: str) -> dict[str, dict[str, str]]:
    """Return the labels of the kinds of each relation, in a language or else in English: the last one stays."""
    kinds: dict[str, dict[str, str]] = {}
    ranks = {"en": 1} | {language: 2}
    for edge, notation, label in sorted(graph.named("edge-codes"), key=lambda row: ranks.get(row[2].language, 0)):
        kinds.setdefault(_edge_name(edge), {})[notation.value] = label.value
    return kinds


def _edge_name(edge: NamedNode) -> str:
    return edge.value.rpartition("#")[2].removeprefix("edge-")


def codes_of(graph: Graph, scheme: str, language: str) -> dict[str, str]:
    """Return the labels of the codes of a list in a language, by their notations, in order."""
    codes = {row["notation"].value: row["code"] for row in graph.named("codes", {"name": [Literal(scheme)]})}
    labels = graph.labels(codes.values(), language)
    return {notation: labels[code] for notation, code in sorted(codes.items())}
