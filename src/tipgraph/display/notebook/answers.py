"""A question and its answer as a notebook shows them: labels and where each row is said, as the terminal has them."""

from dataclasses import replace

from tipgraph.display.notebook.snippets import first, worded
from tipgraph.display.text.answers import NOTHING, answer_cells, count, footnotes, nearby
from tipgraph.graph import Answer, Query
from tipgraph.sources import Texts


def answer(shown: Answer) -> str:
    """Return an answer as a table, its first rows at least, and what must be known of these."""
    rows, left = first(shown.rows)
    part = replace(shown, rows=list(rows))
    cells = answer_cells(part, "table", Texts())
    return worded(
        "answer",
        columns=list(cells),
        rows=list(zip(*cells.values(), strict=True)),
        footnotes=footnotes(part),
        count=count(shown),
        left=left,
        nothing=NOTHING,
        nearby=nearby(shown),
    )


def question(shown: Query) -> str:
    """Return a question as its sentence and its parameters."""
    return worded("question", name=shown.name, said=shown.header_in("en"))
