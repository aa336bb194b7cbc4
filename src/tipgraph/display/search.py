"""Entries and claims that some words name: by their names, their sentences and, with the texts, the quoted words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.display.claims import StoredClaims, identities_of
from tipgraph.errors import CallError
from tipgraph.graph import Graph
from tipgraph.model import DATA, data_name, unaccented

if TYPE_CHECKING:
    from tipgraph.sources import Texts

HIT: Final = ("kind", "found", "said at", "quote", "id")
_TABLES = ("actors", "undertakings", "places", "documents", "routes")  # organizations first
_SMALL_WORDS = """
a about an and any are at been between by did do does each every ever for from has have how in
is of on paid pay pays still the there to was were what when where which who whom whose
why with con como cual cuales cuando de del donde el en la las los para por que quien quienes se y
"""
SMALL_WORDS: Final = frozenset(_SMALL_WORDS.split())  # of questions, and between names
_MOST = 20_000  # claims: to say all of a larger graph takes long


class Search(NamedTuple):
    """Rows of `HIT`: entries, of that name, then organizations, then others; claims, reviewed ones first.

    `read_as` has the words that were taken for others, `has` says how many words each row has. In a large graph only
    names are searched, and `every` is false.
    """

    entries: list[list[str]]
    claims: list[list[str]]
    read_as: Mapping[str, str]
    has: str
    every: bool


def find(graph: Graph, text: str, texts: "Texts", language: str = "en") -> Search:
    """Return the entries and the claims with words that begin as those of a text do, whatever their accents.

    A word that nothing has is taken for the nearest one. If nothing has all words, what has most of them is returned.
    Claims of a graph with more than 20,000 are not searched. Raises CallError for a text without a word.
    """
    given = _words([text])
    asked = [word for word in given if word not in SMALL_WORDS] or given
    if not asked:
        raise CallError("name the words to find: `tipgraph find border officers`")
    names: dict[NamedNode, list[str]] = {}
    for row in graph.named("other-names"):
        if row["thing"].value.startswith(DATA):  # a code of the ontology is no entry
            names.setdefault(row["thing"], []).append(row["name"].value)
    searched = sum(int(row["number"].value) for row in graph.named("claim-counts")) <= _MOST
    views = StoredClaims.of_graph(graph).views(language).values() if searched else ()
    quoted = [(view, view.quotes(texts)) for view in views if view.is_counted]
    own_words = {entry: _words(own) for entry, own in names.items()}
    own_words |= {view.claim: _words([view.sentence, *quotes]) for view, quotes in quoted}
    read_as = _nearest(asked, {word for own in own_words.values() for word in own})
    wanted = [read_as.get(word, word) for word in asked]
    shared = {node: _shared(own, wanted) for node, own in own_words.items()}
    most = max(shared.values(), default=0) or 1
    said = sorted((one for one in quoted if shared[one[0].claim] == most), key=lambda one: one[0].remark.unreviewed)
    rows = [
        [view.heading, view.sentence, "; ".join(view.places), " … ".join(quotes), view.key] for view, quotes in said
    ]
    found = {entry: wanted in [_words([name]) for name in own] for entry, own in names.items() if shared[entry] == most}
    return Search(_entry_rows(graph, found, language), rows, read_as, f"{most} of {len(asked)} words", searched)


def _words(texts: Iterable[str]) -> list[str]:
    return re.findall(r"[^\W_]+", unaccented(" ".join(texts)))


def _shared(own: Iterable[str], wanted: Iterable[str]) -> int:
    """Return how many of the wanted words begin a word."""
    return sum(any(word.startswith(begun) for word in own) for begun in wanted)


def _nearest(asked: Iterable[str], known: set[str]) -> dict[str, str]:
    """Return the nearest known word of each word with which none begins, if one is near."""
    strange = (word for word in asked if not any(other.startswith(word) for other in known))
    near = {word: get_close_matches(word, sorted(known), n=1, cutoff=0.75) for word in strange}
    return {word: found[0] for word, found in near.items() if found}


def _entry_rows(graph: Graph, entries: Mapping[NamedNode, bool], language: str) -> list[list[str]]:
    """Return a row for each entry: first one with exactly this name; of one table those with most claims first."""
    if not entries:
        return []
    claims = Counter(row["thing"] for row in graph.named("mentions"))
    labels, traits = graph.labels(entries, language), identities_of(graph, entries, language)

    def rank(entry: NamedNode) -> tuple[bool, int, int, str]:
        table = data_name(entry.value).partition("/")[2].partition("/")[0]
        place = _TABLES.index(table) if table in _TABLES else len(_TABLES)
        return not entries[entry], place, -claims[entry], entry.value

    return [
        [traits[entry][0].words if entry in traits else "", labels.get(entry, ""),
         f"{claims[entry]} claim{'s' * (claims[entry] != 1)}", "", data_name(entry.value)]
        for entry in sorted(entries, key=rank)
    ]  # fmt: skip
