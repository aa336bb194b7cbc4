"""The claims about an entry as one object: `tipgraph show` prints it, and a notebook shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tipgraph.display import text
from tipgraph.display.claims import ClaimView, Trait, claims_about, identity_of
from tipgraph.errors import CallError
from tipgraph.graph import Graph, resolve
from tipgraph.sources import Texts


@dataclass(frozen=True, repr=False)
class Account:
    """The claims about an entry.

    Each of `claims` has a `sentence`, `citations`, a `remark`, `contradictions`, and the `agreeing` claims of other
    sources. `print` it for the text of `tipgraph show`. Its quotes come from `texts`.
    """

    iri: str
    label: str
    traits: tuple[Trait, ...]
    claims: tuple[ClaimView, ...]
    texts: Texts

    def __iter__(self) -> Iterator[ClaimView]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def __repr__(self) -> str:
        return f"<Account of {self.label!r}: {len(self.claims)} claims>"

    def __str__(self) -> str:
        return self.text()

    def text(self, form: str = "table") -> str:
        """Return it as text for a person (`table`), or its claims as rows in `csv` or `json`."""
        lines = [self.label, self.iri, *(f"{trait.name}: {trait.words}" for trait in self.traits)]
        return text.claims_text(lines, self.claims, form, self.texts)


def show(graph: Graph, thing: str, *, texts: Texts | Path | str | None = None, language: str = "en") -> Account:
    """Return the claims about an entry, each with its sentence, and contradictions side by side.

    `thing` is an entry: a short name such as `usaid` or `place:japan`, an ISO code, an alias or an IRI. `texts` is the
    folder with the texts of the sources. Quotes have the licences of their sources; read these before you pass a
    notebook on. Raises UnknownName, with near names, AmbiguousName, or CallError if the folder does not exist.

    >>> from tipgraph import build
    >>> account = show(build(), "place:japan")
    >>> account.label, account.claims[0].sentence
    ('Japan', '“Japan” refers to Japan (name)')
    """
    if not isinstance(texts, Texts):
        if texts and not Path(texts).is_dir():
            raise CallError(f"{texts}: there is no such folder; name the one that holds the texts of the sources")
        texts = Texts(Path(texts) if texts else None)
    node = resolve(graph, thing)
    label = graph.labels([node], language).get(node, node.value)
    traits, claims = identity_of(graph, node, language), claims_about(graph, node, language)
    return Account(node.value, label, tuple(traits), tuple(claims), texts)
