"""The statements of a release: what is left, without the places and ids that would tell what is not.

A source of which anything is withheld is *closed*: no place in its text, no digest and no id of its rows is told, so
that no gap shows and nothing can be guessed. Another source gives places and digests where it is shown with words, else
paragraphs and sentences, since a digest confirms a guess.

Decision: docs/decisions/0099-release-keys-are-used-once.md.
"""

import hmac
from collections.abc import Iterable, Iterator
from functools import cached_property
from secrets import token_bytes
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.model import DATA, PREFIXES, REFERENCE, Object, Statement, data_iri, data_name, tip
from tipgraph.outputs.release.entry_names import FIGURES
from tipgraph.outputs.release.generalize import coarser, without_paragraphs
from tipgraph.outputs.release.plan import Decided, node_source

RELEASED: Final = "released"  # stands for the source in the IRI of a thing whose own source is not shown
_TYPE = NamedNode(f"{PREFIXES['rdf']}type")
_LABEL = NamedNode(f"{PREFIXES['rdfs']}label")
_EVIDENCE, _SOURCE = NamedNode(tip.evidence), NamedNode(tip.source)
_HEDGE, _SUPPRESSED = NamedNode(tip.hedge), NamedNode(f"{PREFIXES['code']}hedge-suppressed")
_TRUE = Literal("true", datatype=NamedNode(f"{PREFIXES['xsd']}boolean"))
_EDITORS: Final = Literal("the editors")  # whoever judges may be a person
_CORRECTED: Final = Literal("a cell, before this release", language="en")  # what it was may be what is withheld
_EXACT: Final = frozenset({tip.start, tip.end, tip.digest, tip.sha256, tip.textFile})  # lead to the very words
_JUDGED: Final = frozenset({"Judgement", "Assessment"})
_NAMES: Final = frozenset({_LABEL.value, f"{PREFIXES['skos']}altLabel", tip.title, tip.note})
_ROW: Final = 3  # parts of the IRI of a row: source, table, id
_LETTERS: Final = 12  # of a digest, in a name that tells nothing


