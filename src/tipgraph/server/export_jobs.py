"""What the other workers do, which ask our own questions only: questions by name, and files to take along."""

import json
import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from pyoxigraph import NamedNode, Triple

from tipgraph.analysis import FILTER_PARTS, Filter
from tipgraph.display import LANGUAGES, text
from tipgraph.errors import BadValue, UnknownName
from tipgraph.graph import Graph, Query
from tipgraph.model import PREFIXES, Statement, data_name, tip
from tipgraph.outputs import anchor, export, format_of, source_path, thing_path
from tipgraph.runtime import is_here
from tipgraph.server.formats import FORMS, MEDIA, PAGE, TRIPLES, chosen
from tipgraph.server.limits import Limits
from tipgraph.server.openapi import PARAMETER, document
from tipgraph.server.query_jobs import AnswerTooLarge, JobAnswer, Work, triples
from tipgraph.sources import Texts

RDF_TYPE = PREFIXES["rdf"] + "type"

_CHOICES = ("network", "recipe", "question", "fold")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}(?:\.[a-z]{2,10}){1,2}")
_LIBRARIES = ("duckdb", "lxml.etree", "networkx", "numpy", "pyarrow.parquet", "scipy.sparse", "xlsxwriter")


def works(setup: Mapping[str, Any]) -> Mapping[str, Work]:
    """Return the jobs of such a worker; `texts` of the setup is where texts of sources lie, or nothing."""
    for library in _LIBRARIES:  # they bring libraries of the system, which cannot be read once the fence is closed
        if is_here(library):
            import_module(library)
    texts = Texts(Path(setup["texts"]) if setup["texts"] else None)
    scratch = Path(setup["writable"][0])

    def question(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
        return _question(graph, limits, job, texts)

    def exported(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
        return _export(graph, limits, job, scratch)

    return {"question": question, "export": exported, "described": _described, "openapi": _openapi}


def _openapi(_: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Describe the addresses of the server."""
    body = json.dumps(document(job["root"], limits), ensure_ascii=False, indent=1) + "\n"
    return JobAnswer(200, "application/json", body.encode("utf-8"))


def _described(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Say what the graph says of a node, the claims about it and their evidence; or where its page is (303).

    Raises UnknownName where it says nothing, NotAcceptable.
    """
    try:
        node = NamedNode(job["node"])
    except ValueError as error:
        raise UnknownName("that is no IRI") from error
    claims = [row["claim"] for row in graph.named("about", {"thing": [node]})]
    found = list(graph.about([node, *claims]))
    if not found:
        raise UnknownName(f"<{node.value}> is nothing that this graph speaks of")
    if chosen(job["accept"], (*TRIPLES, PAGE)) is PAGE:
        return JobAnswer(303, "text/plain; charset=utf-8", b"", {"location": _page(graph, node, found)})
    evidence = [
        one.object for one in found if one.predicate.value == tip.evidence and isinstance(one.object, NamedNode)
    ]
    return triples((Triple(*one[:3]) for one in [*found, *graph.about(evidence)]), limits, job["accept"])


def _page(graph: Graph, node: NamedNode, found: Sequence[Statement]) -> str:
    """Return where a person reads of a node: its own page, or that of its source at the sentence."""
    classes = {one.object.value for one in found if one.subject == node and one.predicate.value == RDF_TYPE}
    if tip.Source in classes:
        return "/" + source_path(data_name(node.value))
    for citation in graph.cite([node])[node][:1]:
        spot = anchor(citation.paragraph, data_name(node.value))
        return f"/{source_path(citation.source)}#{quote(spot)}"
    return "/" + thing_path(node.value)


def _question(graph: Graph, limits: Limits, job: Mapping[str, Any], texts: Texts) -> JobAnswer:
    """Answer a named question as `csv` or `json`, each row with where it is said.

    Where there is no row, a header says what stands one step away.
    """
    values = _once(job["values"])
    language, form = values.pop("lang", "en"), job["form"]
    if language not in LANGUAGES:
        raise BadValue(f"lang={language!r} is no language of these answers; they are {' and '.join(LANGUAGES)}")
    answer = Query.find(job["name"]).run(graph, values, language)
    if len(answer.rows) > limits.rows:
        raise AnswerTooLarge(f"the answer has more than {limits.rows:,} rows; ask for less")
    body = (text.answer_text(answer, form, texts) + "\n").encode("utf-8", "replace")
    near = [{"values": one.values, "rows": one.rows} for one in answer.near_within(limits.seconds / 3)]
    return _bounded(JobAnswer(200, FORMS[form], body, {"tipgraph-nearby": json.dumps(near)} if near else {}), limits)


def _export(graph: Graph, limits: Limits, job: Mapping[str, Any], scratch: Path) -> JobAnswer:
    """Write a part of the graph as a file, and return it; what belongs beside it comes in a zip with it."""
    name, values = job["file"], job["values"]
    if not _NAME.fullmatch(name):
        raise BadValue(f"{name!r} is no name for a file here: letters, digits, hyphens, and the suffix of a format")
    suffix = format_of(name)
    known = {*FILTER_PARTS, *_CHOICES, PARAMETER}
    if unknown := sorted({one for one, _ in values} - known):
        raise UnknownName(f"{unknown[0]!r} is no parameter here; they are {', '.join(sorted(known))}")
    several = {PARAMETER, *(name for name, part in FILTER_PARTS.items() if part.default == ())}
    given = _once([pair for pair in values if pair[0] not in several])
    if given.get("fold") not in (None, "starts", "ends"):
        raise BadValue(f"fold={given['fold']!r} is neither starts nor ends")
    parameters = [tuple(value.split("=", 1)) for one, value in values if one == PARAMETER]
    if any(len(pair) != 2 for pair in parameters):
        raise BadValue("a parameter of a question is written NAME=VALUE")
    with TemporaryDirectory(dir=scratch) as folder:
        path = Path(folder) / name
        taken = export(
            graph,
            path,
            network=given.get("network", ""),
            recipe=given.get("recipe", ""),
            question=given.get("question", ""),
            values=_once(parameters),
            fold=given.get("fold"),
            asked=_filter(values),
        )
        body, media = _gathered(taken.files, MEDIA[suffix], limits)
    withheld = [{"what": what, "why": why, "count": count} for (what, why), count in sorted(taken.withheld.items())]
    headers = {"tipgraph-withheld": json.dumps(withheld)} if withheld else {}
    stem = name if len(taken.files) == 1 else f"{name}.zip"
    headers["content-disposition"] = f'attachment; filename="{stem}"'
    return _bounded(JobAnswer(200, media, body, headers), limits)


def _gathered(files: Sequence[Path], media: str, limits: Limits) -> tuple[bytes, str]:
    """Return one file as it is, and several in a zip."""
    if len(files) == 1:
        if files[0].stat().st_size > limits.size:
            raise _too_large(limits)
        return files[0].read_bytes(), media
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile

    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for file in files:
            packed.write(file, file.name)
    return out.getvalue(), MEDIA[".csv.zip"]


def _bounded(answer: JobAnswer, limits: Limits) -> JobAnswer:
    if len(answer.body) > limits.size:
        raise _too_large(limits)
    return answer


def _too_large(limits: Limits) -> AnswerTooLarge:
    return AnswerTooLarge(f"the answer has more than {limits.size:,} bytes; ask for less")


def _once(pairs: Sequence[Sequence[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise BadValue(f"{name} is given twice; give it once")
        found[name] = value
    return found


def _filter(pairs: Sequence[Sequence[str]]) -> Filter:
    """Return the filter that the parameters of an address give."""
    parts: dict[str, Any] = {}
    for name, part in FILTER_PARTS.items():
        values = tuple(value for other, value in pairs if other == name)
        if values:
            parts[part.name] = values if part.default == () else _value(name, values[0], part.default)
    return Filter(**parts)


def _value(name: str, value: str, default: object) -> str | bool | int:
    """Return the value of a part of a filter, of the type of its default; None is that of a number."""
    if default is False and value not in ("true", "false"):
        raise BadValue(f"{name}={value!r} is neither true nor false")
    if default is None and not (value.isascii() and value.isdecimal() and len(value) < 4):
        raise BadValue(f"{name}={value!r} is no number of {name}")
    return value == "true" if default is False else int(value) if default is None else value
