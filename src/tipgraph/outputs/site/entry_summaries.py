"""The head of the page of an entry: who it is, how much is known of it, its years, places and networks; and its claims.

Those of a heading that somebody has reviewed come first. Claims about the same other entry are folded together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tipgraph.display import ClaimView
from tipgraph.graph import Graph
from tipgraph.model import data_name, tip
from tipgraph.outputs.site.claim_groups import ClaimTotals, EntryTie, by_review, grouped
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.labels import codes_of

_LEAST, _SHOWN = 3, 3  # claims that are folded together; other claims of a heading that are not folded
_FOLDS = 20  # of a heading
_SUBJECT = {  # the column of the entry that a claim describes, by the class of the claim
    tip.Affiliation: "affiliate",
    tip.UndertakingReport: "undertaking",
    tip.PublicationReport: "document",
    tip.RouteReport: "route",
}
_NOT_YET = frozenset({"planned", "proposed", "invited"})  # statuses


class ClaimFold(NamedTuple):
    """Claims that are folded together, and the other entry that all are about."""

    label: str
    claims: ClaimTotals


class ClaimGroup(NamedTuple):
    """Claims: those that are folded together, those that are shown, and the rest."""

    number: int
    folds: list[ClaimFold]
    views: list[ClaimView]
    rest: list[ClaimView]


class ClaimSection(NamedTuple):
    """The claims of a heading: those that somebody has reviewed, and those that nobody has."""

    reviewed: ClaimGroup
    unreviewed: ClaimGroup

    @property
    def number(self) -> int:
        """The number of claims."""
        return self.reviewed.number + self.unreviewed.number


class Twin(NamedTuple):
    """An entry with an equal identifier, and the judgement on the two in words, empty without one."""

    iri: str
    label: str
    identifier: str
    judgement: str


@dataclass(frozen=True)
class EntrySummary:
    """What a graph has about an entry: its claims without names, and its links.

    `who` is the claim that describes it best. `partners` work with it, `planned_partners` only by claims of plans and
    proposals.
    """

    who: ClaimView | None
    claims: ClaimTotals
    partners: int
    planned_partners: int


def summary(iri: str, own: ClaimTotals, links: Iterable[EntryTie]) -> EntrySummary:
    """Return the summary of an entry from the claims about it and its links."""
    return EntrySummary(_describing(iri, own.views), own, *_partners(links))


def _partners(links: Iterable[EntryTie]) -> tuple[int, int]:
    """Return the number of partners of an entry, and of those that only plans and proposals name."""
    partners = grouped((link for link in links if link.data["edge"] == "partners"), lambda link: [link.other])
    statuses = ([link.data.get("status", "") for link in own] for own in partners.values())
    planned = sum(all(status and not set(status.split()) - _NOT_YET for status in own) for own in statuses)
    return len(partners) - planned, planned


def _describing(iri: str, views: Iterable[ClaimView]) -> ClaimView | None:
    """Return the claim that describes an entry best: reviewed, stated, without caveats, and with the most values."""
    fitting = [view for view in views if iri in view.nodes.get(_SUBJECT.get(view.cls.value, ""), ())]
    return min(
        fitting,
        key=lambda view: (
            view.remark.unreviewed,
            bool(view.contradictions),
            view.remark.implied,
            len(view.remark.caveats),
            -sum(map(bool, view.values.values())),
            view.key,
        ),
        default=None,
    )


def claim_groups(
    iri: str, views: Iterable[ClaimView], claims: Claims, headings: Mapping[str, str]
) -> dict[str, ClaimSection]:
    """Return the claims about an entry, without names, by heading; `headings` has those that are not of the class."""
    own = (view for view in views if not view.is_naming)
    groups = grouped(own, lambda view: [headings.get(view.key, view.heading)])
    return {
        heading: ClaimSection(*(_group(iri, apart, claims) for apart in by_review(found)))
        for heading, found in groups.items()
    }


def _group(iri: str, views: Sequence[ClaimView], claims: Claims) -> ClaimGroup:
    left, folds = list(views), list[ClaimFold]()
    others = {view.key: [entry for entry in claims.entries(view.key) if entry[0] != iri] for view in views}
    while len(left) > _LEAST and len(folds) < _FOLDS:
        counts = Counter(entry for view in left for entry in others[view.key])
        if not counts:
            break
        entry, times = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if times < _LEAST:
            break
        folds.append(ClaimFold(entry[1], ClaimTotals([view for view in left if entry in others[view.key]])))
        left = [view for view in left if entry not in others[view.key]]
    most = len(left) if len(left) <= _SHOWN + 1 else _SHOWN
    return ClaimGroup(len(views), folds, left[:most], left[most:])


def twins(graph: Graph, labels: Mapping[str, str], language: str) -> dict[str, list[Twin]]:
    """Return the other entries with an equal identifier by IRI; `labels` are those of the entries with a page."""
    verdicts, kinds = (codes_of(graph, scheme, language) for scheme in ("verdict", "judge-kind"))
    found: dict[str, list[Twin]] = {}
    for row in graph.named("twins"):
        thing, twin = row["thing"].value, row["twin"].value
        if thing in labels and twin in labels:
            judged = ""
            if row["verdict"] is not None:
                signed = row["judge"].value, kinds[row["judgeKind"].value], row["judged"].value
                judged = f"{verdicts[row['verdict'].value]} ({', '.join(signed)})"
            found.setdefault(thing, []).append(Twin(twin, labels[twin], data_name(row["identifier"].value), judged))
    return found
