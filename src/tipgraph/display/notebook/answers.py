"""A question and its answer as a notebook shows them, with labels and citations as in the terminal."""

from dataclasses import replace

from tipgraph.display.answers import answer_view
from tipgraph.display.notebook.snippets import first, worded
from tipgraph.display.text.answers import count, footnotes, nearby, table_cells
from tipgraph.display.text.rows import nothing
from tipgraph.graph import Answer, Query
from tipgraph.sources import Texts


def answer(shown: Answer) -> str:
    """Return the first rows of an answer as a table, with the remarks on their claims."""
    rows, left = first(shown.rows)
    part = replace(shown, rows=list(rows))
    cells = table_cells(answer_view(part), Texts())
    return worded(
        "answer",
        columns=list(cells),
        rows=list(zip(*cells.values(), strict=True)),
        footnotes=footnotes(part),
        count=count(shown),
        left=left,
        nothing=nothing("row"),
        nearby=nearby(shown),
    )


def question(shown: Query) -> str:
    """Return a question as its sentence and its parameters."""
    return worded("question", name=shown.name, said=shown.header_in("en"))
