"""Files of somebody else: each is read, or refused in one line, while the caller lives and stays small."""

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple, serialize

from tests.exports.conftest import HOSTILE
from tipgraph.cli import main
from tipgraph.errors import GraphError
from tipgraph.graph import sandbox
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.graph.sandbox import FORMATS, FileLimits
from tipgraph.graph.storage import load, write
from tipgraph.model import DATA, ONTOLOGY, RDFS_LABEL
from tipgraph.outputs.files import export

MB = 1 << 20
SMALL = FileLimits(worker=700 * MB, graph=300 * MB, seconds=20, seconds_a_megabyte=0)
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">{}</rdf:RDF>'
SAYS = RDF.format('<rdf:Description rdf:about="a:b"><a:c>{}</a:c></rdf:Description>')
ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
BOMB = gzip.compress(bytes(200 * MB), 1)
NESTED = b"<a:b> <a:c> " + b"<<( <a:b> <a:c> " * 100_000 + b"<a:d>" + b" )>>" * 100_000

Make = Callable[[str, bytes | str], Path]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    def make(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def refusal(path: Path, limits: FileLimits = SMALL) -> str:
    with pytest.raises(GraphError) as caught:
        sandbox.fill(Store(), path, limits)
    message = str(caught.value)
    assert message.startswith(f"{path}:")
    assert "\n" not in message
    assert len(message) < 700 + len(str(path))
    assert ";" in message, "it says what to do next"
    return message.removeprefix(f"{path}:")


def said(path: Path) -> set[Quad]:
    store = Store()
    sandbox.fill(store, path, SMALL)
    return set(store)


def triples(graph: Graph) -> set[tuple[object, ...]]:
    return {tuple(quad)[:3] for quad in graph.quads()}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.nq", NESTED + b" <a:g> .\n"),
        ("deep.trig", b"<a:g> {" + NESTED + b" }"),
        ("deep.nt", NESTED + b" .\n"),
        ("deep.ttl", NESTED + b" .\n"),
        ("late.nq", b"<a:b> <a:c> <a:d> <a:g> .\n" * 50_000 + NESTED + b" <a:g> .\n"),
    ],
)
def test_nested_triple_terms_end_the_worker_and_not_the_caller(made: Make, name: str, content: bytes) -> None:
    assert re.search("ended the process|triple terms|Unexpected end", refusal(made(name, content)))


@pytest.mark.parametrize("suffix", [".nq", ".nt", ".ttl", ".trig"])
def test_a_triple_term_is_refused_by_name(made: Make, suffix: str) -> None:
    assert "triple terms" in refusal(made(f"one{suffix}", "<a:b> <a:c> <<( <a:b> <a:c> <a:d> )>> ."))
    if suffix in (".ttl", ".trig"):
        assert "triple terms" in refusal(made(f"two{suffix}", "<a:b> <a:c> <a:d> {| <a:e> <a:f> |} ."))
        assert "triple terms" in refusal(made(f"three{suffix}", "<< <a:b> <a:c> <a:d> >> <a:e> <a:f> ."))
        assert "triple terms" in refusal(made(f"four{suffix}", "<a:b> <a:c> <a:d> ~ <a:e> ."))


@pytest.mark.parametrize("opener", ["[ <a:p> ", "("])
def test_deep_turtle_is_refused_and_the_worker_ends(made: Make, opener: str) -> None:
    """By the deadline, by the parser's end or by its error: an Oxigraph may take an hour for a million levels."""
    quick = SMALL._replace(seconds=1)
    for suffix in (".ttl", ".trig"):
        path = made(f"deep{suffix}", "<a:b> <a:c> " + opener * 1_000_000)
        assert re.search("longer than 1 seconds|ended the process|Unexpected end", refusal(path, quick))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE r [<!ENTITY j "aaaaaaaaaa">{ENTITIES}]>',
        f'<!DOCTYPE r [<!ENTITY j "{"x" * 100_000}">]>',
        '<!DOCTYPE r [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
        '<!doctype r [<!ENTITY % j SYSTEM "http://127.0.0.1:9/"> %j;]>',
    ],
    ids=["billion laughs", "quadratic", "local file", "remote, in small letters"],
)
def test_an_entity_reads_no_file_and_fills_no_memory(made: Make, doctype: str) -> None:
    path = made("bomb.rdf", f"<?xml version='1.0'?>\n{doctype}{SAYS.format('&j;' * 1_000)}")
    with suppress(GraphError):
        assert "root:" not in str(said(path))


