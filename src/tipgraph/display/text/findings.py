"""What an answer owes to its sources: on how much each row stands, and what becomes of it without each of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from tipgraph.display.text.answers import NOTHING, answer_cells, answer_records, footnote_lines, spoken
from tipgraph.display.text.rows import counted, csv_text, json_text, table_text
from tipgraph.graph import free
from tipgraph.runtime import visible

if TYPE_CHECKING:
    from tipgraph.analysis import Outcome, SensitivityReport
    from tipgraph.graph import Answer, Standing, Term
    from tipgraph.sources import Texts

_MOST = 10  # changes and new rows of one source that a table lists


def report_text(report: "SensitivityReport", form: str, texts: "Texts") -> str:
    """Return an answer and what becomes of it without each source, as `table`, `csv` or `json`.

    CSV has the rows of the answer, each with the sources without which it goes or changes; JSON and the table also say
    what is new without a source.
    """
    if form == "json":
        without = [_without(report, one) for one in report.outcomes]
        return json_text({"rows": _records(report, texts), "without": without})
    answer = report.answer
    cells = answer_cells(answer, form, texts)
    numbers = range(len(answer.rows))
    if form == "table":
        cells = {free("row", answer.columns): [str(at + 1) for at in numbers], **cells}
        cells["stands on"] = [_standing(answer.standing(row)) for row in answer.rows]
    for name, found in (("goes without", report.goes_without), ("changes without", report.changes_without)):
        told = ["; ".join(found(at)) for at in numbers]
        if form == "csv" or any(told):
            cells[free(name, answer.columns)] = told
    rows = list(zip(*cells.values(), strict=True))
    if form == "csv":
        return csv_text(list(cells), rows)
    head = [table_text(list(cells), rows), _summary(answer), *footnote_lines(answer)] if rows else [NOTHING]
    return "\n".join([*head, "", *_table(report.outcomes), *map(visible, _details(report))])


def _summary(answer: "Answer") -> str:
    found = [one for one in map(answer.standing, answer.rows) if one is not None]
    told = counted(len(answer.rows))
    if not found:
        return told
    counts = (
        (sum(one.sources == 1 for one in found), "one source"),
        (sum(one.publishers == 1 for one in found), "one publisher"),
        (sum(one.self_reported for one in found), "what publishers report of themselves"),
    )
    return f"{told}: stand on {', '.join(f'{what}: {number}' for number, what in counts)}"


def _standing(found: "Standing | None") -> str:
    return f"{found}{', self-reported' if found.self_reported else ''}" if found else ""


def _table(outcomes: "Sequence[Outcome]") -> list[str]:
    """Return a line for each source without which something is otherwise, and one for all others."""
    told = [one for one in outcomes if not one.quiet]
    header = ["without", "rows", "go", "go, said by others", "change", "new", "come apart"]
    lines = []
    if told:
        rows = [
            [
                one.source,
                *(str(len(found)) for found in (one.rows, one.goes, one.borne_out, one.changes, one.new)),
                "; ".join(one.apart),
            ]
            for one in told
        ]
        lines = [table_text(header, rows)]
    quiet = [one.source for one in outcomes if one.quiet]
    return [*lines, *([f"nothing changes without {', '.join(quiet)}"] if quiet else [])]


def _details(report: "SensitivityReport") -> Iterable[str]:
    """Say which rows change, and which are new."""
    answer = report.answer
    for one in report.outcomes:
        lines = [f"  row {index + 1}: {_changed(answer, index, after, one.labels)}" for index, after in one.changes]
        lines += [f"  new: {' · '.join(_cells(answer, row, one.labels).values())}" for row in one.new]
        if lines:
            yield from ("", f"Without {one.source}", *lines[:_MOST])
            yield from [f"  and {len(lines) - _MOST} more: --format json lists them"] if len(lines) > _MOST else []


def _changed(answer: "Answer", index: int, after: "Sequence[Term | None]", labels: Mapping[NamedNode, str]) -> str:
    was, now = _cells(answer, answer.rows[index], answer.labels), _cells(answer, after, labels)
    names = [name for name in answer.columns if was.get(name) != now.get(name)]
    return "; ".join(f"{name}: {was.get(name, '–')} → {now.get(name, '–')}" for name in names)


def _cells(answer: "Answer", row: "Sequence[Term | None]", labels: Mapping[NamedNode, str]) -> dict[str, str]:
    """Return the values of a row in words, by column."""
    return {
        name: (labels.get(term) if isinstance(term, NamedNode) else None) or spoken(term)
        for name, term in zip(answer.columns, row, strict=True)
        if term is not None
    }


def _records(report: "SensitivityReport", texts: "Texts") -> list[dict[str, object]]:
    columns = report.answer.columns
    return [
        {
            **record,
            free("goes_without", columns): report.goes_without(at),
            free("changes_without", columns): report.changes_without(at),
        }
        for at, record in enumerate(answer_records(report.answer, texts))
    ]


def _without(report: "SensitivityReport", one: "Outcome") -> dict[str, object]:
    def said(row: "Sequence[Term | None]") -> dict[str, object]:
        cells = _cells(report.answer, row, one.labels)
        return {
            name: {"iri": term.value, "label": one.labels.get(term)} if isinstance(term, NamedNode) else cells.get(name)
            for name, term in zip(report.answer.columns, row, strict=True)
        }

    return {
        "source": one.source,
        "rows": len(one.rows),
        "goes": [at + 1 for at in one.goes],
        "said_by_others": [at + 1 for at in one.borne_out],
        "changes": [{"row": change.row + 1, "after": said(change.after)} for change in one.changes],
        "new": [said(row) for row in one.new],
        "come_apart": list(one.apart),
    }
