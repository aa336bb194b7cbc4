"""Look-up of a thing by a short name: `place:japan`, an ISO code, a name or alias in any language, an IRI."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any
from unicodedata import normalize

from pyoxigraph import NamedNode

from tipgraph.errors import AmbiguousName, UnknownName
from tipgraph.graph.graph import Graph, Terms
from tipgraph.graph.sparql import literal
from tipgraph.model import DATA, data_name

_DESCRIBED = 4  # the rank of words that only describe a thing
_MOST = 12  # candidates that an error lists
_KINDS = {"undertaking": "project or event"}  # where the name of the class is no plain word
_TABLES = ("actors", "places", "undertakings", "documents", "routes")


def resolve(graph: Graph, name: str, kind: str = "thing") -> NamedNode:
    """Return the thing that a short name means.

    A name is an IRI, a class and an id (`place:japan`), an ISO or M49 code, or a label or alias in any language; `kind`
    is the class that the thing must have, in lower case. Of entries with one label, a place with an M49 code is meant.
    Where a kind is asked for, words within a name are enough if one thing alone holds them. Raises UnknownName (with
    near names) or AmbiguousName.
    """
    name = normalize("NFC", name.strip())
    things = _by_iri(graph, name, kind) or _by_words(graph, name, kind)
    if len(things) > 1:
        listed = [f"{data_name(node.value)} ({label})" for node, label in graph.labels(things).items()]
        listed[_MOST:] = [f"and {len(listed) - _MOST} more"] if len(listed) > _MOST else []
        raise AmbiguousName(f"{name!r} is the name of several entries; give the id of one: {', '.join(listed)}")
    if not things:
        _refuse_retired(graph, name)
        raise UnknownName(f"{name!r} is no {_KINDS.get(kind, kind)} here{_near_names(graph, name, kind)}")
    return things[0]


def _by_iri(graph: Graph, name: str, kind: str) -> list[NamedNode]:
    """Return the things of an IRI, in full, as `source/table/id` or as `source/id`, without reading all others."""
    if "/" not in name:
        return []
    iris = [name.strip("<>") if "://" in name else DATA + name]
    if name.count("/") == 1:  # a source and an id, as tables write it, without the table between them
        iris = [f"{DATA}{name.replace('/', f'/{table}/')}" for table in _TABLES]
    try:
        nodes = [NamedNode(iri) for iri in iris]
    except ValueError:  # no IRI
        return []
    return sorted((row["thing"] for row in _rows(graph, kind, "of-iri", {"node": nodes})), key=str)


def _class_and_slug(graph: Graph, name: str) -> tuple[str, str]:
    """Return the class before the colon of a name, if it is one, and the rest."""
    prefix, colon, slug = name.partition(":")
    classes = {row["name"].value.casefold() for row in graph.named("classes")} if colon else set()
    return (prefix, slug) if prefix.casefold() in classes else ("", name)


def _by_words(graph: Graph, name: str, kind: str) -> list[NamedNode]:
    """Return the things that match a code, a name or the end of an IRI best."""
    prefix, slug = _class_and_slug(graph, name)
    values: Terms = {
        "wanted": [literal(name.lower())],
        "slug": [literal("/" + short) for short in dict.fromkeys([slug, "-".join(slug.casefold().split())])],
    }
    ranked = sorted({(int(row["rank"].value), row["thing"].value) for row in _rows(graph, kind, "resolve", values)})
    if prefix and "://" not in name:
        of_class = {row["thing"].value for row in _rows(graph, prefix, "resolve", values)}
        ranked = [pair for pair in ranked if pair[1] in of_class]
    best = [NamedNode(iri) for rank, iri in ranked if rank == ranked[0][0]]
    if kind in ("thing", "source") or (ranked and ranked[0][0] < _DESCRIBED):  # else it may be a publisher
        return best
    words = " ".join(re.findall(r"[^\W_]+", slug.lower()))
    held = [row["thing"] for row in _rows(graph, kind, "holding", {"words": [literal(f" {words} ")]})] if words else []
    return sorted({*best, *held}, key=str)


def _rows(graph: Graph, kind: str, query: str, values: Terms) -> Iterable[Any]:
    return graph.named(query, {**values, "kind": [literal(kind.casefold())]})


def _refuse_retired(graph: Graph, name: str) -> None:
    """Raise UnknownName for a retired IRI or `source/table/id`, with its replacement."""
    iri = name.strip("<>") if "://" in name else DATA + name
    for old, new in graph.named("retired") if "/" in name else ():
        if old.value == iri:
            replacement = f"; it is {new.value} now" if new is not None else "; nothing replaces it"
            raise UnknownName(f"{old.value} was retired{replacement}")


def _near_names(graph: Graph, name: str, kind: str) -> str:
    known: dict[str, str] = {}
    for other in sorted(row["name"].value for row in _rows(graph, kind, "names", {})):
        known.setdefault(other.casefold(), other)
    word = name.partition(":")[2] or name
    if close := get_close_matches(word.casefold(), known, n=3, cutoff=0.6):
        return f"; perhaps {', '.join(repr(known[key]) for key in close)}?"
    return f"; `tipgraph find {word if word.isalnum() else '…'}` finds entries by words"  # a shell would read others
