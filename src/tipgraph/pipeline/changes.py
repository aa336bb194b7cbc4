"""What two builds say differently: claims that came, went or changed, and ids that are gone.

Decision: docs/decisions/0011-diff-ignores-derived-statements.md.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import groupby
from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.graph import Graph
from tipgraph.model import CODE, DATA, data_name, terms, tip

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_Said: TypeAlias = frozenset[tuple[str, NamedNode | Literal]]  # property and value
_NOTHING: _Said = frozenset()


class Change(NamedTuple):
    """One claim that is in one build only, or says something else in the other.

    `change` is `added`, `removed` or `changed`; `before` and `after` are what differs, as `property: value` parted by
    `; `.
    """

    change: str
    source: str
    cls: str
    claim: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """What differs between two builds: changes of claims by source, class and id, and ids that are lost.

    `claims` says how many claims there were and are; `same` that no statement differs at all.
    """

    changes: list[Change]
    lost: list[str]
    claims: tuple[int, int]
    same: bool

    def counts(self) -> list[tuple[str, str, int, int, int]]:
        """Return for each source and class how many claims were added, removed and changed."""
        counted = Counter((one.source, one.cls, one.change) for one in self.changes)
        return [
            (source, cls, *(counted[source, cls, kind] for kind in ("added", "removed", "changed")))  # type: ignore[misc]
            for source, cls in sorted({key[:2] for key in counted})
        ]


def diff(before: Graph, after: Graph) -> Difference:
    """Return what differs between the claims of two builds, derived statements left aside, and which ids are lost.

    An id (of a thing, a claim, a span, a term) that was there before must stay, or be retired by a row of
    `data/reference/retirements.csv`, a term by `owl:deprecated`; else it is lost.

    >>> from tipgraph import build
    >>> graph = build()
    >>> diff(graph, graph).changes
    []
    """
    old, new = _claims(before), _claims(after)
    changes = [
        _change(claim, old.get(claim, _NOTHING), new.get(claim, _NOTHING))
        for claim in old.keys() | new.keys()
        if old.get(claim) != new.get(claim)
    ]
    retired = {row["id"].value for row in after.named("retired")}
    lost = _ids(before) - _ids(after) - retired
    ordered = sorted(changes, key=lambda one: (one.source, one.cls, one.claim))
    same = not ordered and before.digest == after.digest
    return Difference(ordered, sorted(lost), (len(old), len(new)), same)


def remedy(lost: str) -> str:
    """Return what to do about an id that is lost.

    >>> remedy("https://w3id.org/tipgraph/ns#Gift")
    'give it back, or mark it as owl:deprecated in the ontology'
    """
    if not lost.startswith(DATA):
        return "give it back, or mark it as owl:deprecated in the ontology"
    row = f"ID,{data_name(lost)},REPLACEMENT,{date.today()},WHY"  # noqa: DTZ011  the day of who retires it
    return f"give it back, or retire it in the folder `reference`, in retirements.csv: {row} (REPLACEMENT may be empty)"


def patch(before: Graph, after: Graph) -> Iterator[str]:
    """Yield the lines of an RDF patch that makes the one graph of the other: what is deleted (D) and added (A)."""
    marked = merge(((line, "D") for line in before.lines()), ((line, "A") for line in after.lines()))
    yield "TX .\n"
    for line, group in groupby(marked, key=lambda pair: pair[0]):
        signs = {sign for _, sign in group}
        if len(signs) == 1:
            yield f"{signs.pop()} {line.decode()}"
    yield "TC .\n"


def _claims(graph: Graph) -> dict[str, _Said]:
    """Return what each claim says, without what is derived."""
    said: dict[str, set[tuple[str, NamedNode | Literal]]] = {}
    for claim, name, value in graph.named("said-by-claims"):
        said.setdefault(claim.value, set()).add((name.value, value))
    return {claim: frozenset(values) for claim, values in said.items()}


def _ids(graph: Graph) -> set[str]:
    return {row["id"].value for row in graph.named("ids")}


def _change(claim: str, old: _Said, new: _Said) -> Change:
    kind = "changed" if old and new else "added" if new else "removed"
    of = {name: value.value for name, value in sorted(new or old, key=str, reverse=True)}  # the first of several
    source, cls = data_name(of.get(tip.source, "")), terms.short(of.get(_TYPE, ""))
    return Change(kind, source, cls, claim, _words(old - new), _words(new - old))


def _words(said: _Said) -> str:
    return "; ".join(sorted(f"{name.rpartition('#')[2]}: {_short(value.value)}" for name, value in said))


def _short(value: str) -> str:
    return terms.short(data_name(value).removeprefix(CODE))