def test_an_ontology_with_entities_is_read(made: Make) -> None:
    """Protégé writes them."""
    path = made("own.owl", '<!DOCTYPE r [<!ENTITY e "http://x/">]>' + RDF.format('<a:A rdf:about="&e;a"/>'))
    assert {quad.subject for quad in said(path)} == {NamedNode("http://x/a")}


@pytest.mark.parametrize("encoding", ["utf-7", "iso-8859-1", "cp037"])
def test_xml_in_another_encoding_is_refused(made: Make, encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE r>" + SAYS.format("é")
    refusal(made("other.rdf", text.encode(encoding)))


@pytest.mark.parametrize("suffix", [".nq", ".ttl", ".rdf"])
def test_a_gzip_bomb_is_refused(made: Make, suffix: str) -> None:
    path = made(f"bomb{suffix}.gz", BOMB)
    assert "MB, unpacked; if you trust it" in refusal(path)


@pytest.mark.parametrize("suffix", [".nq", ".trig", ".ttl"])
def test_what_says_more_than_there_is_room_for(made: Make, suffix: str) -> None:
    """A few letters can say much, by a long prefix or by many short statements."""
    little = SMALL._replace(graph=10 * MB)
    many = "<a:b> <a:c> " + ",".join(map(str, range(100_000))) + " ."
    long = f"@prefix a: <a:{'x' * 100_000}> . a:b a:c " + ",".join(f"a:{n}" for n in range(1_000)) + " ."
    lines = "".join(f"<a:b> <a:c> <a:{n}> <a:g> .\n" for n in range(400_000))
    for content in [lines] if suffix == ".nq" else [many, long]:
        assert "needs more than 10 MB of memory" in refusal(made(f"much{suffix}", content), little)


RUBBISH = {
    "truncated.nq.gz": gzip.compress(b"<a:b> <a:c> <a:d> <a:g> .\n" * 1_000)[:-20],
    "no.nq.gz": b"<a:b> <a:c> <a:d> <a:g> .",
    "zip.ttl": b"PK\x03\x04" + bytes(range(256)) * 100,
    "binary.nq": bytes(range(256)) * 1_000,
    "zeros.trig": bytes(1_000_000),
    "zeros.rdf": bytes(1_000_000),
    "json.ttl": b'{"@id": "a:b"}',
    "xml.nt": SAYS.format("d").encode(),
    "utf8.nq": b'<a:b> <a:c> "\xff\xfe" .',
    "utf8.trig": b'<a:b> <a:c> "\xed\xa0\x80" .',
    "utf16.nq": '<a:b> <a:c> "d" .'.encode("utf-16"),
    "line.nq": b'<a:b> <a:c> "' + b"x" * (40 * MB) + b'" .',
    "line.trig": b'<a:b> <a:c> "' + b"x" * (40 * MB) + b'" .',
    "comment.ttl": b"#" * (40 * MB),
    "cut.ttl": b"<a:b> <a:c> <a:d> ;",
    "iri.nq": b"<a b> <a:c> <a:d> .",
    "message.ttl": b"<a:b> <a:c> \x1b[2J" + b"y" * 10_000,
}


@pytest.mark.parametrize("name", RUBBISH)
def test_rubbish_is_refused(made: Make, name: str) -> None:
    assert "cannot be read" in refusal(made(name, RUBBISH[name]))


def test_the_line_is_told(made: Make) -> None:
    for suffix in (".nq", ".nt", ".ttl", ".trig"):
        assert refusal(made(f"third{suffix}", "<a:b> <a:c> <a:d> .\n\n<a:b> rubbish .\n")).startswith("3: ")


def test_another_suffix_is_refused(made: Make) -> None:
    for name in ("graph.csv", "graph", "graph.gz", "graph.ttl.zip"):
        assert "a graph file ends in .nq, " in refusal(made(name, ""))


@pytest.mark.skipif(os.name != "posix", reason="no such files there")
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.nq")
    (tmp_path / "zero.ttl").symlink_to("/dev/zero")
    (tmp_path / "folder.nq").mkdir()
    for name in ("pipe.nq", "zero.ttl", "folder.nq"):
        assert "it is no file" in refusal(tmp_path / name)


def test_a_worker_reads_nothing_from_the_current_folder(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "pyoxigraph", "tipgraph", "hashlib", "sitecustomize"):
        made(f"{name}.py", "raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    assert len(said(made("fine.ttl", "<a:b> <a:c> <a:d> ."))) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="counts what Linux tells")
def test_the_caller_stays_small(made: Make) -> None:
    """The command, as a person runs it, before files that would take gigabytes: its own peak of memory."""
    bombs = [
        made("laughs.rdf", f'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]>{SAYS.format("&j;")}'),
        made("deep.nq", NESTED + b" <a:g> .\n"),
        made("bomb.nq.gz", BOMB),
    ]
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tipgraph.cli import main\n"
        "try: main(['query', 'funding', '-g', sys.argv[1]])\n"
        "finally: print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    for bomb in bombs:
        done = subprocess.run([sys.executable, "-c", program, str(bomb)], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith(f"tipgraph: {bomb}")
        assert len(done.stderr.splitlines()) == 1
        assert int(done.stdout) < 300_000  # kB


def test_a_graph_without_the_ontology_says_so(small: Graph, tmp_path: Path) -> None:
    path = tmp_path / "small.ttl"
    export(small, path)
    result = CliRunner().invoke(main, ["show", f"{DATA}harbour-2020/routes/able-lima", "-g", str(path)])
    assert result.exit_code == 1
    assert "it lacks the ontology; take a graph that" in result.stderr


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nq"])
def test_what_is_exported_opens_again_with_the_same_claims(small: Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"all{suffix}"
    taken = export(small, path)
    assert taken.claims
    packed = tmp_path / f"packed{suffix}.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    opened = load(path)
    added = ("http://www.w3.org/ns/oa#", RDFS_LABEL)  # of evidence, and the sentences of claims
    assert {one for one in triples(opened) if not any(name in str(one) for name in added)} <= triples(small)
    for claim in taken.claims:
        (sentence,) = {quad[:3] for quad in opened.about([claim])} - {quad[:3] for quad in small.about([claim])}
        assert sentence[1].value == RDFS_LABEL
    assert len(opened) == len(triples(opened)), "a statement lies in two graphs"
    if suffix == ".ttl":  # its digest is in the names of its graphs
        assert triples(opened) == triples(load(packed))
    else:
        assert opened.digest == load(packed).digest
    for name in ("funding", "numbers"):
        question = Query.find(name)
        assert question.run(opened, {}, "en").rows == question.run(small, {}, "en").rows


def test_what_lies_in_no_named_graph_goes_to_that_of_its_source(small: Graph, tmp_path: Path) -> None:
    path = tmp_path / "small.ttl"
    export(small, path)
    where = {quad.subject.value: quad.graph_name for quad in load(path).quads() if isinstance(quad.subject, NamedNode)}
    before = {(quad.subject.value, quad.graph_name) for quad in small.quads() if isinstance(quad.subject, NamedNode)}
    claims = [name for name in where if "/funding/" in name or re.search("/evidence/[^/]+$", name)]
    assert len(claims) > 10
    assert {(name, where[name]) for name in claims} <= before
    assert {where[name] for name in where if "/code#" in name} == {ONTOLOGY}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("blank.ttl", "<a:b> <a:c> [ <a:d> (1 _:x) ] . _:x <a:e> _:x ."),
        ("blank.trig", "<a:b> <a:c> [ <a:d> (1 _:x) ] . _:g { _:x <a:e> _:x }"),
        ("blank.nq", "<a:b> <a:c> _:x .\n_:x <a:e> _:x _:g ."),
        ("blank.rdf", RDF.format('<a:A><a:b rdf:parseType="Resource"><a:c>d</a:c></a:b></a:A>')),
        ("relative.ttl", "<> <a:c> <#x> ."),
    ],
)
def test_what_has_no_name_gets_one_that_stays(made: Make, name: str, content: str) -> None:
    found = [said(made(name, content)) for _ in range(2)]
    assert found[0] == found[1]
    terms = {term for quad in found[0] for term in quad}
    assert not [term for term in terms if isinstance(term, BlankNode | Triple)]
    assert any(str(term).startswith(f"<{DATA}file/") for term in terms)


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".trig", ".nq", ".rdf"])
def test_all_naughty_strings_survive(made: Make, suffix: str) -> None:
    words = [
        *HOSTILE.values(),
        "<<( <a:b> )>> _:x [ ( base <x> prefix",
        "'''\"\"\"",
        "\r\n\t\\",
        "<!DOCTYPE r>",
        "ﷺ" * 99,
    ]
    if suffix == ".rdf":  # XML has no control characters
        words = [word for word in words if word.isprintable() or word == "\r\n\t\\"]
    form = FORMATS[suffix]
    graph = NamedNode("a:g")
    quads = [Quad(NamedNode(f"a:{n}"), NamedNode("a:c"), Literal(word), graph) for n, word in enumerate(words)]
    parts = quads if form.supports_datasets else [Triple(*list(quad)[:3]) for quad in quads]
    path = made(f"naughty{suffix}", serialize(parts, format=form) or b"")
    assert {quad.object.value for quad in said(path) if isinstance(quad.object, Literal)} == set(words)


