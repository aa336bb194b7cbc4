"""A page for each question: its sentence, its SPARQL, and its answer with the claims.

The page itself has the first rows. Its data have all, for `question.js`, which shows the others and writes the files.
`ask.html` is the page on which one asks a question or runs SPARQL.

Decision: docs/decisions/0080-the-page-ask-carries-an-engine.md.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final

from tipgraph.analysis import COMPARED, PRICES, RATES, answered, question_parameters, rate_sources
from tipgraph.display import AnswerView, Cell, ClaimView, RowView, answer_sentence, answer_view, columns, csv_cells
from tipgraph.graph import Answer, Graph, Query
from tipgraph.model import SEASON_MONTHS, data_name, kit, namespaces, prefixes
from tipgraph.outputs.site import assets
from tipgraph.outputs.site.assets import gathered
from tipgraph.outputs.site.claims import Claims, ClaimTotals, PlaceLink
from tipgraph.outputs.site.labels import Wording
from tipgraph.outputs.site.maps import drawing_scripts, places
from tipgraph.outputs.site.money import MoneySums
from tipgraph.outputs.site.networks import SHAPES, options
from tipgraph.outputs.site.ontology_page import CODE, OntologyPage, short
from tipgraph.outputs.site.site_tree import PageEntry

_SELECTS = re.compile(r"^SELECT\b", re.MULTILINE)  # a question that builds triples is about an entry to be named
_SHOWN: Final = 10  # rows of an answer in the page, which a reader has without scripts
_WIDE: Final = 12  # columns; a table of more has smaller letters
_WIDEST: Final = 10  # columns; of a table of more, those that few rows fill are said below the citations
_FEW: Final = 0.2  # of the rows
_AMOUNT, _CURRENCY = "amount", "currency"
_QUERIES = (
    "against", "all-things", "beside", "cite", "holding", "labels", "names", "nodes", "of-iri", "remarks", "resolve",
    "used",
)  # fmt: skip
# First and last months: month 0 is in the year before, 14 in the next.
_SEASONS = {code: SEASON_MONTHS.get(code, (0, 14)) for code in range(21, 33)}


def write(claims: Claims, sums: MoneySums) -> list[PageEntry]:
    """Write the pages of all questions; return their entries.

    An answer has the sums of its amounts if its rows have amounts with their currencies.
    """
    site, entries = claims.site, []
    for query in Query.all():
        summary = query.header_in(site.language).summary
        entries.append(PageEntry(f"question/{query.name}.html", summary))
        question: dict[str, Any] = {"name": query.name, "summary": summary, "text": query.text}
        question["parameters"] = question_parameters(query, site.language)
        shown = _shown(query, claims, sums) if _SELECTS.search(query.text) else {}
        site.write(entries[-1].path, "question.html", question=question, **shown)
    site.write("questions.html", "questions.html", questions=entries)
    return entries


def _shown(query: Query, claims: Claims, sums: MoneySums) -> dict[str, Any]:
    """Return what the page of a question shows of its answer."""
    language = claims.site.language
    view = answer_view(_annotated(answered(query, claims.graph, language=language), claims), language)
    totals = ClaimTotals(_claims_of(view.rows, claims))
    is_said = any(row.claims for row in view.rows)
    every = _labels(view, claims.graph, language)
    seldom = seldom_filled(view, every) if is_said and len(every) > _WIDEST else {}
    labels = {name: label for name, label in every.items() if name not in seldom}
    rows = [_row(view, row, labels, seldom, claims) for row in view.rows]
    rates = _rates(view)
    numbers = [name for at, name in enumerate(view.answer.columns) if any(row.cells[at].is_number for row in view.rows)]
    return {
        "sentence": answer_sentence(view, query.header_in(language).answer, language),
        "labels": labels.values(),
        "rows": rows,
        "first": [(row, _claims_of([of], claims)) for row, of in zip(rows[:_SHOWN], view.rows, strict=False)],
        "totals": totals,
        "sums": sums.of({one.key for one in totals.views}) if {_AMOUNT, _CURRENCY} <= set(view.columns) else [],
        "is_said": is_said,
        "is_wide": len(every) > _WIDE,
        "reasons": partial(_reasons_at, claims),
        "rates": rates,
        "rate_sources": rate_sources(rates),
        "data": {"rest": rows[_SHOWN:], "columns": csv_cells(view, claims.texts), "numbers": numbers},
    }


def _claims_of(rows: Iterable[RowView], claims: Claims) -> list[ClaimView]:
    """Return the claims of rows, each once."""
    return claims.of(data_name(claim.value) for row in rows for claim in row.claims)


def _reasons_at(claims: Claims, views: Iterable[ClaimView]) -> dict[str, PlaceLink]:
    """Return the reasons of contradictions, each with a place of the other claim."""
    contradictions = [contradiction for view in views for contradiction in view.contradictions]
    return {reason: places[0] for reason, other, *_ in contradictions if (places := claims.links(other))}


def _row(
    view: AnswerView, row: RowView, labels: Iterable[str], seldom: Mapping[str, str], claims: Claims
) -> dict[str, Any]:
    """Return a row for the template and the script: its cells, the numbers of its claims, and remarks on these.

    A cell has its words, the path of its entry, the language if it is another one, and the number by which it is
    sorted. A remark is a text and a cell, such as that of a column that is seldom filled.
    """
    site = claims.site
    cells = {
        name: (cell.words, site.page_of(cell.iri), cell.language, cell.text if cell.is_number else "")
        for name, cell in _cells(view, row).items()
    }
    concluded = site.words("implied: our reading of these claims together; no single claim states it")
    reviewers = f"{site.words('Reviewed by')}: {', '.join(row.reviewers)}" if row.reviewers else ""
    ours = concluded if row.is_concluded else "", ", ".join(row.caveats), reviewers
    remarks = [(f"{label}: ", cells[name]) for name, label in seldom.items() if cells[name][0]]
    remarks += [("", (text, "", "", "")) for text in ours if text]
    remarks += [(f"{site.words('Note')}: ", (note, "", "en", "")) for note in row.notes]
    remarks += [(f"{site.words('Corrected')}: ", (correction, "", "en", "")) for correction in row.corrections]
    return {
        "cells": [cells[name] for name in labels],
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
    return answer.with_evidence(
        citations={claim: views[claim].citations for claim in asked},
        remarks={claim: views[claim].remark for claim in asked},
        supports={claim: support for claim in asked if (support := views[claim].support)},
        contradicted={
            claim: tuple(dict.fromkeys(one.reason for one in views[claim].contradictions))
            for claim in asked if views[claim].contradictions
        },
    )  # fmt: skip


def _labels(view: AnswerView, graph: Graph, language: str) -> dict[str, str]:
    """Return the labels of the columns of a page.

    An amount has its currency, and its prices, in its own cell. Of a date the bounds are left out. Rates are
    below the table.
    """
    labels = dict(zip(view.columns, view.labels(graph, language), strict=True))
    if _AMOUNT in labels:
        labels.pop(_CURRENCY, None)
    for name in (PRICES, RATES, *(("earliest", "latest") if "date" in labels else ())):
        labels.pop(name, None)
    return labels


def seldom_filled(view: AnswerView, labels: Mapping[str, str]) -> dict[str, str]:
    """Return the columns that few rows fill, with their labels."""
    filled = Counter(name for row in view.rows for name, cell in _cells(view, row).items() if cell.words)
    return {name: label for name, label in labels.items() if filled[name] < _FEW * len(view.rows)}


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


def asking(claims: Claims, wording: Wording, terms: OntologyPage) -> dict[str, Any]:
    """Return what `ask.html` shows, and below `data` what its scripts need for an answer.

    Without the files of the editor, the page has a plain text box.
    """
    graph, site = claims.graph, claims.site
    script, style = gathered("yasqe.min.js", "yasqe.min.css") or ("", "")
    shapes = {name: wording.classes.get(name, name) for name in SHAPES}
    comment = site.words("# Claims about events in Bolivia, or at any place within it")
    questions = [{**query.described(site.language), "text": query.text} for query in Query.all()]
    return {
        "questions": questions,
        "style": style,
        "editor": script,
        "map_scripts": drawing_scripts(),
        "data": {
            "language": site.language,
            "root": "",
            "home": "" if site.is_first else "../",
            "engine": assets.is_gathered(),
            "prefixes": prefixes(),
            "example": "\n".join([comment, *kit.graph_query("example").split("\n")[1:]]),
            "questions": questions,
            "seasons": _SEASONS,
            "queries": {name: kit.graph_query(name) for name in _QUERIES},
            "terms": _terms(terms),
            "columns": site.phrases("column") or columns(),
            "places": {iri: place.parts for iri, place in places(graph).items()},
            "drawing": {"language": site.language, "options": options(), "groups": shapes, "classes": shapes},
            "words": site.phrases("shared", "ask"),
        },
    }


def _terms(terms: OntologyPage) -> list[dict[str, str]]:
    """Return the classes, properties and codes that the editor completes, by their short names."""
    codes = [code for listed in terms.codes.values() for code in listed]
    kinds = {"class": terms.classes.values(), "property": terms.properties.values(), "code": codes}
    completions = {
        term.iri: {"term": short(term.iri), "label": term.label, "kind": kind} for kind in kinds for term in kinds[kind]
    }
    return [completions[iri] for iri in sorted(completions) if iri.startswith((*namespaces(), CODE))]
