"""A page for each question: its sentence, its SPARQL, and its answer with the claims.

The page itself has the first rows. Its data have all, for `question.js`, which shows the others and writes the files.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from tipgraph.analysis import COMPARED, PRICES, RATES, answered, question_parameters, rate_sources
from tipgraph.display import (
    AnswerView,
    Cell,
    ClaimView,
    RowView,
    answer_view,
    csv_cells,
)
from tipgraph.graph import Answer, Graph, Parameter, Query
from tipgraph.model import data_name
from tipgraph.outputs.site.claim_groups import ClaimTotals
from tipgraph.outputs.site.claims import Claims, PlaceLink
from tipgraph.outputs.site.money import MoneySums
from tipgraph.outputs.site.site_tree import PageEntry, Site
from tipgraph.sources import Texts

_SELECTS = re.compile(r"^SELECT\b", re.MULTILINE)  # a question that builds triples is about an entry to be named
_SHOWN: Final = 30  # rows of an answer in the page, which a reader has without scripts
_AMOUNT, _CURRENCY = "amount", "currency"


@dataclass(frozen=True)
class Question:
    """A question as its page shows it."""

    name: str
    summary: str
    text: str
    parameters: Mapping[str, Parameter]


def write(site: Site, graph: Graph, claims: Claims, texts: Texts, sums: MoneySums) -> list[PageEntry]:
    """Write the pages of all questions; return their entries.

    An answer has the sums of its amounts if its rows have amounts with their currencies.
    """
    entries = []
    for query in Query.all():
        header = query.header_in(site.language)
        view = None
        if _SELECTS.search(query.text):
            view = answer_view(_annotated(answered(query, graph, language=site.language), claims), site.language)
        question = Question(query.name, header.summary, query.text, question_parameters(query, site.language))
        path = f"question/{query.name}.html"
        shown = _shown(view, site, graph, claims, texts, sums) if view else {}
        site.write(path, "question.html", question=question, **shown)
        entries.append(PageEntry(path, header.summary))
    site.write("questions.html", "questions.html", questions=entries)
    return entries


def _shown(view: AnswerView, site: Site, graph: Graph, claims: Claims, texts: Texts, sums: MoneySums) -> dict[str, Any]:
    """Return what the page of a question shows of its answer."""
    totals = ClaimTotals(_claims_of(view.rows, claims))
    has_amounts = {_AMOUNT, _CURRENCY} <= set(view.columns)
    labels = _labels(view, graph, site.language)
    rows = [_row(view, row, labels, site, claims) for row in view.rows]
    columns = csv_cells(view, texts)
    numbers = [name for at, name in enumerate(view.answer.columns) if any(row.cells[at].is_number for row in view.rows)]
    return {
        "labels": labels.values(),
        "rows": rows,
        "first": [(row, _claims_of([of], claims)) for row, of in zip(rows[:_SHOWN], view.rows, strict=False)],
        "totals": totals,
        "sums": sums.of({claim.key for claim in totals.views}) if has_amounts else [],
        "is_said": any(row.claims for row in view.rows),
        "reasons": partial(_reasons_at, claims),
        "rates": (rates := _rates(view)),
        "rate_sources": rate_sources(rates),
        "data": {"rest": rows[_SHOWN:], "columns": columns, "numbers": numbers},
    }


def _claims_of(rows: Iterable[RowView], claims: Claims) -> list[ClaimView]:
    """Return the claims of rows, each once."""
    return claims.of(data_name(claim.value) for row in rows for claim in row.claims)


def _reasons_at(claims: Claims, views: Iterable[ClaimView]) -> dict[str, PlaceLink]:
    """Return the reasons of contradictions, each with a place of the other claim."""
    contradictions = [contradiction for view in views for contradiction in view.contradictions]
    return {reason: places[0] for reason, other, *_ in contradictions if (places := claims.links(other))}


def _row(view: AnswerView, row: RowView, labels: Iterable[str], site: Site, claims: Claims) -> dict[str, Any]:
    """Return a row for the template and the script: its cells, the numbers of its claims, and remarks on these.

    A cell has its words, the path of its entry, the language if it is another one, and the number by which it is
    sorted. A remark is a text of the page, and one in English.
    """
    cells = _cells(view, row)
    remarks = [(site.words("implied: our reading of these claims together; no single claim states it"), "")]
    remarks = remarks if row.is_concluded else []
    remarks += [(", ".join(row.caveats), "")] if row.caveats else []
    remarks += [(f"{site.words('Reviewed by')}: {', '.join(row.reviewers)}", "")] if row.reviewers else []
    remarks += [(f"{site.words('Note')}: ", note) for note in row.notes]
    remarks += [(f"{site.words('Corrected')}: ", correction) for correction in row.corrections]
    return {
        "cells": [
            (cell.words, site.page_of(cell.iri), cell.language, cell.text if cell.is_number else "")
            for cell in map(cells.__getitem__, labels)
        ],
        "claims": [claims.number(view) for view in _claims_of([row], claims)],
        "remarks": remarks,
        "unreviewed": row.unreviewed,
    }


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


def _rates(view: AnswerView) -> list[str]:
    """Return the rates by which the amounts of an answer are compared, each once."""
    if RATES not in view.columns:
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
