"""All that is said of a thing, as an object that says itself: what `tipgraph show` prints, and a notebook shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tipgraph.display.claims import Said, Trait, identity_of, said_of
from tipgraph.errors import CallError
from tipgraph.graph import Graph, resolve
from tipgraph.sources import Texts


@dataclass(frozen=True, repr=False)
class Account:
    """All that the sources say of one thing: its claims as sentences, each with where it is said.

    `claims` are `Said`: `sentence`, `citations`, `notes`, `implied`, `against` (what contradicts it), `also` (where
    others say it). Printed, it is the text of `tipgraph show`; `texts` gives the quotes.
    """

    iri: str
    label: str
    traits: tuple[Trait, ...]
    claims: tuple[Said, ...]
    texts: Texts

    def __iter__(self) -> Iterator[Said]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def __repr__(self) -> str:
        return f"<Account of {self.label!r}: {len(self.claims)} claims>"

    def __str__(self) -> str:
        return self.text()

    def text(self, form: str = "table") -> str:
        """Return it as text for a person (`table`), or its claims as rows in `csv` or `json`."""
        from tipgraph.display import text

        lines = [self.label, self.iri, *(f"{name}: {value}" for name, value, _ in self.traits)]
        return text.said_text(lines, self.claims, form, self.texts)


def account(graph: Graph, thing: str, texts: Texts, language: str = "en") -> Account:
    """Return all that is said of a thing, by a short name; raise UnknownName or AmbiguousName."""
    node = resolve(graph, thing)
    label = graph.labels([node], language).get(node, node.value)
    traits, claims = identity_of(graph, node, language), said_of(graph, node, language)
    return Account(node.value, label, tuple(traits), tuple(claims), texts)


def show(graph: Graph, thing: str, *, texts: Path | str | None = None, language: str = "en") -> Account:
    """Return all that the sources say of a thing, each claim with its sentence, and contradictions beside each other.

    `thing` is a short name: `usaid`, `place:japan`, an ISO code, an alias, an IRI. `texts` is a folder with the texts
    of the sources; what is quoted from them are other people's words, so mind their licences before you hand a
    notebook on. Raises UnknownName, with near names, AmbiguousName, or CallError where there is no such folder.

    >>> from tipgraph import build
    >>> found = show(build(), "place:japan")
    >>> found.label, found.claims[0].sentence
    ('Japan', '“Japan” refers to Japan (name)')
    """
    folder = None if texts is None else Path(texts)
    if folder is not None and not folder.is_dir():
        raise CallError(f"{folder}: there is no such folder; name the one that holds the texts of the sources")
    return account(graph, thing, Texts(folder), language)
