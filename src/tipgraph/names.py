"""The thing that a short name means: `place:japan`, an ISO code, a name or alias in any language, an IRI."""

from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from pyoxigraph import NamedNode

from tipgraph.errors import AmbiguousName, UnknownName
from tipgraph.graph import Graph, Terms
from tipgraph.sparql import literal
from tipgraph.statements import DATA


def resolve(graph: Graph, name: str, kind: str = "thing") -> NamedNode:
    """Return the thing that a short name means.

    A name is an IRI, a class and an id (`place:japan`), an ISO or M49 code, or a label or alias in any language; `kind`
    is the class that it must have, in lower case. Raises UnknownName (with near names) or AmbiguousName.
    """
    name = normalize("NFC", name.strip())
    exact = _exact(graph, name, kind)
    if exact:
        return exact
    prefix, colon, slug = name.partition(":")
    is_iri = "://" in name
    classes = {row["name"].value.casefold() for row in graph.named("classes")} if colon else set()
    if prefix.casefold() not in classes:
        colon, slug = "", name  # a colon within a label, or none
    values: Terms = {
        "wanted": [literal(name.lower())],
        "slug": [literal("/" + short) for short in dict.fromkeys([slug, "-".join(slug.casefold().split())])],
        "iri": [literal(name.strip("<>"))] if is_iri else [],
    }
    ranked = sorted({(int(row["rank"].value), row["thing"].value) for row in _of_kind(graph, kind, "resolve", values)})
    if colon and not is_iri:
        of_class = {row["thing"].value for row in _of_kind(graph, prefix, "resolve", values)}
        ranked = [pair for pair in ranked if pair[1] in of_class]
    best = [NamedNode(iri) for rank, iri in ranked if rank == ranked[0][0]]
    if len(best) > 1:
        listed = ", ".join(f"{node.value} ({label})" for node, label in graph.labels(best).items())
        raise AmbiguousName(f"{name!r} means several things; give the IRI of one: {listed}")
    if not best:
        _refuse_retired(graph, values["iri"])
        raise UnknownName(f"{name!r} is no {kind} here{_near(graph, name, kind)}")
    return best[0]


def _exact(graph: Graph, name: str, kind: str) -> NamedNode | None:
    """Return the thing of an IRI, written whole or as `source/table/id`, without a look at all others."""
    iri = name.strip("<>") if "://" in name else DATA + name
    try:
        found = (
            [row["thing"] for row in _of_kind(graph, kind, "of-iri", {"node": [NamedNode(iri)]})] if "/" in name else []
        )
    except ValueError:  # no IRI
        return None
    return found[0] if len(found) == 1 else None


def _of_kind(graph: Graph, kind: str, query: str, values: Terms) -> Iterable[Any]:
    return graph.named(query, {**values, "kind": [literal(kind.casefold())]})


def _refuse_retired(graph: Graph, iris: Iterable[Any]) -> None:
    """Say of an IRI that was retired what replaces it."""
    for iri in iris:
        for old, new in graph.named("retired"):
            if old.value == iri.value:
                instead = f"; it is {new.value} now" if new is not None else "; nothing replaces it"
                raise UnknownName(f"{iri.value} was retired{instead}")


def _near(graph: Graph, name: str, kind: str) -> str:
    from difflib import get_close_matches

    known: dict[str, str] = {}
    for other in sorted(row["name"].value for row in _of_kind(graph, kind, "names", {})):
        known.setdefault(other.casefold(), other)
    close = get_close_matches(name.partition(":")[2].casefold() or name.casefold(), known, n=3, cutoff=0.6)
    listed = ", ".join(repr(known[key]) for key in close)
    return f"; perhaps {listed}?" if close else "; `tipgraph query things like=…` finds names"
