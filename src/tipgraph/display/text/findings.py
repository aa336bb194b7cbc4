"""A sensitivity report: the rows of an answer with their number of sources, and the changes without each source."""

from typing import TYPE_CHECKING

from tipgraph.display.answers import answer_view
from tipgraph.display.text.answers import csv_cells, footnote_lines, table_cells
from tipgraph.display.text.rows import counted, nothing, rows_text, table_text
from tipgraph.graph import free
from tipgraph.runtime import visible

if TYPE_CHECKING:
    from tipgraph.analysis import SensitivityReport
    from tipgraph.graph import Answer
    from tipgraph.sources import Texts


def report_text(report: "SensitivityReport", form: str, texts: "Texts", language: str = "en") -> str:
    """Return an answer, and how it changes without each source, as `table`, `csv` or `json`.

    CSV and JSON have the rows of the answer, each with the sources without which it goes; the table also has the rows
    that are new without a source.
    """
    answer, view = report.answer, answer_view(report.answer, language)
    numbers = range(len(answer.rows))
    goes = {free("goes without", answer.columns): ["; ".join(report.goes_without(at)) for at in numbers]}
    if form != "table":
        columns = csv_cells(view, texts) | goes
        return rows_text(list(columns), list(zip(*columns.values(), strict=True)), form)
    standings = [answer.standing(row) for row in answer.rows]
    support = [f"{one}{', self-reported' * one.self_reported}" if one else "" for one in standings]
    columns = {free("row", answer.columns): [str(at + 1) for at in numbers], **table_cells(view, texts)}
    columns |= {"support": support} | goes
    table = table_text(list(columns), list(zip(*columns.values(), strict=True)))
    head = [table, _summary(answer), *footnote_lines(answer)] if numbers else [nothing("row")]
    return "\n".join([*head, "", *_outcome_lines(report)])


def _summary(answer: "Answer") -> str:
    standings, rows = list(filter(None, map(answer.standing, answer.rows))), counted(len(answer.rows))
    if not standings:
        return rows
    counts = {
        "one source": sum(standing.sources == 1 for standing in standings),
        "one publisher": sum(standing.publishers == 1 for standing in standings),
        "what publishers report of themselves": sum(standing.self_reported for standing in standings),
    }
    return f"{rows}: support: {', '.join(f'{words}: {number}' for words, number in counts.items())}"


def _outcome_lines(report: "SensitivityReport") -> list[str]:
    """Return a row for each source that changes the answer, a line with all other sources, and the new rows."""
    loud = [outcome for outcome in report.outcomes if outcome.goes or outcome.new]
    rows = [[outcome.source, str(len(outcome.goes)), str(len(outcome.new))] for outcome in loud]
    quiet = ", ".join(outcome.source for outcome in report.outcomes if outcome not in loud)
    lines = [table_text(["without", "go", "new"], rows)] * bool(rows)
    lines += [f"nothing changes without {quiet}"] * bool(quiet)
    for outcome in loud:
        lines += ["", f"Without {outcome.source}"] * bool(outcome.new)
        lines += [visible(f"  new: {' · '.join(words)}") for words in outcome.new]
    return lines