def test_our_own_files_need_no_worker(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tipgraph.graph.sandbox.limited", None)
    for suffix in (".trig", ".nq.gz"):
        path = tmp_path / f"graph{suffix}"
        write(graph, path)
        assert load(path).digest == graph.digest


@pytest.mark.parametrize(
    "line",
    ["<a:b> <a:c> [ ] .", "<a:b> <a:c> ( 1 ) .", '<a:b> <a:c> [ <a:p> ( "[" ) ] .',
     '<a:b> <a:c> "x" , [ ] , "y" .', "<a:b> <a:c> '\"' , [ ] , '\"' .", '<a:b> <a:c> """\n" """ , [ ] , "y" .',
     '# "\n<a:b> <a:c> [ ] . # "', '# " \r<a:b> <a:c> [ ] . # "', '<a:b> <a:c> "\\"" , ( 1 ) .'],
)  # fmt: skip
def test_no_quote_hides_a_node_without_a_name(made: Make, line: str) -> None:
    path = made("some.trig", f"{line}\n<a:g> {{ <a:b> <a:c> [ ] }}")
    assert not [term for quad in said(path) for term in quad if isinstance(term, BlankNode)]


@pytest.mark.parametrize("suffix", [".nq", ".trig", ".ttl", ".NQ", ".Ttl"])
def test_a_mark_at_the_beginning_and_capitals_in_the_suffix_are_taken(tmp_path: Path, suffix: str) -> None:
    said = '<a:b> <a:c> "d" .'
    (tmp_path / f"marked{suffix}").write_text(said, "utf-8-sig")
    assert [str(quad.object) for quad in load(tmp_path / f"marked{suffix}").quads()] == ['"d"']


@pytest.mark.parametrize("piece", [b'\\"', b"<a", b"prefix", b"base "])
def test_no_line_makes_the_scan_look_back_again_and_again(made: Make, piece: bytes) -> None:
    """What took the square of its length would take hours here; what has no end is left to the worker."""
    line = b'<a:g> { <a:b> <a:c> [ "' + piece * 400_000
    assert "cannot be read" in refusal(made("endless.trig", line), SMALL._replace(seconds=20))
