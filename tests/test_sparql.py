from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from tipgraph.errors import QueryRefused
from tipgraph.graph.sparql import MAX_DEPTH, bind, guard, header, slots

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
    "ASK { ?s ?p (" + "?a " * 30_000 + ") }",
    "ASK { ?s ?p (" + "'' " * 30_000 + ") }",
    "ASK { ?s ?p (" + "id: " * 24_000 + ") }",
    'SELECT * { VALUES ?x { """abc" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }',
    "SELECT * { VALUES ?x { '''abc' } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    'SELECT * { VALUES ?x { """abc" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } # \\"""\n}',
    'SELECT * { VALUES ?x { """ " } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #\\q"""\n}',
    "SELECT * { VALUES ?x { ''' ' } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #\\q'''\n}",
    "INSERT DATA { <a:b> <a:b> <a:b> }",
    "PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1/>",
    "SELECT * FROM <http://127.0.0.1/x> { ?s ?p ?o }",
    "SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM ex:graph { ?s ?p ?o }",
    "ASK " + "{" * (MAX_DEPTH + 1),
    "ASK {}" + " " * 100_000,
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
    'SELECT ?service ?insert { ?service <http://x/SERVICE> "INSERT DATA" . ex:LOAD a ex:from }',
    "# SERVICE is only named in this comment\nSELECT * { ?s ?p '''DROP ALL \"''' }",
    'SELECT * { ?s ?p "x"@add FILTER(?a <?b && ?c> 3) }',
    "SELECT (REPLACE(?a, 'x', 'y') AS ?b) { ?s ?p ?a }",
    'SELECT * { ?s ?p """"quoted" and \\t \\\\ \\"""" } # SERVICE """ nothing begins here',
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


def test_the_guard_looks_back_at_nothing_again_and_again() -> None:
    """What took the square of its length took seconds at the largest size; a service behind it is still seen."""
    for quote in ('"', "'", '"""'):
        with suppress(QueryRefused):
            guard(f"SELECT * {{ ?s ?p {quote}" + f"\\{quote[0]}" * 40_000)
    with pytest.raises(QueryRefused):
        guard('SELECT * { ?s ?p "never closed\nSERVICE <a:b> { ?s ?p ?o } }')


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {FILTER(1<2)SERVICE#>\n<http://127.0.0.1:1/>{?s ?p ?o}}",
        "SELECT * {FILTER(1<'>')SERVICE <http://127.0.0.1:1/>{?s ?p ?o}} #'",
        "SELECT * {FILTER(1<'>'||true)SERVICE SILENT <http://127.0.0.1:1/>{?s ?p ?o}} #'",
        "SELECT (1<'>' AS ?x) (COUNT(*) AS ?n) FROM <http://nowhere/> {?s ?p ?o} #'",
        "ASK {FILTER(1<'>'||" + "(" * 3_000 + "1" + ")" * 3_000 + ")} #'",
        "SELECT * {FILTER(?x<a:f('>')) SERVICE <http://127.0.0.1:1/> {?s ?p ?o}} #'",
        "SELECT * {FILTER(?x <a:b#> '''\n) SERVICE <http://127.0.0.1:1/> {?s ?p ?o} # '''\n}",
        "SELECT * {FILTER(1.e5<'>') SERVICE <http://127.0.0.1:1/> {?s ?p ?o}} #'",
        "SELECT * {FILTER(true<'>') SERVICE <http://127.0.0.1:1/> {?s ?p ?o}} #'",
        "SELECT * {FILTER((1)<'>') SERVICE <http://127.0.0.1:1/> {?s ?p ?o}} #'",
        "SELECT * {FILTER(<a:b><'>') SERVICE <http://127.0.0.1:1/> {?s ?p ?o}} #'",
        "SELECT * {FILTER(1<<('>(2))) SERVICE <http://127.0.0.1:1/> {?s ?p ?o}} #'",
        "SELECT * { <<'>' <a:p> <a:o>>> ?x ?y . SERVICE <http://127.0.0.1:1/> {?s ?p ?o}} #'",
    ],
)
def test_a_comparison_is_not_taken_for_an_iri(text: str) -> None:
    with pytest.raises(QueryRefused):
        guard(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s <http://x/a#b> <http://x/c'd> ; <http://x/service> ?o }",
        "SELECT * { VALUES (?a ?b) { (<http://x/#a> <http://x/#b>) (<http://x/'a> UNDEF) } }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (<http://x/#a>, <http://x/#b>) && ?s != <http://x/#c>) }",
        "SELECT (COUNT(DISTINCT <http://x/#a>) AS ?n) { ?s (<http://x/#a>|^<http://x/#b>)+ ?o FILTER(?a <5) }",
        "SELECT * { ?s ?p ?o FILTER(?o < <http://x/#a>) FILTER(?a <?b && ?c> 2) BIND(<http://x/#f>(?o) AS ?x) }",
        "SELECT * { ?s ?p (<http://x/a> <http://x/b>) }",
    ],
)
def test_iris_with_any_characters_are_asked_for(text: str) -> None:
    assert guard(text) is False
