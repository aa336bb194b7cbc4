"""A sensitivity report: the rows of an answer with their number of sources, and the changes without each source."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tipgraph.display.answers import AnswerView, Cell, answer_view, cells
from tipgraph.display.text.answers import csv_cells, footnote_lines, table_cells
from tipgraph.display.text.rows import counted, nothing, rows_text, table_text
from tipgraph.graph import free
from tipgraph.runtime import visible

if TYPE_CHECKING:
    from tipgraph.analysis import Outcome, SensitivityReport
    from tipgraph.graph import Answer, Standing
    from tipgraph.sources import Texts


def report_text(report: "SensitivityReport", form: str, texts: "Texts", language: str = "en") -> str:
    """Return an answer, and how it changes without each source, as `table`, `csv` or `json`.

    CSV and JSON have the rows of the answer, each with the sources without which it goes or changes; the table also has
    the rows that are new without a source.
    """
    answer, view = report.answer, answer_view(report.answer, language)
    columns = _columns(report, view, form, texts)
    rows = list(zip(*columns.values(), strict=True))
    if form != "table":
        return rows_text(list(columns), rows, form)
    head = [table_text(list(columns), rows), _summary(answer), *footnote_lines(answer)] if rows else [nothing("row")]
    return "\n".join([*head, "", *_table(report.outcomes), *map(visible, _details(report, view, language))])


def _columns(report: "SensitivityReport", view: AnswerView, form: str, texts: "Texts") -> dict[str, list[str]]:
    """Return the columns of a table or CSV by their names; a table leaves out those without a value."""
    answer, numbers = report.answer, range(len(report.answer.rows))
    if form != "table":
        columns = csv_cells(view, texts)
    else:
        columns = {free("row", answer.columns): [str(at + 1) for at in numbers], **table_cells(view, texts)}
        columns["support"] = [_standing(answer.standing(row)) for row in answer.rows]
    for name, sources in (("goes without", report.goes_without), ("changes without", report.changes_without)):
        column = ["; ".join(sources(at)) for at in numbers]
        if form != "table" or any(column):
            columns[free(name, answer.columns)] = column
    return columns


def _summary(answer: "Answer") -> str:
    standings = list(filter(None, map(answer.standing, answer.rows)))
    rows = counted(len(answer.rows))
    if not standings:
        return rows
    counts = {
        "one source": sum(standing.sources == 1 for standing in standings),
        "one publisher": sum(standing.publishers == 1 for standing in standings),
        "what publishers report of themselves": sum(standing.self_reported for standing in standings),
    }
    return f"{rows}: support: {', '.join(f'{words}: {number}' for words, number in counts.items())}"


def _standing(standing: "Standing | None") -> str:
    return f"{standing}{', self-reported' if standing.self_reported else ''}" if standing else ""


def _table(outcomes: "Sequence[Outcome]") -> list[str]:
    """Return a row for each source that changes the answer, and a line with all other sources."""
    header = ["without", "rows", "go", "go, said by others", "change", "new", "come apart"]
    rows = []
    for outcome in outcomes:
        if not outcome.quiet:
            changes = outcome.rows, outcome.goes, outcome.borne_out, outcome.changes, outcome.new
            rows.append([outcome.source, *(str(len(change)) for change in changes), "; ".join(outcome.apart)])
    quiet = ", ".join(outcome.source for outcome in outcomes if outcome.quiet)
    lines = [table_text(header, rows)] if rows else []
    return [*lines, *([f"nothing changes without {quiet}"] if quiet else [])]


def _details(report: "SensitivityReport", view: AnswerView, language: str) -> Iterable[str]:
    """Yield the rows that change without a source, and the new ones."""
    for outcome in report.outcomes:
        new = (cells(row, outcome.labels, language) for row in outcome.new)
        lines = [
            f"  row {row + 1}: {_changed(view, row, cells(after, outcome.labels, language))}"
            for row, after in outcome.changes
        ]
        lines += [f"  new: {' · '.join(cell.words for cell in row if cell.term is not None)}" for row in new]
        if lines:
            yield from ("", f"Without {outcome.source}", *lines)


def _changed(view: AnswerView, row: int, after: list[Cell]) -> str:
    columns = zip(view.answer.columns, view.rows[row].cells, after, strict=True)
    changes = ((name, was.words, now.words) for name, was, now in columns if was.words != now.words)
    return "; ".join(f"{name}: {was or '–'} → {now or '–'}" for name, was, now in changes)
