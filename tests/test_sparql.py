from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from tipgraph.errors import QueryError, QueryRefused
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query, ask
from tipgraph.graph.sparql import bind, guard, header, slots, sum_hint

NAUGHTY = [
    '"',
    "\\",
    "\\u0022",
    '"} SERVICE <x> {',
    "\n\r\t",
    "'''",
    "é\U0001f600",
    "\u202e",
    "} #",
    "<a> . ?x",
    "{ UNDEF }",
]


def there_and_back(value: str) -> list[str]:
    rows = Store().query(bind("SELECT ?n { VALUES ?n { UNDEF } }", {"n": [Literal(value)]}))
    assert isinstance(rows, QuerySolutions)
    return [row["n"].value for row in rows]


@pytest.mark.parametrize("value", NAUGHTY)
def test_a_value_comes_back_as_it_went_in(value: str) -> None:
    assert there_and_back(value) == [value]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_value_comes_back_as_it_went_in(value: str) -> None:
    assert there_and_back(value) == [value]


def test_a_slot_without_a_value_is_left_out_and_several_values_fill_it() -> None:
    text = "SELECT * { VALUES ?a { UNDEF } VALUES  ?b {UNDEF} ?a ?b ?c }"
    assert slots(text) == ["a", "b"]
    assert bind(text, {"b": [NamedNode("x:1"), NamedNode("x:2")]}) == (
        "SELECT * {  VALUES ?b { <x:1> <x:2> } ?a ?b ?c }"
    )


def test_the_header_is_read_in_another_language_or_else_in_english() -> None:
    text = "#+ summary: Who?\n#+ summary@es: ¿Quién?\n#+ param in: (place) where\n#+ param in@es: dónde\nASK {}"
    assert header(text).summary == "Who?"
    assert header(text, "es").summary == "¿Quién?"
    assert header(text, "es").parameters["in"] == ("place", "dónde")
    assert header(text, "pt").parameters["in"] == ("place", "where")


def test_the_header_tells_the_parameters() -> None:
    told = header("#+ summary: One\n#+ summary: two.\n#+ param in: (code status) how far\nASK {}")
    assert told.summary == "One two."
    assert told.parameters["in"] == ("code status", "how far")


REFUSED = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * {SERVICE#x\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?a ?b trueSERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "PREFIX e: <x:> SELECT * { ?a a e:.SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "PREFIX e: <x:> SELECT * { ?a e:b\\# ?c . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "PREFIX e: <x:> SELECT * { ?a e:b\\' ?c . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } # '",
    'SELECT * { OPTIONAL { ?s ?p "\\u0022 #" . ?a <http://x/\\u0061#> ?b } SERVICE <http://x/> { ?q ?r ?z } }',
    'SELECT * { VALUES ?x { """abc" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }',
    "SELECT * { VALUES ?x { '''abc' } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    'SELECT * { VALUES ?x { """abc" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } # \\"""\n}',
    'SELECT * { VALUES ?x { """ " } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #\\q"""\n}',
    "SELECT * { VALUES ?x { ''' ' } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #\\q'''\n}",
    "SELECT * FROM <http://127.0.0.1/x> { ?s ?p ?o }",
    "SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM ex:graph { ?s ?p ?o }",
    "ASKFROM<http://127.0.0.1/x>{ ?s ?p ?o }",
    "SELECT ((1<2)AS?x)FROM:g#>\n{ ?s ?p ?o }",
    "#+ summary: x\r SELECT * FROM # x\n NAMED <http://127.0.0.1/x> { ?s ?p ?o }",
    "SELECT ('''\n#''' AS ?x) FROM <http://127.0.0.1/x> { ?s ?p ?o }",
    "SELECT * { ?ſervice ?p ?o }",
    "SELECT * { ?s a <https://w3id.org/tipgraph/id/x' SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } # '",
    "ASK {}" + " " * 100_000,
    "ASK " + "{" * 3_000,
    "ASK { ?s ?p " + "<" * 30_000,
    "ASK { FILTER(" + "!" * 20_000 + "true) }",
    "SELECT (1" + "+1" * 9_000 + " AS ?x) {}",
    "ASK {" + "OPTIONAL { ?s ?p ?o } " * 4_000 + "}",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_writes_or_leaves_the_machine_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused):
        guard(text, lambda: ["http://example.org/known"])


ALLOWED = [
    "SELECT * FROM <http://example.org/known> FROM NAMED <http://example.org/known> { ?s ?p ?o }",
    'SELECT ?insert { ?s <http://x/LOAD> "INSERT DATA" . ex:LOAD a ex:from ; ex:p ?from ; <a:b> ?o }',
    "#+ param from: (from) the first day\n#+ from <a:b>\nSELECT * { ?s ?p ?from }",
    "SELECT * { ?s ?p <https://w3id.org/tipgraph/id/oas-cim-2005/actors/belize-social-services> }",
    'SELECT * { ?s ?p "x"@add FILTER(?a <?b && ?c> 3) }',
    "SELECT * { ?s ?p '''''' . ?s ?q '' . ?s ?r \"\" FILTER(REGEX(?x, '\\\\w+')) }",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_what_only_reads_is_let_through(text: str) -> None:
    guard(text, lambda: ["http://example.org/known"])


def test_many_values_are_let_through() -> None:
    guard("SELECT * { VALUES ?x { " + "<a:b> " * 10_000 + "} }")


@given(st.text())
def test_the_guard_never_fails_in_another_way(text: str) -> None:
    with suppress(QueryRefused):
        guard(text)


def test_the_guard_looks_back_at_nothing_again_and_again(small: Graph) -> None:
    """What took the square of its length took seconds at the largest size."""
    for quote in ('"', "'", '"""', "FROM ", "FROM", "FROM#", "FROM<", "a.", "?", "<"):
        with suppress(QueryError):
            small.query("SELECT * { ?s ?p " + quote * (90_000 // len(quote)))


@pytest.mark.parametrize("text", ["INSERT DATA { <a:b> <a:b> <a:b> }", "LOAD <http://127.0.0.1/>", "DROP ALL"])
def test_an_update_is_no_query(text: str, small: Graph) -> None:
    with pytest.raises(QueryError):
        small.query(text)


def test_a_sum_of_money_says_what_it_does_not_keep_apart() -> None:
    money = "SELECT (SUM(?amount) AS ?sum) { ?claim tip:amount ?amount ; tip:currency ?currency"
    assert ask(Graph(), f"{money} }}").hint.startswith("the sum may add up kinds of money, reviewed and unreviewed")
    counted_once = "FILTER NOT EXISTS { ?claim tip:countsAs ?other }"
    assert not sum_hint(f"{money} ; tip:moneyKind ?kind ; tip:review ?review {counted_once} }}")
    assert not sum_hint("SELECT (SUM(?value) AS ?sum) { ?claim tip:value ?value }")
    assert [question.name for question in Query.all() if sum_hint(question.text)] == []
