"""Answers of questions, and all that is said of a thing, each with where it is said."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tipgraph.display.text.rows import counted, csv_text, json_text, table_text
from tipgraph.graph import free
from tipgraph.model import EDTF, data_name, words
from tipgraph.runtime import visible
from tipgraph.sources import JUDGES

NOTHING = "0 rows. No source in this graph reports this; absence is not evidence of absence."
_HEADINGS = ("Notes:", "Corrected:", "Possible contradictions; `tipgraph review conflicts` says by what:")
_STANDING = ("sources", "publishers", "self_reported")
_ROW = (
    "class", "sentence", "said at", "also says", *_STANDING, "quote", "note", "review", "corrected", "contradicts",
    "claim",
)  # fmt: skip

if TYPE_CHECKING:
    from tipgraph.display.claims import Said
    from tipgraph.graph import Answer, Citation, Remark, Standing, Term
    from tipgraph.sources import Texts


def answer_text(answer: "Answer", form: str, texts: "Texts") -> str:
    """Return an answer as `table`, `csv` or `json`, with its citations and, where a text is at hand, its quotes.

    A table shows labels, and leaves out claims and columns without a value. CSV and JSON have all columns, with the
    nodes and their labels.
    """
    if form == "json":
        return json_text(answer_records(answer, texts))
    cells = answer_cells(answer, form, texts)
    rows = list(zip(*cells.values(), strict=True))
    if form == "csv":
        return csv_text(list(cells), rows)
    if not rows:
        return "\n".join([NOTHING, *(f"  {one}" for one in nearby(answer))])
    return "\n".join([table_text(list(cells), rows), count(answer), *footnote_lines(answer)])


def nearby(answer: "Answer") -> list[str]:
    """Say what stands one step away where there is no row."""
    return [f"one step away: {one}" for one in answer.nearby]


def count(answer: "Answer") -> str:
    """Say how many rows there are, and who has reviewed the claims that they name."""
    claims = dict.fromkeys(claim for row in answer.rows for claim in answer.claims(row))
    reviews = [answer.remarks[claim].review for claim in claims if claim in answer.remarks]
    rows = counted(len(answer.rows))
    return f"{rows}; {counted(len(reviews), 'claim')}: {reviewed(reviews)}" if reviews else rows


def reviewed(reviews: "Iterable[str]") -> str:
    """Say who has compared how many claims with their sentences.

    >>> reviewed(["ai-agent", "unreviewed", "ai-agent"])
    '2 reviewed by an AI agent, 1 not reviewed'
    """
    told = {review: f"reviewed by {judge}" for review, judge in JUDGES.items()} | {"unreviewed": "not reviewed"}
    return ", ".join(f"{number} {told[review]}" for review, number in sorted(Counter(reviews).items()))


def answer_records(answer: "Answer", texts: "Texts") -> list[dict[str, object]]:
    """Return the rows of an answer as JSON has them."""
    return [_record(answer, row, texts) for row in answer.rows]


def answer_cells(answer: "Answer", form: str, texts: "Texts") -> dict[str, list[str]]:
    """Return the columns of an answer as a `table` or `csv` has them, by their names."""
    columns = {name: [row[index] for row in answer.rows] for index, name in enumerate(answer.columns)}
    cells: dict[str, list[str]] = {}
    for name, terms in columns.items():
        labels = [answer.labels.get(term, "") if isinstance(term, NamedNode) else "" for term in terms]
        if form == "csv":
            cells[name] = [_plain(term) for term in terms]
            if any(labels):
                cells[free(f"{name}_label", answer.columns)] = labels
        elif any(terms) and not all(term in answer.citations for term in terms if term is not None):
            cells[name] = [label or spoken(term) for label, term in zip(labels, terms, strict=True)]
    return cells | _evidence_cells(answer, form, texts) if answer.citations else cells


def _evidence_cells(answer: "Answer", form: str, texts: "Texts") -> dict[str, list[str]]:
    """Return where the rows of an answer are said; in CSV also notes, contradictions, and on how much they stand."""
    cells = {"said at": [answer.said_at(row) for row in answer.rows]}
    if form == "table":
        numbers = _numbered(answer)[1]
        noted = [sorted({n for claim in answer.claims(row) for n in numbers.get(claim, ())}) for row in answer.rows]
        pairs = zip(cells["said at"], noted, strict=True)
        cells["said at"] = [" ".join([said, *(f"[{number}]" for number in found)]) for said, found in pairs]
    quotes = [" … ".join(quotes_of(answer.cited(row), texts)) for row in answer.rows]
    notes = ["; ".join(answer.notes(row)) for row in answer.rows]
    if any(quotes):
        cells["quote"] = quotes
    if form == "csv" and any(notes):
        cells["note"] = notes
    if form == "csv":
        cells["review"] = ["; ".join(answer.reviews(row)) for row in answer.rows]
        cells["corrected"] = ["; ".join(answer.corrections(row)) for row in answer.rows]
        cells["contradicted"] = ["; ".join(answer.contradictions(row)) for row in answer.rows]
        stood = [_in_words(_standing(answer.standing(row))) for row in answer.rows]
        cells |= {name: [one[name] for one in stood] for name in _STANDING}
    return {free(name, answer.columns): cell for name, cell in cells.items()}


def _claims(said: "Sequence[Said]") -> str:
    claims = counted(len(said), "claim")
    return f"{claims}: {reviewed(one.remark.review for one in said)}" if said else claims


def said_text(title: Sequence[str], said: "Sequence[Said]", form: str, texts: "Texts") -> str:
    """Return what is said of a thing, as text for a person (`table`), or as rows in `csv` or `json`."""
    if form == "table":
        return "\n".join(
            [
                *map(visible, title),
                *_paragraphs(said, texts),
                "",
                _claims(said),
            ]
        )
    rows = [_row(one, texts) for one in said]
    return json_text(rows) if form == "json" else csv_text(_ROW, [list(_in_words(row).values()) for row in rows])


def _row(one: "Said", texts: "Texts") -> dict[str, object]:
    others = (
        f"{against.reason}: {against.other.sentence} ({'; '.join(places_of(against.other.citations))})"
        + (f" — {against.answer}" if against.answer else "")
        for against in one.against
    )
    cells = [
        one.heading,
        one.sentence,
        "; ".join(places_of(one.citations)),
        " | ".join(also_said(one)),
        *_standing(one.support.standing if one.support else None).values(),
        " … ".join(quotes_of(one.citations, texts)),
        "; ".join(one.remark.notes),
        one.remark.review,
        "; ".join(one.remark.corrections),
        " | ".join(others),
        one.claim.value,
    ]
    return dict(zip(_ROW, cells, strict=True))


def claim_lines(one: "Said", texts: "Texts", indent: str) -> list[str]:
    """Return a claim as lines for a terminal: its sentence, and below it where that is said."""
    return [visible(f"{indent}{one.sentence}"), *_evidence_lines(one, texts, f"{indent}    ")]


def remark_lines(remark: "Remark", indent: str) -> list[str]:
    """Return notes and corrections of a claim as lines for a terminal."""
    told = [*(f"note: {note}" for note in remark.notes), *(f"corrected: {said}" for said in remark.corrections)]
    return [visible(f"{indent}{line}") for line in told]


def _paragraphs(said: "Sequence[Said]", texts: "Texts") -> list[str]:
    lines, heading = [], ""
    for one in said:
        if one.heading != heading:
            heading = one.heading
            lines += ["", heading.capitalize()]
        lines += claim_lines(one, texts, "  ")
        lines += [visible(f"      {told}") for told in also_said(one)]
        if whole := said_whole(one):
            lines.append(visible(f"      {whole}"))
        lines += remark_lines(one.remark, "      ")
        for against in one.against:
            lines += [
                visible(f"    ! but: {against.other.sentence}"),
                *_evidence_lines(against.other, texts, "      ! "),
                *remark_lines(against.other.remark, "      ! "),
                visible(f"      ! why: {against.reason}"),
                *([visible(f"      ! judged: {against.answer}")] if against.answer else []),
            ]
    return lines


def _evidence_lines(one: "Said", texts: "Texts", indent: str) -> list[str]:
    lines = []
    for citation in one.citations:
        quote = texts.quote(*_span(citation))
        lines.append(visible(f"{indent}{citation}" + (f"  “{quote}”" if quote else "")))
    return lines


def _record(answer: "Answer", row: "Sequence[Term | None]", texts: "Texts") -> dict[str, object]:
    record: dict[str, object] = {}
    for name, term in zip(answer.columns, row, strict=True):
        if isinstance(term, NamedNode):
            record[name] = {"iri": term.value, "label": answer.labels.get(term)}
        else:
            record[name] = _number(term) if isinstance(term, Literal) else None if term is None else str(term)
    if answer.citations:
        record[free("said_at", answer.columns)] = [
            {
                "source": c.source,
                "paragraph": c.paragraph,
                "sentence": c.sentence,
                "start": c.start,
                "end": c.end,
                "digest": c.digest,
                "quote": texts.quote(*_span(c)),
            }
            for c in answer.cited(tuple(row))
        ]
        remarks = answer.remarked(tuple(row))
        record[free("implied", answer.columns)] = any(remark.implied for remark in remarks)
        record[free("unreviewed", answer.columns)] = any(remark.unreviewed for remark in remarks)
        record[free("caveats", answer.columns)] = list(
            dict.fromkeys(one for remark in remarks for one in remark.caveats)
        )
        record[free("review", answer.columns)] = answer.reviews(tuple(row))
        record[free("notes", answer.columns)] = answer.notes(tuple(row))
        record[free("corrections", answer.columns)] = answer.corrections(tuple(row))
        record[free("contradicted", answer.columns)] = answer.contradictions(tuple(row))
        stood = _standing(answer.standing(tuple(row)))
        record |= {free(name, answer.columns): value for name, value in stood.items()}
    return record


def _standing(found: "Standing | None") -> dict[str, object]:
    """Return on how much something stands, as cells."""
    return dict(zip(_STANDING, found or ("",) * len(_STANDING), strict=True))


def _in_words(cells: Mapping[str, object]) -> dict[str, str]:
    return {name: str(cell).lower() if isinstance(cell, bool) else str(cell) for name, cell in cells.items()}


def _number(literal: Literal) -> object:
    kind = literal.datatype.value.rpartition("#")[2]
    if kind == "integer":
        return int(literal.value)
    return literal.value == "true" if kind == "boolean" else literal.value


def _plain(term: "Term | None") -> str:
    return term.value if isinstance(term, NamedNode | Literal) else "" if term is None else str(term)


def footnotes(answer: "Answer") -> dict[str, list[str]]:
    """Return by headings what must be known of claims of an answer, numbered, with the place that it is about.

    That is what the editor notes, what was corrected, and why some of them contradict others. The rows of a table name
    the numbers.
    """
    return _numbered(answer)[0]


def _numbered(answer: "Answer") -> "tuple[dict[str, list[str]], dict[NamedNode, list[int]]]":
    """Return the footnotes of an answer by headings, none twice, and the numbers of those of each claim."""
    headed: dict[str, list[str]] = {}
    numbers: dict[tuple[str, str], int] = {}
    of: dict[NamedNode, list[int]] = {}
    for heading, claim, told in sorted(_remarked(answer), key=lambda one: _HEADINGS.index(one[0])):
        text = f"{', '.join(places_of(answer.citations[claim]))}: {told}"
        if (heading, text) not in numbers:
            numbers[heading, text] = len(numbers) + 1
            headed.setdefault(heading, []).append(f"[{len(numbers)}] {text}")
        of.setdefault(claim, []).append(numbers[heading, text])
    return headed, of


def _remarked(answer: "Answer") -> "Iterator[tuple[str, NamedNode, str]]":
    notes, corrected, contradicted = _HEADINGS
    for claim in dict.fromkeys(claim for row in answer.rows for claim in answer.claims(row)):
        if claim in answer.remarks:
            yield from ((notes, claim, note) for note in answer.remarks[claim].notes)
            yield from ((corrected, claim, said) for said in answer.remarks[claim].corrections)
        yield from ((contradicted, claim, reason) for reason in answer.contradicted.get(claim, ()))


def footnote_lines(answer: "Answer") -> list[str]:
    """Return the footnotes of an answer as lines for a terminal, each part after an empty one."""
    parts = footnotes(answer).items()
    return [line for heading, told in parts for line in ("", heading, *(visible(f"  {one}") for one in told))]


def spoken(term: "Term | None") -> str:
    """Return a term without a label as people read it."""
    if isinstance(term, Literal) and term.datatype.value == EDTF:
        return words(term.value)
    return data_name(_plain(term))


def places_of(citations: "Sequence[Citation]") -> list[str]:
    """Return where something is said, each place once."""
    return list(dict.fromkeys(map(str, citations)))


def also_said(one: "Said") -> list[str]:
    """Return what other sources say of a claim too, each with its places."""
    return [f"{'; '.join(places_of(other.citations))} also says: {other.sentence}" for other in one.also]


def said_whole(one: "Said") -> str:
    """Say how many sources say all of a claim; nothing where it is one alone."""
    return f"all of it is said by {one.support.standing}" if one.support and one.support.others else ""


def quotes_of(citations: "Sequence[Citation]", texts: "Texts") -> list[str]:
    """Return the words at some places, where their texts are at hand."""
    return [quote for quote in (texts.quote(*_span(citation)) for citation in citations) if quote]


def _span(citation: "Citation") -> tuple[str, int, int, str, str]:
    return citation.file, citation.start, citation.end, citation.digest, citation.form
