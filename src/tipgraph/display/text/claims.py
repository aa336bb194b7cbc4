"""Claims about an entry: each with its citations and quotes, and the claims against it; and its figures compared."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from tipgraph.display.claims import CitedSentence, ClaimView, claim_views
from tipgraph.display.text.rows import counted, rows_text
from tipgraph.runtime import visible
from tipgraph.sources import JUDGES

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tipgraph.analysis import Numbers, Phrases
    from tipgraph.graph import Graph, Standing
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
        return "\n".join([*map(visible, title), *paragraphs(views, texts), "", count])
    return rows_text(_ROW, [_row(view, texts) for view in views], form)


def claim_lines(view: CitedSentence, texts: "Texts", head: str, indent: str, support: Iterable[str] = ()) -> list[str]:
    """Return a claim as lines: its sentence, its citations with quotes, its support, its notes and corrections."""
    more = [place + (f"  “{quote}”" if quote else "") for place, quote in view.quoted(texts)]
    more += support
    if isinstance(view, ClaimView):
        more += [f"note: {note}" for note in view.remark.notes]
        more += [f"corrected: {correction}" for correction in view.remark.corrections]
    return [visible(f"{head}{view.sentence}"), *(visible(f"{indent}{line}") for line in dict.fromkeys(more))]


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


def paragraphs(views: Sequence[ClaimView], texts: "Texts") -> Iterator[str]:
    """Yield the lines of claims, class by class, each with the claims that contradict it."""
    for heading, group in groupby(views, key=lambda view: view.heading):
        yield from ("", heading.capitalize())
        for view in group:
            yield from claim_lines(view, texts, "  ", "      ", support_lines(view))
            for one in view.contradictions:
                yield from claim_lines(one.other, texts, "    ! but: ", "      ! ")
                yield visible(f"      ! why: {one.reason}")
                yield from [visible(f"      ! judged: {one.answer}")] * bool(one.answer)


_HEADER = ("number", "sentence", "said at", "repeats", "changed", "figure supported", "claim")


def numbers_text(graph: "Graph", found: "Numbers", form: str, texts: "Texts", language: str = "en") -> str:
    """Return figures as text for a person (`table`), as rows in `csv` or `json`."""
    from tipgraph.analysis import Phrases

    views = claim_views(graph, [mention.claim for mention in found.mentions], language)
    wording = Phrases(graph, found, language)
    if form != "table":
        return rows_text(_HEADER, _rows(found, wording, views), form)
    lines = [wording.headline()]
    if not found.mentions:
        return f"{visible(lines[0])}\n{wording.say('nothing')}"
    for place, view in enumerate((views[mention.claim] for mention in found.mentions), 1):
        lines += claim_lines(view, texts, f"{place:>3}  ", "         ")
    lineage = [*wording.families(), *map(wording.drift, found.drifts)]
    for heading, part in (("Lineage", lineage), ("Two by two", wording.compared())):
        lines += ["", wording.say(heading), *(f"  {line}" for line in part)]
    return "\n".join(map(visible, lines))


def _rows(found: "Numbers", wording: "Phrases", views: "Mapping[NamedNode, ClaimView]") -> list[list[str]]:
    rows = []
    for place, mention in enumerate(found.mentions, 1):
        drifts = [drift for drift in found.drifts if drift.restating.claim == mention.claim]
        rows.append([
            str(place),
            views[mention.claim].sentence,
            "; ".join(views[mention.claim].places),
            "; ".join(wording.numbers([drift.restated.claim]) for drift in drifts),
            "; ".join(wording.change(change) for drift in drifts for change in drift.changes),
            "; ".join("yes" if drift.supported else "no" for drift in drifts),
            mention.claim.value,
        ])  # fmt: skip
    return rows
