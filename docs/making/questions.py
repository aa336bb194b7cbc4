"""The questions, checks, rules and derivations of `queries/`, read from the files themselves."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from docs.making.markdown import code, codes, fence, folded, heading, link, page, plain, table
from tipgraph import Query
from tipgraph.analysis import question_parameters
from tipgraph.curation.conflicts import Rule
from tipgraph.graph import sparql
from tipgraph.graph.sparql import Parameter
from tipgraph.model import kit
from tipgraph.model.iris import PREFIXES

LANGUAGES = ("en", "es")
_KINDS = (
    ("thing", "an entry by a short name (`usaid`, `place:japan`), a name that a source uses, or an IRI"),
    ("actor, place, undertaking, document, route …", "the same, of that class; a country also by its ISO code"),
    ("from, to", "a year, a month or a day: `2004`, `2004-11`, `2004-11-11`; a season: `2004-21` to `2004-32`"),
    ("code LIST", "a code of that [list](codes.md), such as `held`"),
    ("class", "a [class](classes.md) of the ontology, such as `Event`"),
    ("number", "a whole number, within the bounds after it"),
    ("text", "any text"),
    ("prices", "`USD-2023`, `EUR` or `original`: [compare money](../how-to/compare-money.md)"),
)
# A value with an answer, for the example of each question with parameters.
EXAMPLES = {
    "actors": "kind=ngo",
    "conflicts": "source=oas-cim-2005",
    "coverage": "source=oas-cim-2005",
    "events": "in=BO from=2004 to=2005",
    "funding": "in=caribbean",
    "funding-chains": "funder=usaid",
    "funding-sums": "kind=awarded",
    "neighbourhood": "of=usaid",
    "numbers": "of=JP",
    "participants": "event=caribbean-seminars",
    "partners": "of=IOM",
    "promises": "from=2005-04",
    "publications": "state=released",
    "routes": "destination=JP",
    "single-source": "class=Funding",
    "things": "class=Event like=paz",
    "who-does-what-where": "in=BO",
}


def questions() -> str:
    """Return the page of all named questions."""
    found = Query.all()
    return page(
        heading(1, "Questions"),
        "Each is a file of `queries/` and valid SPARQL. Ask it by `tipgraph query NAME "
        "PARAM=VALUE`, at a server "
        'by `/query/NAME.csv?PARAM=VALUE`, or in Python by `tipgraph.Query.find("NAME").run(graph, '
        '{"PARAM": "VALUE"})`.',
        table(["kind of a parameter", "takes"], [[kind, words] for kind, words in _KINDS]),
        table(["question", "asks"], [[link(one.name, "question", one.name), plain(one.summary)] for one in found]),
        *(part for one in found for part in _question(one)),
    )


def _question(question: Query) -> Iterator[str]:
    said = {language: question.header_in(language) for language in LANGUAGES}
    yield heading(2, question.name, "question", question.name)
    yield plain(said["en"].summary)
    yield f"*{plain(said['es'].summary)}*"
    yield fence(f"$ tipgraph query {question.name} {EXAMPLES.get(question.name, '')}".rstrip(), "console")
    spanish = question_parameters(question, "es")
    rows = [_parameter(name, one, spanish[name]) for name, one in question_parameters(question).items()]
    yield table(["parameter", "kind", "means", "significa"], rows) or "It has no parameters."
    yield f"Columns: {codes(columns(question.text))}."
    yield folded(f"<code>queries/{question.name}.rq</code>", fence(question.text, "sparql"))


def _parameter(name: str, english: Parameter, spanish: Parameter) -> list[str]:
    return [code(name), plain(english.kind), plain(english.summary), plain(spanish.summary)]


def columns(text: str) -> list[str]:
    """Return the columns of the answer to a query, in order; those of a CONSTRUCT are the parts of its triples.

    >>> columns("SELECT DISTINCT ?a (COUNT(?b) AS ?n) WHERE { ?a ?c ?b } GROUP BY ?a")
    ['a', 'n']
    """
    solutions = Store().query(text, prefixes=PREFIXES)
    if isinstance(solutions, QuerySolutions):
        return [variable.value for variable in solutions.variables]
    return ["subject", "predicate", "object"]


def rules() -> str:
    """Return the page of checks, rules on contradictions, and derivations."""
    return page(
        heading(1, "Checks, rules, derivations"),
        heading(2, "Checks", "checks"),
        "`tipgraph check` runs each; a row is a fault. The shapes for each cell are in "
        "`ontology/shapes.ttl` "
        "and is told with the [classes](classes.md).",
        _files("check", _in("check")),
        heading(2, "Rules on contradictions", "conflict-rules"),
        "`tipgraph review conflicts` proposes the findings of each; somebody answers.",
        *(part for rule in Rule.all() for part in _rule(rule)),
        heading(2, "Derivations", "derivations"),
        "`tipgraph build` runs each in this order, once. The results are in the graph `derived`.",
        _files("derivation", _in("derive")),
    )


def _in(folder: str) -> list[Path]:
    return sorted((kit.folder("queries") / folder).glob("*.rq"))


def _rule(rule: Rule) -> Iterator[str]:
    yield heading(3, rule.name, "rule", rule.name)
    yield plain(rule.summary())
    yield f"*{plain(rule.summary('es'))}*"
    yield folded(f"<code>queries/conflict/{rule.name}.rq</code>", fence(rule.text, "sparql"))


def _files(kind: str, paths: Iterable[Path]) -> str:
    """Return a section for each file: its name, its sentence, its text."""
    parts: list[str] = []
    for path in paths:
        text = path.read_text("utf-8")
        name = f"{path.parent.name}/{path.name}"
        parts += [
            heading(3, path.stem, kind, path.stem),
            plain(sparql.header(text).summary),
            folded(f"<code>queries/{name}</code>", fence(text, "sparql")),
        ]
    return "\n\n".join(parts)
