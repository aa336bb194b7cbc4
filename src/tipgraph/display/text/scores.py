"""The score of drafts as a table, CSV or JSON."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tipgraph.display.text.rows import json_text, rows_text

if TYPE_CHECKING:
    from tipgraph.curation import DraftScore, Figure

_HEADER = ("texts", "by", "table", "unit", "drafts", "claims", "right", "precision", "recall", "F1", "readers F1")


def score_text(score: "DraftScore", form: str) -> str:
    """Return a score as `table` (with a line below), `csv` or `json`; each row says what texts it is of."""
    texts = "unseen" if score.unseen else "tuned on"
    if form == "json":
        figures = [{"texts": texts, **_record(figure)} for figure in score.figures()]
        return json_text({"figures": figures, "verbatim": score.verbatim, "overlap": score.overlap})
    rows = rows_text(_HEADER, [[texts, *_cells(figure)] for figure in score.figures()], form)
    verbatim = "–" if score.verbatim is None else f"{score.verbatim:.0%}"
    shares = f"quotes verbatim: {verbatim}; words in common with a right draft: {_share(score.overlap)}"
    return f"{rows}\n{shares}" if form == "table" else rows


def _record(figure: "Figure") -> dict[str, Any]:
    """Return a figure as numbers; one of a producer has no claims, and so no recall."""
    counts = figure.counts
    return {
        "by": figure.by,
        "table": figure.table,
        "unit": figure.unit,
        "drafts": counts.proposed,
        "claims": counts.claims or None,
        "right": counts.right,
        "precision": counts.precision if counts.proposed else None,
        "precisionInterval": figure.precision,
        "recall": counts.recall if counts.claims else None,
        "recallInterval": figure.recall,
        "f1": counts.f1 if counts.claims else None,
        "readersF1": figure.readers.f1 if figure.readers else None,
    }


def _cells(figure: "Figure") -> Iterator[str]:
    record = _record(figure)
    yield from (str(value or "") if name == "claims" else str(value) for name, value in list(record.items())[:6])
    for name in ("precision", "recall"):
        yield _share(record[name], record[f"{name}Interval"])
    yield from (_share(record["f1"]), _share(record["readersF1"]))


def _share(share: float | None, interval: tuple[float, float] | None = None) -> str:
    """Return a share with two decimals, and its interval; nothing for None.

    >>> _share(0.525), _share(1, (0.98, 1)), _share(None)
    ('.53', '1.00 (.98–1.00)', '')
    """
    if share is None:
        return ""
    around = f" ({_share(interval[0])}–{_share(interval[1])})" if interval else ""
    return f"{share + 1e-9:.2f}".removeprefix("0") + around
