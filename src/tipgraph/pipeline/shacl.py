"""Checks of a graph: SHACL shapes, the queries of `queries/check/`, and the texts behind the evidence.

Decision: docs/decisions/0121-quotes-are-kept-with-the-texts.md.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pyoxigraph import NamedNode, QuerySolution, QuerySolutions

from tipgraph.errors import GraphError, shown
from tipgraph.graph import Graph, sparql
from tipgraph.model import Statement, data_name, kit, ontology, plausible, runs
from tipgraph.pipeline.words_check import Words, ungrounded
from tipgraph.sources import (
    SOURCE_FILE,
    Locator,
    Texts,
    disagreements,
    read_source,
    rows_of,
    unanswered_names,
    words,
)

if TYPE_CHECKING:
    from rdflib import Graph as RdflibGraph
    from rdflib.term import Node

_Found: TypeAlias = tuple[str, str, str]  # rule, node and message
_PARAGRAPH = re.compile(r"(.*) \(¶(\d+)\)")
_FINDING, _NOTICE = "finding", "notice"  # levels
_PLACES = "¶…"  # in a line for several paragraphs, until all are known
_TEXT_VARIABLES = ("source", "file", "kind", "rule", "sha256", "format")


class Finding(NamedTuple):
    """A place where the graph is wrong: the rule, the node, its row, and the message.

    `level` is `notice` for a place that lacks something, and is not wrong.
    """

    rule: str
    node: str
    where: str
    message: str
    level: str = _FINDING

    def __str__(self) -> str:
        """Return it on one line."""
        level = f", {self.level}" if self.level == _NOTICE else ""
        return f"{self.where or self.node}: {self.message} [{self.rule}{level}]"


@dataclass
class Report:
    """The result of a check: findings, notices, and numbers of claims and spans.

    `claims` counts claims by class; `evidence` counts spans as `verified`, `wrong`, `not verified` or `cited`; `absent`
    lists the texts that were missing.

    >>> Report(claims=Counter(Funding=2)).ok
    True
    """

    findings: list[Finding] = field(default_factory=list)
    claims: Counter[str] = field(default_factory=Counter)
    evidence: Counter[str] = field(default_factory=Counter)
    absent: list[str] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether there are no findings."""
        return not self.findings

    @property
    def lines(self) -> list[str]:
        """The findings and notices as lines; one line for all paragraphs of a table that are found by one rule."""
        lines: dict[str, list[int]] = {}
        for finding in [*self.findings, *self.notices]:
            message, paragraph = _PARAGRAPH.fullmatch(finding.message), data_name(finding.node).split("/")
            if message and paragraph[1:2] == ["paragraphs"]:
                where = finding.where.rpartition(":")[0]
                line = str(finding._replace(where=where, node=paragraph[0], message=f"{message[1]} ({_PLACES})"))
                lines.setdefault(line, []).append(int(message[2]))
            else:
                lines[str(finding)] = []
        return [line.replace(_PLACES, _ranges(numbers)) if numbers else line for line, numbers in lines.items()]

    @property
    def summary(self) -> str:
        """The counts and the number of findings, in three lines."""
        unverified = self.evidence["not verified"]
        compared = ", ".join(
            f"{count} {kind}" for kind, count in sorted(self.evidence.items()) if kind != "not verified"
        )
        spans = f"spans of text: {compared or 'none'}"
        if unverified and not self.evidence["verified"] + self.evidence["wrong"]:
            spans = "no texts given: no quote was looked up (--texts FOLDER looks them up)"
        elif unverified:
            spans += f"; text not given: {unverified}, of {', '.join(self.absent)} (--texts FOLDER)"
        classes = ", ".join(f"{count} {name}" for name, count in sorted(self.claims.items()))
        findings = "no findings" if self.ok else f"{len(self.findings)} finding{'s' * (len(self.findings) > 1)}"
        if self.notices:
            findings += f"; {len(self.notices)} notice{'s' * (len(self.notices) > 1)}"
        findings += f"; {unverified} quotes whose text is not given" if unverified else ""
        return f"claims: {self.claims.total()} ({classes})\n{spans}\n{findings}"


