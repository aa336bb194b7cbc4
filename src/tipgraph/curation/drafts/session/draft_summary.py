"""How the decisions about drafts turned out: acceptance by producer, seconds, edits, and recall."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tipgraph.curation.drafts.session.draft_decisions import (
    ACCEPTED,
    CORRECTED,
    EDITED,
    MISSED,
    REJECTED,
    REMOVED,
    DraftDecision,
    decisions_of,
)
from tipgraph.sources import source_at

_DECIDED = (ACCEPTED, EDITED, REJECTED)


class ProducerTally(NamedTuple):
    """The decisions about the drafts of one rule or model; a draft of two counts for both."""

    producer: str
    accepted: int
    edited: int
    rejected: int

    @property
    def unchanged(self) -> float:
        """The share that became a claim as it was."""
        return self.accepted / self.decided

    @property
    def used(self) -> float:
        """The share that became a claim, edited or not."""
        return (self.accepted + self.edited) / self.decided

    @property
    def decided(self) -> int:
        """The number of decisions."""
        return self.accepted + self.edited + self.rejected


class DraftSummary(NamedTuple):
    """The decisions of a source in figures.

    `seconds` is the median of a decision about a draft, None if none was measured. `blind` counts the claims that a
    person found in paragraphs without their drafts, and `proposed` those of them that drafts had: their share is the
    recall of the drafts, which no reader has been led to. A draft had a claim if the main parts are the same: codes,
    values, and names of one entry. A new entry is the same only by its label, so that the recall may be too low.
    `reasons` counts rejections by their code. `corrected` and `removed` count claims that a person changed after they
    were saved, each claim once.
    """

    producers: tuple[ProducerTally, ...]
    accepted: int
    edited: int
    rejected: int
    missed: int
    seconds: float | None
    blind: int
    proposed: int
    reasons: dict[str, int]
    corrected: int
    removed: int

    @property
    def recall(self) -> float | None:
        """The share of the claims of blind paragraphs that drafts had proposed; None without such claims."""
        return self.proposed / self.blind if self.blind else None


def summary_of(name: str, data: Path | None = None, part: str = "") -> DraftSummary:
    """Return the figures of a source: of one part, or of all; raise UnknownName for another name."""
    return summary(decisions_of(source_at(name, data)), part)


def summary(decisions: Iterable[DraftDecision], part: str = "") -> DraftSummary:
    """Return the figures of decisions: of one part, or of all.

    >>> one = DraftDecision("1", "2", "accepted", producers="rule:a | rule:b", seconds="4.0")
    >>> two = DraftDecision("2", "2", "rejected", producers="rule:b", seconds="8.0", reason="not-said")
    >>> [(tally.producer, tally.used) for tally in summary([one, two]).producers]
    [('rule:b', 0.5), ('rule:a', 1.0)]
    """
    own = [decision for decision in decisions if part in ("", decision.part)]
    decided = [decision for decision in own if decision.verdict in _DECIDED]
    verdicts = Counter(decision.verdict for decision in own)
    blind = [decision for decision in own if decision.verdict == MISSED and decision.blind == "hidden"]
    seconds = [float(decision.seconds) for decision in decided if decision.seconds]
    return DraftSummary(
        _tallies(decided),
        accepted=verdicts[ACCEPTED],
        edited=verdicts[EDITED],
        rejected=verdicts[REJECTED],
        missed=verdicts[MISSED],
        seconds=median(seconds) if seconds else None,
        blind=len(blind),
        proposed=sum(bool(decision.producers) for decision in blind),
        reasons=dict(Counter(decision.reason for decision in decided if decision.reason).most_common()),
        corrected=_claims(own, CORRECTED),
        removed=_claims(own, REMOVED),
    )


def _claims(decisions: Iterable[DraftDecision], verdict: str) -> int:
    """Return the number of claims with a verdict."""
    return len({decision.row for decision in decisions if decision.verdict == verdict})


def _tallies(decided: Sequence[DraftDecision]) -> tuple[ProducerTally, ...]:
    """Return a tally for each producer, those with most decisions first."""
    counts: dict[str, Counter[str]] = {}
    for decision in decided:
        for producer in decision.producers.split(" | "):
            counts.setdefault(producer, Counter())[decision.verdict] += 1
    tallies = (ProducerTally(producer, *map(count.__getitem__, _DECIDED)) for producer, count in counts.items())
    return tuple(sorted(tallies, key=lambda tally: (-tally.decided, tally.producer)))
