"""Every query is documented, named where people look for it, and in a file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tipgraph.display.answers import answer_view
from tipgraph.display.text.answers import answer_records
from tipgraph.graph import sparql
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import kit
from tipgraph.model.vocabulary import ontology
from tipgraph.sources.folder import Texts

FOLDER = kit.folder("queries")
FILES = sorted(FOLDER.rglob("*.rq"))
NARROWED = {FOLDER / "derive" / "75-agrees.rq"}  # each of its patterns has the values of the one before
KINDS = {
    "thing", "actor", "place", "undertaking", "document", "instrument", "source", "text", "number", "from", "to",
    "class", "flag", "number 1-3",
}  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_query_describes_itself_and_its_slots_and_names_only_terms_that_there_are(file: Path) -> None:
    text = file.read_text("utf-8")
    header = sparql.header(text)
    assert header.summary
    sparql.guard(text)
    known = {str(subject) for subject in ontology().graph.subjects()}
    for prefix, name in re.findall(r"\b(tip|code):([\w-]+)", re.sub(r'#[^\n]*|"[^"]*"', "", text)):
        assert f"https://w3id.org/tipgraph/{'ns' if prefix == 'tip' else prefix}#{name}" in known, (prefix, name)
    if file.parent == FOLDER:
        assert f"`{file.stem}`" in (FOLDER / "README.md").read_text("utf-8")
        assert header.summary.endswith(("?", ")"))
        assert set(sparql.slots(text)) == set(header.parameters)
        for parameter in header.parameters.values():
            assert parameter.kind in KINDS or parameter.kind.startswith("code "), parameter
            assert parameter.summary
        spanish = sparql.header(text, "es").summary
        assert header.summary != spanish
        assert spanish.startswith("¿")
        assert all(f"#+ param {name}@es: " in text for name in header.parameters)


@pytest.mark.parametrize("file", [file for file in FILES if file not in NARROWED], ids=lambda path: path.stem)
def test_a_query_asks_for_one_pattern_at_a_time_in_exists(file: Path) -> None:
    """Oxigraph does not order the patterns of EXISTS: two of them cost all statements of one, for each row.

    Decision: docs/decisions/0085-questions-run-on-every-engine-and-fast.md.
    """
    assert len(list(many_patterns("SELECT * { ?a ?b ?c FILTER EXISTS { ?c ?d ?e . ?e ?f ?g } }"))) == 1
    assert not list(many_patterns(sparql.bind(file.read_text("utf-8"), {})))


def many_patterns(text: str) -> Iterator[str]:
    """Yield the groups within EXISTS that hold several patterns, each as its patterns."""
    for group in re.split(r"\bEXISTS\s*(?=\{)", re.sub(r"#.*|\"[^\"]*\"", "", text))[1:]:
        depth, inside = 0, ""
        for mark in group:
            depth += (mark == "{") - (mark == "}")
            inside += mark
            if not depth:
                break
        own = re.sub(r"\bFILTER\b.*", "", inside.strip("{}"), flags=re.DOTALL)
        if re.search(r"\s[.;,]\s", own.rstrip(" .\n")):
            yield " ".join(own.split())


def test_no_sparql_hides_in_python() -> None:
    for file in Path(kit.__file__).parent.rglob("*.py"):
        text = re.sub(r'"""(?:.|\n)*?"""', "", file.read_text("utf-8"))
        assert not re.search(r"\b(SELECT|CONSTRUCT|ASK|WHERE)\b[^`\n]*\{", text), file.name


def test_no_column_of_a_question_is_a_key_of_its_rows_in_json(small: Graph) -> None:
    """A column would hide the key: `implied` of a row says whether its claims are our reading."""
    answer = Query.find("funding").run(small, {})
    keys = {*answer_records(answer_view(answer), Texts())[0]} - {*answer.columns}
    assert "implied" in keys
    for question in Query.all():
        head = re.search(r"^(?:SELECT|CONSTRUCT)([^{]*)\{", question.text, re.MULTILINE)
        assert head, question.name
        assert not keys & set(re.findall(r"\?(\w+)", head[1])), question.name