def _ranges(numbers: list[int]) -> str:
    """Return the numbers of paragraphs as ranges.

    >>> _ranges([3, 1, 2, 5])
    '¶1–3, ¶5'
    """
    return ", ".join(f"¶{first}" if first == last else f"¶{first}–{last}" for first, last in runs(sorted(numbers)))


def check(graph: Graph, texts: Texts | None = None, data: Path | None = None) -> Report:
    """Check a graph; with texts, also the digest of every span.

    `data` is the folder from which the graph was built, by default those of the project and the kit; it is read to name
    rows. A wrong graph raises no error: each finding in the report names its row.

    >>> [finding.message for finding in check(Graph()).findings]
    ['holds nothing; build it, or name another file']
    """
    folders = [data] if data else list(dict.fromkeys([kit.data(), kit.folder("data")]))
    rows, report = _Rows(folders), Report()
    report.claims.update({row["class"].value: int(row["number"].value) for row in graph.named("claim-counts")})
    if not len(graph):
        report.findings.append(Finding("empty", "", "the graph", "holds nothing; build it, or name another file"))
    text_findings = _text_findings(graph, texts or Texts(), report)
    names = _name_findings(graph, folders[0])
    found = chain(_shape_findings(graph), _query_findings(graph), _date_findings(graph), text_findings, names)
    for findings, places, level in (
        (report.findings, found, _FINDING),
        (report.notices, _query_findings(graph, _NOTICE), _NOTICE),
    ):
        findings += [Finding(rule, node, rows.where(node), message, level) for rule, node, message in places]
        findings.sort(key=lambda finding: (finding.where, finding.node, finding.message))
    return report


