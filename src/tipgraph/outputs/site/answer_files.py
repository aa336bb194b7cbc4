"""The files of answers: Excel, CSV and JSON; on a large site, the data from which the page of a question makes them.

    question/NAME.xlsx, .csv, .json    the files of an answer
    answers/en/NAME.js                 on a large site, its data, packed
    answers/citations.js               the citations of all answers, packed
    question/NAME.csv.gz               the CSV for readers without scripts

`question/files.js` makes the files, with the same content.

Decision: docs/decisions/0188-the-pages-of-a-large-site-make-the-files.md.
"""

from collections.abc import Sequence
from typing import Any

from tipgraph.display import AnswerView, answer_text, csv_cells, csv_text, evidence_record
from tipgraph.graph import free
from tipgraph.outputs.files import spreadsheets
from tipgraph.outputs.site.embedded_engine import carry, packed
from tipgraph.outputs.site.site_tree import Site, file_name
from tipgraph.sources import Texts


class AnswerFiles:
    """The files of the answers of one language; `write_citations` comes last."""

    def __init__(self, site: Site, texts: Texts) -> None:
        """Begin without any."""
        self._site, self._texts = site, texts
        self._citations: dict[tuple[object, ...], dict[str, object]] = {}
        self._numbers: dict[tuple[object, ...], int] = {}

    def write(self, name: str, summary: str, view: AnswerView) -> str:
        """Write the files of an answer, or the data of them; return the path of the data, else nothing."""
        if self._site.records:
            return self._write_data(name, view)
        path = f"question/{name}"
        for form in ("csv", "json"):
            self._site.write_text(f"{path}.{form}", answer_text(view.answer, form, self._texts) + "\n")
        spreadsheets.write_workbook(self._site.folder / f"{path}.xlsx", summary, _columns(view, self._texts))
        return ""

    def _write_data(self, name: str, view: AnswerView) -> str:
        path = f"answers/{self._site.language}/{file_name(name)}.js"
        table = csv_cells(view, self._texts)
        text = csv_text(list(table), list(zip(*table.values(), strict=True)))
        self._site.write_text(f"question/{name}.csv.gz", f"{text}\n")
        carry(self._site.home / path, {"answer": packed(self._data(view, table))})
        return path

    def write_citations(self) -> None:
        """Write the citations of all answers whose pages make the files; they are the same in all languages."""
        if self._citations and self._site.is_first:
            carry(self._site.home / "answers/citations.js", {"citations": packed(list(self._citations.values()))})

    def _data(self, view: AnswerView, table: dict[str, list[str]]) -> dict[str, Any]:
        """Return the data of an answer: the columns of CSV, and what JSON has beside them.

        `kinds` has a letter for each cell of a column of the question, `labelled` the names of the columns with labels.
        The script writes the column `quote` from the citations.
        """
        columns = view.answer.columns
        said_at, quote = free("said_at", columns), free("quote", columns)
        evidence = self._evidence(view, said_at)
        labels = {name: free(f"{name}_label", columns) for name in columns}
        return {
            "table": table | ({quote: None} if quote in table and evidence else {}),
            "kinds": {name: "".join(row.cells[at].kind for row in view.rows) for at, name in enumerate(columns)},
            "labelled": {name: label for name, label in labels.items() if label in table},
            "evidence": evidence,
            "saidAt": said_at,
        }

    def _evidence(self, view: AnswerView, said_at: str) -> dict[str, list[Any]]:
        """Return what JSON has beside the columns of the question, with citations by their numbers."""
        records = [evidence_record(row, self._texts) for row in view.rows]
        names = records[0] if records else ()
        evidence: dict[str, list[Any]] = {name: [record[name] for record in records] for name in names}
        if said_at in evidence:
            evidence[said_at] = [[self._number(citation) for citation in cited] for cited in evidence[said_at]]
        return evidence

    def _number(self, citation: dict[str, object]) -> int:
        key = tuple(citation.items())
        self._citations.setdefault(key, citation)
        return self._numbers.setdefault(key, len(self._numbers))


def _columns(view: AnswerView, texts: Texts) -> dict[str, Sequence[str | float]]:
    """Return the columns of an answer for a workbook: those of CSV, with numbers as numbers."""
    columns: dict[str, Sequence[str | float]] = {**csv_cells(view, texts)}
    for place, name in enumerate(view.answer.columns):
        columns[name] = [row.cells[place].number for row in view.rows]
    return columns
