"""Text of sources stays text on every page: it is never parsed, never runs, never leads where it should not."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pyoxigraph import Literal, NamedNode

from tests.conftest import statements_of
from tests.pages.conftest import ACTOR, address, pages_of
from tipgraph.display.environment import json_block
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA, Statement
from tipgraph.outputs.site import render
from tipgraph.outputs.site.site_tree import Site, linked, thing_path

PARSES = re.compile(
    r"(?:inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|\bfetch\(|XMLHttpRequest"
)
# What asks a server; and what shows a page of the site in one file, as the site would, once its texts are escaped.
LETS = {
    "ask.js": {"fetch("},
    "one-file.js": {"document.write"},
    "review.js": {"fetch("},  # the review page and its server
}
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def test_hostile_words_stay_words_on_every_page(page: Page, hostile: Path) -> None:
    seen = 0
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    for path in hostile.rglob("*"):
        if path.suffix in (".html", ".svg"):  # what would be obeyed and not seen is made visible
            assert not {"\u202e", "\u200b"} & set(path.read_text("utf-8")), path
    for path in pages_of(hostile):
        page.goto(path.as_uri())
        text = page.evaluate("document.body.innerText + document.title")
        seen += "<img src=x onerror=alert(1)>" in text
        assert page.evaluate("document.querySelectorAll('img[src=x], [onerror]').length") == 0, path
        links = page.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href') ?? '')")
        away = [link for link in links if not link.startswith(hostile.as_uri())]  # as scripts write those of claims
        assert [link for link in away if re.match(r"(?!https?:)[a-z]+:", link, re.IGNORECASE)] == [], path
    assert (seen > 10, alerts) == (True, [])
    page.goto(address(hostile, thing_path(ACTOR)))
    assert page.get_by_role("link", name="https://example.org/fine").count() == 1
    assert page.get_by_text("javascript:alert(1)").count() == 1


def test_every_page_has_the_same_strict_policy_and_keeps_it(site: Path) -> None:
    """But for the page on which one asks, which may ask its server, or run the engine that it carries."""
    policies = set()
    for path in pages_of(site):
        text = path.read_text("utf-8")
        found = POLICY.search(text)
        assert found, path
        policy = found[1]
        for asks in (" connect-src 'self'; worker-src blob:;", " 'wasm-unsafe-eval'"):
            assert (asks in policy) == (path.name == "ask.html"), path
            policy = policy.replace(asks, "")
        policies.add(policy)
        assert text.index(found[0]) < text.index("<link"), path
        body = re.sub(r"<(pre|script)\b.*?</\1>", "", text, flags=re.DOTALL)
        assert not re.search(r"<[^>]+\s(?:style|on\w+)\s*=", body), path
        data = r'type="application/(?:json|gzip;base64)"'
        assert not re.search(rf'<style|<script(?![^>]*\b(?:src="[^":]+"|{data}))', text), path
        assert not re.search(r'\b(?:src|href)="(?:https?:)?//[^"]*"[^>]*>\s*</(?:script|link|img)', text), path
    (policy,) = policies
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:|\*|unsafe", policy)


def test_no_script_of_ours_parses_text_as_html() -> None:
    folder = Path(__file__).parents[2] / "src" / "tipgraph" / "outputs" / "site" / "web" / "static"
    scripts = sorted(folder.glob("*.js"))
    assert scripts
    for path in scripts:
        found = set(PARSES.findall(path.read_text("utf-8")))
        assert found <= LETS.get(path.name, set()), path


ODD = (
    "x/../../etc",
    "a/actors/CON",
    "a/actors/con",
    "a/actors/A",
    "a/b/" + "x" * 300,
    "a/b/ü",
    "a/b/",
    "a/b/c\\d",
    "a/b/nul.x",
)


def test_a_page_of_a_thing_has_a_name_of_its_own_that_every_disk_takes_and_no_other_is_written(tmp_path: Path) -> None:
    for iri in ODD:
        parts = thing_path(DATA + iri).split("/")
        assert parts[0] == "thing"
        for part in parts:
            assert re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", part), part
            assert len(part) <= 90
            assert part.partition(".")[0] not in ("con", "nul")
    assert thing_path(f"{DATA}a/b/X").casefold() != thing_path(f"{DATA}a/b/x").casefold()
    for path in ("../x.html", "/x.html", "a/../x.html", "CON.html", "a b.html", "a/x.html\n"):
        with pytest.raises(ValueError, match="not a path"):
            Site(tmp_path / "site", "en").write_text(path, "x")
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_is_not_of_the_web_is_no_link() -> None:
    for own in (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https:",
        "https://a\u202eb",
        " https://x",
        "https://w3id.org@evil.example/",
        "https://\u0430pple.com/",
    ):
        assert linked(own) == "", own


@pytest.mark.parametrize("text", ["</script>", "<!--", "a\u2028b", "a\x1bb", "\\u001b", "\\\x1b", "\u202e"])
def test_a_block_of_json_ends_where_we_say_and_reads_back(text: str) -> None:
    import json

    block = str(json_block({"x": text}))
    assert "<" not in block
    read = json.loads(block)["x"]
    assert read == text or "\ufffd" in read
    assert "\x1b" not in read


def test_sources_and_networks_of_any_name_stay_within_the_site(small: Graph, tmp_path: Path) -> None:
    """A graph made elsewhere may name its sources and networks as it likes."""
    harbour, evil = f"{DATA}harbour-2020", f"{DATA}../../../pwn"
    network = NamedNode("https://w3id.org/tipgraph/ns#network")
    statements = []
    for quad in statements_of(small):
        terms: list[Any] = [
            NamedNode(term.value.replace(harbour, evil)) if isinstance(term, NamedNode) else term for term in quad
        ]
        if quad.predicate == network and isinstance(quad.object, Literal) and quad.object.value == "partnership":
            statements.append(Statement(*terms)._replace(object=Literal("../../../pwn")))
        statements.append(Statement(*terms))
    first = render(Graph(statements), tmp_path / "deep" / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["site"]
    assert len(list(first.parent.glob("source/x-*.html"))) == 1
    assert len(list(first.parent.glob("network/x-*.html"))) == 1