class Rewriting:
    """Rewrites the statements of a graph as was decided; each time under other ids."""

    def __init__(self, decided: Decided) -> None:
        """Rewrite what is left; the key of the new ids is made here and never written."""
        self.decided = decided
        self.web = decided.web
        self._key = token_bytes()
        self._names: dict[NamedNode, NamedNode] = {}

    def statements(self) -> list[Statement]:
        """Return the statements of the release, the ontology with them, and nothing that is derived."""
        said = [each for one in self.decided.left for each in self._moved(one)]
        said = [each for one in said for each in self._said(one)]
        said += [each for source in sorted(self.decided.closed, key=str) for each in _withheld_place(source)]
        done = dict.fromkeys(self._renamed(one) for one in said)
        idle = self._idle(done)
        return [*(one for one in done if one.subject not in idle and one.object not in idle), *self.decided.terms]

    def _moved(self, one: Statement) -> Iterator[Statement]:
        """Yield a statement; what a source that is not shown says of a thing that stays, is said by one that is."""
        if one.source not in self.decided.sources:
            yield one
        elif one.predicate in (_TYPE, _LABEL) and one.subject in self._speaking:
            yield one._replace(source=self._speaking[one.subject])

    @cached_property
    def _speaking(self) -> dict[NamedNode, NamedNode]:
        """The first source that is shown and says something of a thing, by the thing."""
        found: dict[NamedNode, NamedNode] = {}
        for one in sorted(self.decided.left, key=lambda one: one.source.value):
            if one.source not in self.decided.sources and isinstance(one.object, NamedNode):
                found.setdefault(one.object, one.source)
        return found

    def _said(self, one: Statement) -> Iterator[Statement]:
        """Yield what becomes of a statement: as it was, or less."""
        decided, subject = self.decided, one.subject
        if subject in decided.renamed:
            if one.predicate == _TYPE:
                yield one
                yield from self._called(subject, one.source)
        elif decided.closed and "Retirement" in self.web.classes(subject):
            return  # it tells old ids
        elif self._is_place(one) or subject in decided.larger:
            yield from self._placed(one)
        elif isinstance(one.object, NamedNode) and one.object in decided.larger:
            if decided.taken.speaks(one):
                yield one._replace(object=decided.larger[one.object])
        elif subject in decided.unnamed and one.predicate.value in _NAMES:
            yield from self._by_class(one)
        else:
            yield from self._less(one)

    def _is_place(self, one: Statement) -> bool:
        """Tell whether a statement says where something stands in a text, or what the text is."""
        spots = {"Evidence", "Paragraph"} & self.web.classes(one.subject)
        return bool(spots) or one.predicate == _EVIDENCE or one.predicate.value in _EXACT

    def _placed(self, one: Statement) -> Iterator[Statement]:
        """Yield a statement on a place in a text as far as its source is shown."""
        if one.subject in self.decided.larger or (one.source in self.decided.closed and one.predicate != _EVIDENCE):
            return
        if one.predicate == _EVIDENCE and isinstance(one.object, NamedNode):
            source = node_source(one.object)
            yield one._replace(object=_placeless(source)) if source in self.decided.closed else one
        elif self.decided.quotes.shows(one.subject) or self.decided.quotes.text(one.subject):
            yield one
        elif one.predicate.value not in _EXACT and "Paragraph" not in self.web.classes(one.subject):
            yield one
            if one.predicate == _TYPE and any(
                each.predicate.value == tip.start for each in self.web.about[one.subject]
            ):
                yield Statement(one.subject, NamedNode(tip.placeWithheld), _TRUE, one.source)

    def _by_class(self, one: Statement) -> Iterator[Statement]:
        """Yield the label of its class in place of a label that tells."""
        if one.predicate != _LABEL or not isinstance(one.object, Literal):
            return
        kinds = set(self.web.values(one.subject, _TYPE.value))
        labels = {term.object.value for term in self.decided.terms if term.subject in kinds and term.predicate == _LABEL
                  and isinstance(term.object, Literal) and term.object.language == one.object.language}  # fmt: skip
        for label in sorted(labels)[:1]:
            yield one._replace(object=Literal(label, language=one.object.language))

    def _less(self, one: Statement) -> Iterator[Statement]:
        """Yield a statement without the names, figures and days that go."""
        decided, subject, name = self.decided, one.subject, one.predicate.value
        one = decided.lifted(one)
        if isinstance(one.object, Literal) and one.object.language and one.source in decided.closed:
            said = without_paragraphs(one.object.value, one.object.language)
            one = one._replace(object=Literal(said, language=one.object.language))
        if subject in decided.small and (name in FIGURES or one.predicate == _HEDGE):
            if one.predicate == _HEDGE:
                yield one._replace(object=_SUPPRESSED)
        elif name == tip.judge:
            yield one._replace(object=_EDITORS)
        elif name == tip.fingerprint or (name == tip.reason and self._assesses_closed(subject)):
            return  # a digest confirms a guess, and a reason may speak of the words
        elif name == tip.correction:
            yield one._replace(object=_CORRECTED)
        elif subject in decided.told_coarser:
            yield from coarser(one, decided.told_coarser[subject])
        else:
            yield one

    def _assesses_closed(self, node: NamedNode) -> bool:
        """Tell whether a node is an assessment of a claim of a closed source."""
        claims = self.web.values(node, tip.claim) if "Assessment" in self.web.classes(node) else ()
        return any(node_source(claim) in self.decided.closed for claim in claims)

    def _called(self, thing: NamedNode, source: NamedNode) -> Iterator[Statement]:
        for language, label in self.decided.renamed[thing].label.items():
            yield Statement(thing, _LABEL, Literal(label, language=language), source)

    def _idle(self, done: Iterable[Statement]) -> set[NamedNode]:
        """Return evidence that no claim names, and things of the reference that no claim speaks of."""
        statements = list(done)
        used = {one.object for one in statements if isinstance(one.object, NamedNode) and one.subject in self._claims}
        for node in (queue := list(used)):
            queue += [place for place in self.web.values(node, tip.partOf) if place not in used]
            used.update(queue)
        known = {
            one.subject for one in statements if one.source == REFERENCE and "Thing" in self.web.classes(one.subject)
        }
        return (known | self.decided.taken.spans(statements)) - used

    @cached_property
    def _claims(self) -> set[NamedNode]:
        """The names of all that is no thing: claims, and what speaks of them."""
        return {self.name(node) for node in self.web.about if "Thing" not in self.web.classes(node)}

    def _renamed(self, one: Statement) -> Statement:
        return Statement(self.name(one.subject), one.predicate, self._object(one.object), one.source)

    def _object(self, term: Object) -> Object:
        return self.name(term) if isinstance(term, NamedNode) else term

    def name(self, node: NamedNode) -> NamedNode:
        """Return the name of a node in the release: its own where its source is shown whole, else one made for it."""
        if node not in self._names:
            self._names[node] = self._new(node) if self._is_told(node) else node
        return self._names[node]

    def _is_told(self, node: NamedNode) -> bool:
        """Tell whether the id of a node would tell.

        It does of a row of a closed source, and of what is judged where any source is closed: that is counted through.
        Things that all share keep theirs.
        """
        if not node.value.startswith(DATA) or node.value.count("/") - DATA.count("/") + 1 < _ROW:
            return False
        source = node_source(node)
        if _JUDGED & self.web.classes(node):
            return bool(self.decided.closed)
        shared = source == REFERENCE and "Thing" in self.web.classes(node)
        return node in self.decided.renamed or (source in self.decided.closed | self.decided.sources and not shared)

    def _new(self, node: NamedNode) -> NamedNode:
        source, table = data_name(node.value).split("/")[:2]
        hidden = data_iri(source) in self.decided.sources or node in self.decided.renamed
        digest = hmac.new(self._key, node.value.encode(), "sha256").hexdigest()[:_LETTERS]
        return data_iri(RELEASED if hidden else source, table, f"r-{digest}")


def _withheld_place(source: NamedNode) -> Iterator[Statement]:
    node = _placeless(source)
    yield Statement(node, _TYPE, NamedNode(tip.Evidence), source)
    yield Statement(node, _SOURCE, source, source)
    yield Statement(node, NamedNode(tip.placeWithheld), _TRUE, source)


def _placeless(source: NamedNode) -> NamedNode:
    return NamedNode(f"{source.value}/evidence/withheld")
