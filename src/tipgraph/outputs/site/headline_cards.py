"""The headlines of the first page: cards with the claims that prove each.

Decision: docs/decisions/0130-rules-write-the-headlines.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tipgraph.analysis import Headline, headlines
from tipgraph.graph import Graph
from tipgraph.model import Word, data_name
from tipgraph.outputs.site.claim_groups import ClaimTotals, grouped
from tipgraph.outputs.site.claims import Claims


@dataclass(frozen=True)
class HeadlineCard:
    """A headline with the claims that prove it, and other headlines of its rule."""

    headline: Headline
    claims: ClaimTotals
    more: list[Headline]


@dataclass(frozen=True)
class Opening:
    """The first headline: `about` are its words before its colon, and `sentence` the other ones."""

    first: HeadlineCard
    about: list[Word]
    sentence: list[Word]


def headline_cards(graph: Graph, claims: Claims, language: str) -> list[HeadlineCard]:
    """Return a card of each rule with headlines, in their order."""
    by_rule = grouped(headlines(graph, language), lambda headline: [headline.rule])
    return [_card(claims, best, more) for best, *more in by_rule.values()]


def opening(cards: Sequence[HeadlineCard]) -> Opening | None:
    """Return the opening of the first page: the first card, if it may lead."""
    if not cards or not cards[0].headline.may_lead:
        return None
    return Opening(cards[0], *_halves(cards[0].headline.pieces))


def _halves(pieces: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """Return the words before the first colon of a sentence, and those after it; all are after it without a colon."""
    for at, piece in enumerate(pieces):
        before, colon, after = piece.text.partition(": ")
        if colon:
            return [*pieces[:at], piece._replace(text=before)], [piece._replace(text=after), *pieces[at + 1 :]]
    return [], list(pieces)


def _card(claims: Claims, headline: Headline, more: list[Headline]) -> HeadlineCard:
    return HeadlineCard(headline, ClaimTotals(claims.of(data_name(claim.value) for claim in headline.claims)), more)
