"""Claims about an entry: each sentence with its citations and quotes, and the claims that contradict it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tipgraph.display.claims import CitedSentence, ClaimView
from tipgraph.display.text.rows import counted, rows_text
from tipgraph.runtime import visible
from tipgraph.sources import JUDGES

if TYPE_CHECKING:
    from tipgraph.graph import Remark, Standing
    from tipgraph.sources import Texts

STANDING = ("sources", "publishers", "self_reported")
_ROW = (
    "class", "sentence", "said at", "also says", *STANDING, "quote", "note", "review", "corrected", "contradicts",
    "claim",
)  # fmt: skip


def claims_text(title: Sequence[str], views: Sequence[ClaimView], form: str, texts: "Texts") -> str:
    """Return the claims about an entry as text for a person (`table`), or as rows in `csv` or `json`."""
    if form == "table":
        own = [view for view in views if view.is_counted]
        count = counted(len(own), "claim")
        count += f": {reviewed(view.remark.review for view in own)}" if own else ""
        names = sum(view.is_naming for view in views)
        count += f"; {counted(names, 'name')}" if names else ""
        return "\n".join([*map(visible, title), *_paragraphs(views, texts), "", count])
    return rows_text(_ROW, [_row(view, texts) for view in views], form)


def claim_lines(view: CitedSentence, texts: "Texts", indent: str) -> list[str]:
    """Return a claim as lines for a terminal: its sentence, then its citations with their quotes."""
    return [visible(f"{indent}{view.sentence}"), *_citation_lines(view, texts, f"{indent}    ")]


def remark_lines(remark: "Remark", indent: str) -> list[str]:
    """Return the notes and the corrections of a claim as lines for a terminal."""
    corrections = (f"corrected: {correction}" for correction in remark.corrections)
    return [visible(f"{indent}{line}") for line in (*(f"note: {note}" for note in remark.notes), *corrections)]


def also_says(view: ClaimView) -> list[str]:
    """Return the agreeing claims of other sources in words."""
    return [f"{'; '.join(agreeing.places)} also says: {agreeing.sentence}" for agreeing in view.agreeing]


def support_lines(view: ClaimView) -> list[str]:
    """Return the agreeing claims, and the number of sources of the whole claim if there are several."""
    whole = view.corroboration
    return [*also_says(view), *([f"all of it is said by {whole}"] if whole else [])]


def reviewed(reviews: Iterable[str]) -> str:
    """Return the number of claims by reviewer, in words.

    >>> reviewed(["ai-agent", "unreviewed", "ai-agent"])
    '2 reviewed by an AI agent, 1 not reviewed'
    """
    words = {review: f"reviewed by {judge}" for review, judge in JUDGES.items()} | {"unreviewed": "not reviewed"}
    return ", ".join(f"{number} {words[review]}" for review, number in sorted(Counter(reviews).items()))


def standing_cells(standing: "Standing | None") -> dict[str, object]:
    """Return the number of sources and publishers, and whether they report on themselves, by column."""
    return dict(zip(STANDING, standing or ("",) * len(STANDING), strict=True))


def _row(view: ClaimView, texts: "Texts") -> list[object]:
    contradictions = (
        f"{found.reason}: {found.other.sentence} ({'; '.join(found.other.places)})"
        + (f" — {found.answer}" if found.answer else "")
        for found in view.contradictions
    )
    return [
        view.heading,
        view.sentence,
        "; ".join(view.places),
        " | ".join(also_says(view)),
        *standing_cells(view.support.standing if view.support else None).values(),
        " … ".join(view.quotes(texts)),
        "; ".join(view.remark.notes),
        view.remark.review,
        "; ".join(view.remark.corrections),
        " | ".join(contradictions),
        view.claim.value,
    ]


def _paragraphs(views: Sequence[ClaimView], texts: "Texts") -> list[str]:
    lines, heading = [], ""
    for view in views:
        if view.heading != heading:
            heading = view.heading
            lines += ["", heading.capitalize()]
        lines += claim_lines(view, texts, "  ")
        lines += [visible(f"      {line}") for line in support_lines(view)]
        lines += remark_lines(view.remark, "      ")
        for contradiction in view.contradictions:
            other = contradiction.other
            lines += [
                visible(f"    ! but: {other.sentence}"),
                *_citation_lines(other, texts, "      ! "),
                *remark_lines(other.remark, "      ! "),
                visible(f"      ! why: {contradiction.reason}"),
                *([visible(f"      ! judged: {contradiction.answer}")] if contradiction.answer else []),
            ]
    return lines


def _citation_lines(view: CitedSentence, texts: "Texts", indent: str) -> list[str]:
    return [visible(f"{indent}{place}" + (f"  “{quote}”" if quote else "")) for place, quote in view.quoted(texts)]
