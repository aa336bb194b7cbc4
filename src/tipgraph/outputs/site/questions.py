"""A page for each question: its sentence, its SPARQL, its answer with the claims, and the files of the answer.

    question/NAME.html    the first rows
    question/NAME.xlsx    all rows
    question/NAME.zip     the same as CSV and JSON

The script of the page `ask.html` shows all rows too.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from tipgraph.analysis import COMPARED, PRICES, RATES, answered, question_parameters, rate_sources
from tipgraph.display import (
    AnswerView,
    Cell,
    ClaimView,
    RowView,
    answer_records,
    answer_view,
    csv_cells,
    csv_text,
    json_text,
)
from tipgraph.graph import Answer, Graph, Parameter, Query
from tipgraph.model import data_name
from tipgraph.outputs.files import spreadsheets
from tipgraph.outputs.site.claim_groups import ClaimTotals
from tipgraph.outputs.site.claims import Claims, PlaceLink
from tipgraph.outputs.site.money import MoneySums
from tipgraph.outputs.site.site_tree import PageEntry, Site
from tipgraph.sources import Texts

_SELECTS = re.compile(r"^SELECT\b", re.MULTILINE)  # a question that builds triples is about an entry to be named
_SHOWN: Final = 100  # rows of an answer on its page; its files have all, and so has the page to ask
_AMOUNT, _CURRENCY = "amount", "currency"


@dataclass(frozen=True)
class Question:
    """A question as its page shows it."""

    name: str
    summary: str
    text: str
    parameters: Mapping[str, Parameter]


def write(site: Site, graph: Graph, claims: Claims, texts: Texts, sums: MoneySums) -> list[PageEntry]:
    """Write the pages of all questions with the files of their answers; return their entries.

    An answer has the sums of its amounts if its rows have amounts with their currencies.
    """

    def claims_of(row: RowView) -> list[ClaimView]:
        return claims.of(data_name(claim.value) for claim in row.claims)

    def reasons(views: Iterable[ClaimView]) -> dict[str, PlaceLink]:
        """Return the reasons of contradictions, each with a place of the other claim."""
        contradictions = [contradiction for view in views for contradiction in view.contradictions]
        return {reason: places[0] for reason, other, *_ in contradictions if (places := claims.links(other))}

    entries = []
    for query in Query.all():
        header = query.header_in(site.language)
        view = None
        if _SELECTS.search(query.text):
            view = answer_view(_annotated(answered(query, graph, language=site.language), claims), site.language)
        rows = view.rows if view else []
        rates = _rates(view)
        totals = ClaimTotals(claims.of(data_name(claim.value) for row in rows for claim in row.claims))
        has_amounts = view is not None and {_AMOUNT, _CURRENCY} <= set(view.columns)
        question = Question(query.name, header.summary, query.text, question_parameters(query, site.language))
        path = f"question/{query.name}.html"
        site.write(
            path,
            "question.html",
            question=question,
            totals=totals,
            sums=sums.of({claim.key for claim in totals.views}) if has_amounts else [],
            answer=view,
            rows=rows[:_SHOWN],
            labels=_labels(view, graph, site.language) if view else {},
            is_said=any(row.claims for row in rows),
            cells_of=_cells,
            claims_of=claims_of,
            reasons=reasons,
            rates=rates,
            rate_sources=rate_sources(rates),
        )
        if view:
            _write_files(site, query.name, header.summary, view, texts)
        entries.append(PageEntry(path, header.summary))
    site.write("questions.html", "questions.html", questions=entries)
    return entries


def _annotated(answer: Answer, claims: Claims) -> Answer:
    """Return an answer with the evidence of its claims, which the site has read; as it is if it names others."""
    asked = answer.every_claim
    views = {view.claim: view for view in claims.of(data_name(claim.value) for claim in asked)}
    if len(views) < len(asked):
        return answer
    return replace(
        answer,
        citations={claim: views[claim].citations for claim in asked},
        remarks={claim: views[claim].remark for claim in asked},
        supports={claim: support for claim in asked if (support := views[claim].support)},
        contradicted={claim: reasons for claim in asked if (reasons := _reasons(views[claim]))},
    )


def _reasons(view: ClaimView) -> tuple[str, ...]:
    return tuple(dict.fromkeys(contradiction.reason for contradiction in view.contradictions))


def _labels(view: AnswerView, graph: Graph, language: str) -> dict[str, str]:
    """Return the labels of the columns of a page.

    An amount has its currency, and its prices, in its own cell; rates are below the table.
    """
    labels = dict(zip(view.columns, view.labels(graph, language), strict=True))
    if _AMOUNT in labels:
        labels.pop(_CURRENCY, None)
    for name in (PRICES, RATES):
        labels.pop(name, None)
    return labels


def _rates(view: AnswerView | None) -> list[str]:
    """Return the rates by which the amounts of an answer are compared, each once."""
    if view is None or RATES not in view.columns:
        return []
    at = view.answer.columns.index(RATES)
    return sorted({row.cells[at].words for row in view.rows} - {""})


def _cells(view: AnswerView, row: RowView) -> dict[str, Cell]:
    """Return the cells of a row by their columns, an amount in words such as `USD 500,000`."""
    cells = dict(zip(view.columns, view.shown_cells(row), strict=True))
    if _AMOUNT in cells and _CURRENCY in cells and cells[_AMOUNT].text:
        cells[_AMOUNT] = cells[_AMOUNT]._replace(words=f"{cells[_CURRENCY].words} {float(cells[_AMOUNT].text):,.15g}")
    if COMPARED in cells and cells[COMPARED].text:
        currency, _, year = cells[PRICES].words.partition("-")
        amount = f"{currency} {float(cells[COMPARED].text):,.0f}"
        cells[COMPARED] = cells[COMPARED]._replace(words=f"{amount} ({year})" if year else amount)
    return cells


def _write_files(site: Site, name: str, summary: str, view: AnswerView, texts: Texts) -> None:
    """Write an answer as a workbook, and as CSV and JSON in an archive, whose bytes depend on nothing else."""
    folder, cells = site.folder / "question", csv_cells(view, texts)
    numbers = {at: [row.cells[place].number for row in view.rows] for place, at in enumerate(view.answer.columns)}
    spreadsheets.write_workbook(folder / f"{name}.xlsx", summary, {**cells, **numbers})
    csv = csv_text(list(cells), list(zip(*cells.values(), strict=True)))
    texts_of = {"csv": csv, "json": json_text(answer_records(view, texts))}
    with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for form, text in texts_of.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.{form}"), f"{text}\n", zipfile.ZIP_DEFLATED)
