"""The difference of two builds: claims that were added, removed or changed, and ids that are gone: lost or moved.

Derived statements are left out: a claim has changed only if its own words have.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.graph import Graph
from tipgraph.model import CODE, DATA, RDF_TYPE, data_name, terms, tip, today

_Values: TypeAlias = frozenset[tuple[str, NamedNode | Literal]]  # of properties
_Claims: TypeAlias = dict[str, _Values]
_NONE: _Values = frozenset()


class Change(NamedTuple):
    """A claim that is in one build only, or differs between both.

    `change` is `added`, `removed` or `changed`; `before` and `after` are the values that differ, as `property: value`,
    separated by `; `.
    """

    change: str
    source: str
    cls: str
    claim: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """The difference of two builds: changes of claims by source, class and id, and ids that are gone.

    `claims` are the numbers of claims before and after. `renumbered` claims say the same under another id, and are no
    changes: claims of open data are numbered by their place in the file. Of the ids that are gone, `moved` are those of
    such claims and of their evidence, each with the id that it has now; all others are `lost`. `same` is true if no
    statement differs.
    """

    changes: list[Change]
    lost: list[str]
    moved: dict[str, str]
    claims: tuple[int, int]
    renumbered: int
    same: bool

    def counts(self) -> list[tuple[str, str, int, int, int]]:
        """Return the numbers of added, removed and changed claims for each source and class."""
        counts = Counter((change.source, change.cls, change.change) for change in self.changes)
        return [
            (source, cls, *(counts[source, cls, kind] for kind in ("added", "removed", "changed")))  # type: ignore[misc]
            for source, cls in sorted({key[:2] for key in counts})
        ]


def diff(before: Graph, after: Graph) -> Difference:
    """Compare the claims of two builds, without derived statements, and find the ids that are gone.

    An id (of a thing, a claim, a span, a term) must stay, or be retired by a row of `data/reference/retirements.csv`,
    a term by `owl:deprecated`; else it is lost, or has moved.

    >>> from tipgraph import build
    >>> graph = build()
    >>> diff(graph, graph).changes
    []
    """
    old, new = _claims(before), _claims(after)
    counts = len(old), len(new)
    renumbered = _renumbered(old, new)
    now = dict(pair for claim, other in renumbered.items() for pair in _now(claim, old[claim], other, new[other]))
    old = {claim: values for claim, values in old.items() if claim not in renumbered}
    known = set(renumbered.values())
    new = {claim: values for claim, values in new.items() if claim not in known}
    changes = [
        _change(claim, old.get(claim, _NONE), new.get(claim, _NONE))
        for claim in old.keys() | new.keys()
        if old.get(claim) != new.get(claim)
    ]
    gone = sorted(_ids(before, "ids") - _ids(after, "ids") - _ids(after, "retired"))
    moved = {name: now[name] for name in gone if name in now}
    changes.sort(key=lambda change: (change.source, change.cls, change.claim))
    same = not changes and before.digest == after.digest
    lost = [name for name in gone if name not in moved]
    return Difference(changes, lost, moved, counts, len(renumbered), same)


def remedy(gone: str, now: str = "") -> str:
    """Return the remedy for an id that is lost, or that is `now` another.

    >>> remedy("https://w3id.org/tipgraph/ns#Gift")
    'give it back, or mark it as owl:deprecated in the ontology'
    """
    if not gone.startswith(DATA):
        return "give it back, or mark it as owl:deprecated in the ontology"
    row = f"ID,{data_name(gone)},{data_name(now) if now else 'REPLACEMENT'},{today()},WHY"
    retire = f"retire it in the folder `reference`, in retirements.csv: {row}"
    return f"it is {now} now; {retire}" if now else f"give it back, or {retire} (REPLACEMENT may be empty)"


def _claims(graph: Graph) -> _Claims:
    """Return the values of each claim, without derived ones."""
    claims: dict[str, set[tuple[str, NamedNode | Literal]]] = {}
    for claim, name, value in graph.named("said-by-claims"):
        claims.setdefault(claim.value, set()).add((name.value, value))
    return {claim: frozenset(values) for claim, values in claims.items()}


def _renumbered(old: _Claims, new: _Claims) -> dict[str, str]:
    """Return the claims that say the same under another id, each with this id."""
    before, after = _contents(old, new), _contents(new, old)
    others: dict[_Values, list[str]] = defaultdict(list)
    for claim in sorted(after, reverse=True):
        if before.get(claim) != after[claim]:
            others[after[claim]].append(claim)
    return {
        claim: others[content].pop()
        for claim, content in sorted(before.items())
        if after.get(claim) != content and others[content]
    }


def _now(claim: str, values: _Values, other: str, others: _Values) -> Iterator[tuple[str, str]]:
    """Yield the id of a claim, and those of its evidence, each with the one that it has in another build."""
    yield claim, other
    spans = [sorted(value.value for name, value in one if name == tip.evidence) for one in (values, others)]
    if len(spans[0]) == len(spans[1]):
        yield from zip(*spans, strict=True)


def _contents(claims: _Claims, others: _Claims) -> _Claims:
    """Return the values of claims that differ, without their evidence and without the ids of other claims."""
    return {
        claim: frozenset(pair for pair in values if pair[0] != tip.evidence and pair[1].value not in claims)
        for claim, values in claims.items()
        if others.get(claim) != values
    }


def _ids(graph: Graph, query: str) -> set[str]:
    return {row["id"].value for row in graph.named(query)}


def _change(claim: str, old: _Values, new: _Values) -> Change:
    kind = "changed" if old and new else "added" if new else "removed"
    first = {name: value.value for name, value in sorted(new or old, key=str, reverse=True)}
    source, cls = data_name(first.get(tip.source, "")), terms.short(first.get(RDF_TYPE.value, ""))
    return Change(kind, source, cls, claim, _words(old - new), _words(new - old))


def _words(values: _Values) -> str:
    short = ((name, terms.short(data_name(value.value).removeprefix(CODE))) for name, value in values)
    return "; ".join(sorted(f"{name.rpartition('#')[2]}: {value}" for name, value in short))
