"""Answers of questions as a table, CSV or JSON, each row with its citations."""

from collections.abc import Iterator
from textwrap import shorten
from typing import TYPE_CHECKING

from tipgraph.analysis import COMPARED, PRICES, RATES, rate_sources
from tipgraph.display.answers import AnswerView, RowView, answer_view
from tipgraph.display.claims import quote
from tipgraph.display.text.claims import STANDING, reviewed, standing_cells
from tipgraph.display.text.rows import cell_text, counted, csv_text, grouped, json_text, nothing, table_text
from tipgraph.graph import free
from tipgraph.model import CODE, DATA
from tipgraph.runtime import visible

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from tipgraph.graph import Answer
    from tipgraph.sources import Texts

_NONE = "–"  # in a first column, where nothing would read as the row above
_MOST_RATES = 12  # lines below a table
_LONGEST_QUOTE = 200  # characters in a table; a record of a file has thousands
_EVIDENCE = ("said at", "quote", "note", "review", "corrected", "contradicted", *STANDING)  # columns of CSV
_SELDOM = ("quote", "note")  # only if a row has one
_HEADINGS = ("Notes:", "Corrected:", "Possible contradictions; `tipgraph review conflicts` says by what:")


def answer_text(answer: "Answer", form: str, texts: "Texts", language: str = "en") -> str:
    """Return an answer as `table`, `csv` or `json`, with its citations, and its quotes if we have the text.

    A table shows labels, with the citations and the beginning of long quotes beside the first column. It leaves out
    claims, columns without a value, and those that repeat the citations. CSV and JSON have all columns, with the nodes
    and their labels.
    """
    if form == "json":
        return json_text(answer_records(answer_view(answer), texts))
    view = answer_view(answer, language)
    cells = csv_cells(view, texts) if form == "csv" else table_cells(view, texts)
    rows = list(zip(*cells.values(), strict=True))
    if form == "csv":
        return csv_text(list(cells), rows)
    if not rows:
        return "\n".join([nothing("row"), *(f"  {line}" for line in nearby(answer))])
    return "\n".join([table_text(list(cells), rows), count(answer), *footnote_lines(answer), *rate_lines(view)])


def nearby(answer: "Answer") -> list[str]:
    """Return the values to ask for instead, if there is no row."""
    return [f"one step away: {near}" for near in answer.nearby]


def count(answer: "Answer") -> str:
    """Return the number of rows, and of their claims by reviewer, in words."""
    claims = dict.fromkeys(claim for row in answer.rows for claim in answer.claims(row))
    reviews = [answer.remarks[claim].review for claim in claims if claim in answer.remarks]
    rows = counted(len(answer.rows))
    return f"{rows}; {counted(len(reviews), 'claim')}: {reviewed(reviews)}" if reviews else rows


def table_cells(view: AnswerView, texts: "Texts") -> dict[str, list[str]]:
    """Return the columns of a table for people, by their names; compared amounts by their prices, as `in USD-2023`."""
    cells = {}
    for name, at in zip(view.columns, view.shown, strict=True):
        column = [row.cells[at] for row in view.rows]
        words = [cell.words for cell in column]
        cells[name] = grouped(words) if any(cell.is_number for cell in column) else words
    first = {name: [words or _NONE for words in cells[name]] for name in view.columns[:1]}
    for bound in ("earliest", "latest") if "date" in cells else ():
        cells.pop(bound, None)  # for files: a reader has the date itself
    if COMPARED in cells:
        prices = f"in {next(filter(None, cells.pop(PRICES)))}"
        cells.pop(RATES, None)
        cells = {prices if name == COMPARED else name: column for name, column in cells.items()}
    if not view.answer.citations:
        return cells | first
    numbers = footnotes(view.answer)[1]

    def said_at(row: RowView) -> str:
        noted = sorted({number for claim in row.claims for number in numbers.get(claim, ())})
        return " ".join([view.answer.said_at(row.terms), *(f"[{number}]" for number in noted)])

    evidence = {"said at": [said_at(row) for row in view.rows]}
    for name, quotes in _quotes(view, texts).items():
        evidence[name] = [shorten(words, _LONGEST_QUOTE, placeholder=" …") for words in quotes]
    for name in _repeated(view):
        cells.pop(name, None)
    return first | _free(view, evidence) | cells | first


def _repeated(view: AnswerView) -> set[str]:
    """Return the columns that repeat the citation of each row: its source, or whether it is implied."""
    said = [
        [DATA + place.source for place in view.answer.cited(row.terms)]
        + [f"{CODE}modality-{remark.modality}" for remark in row.remarks]
        for row in view.rows
    ]
    rows = list(zip(view.rows, said, strict=True))
    return {view.answer.columns[at] for at in view.shown if all(row.cells[at].iri in known for row, known in rows)}