class _Rows:
    """Finds the row of a table from which a node was made."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._places: dict[str, dict[str, str]] = {}

    def where(self, node: str) -> str:
        """Return `data/SOURCE/TABLE.csv:ROW`, for a source its `source.toml`, or an empty string."""
        name = data_name(node)
        source = name.partition("/")[0]
        if source not in self._places:
            paths = [path for folder in self._folders[::-1] if (path := folder / source / SOURCE_FILE).is_file()]
            rows = rows_of(read_source(path.parent) for path in paths).items()
            places = {row_name: f"{table.at(row)}:{row.line}" for row_name, (table, row) in rows}
            self._places[source] = places | dict.fromkeys([source] * bool(paths), shown(paths[-1]) if paths else "")
        return self._places[source].get(name, "")


def _shape_findings(graph: Graph) -> Iterator[_Found]:
    """Validate the graph by the shapes of the kit and the project."""
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError
    from rdflib import RDF, SH, URIRef
    from rdflib import Graph as RdflibGraph

    union = RdflibGraph()
    union += graph.dataset.triples((None, None, None))
    shapes = RdflibGraph() + ontology().shapes
    for codes in list(shapes.objects(None, URIRef(f"{SH}in"))):
        _add_strings(shapes, codes)
    try:
        _, results, _ = validate(union, shacl_graph=shapes, advanced=False, inference="none", do_owl_imports=False)
    except ReportableRuntimeError as error:  # a shape of a project
        message = str(error).partition("\n")[0]
        raise GraphError(f"the shapes cannot be checked: {message} Correct those of your ontology/") from error
    if not isinstance(results, RdflibGraph):
        raise GraphError(f"the shapes cannot be checked: {results!r}; correct those of your ontology/")
    for result in results.subjects(RDF.type, SH.ValidationResult):
        node, path = str(results.value(result, SH.focusNode)), results.value(result, SH.resultPath)
        message = str(results.value(result, SH.resultMessage)).splitlines()[0]
        column = f"{str(path).rpartition('#')[2]}: " if path else ""
        yield "shapes", node, column + message


def _add_strings(shapes: "RdflibGraph", listed: "Node") -> None:
    """Add each plain literal of a list as xsd:string too: rdflib tells the two apart, and graphs here have the type."""
    from rdflib import XSD, Literal
    from rdflib.collection import Collection

    codes = Collection(shapes, listed)
    codes += [Literal(str(code), datatype=XSD.string) for code in list(codes) if isinstance(code, Literal)]


def _query_findings(graph: Graph, level: str = _FINDING) -> Iterator[_Found]:
    """Run `queries/check/*.rq` of a level: a row is a finding, with its node and perhaps a message."""
    for path in kit.files("queries/check", "*.rq"):
        text = path.read_text("utf-8")
        header = sparql.header(text)
        if header.level != level:
            continue
        rows = graph.query(text)
        if not isinstance(rows, QuerySolutions):
            raise GraphError(f"{shown(path)} is no SELECT query; a check has a row for each fault")
        for row in rows:
            detail = f" ({row['message'].value})" if row["message"] else ""
            yield path.stem, row["node"].value, header.summary + detail


def _name_findings(graph: Graph, data: Path) -> Iterator[_Found]:
    """Find the probable names of persons that nobody has answered in `reference/allowed.csv`."""
    for node, concern in unanswered_names([Statement(*quad) for quad in graph.quads()], ontology(), data):
        yield "personal", node.value, concern.named


def _date_findings(graph: Graph) -> Iterator[_Found]:
    """Read every date as the tables do: the shapes know neither EDTF nor the first year of the project."""
    for row in graph.named("dates"):
        try:
            plausible(row["date"].value)
        except ValueError as error:
            yield "dates", row["node"].value, f"{row['property'].value.rpartition('#')[2]}: {error}"


def _text_findings(graph: Graph, texts: Texts, report: Report) -> Iterator[_Found]:
    """Compare spans, printed words and stated values with the texts; count spans in the report."""
    for row in graph.named("texts"):
        source, file, kind, rule, sha256, form = (row[name].value if row[name] else "" for name in _TEXT_VARIABLES)
        slot = {"source": [NamedNode(source)]}
        if kind == "cited":
            report.evidence["cited"] += len(list(graph.named("cited", slot)))
            continue
        spans = [_span(span) for span in graph.named("spans", slot)]
        text = texts.text(file)
        if text is None:
            report.evidence["not verified"] += len(spans)
            report.absent.append(file)
            continue
        if (found := texts.digest(file)) != sha256:
            crlf = " (its line ends are CRLF: that alone shifts every span)" if "\r\n" in text else ""
            remedy = f"restore it, or run `tipgraph source locate {data_name(source)} --again`"
            told = f"{file}: sha256 expected {sha256}, found {found}: the text has changed{crlf}; {remedy}"
            yield "texts", source, told
        for node, locator, is_paragraph, page in spans:
            wrong = disagreements(text, locator, rule, whole_paragraph=is_paragraph)
            wrong = wrong or _page_disagreements(texts, file, page, locator)
            report.evidence["wrong" if wrong else "verified"] += 1
            yield from (("texts", node, f"{file}: {message}") for message in wrong)
        yield from _printed_findings(graph, source, text, form)
        claims = ungrounded(graph, NamedNode(source), Words(text, rule, form or "plain"))
        yield from (("ungrounded", claim, message) for claim, message in claims)


def _printed_findings(graph: Graph, source: str, text: str, form: str) -> Iterator[_Found]:
    """Compare names and figures that claims quote with the words of their evidence."""
    cited: dict[tuple[str, str], str] = defaultdict(str)
    for row in graph.named("printed", {"source": [NamedNode(source)]}):
        start, end = int(row["start"].value), int(row["end"].value)
        cited[row["claim"].value, row["printed"].value] += " " + words(text[start:end], form)
    for (claim, printed), cited_words in cited.items():
        if " ".join(printed.split()) not in " ".join(cited_words.split()):
            yield "printed", claim, f"{printed!r} is not in the words of its evidence; correct it, or cite other words"


def _page_disagreements(texts: Texts, file: str, page: int, span: Locator) -> list[str]:
    """Compare the page of a span with the layout of its document, if both are known."""
    layout = texts.layout(file) if page else None
    found = layout.page_of(span.start, span.end) if layout else 0
    return [f"page expected {page}, found {found}"] if found not in (0, page) else []


def _span(row: QuerySolution) -> tuple[str, Locator, bool, int]:
    """Return the node of a span, its locator, whether it is a paragraph of the coverage map, and its page or 0."""
    sentence = row["sentence"]
    paragraph, start, end = (int(row[name].value) for name in ("paragraph", "start", "end"))
    locator = Locator(paragraph, int(sentence.value) if sentence else 1, start, end, row["digest"].value)
    return row["span"].value, locator, sentence is None, int(row["page"].value) if row["page"] else 0