def rate_lines(view: AnswerView) -> list[str]:
    """Return the rates by which amounts of a table are compared, and their sources, as lines for a terminal."""
    if COMPARED not in view.columns:
        return []
    at = view.answer.columns.index(RATES)
    rates = sorted({line for row in view.rows if (line := row.cells[at].words)})
    sources = [
        f"{source.label}: {source.publisher}, {source.title}, until {source.until}; {source.address}; {source.licence}"
        for source in rate_sources(rates)
    ]
    left = [f"and {len(rates) - _MOST_RATES} more, which --format csv shows"] if len(rates) > _MOST_RATES else []
    lines = [*rates[:_MOST_RATES], *left, *sources]
    return ["", "Compared by these rates:", *(visible(f"  {line}") for line in lines)] if rates else []


def csv_cells(view: AnswerView, texts: "Texts") -> dict[str, list[str]]:
    """Return the columns of CSV, by their names: all values, labels beside them, and remarks on the claims."""
    answer, cells = view.answer, dict[str, list[str]]()
    for at, name in enumerate(answer.columns):
        cells[name] = [row.cells[at].text for row in view.rows]
        labels = [row.cells[at].label or "" for row in view.rows]
        if any(labels):
            cells[free(f"{name}_label", answer.columns)] = labels
    if not answer.citations:
        return cells
    found = answer.evidence() | _quotes(view, texts)
    said = {name: ["" if value is None else cell_text(value) for value in found.get(name, ())] for name in _EVIDENCE}
    return cells | _free(view, {name: column for name, column in said.items() if name not in _SELDOM or any(column)})


def _quotes(view: AnswerView, texts: "Texts") -> dict[str, list[str]]:
    quotes = [
        " … ".join(filter(None, (quote(place, texts) for place in view.answer.cited(row)))) for row in view.answer.rows
    ]
    return {"quote": quotes} if any(quotes) else {}


def _free(view: AnswerView, cells: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return columns by names that the question does not use."""
    return {free(name, view.answer.columns): column for name, column in cells.items()}


def answer_records(view: AnswerView, texts: "Texts") -> list[dict[str, object]]:
    """Return the rows of an answer for JSON, each with what is said about its claims, by names that it does not use."""
    names = view.answer.columns
    records = [{name: cell.value for name, cell in zip(names, row.cells, strict=True)} for row in view.rows]
    if not view.answer.citations:
        return records
    evidence = ({free(name, names): value for name, value in _evidence(row, texts).items()} for row in view.rows)
    return [record | remarks for record, remarks in zip(records, evidence, strict=True)]


def _evidence(row: RowView, texts: "Texts") -> dict[str, object]:
    answer, place = row.answer, ("source", "paragraph", "sentence", "page", "start", "end", "digest")
    return {
        "said_at": [
            {name: getattr(citation, name) for name in place if name != "page" or citation.page}
            | {"quote": quote(citation, texts)}
            for citation in answer.cited(row.terms)
        ],
        "implied": any(remark.implied for remark in row.remarks),
        "unreviewed": any(remark.unreviewed for remark in row.remarks),
        "caveats": row.caveats,
        "review": answer.reviews(row.terms),
        "notes": row.notes,
        "corrections": row.corrections,
        "contradicted": answer.contradictions(row.terms),
        **standing_cells(answer.standing(row.terms)),
    }


def footnotes(answer: "Answer") -> "tuple[dict[str, list[str]], dict[NamedNode, list[int]]]":
    """Return notes, corrections and contradictions of the claims by their headings, numbered, each with its place.

    The second part has the numbers of each claim, which the rows of a table name.
    """
    headed: dict[str, list[str]] = {}
    numbers: dict[tuple[str, str], int] = {}
    by_claim: dict[NamedNode, list[int]] = {}
    for heading, claim, remark in sorted(_remarks(answer), key=lambda found: _HEADINGS.index(found[0])):
        text = f"{', '.join(dict.fromkeys(map(str, answer.citations[claim])))}: {remark}"
        if (heading, text) not in numbers:
            numbers[heading, text] = len(numbers) + 1
            headed.setdefault(heading, []).append(f"[{len(numbers)}] {text}")
        by_claim.setdefault(claim, []).append(numbers[heading, text])
    return headed, by_claim


def _remarks(answer: "Answer") -> "Iterator[tuple[str, NamedNode, str]]":
    for claim in dict.fromkeys(claim for row in answer.rows for claim in answer.claims(row)):
        remark = answer.remarks.get(claim)
        notes, corrections = (remark.notes, remark.corrections) if remark else ((), ())
        for heading, texts in zip(_HEADINGS, (notes, corrections, answer.contradicted.get(claim, ())), strict=True):
            yield from ((heading, claim, text) for text in texts)


def footnote_lines(answer: "Answer") -> list[str]:
    """Return the footnotes of an answer as lines for a terminal, with an empty line above each heading."""
    headed = footnotes(answer)[0].items()
    return [line for heading, notes in headed for line in ("", heading, *(visible(f"  {note}") for note in notes))]
