"""Who does what a verb says, to whom, with whom and where: paths in the parse of a sentence, and lists of mentions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from tipgraph.curation.drafts.rules.mentions.entry_mention import PLACES, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence

if TYPE_CHECKING:
    from spacy.matcher import DependencyMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_CLIMBS: Final = "conj|xcomp|advcl|ccomp"
_OBJECT: Final = "dobj|attr|dative|oprd"
PATHS: Final = {
    "subject of verb": (
        "* > nsubj", "* > agent > pobj", "* > nsubj:WDT|WP < relcl < *", "acl:VBG < *",
        f"{_CLIMBS} < * > nsubj", f"{_CLIMBS} < {_CLIMBS} < * > nsubj", "pcomp < prep < * > nsubj",
        f"{_CLIMBS} < acl:VBG < *", f"{_CLIMBS} < relcl < *",
    ),
    "object of verb": (
        f"* > {_OBJECT}", "* > nsubjpass", f"* > {_OBJECT} > prep=of > pobj", f"* > {_OBJECT}:WDT|WP < relcl < *",
        "* > nsubjpass:WDT|WP < relcl < *", "acl:VBN < *", "conj < * > nsubjpass", "conj < acl:VBN < *", "amod < *",
        "xcomp:VBN < * > nsubj",
    ),
    "subject of phrase": ("* << * > agent > pobj", "* << * > nsubj"),
    "object of phrase": ("* << *", f"* << * > nsubjpass|{_OBJECT}", "* << * > nsubj"),
    "after of phrase": ("* > pobj", f"* > {_OBJECT}"),
    "preposition": (
        "* > prep|agent|dative > pobj", f"* > {_OBJECT}|nsubj|nsubjpass > prep|agent > pobj",
        "* > prep > pobj > prep > pobj", "* < prep < * > prep|agent > pobj",
    ),
    "owner": ("* > poss",),
}  # fmt: skip
"""The paths from a verb, or the first word of a phrase, to a part: `<` is to the word on which one depends."""
_SAME: Final = {"during": "in", "within": "in", "via": "through", "alongside": "with", "inside": "in", "near": "at",
                "into": "to", "throughout": "in", "across": "in"}  # fmt: skip
_LINKS: Final = frozenset({",", "and", "&", "or", "/", "as", "well", "together", "with", "along"})
_BESIDE: Final = frozenset({"the", "a", "an", "its", "their", "other", "some", "both", "by", "from", "-", "“", '"',
                            "several", "this", "these", "all", "each", "his", "her", "those", "also"})  # fmt: skip
_ARTICLES: Final = frozenset({"the", "a", "an", "its", "their"})
_OF: Final = frozenset({"of"})
_OF_ASIDE: Final = frozenset({"in", "of", "from", "at"})
_FAR: Final = 60  # characters in which a list goes on
_START: Final = "start"  # set as the lemma of the words at which paths may start: all others would take long
_BRACKETS: Final = {"(": 1, ")": -1}


def path_matcher(vocab: "Vocab") -> "DependencyMatcher":
    """Return the matcher of all paths; the first word of a match is the start, and the last one the part."""
    from spacy.matcher import DependencyMatcher

    matcher = DependencyMatcher(vocab)
    for name, paths in PATHS.items():
        for rank, path in enumerate(paths):
            pattern = _pattern(path)
            if name != "owner":
                pattern[0]["RIGHT_ATTRS"]["LEMMA"] = _START
            matcher.add(f"{name} {rank}", [pattern])
    return matcher


def _pattern(path: str) -> list[dict[str, Any]]:
    """Return a path such as `* > prep=of > pobj` as a pattern: relations, with words after `=` and tags after `:`."""
    first, *steps = path.split()
    pattern: list[dict[str, Any]] = [{"RIGHT_ID": "0", "RIGHT_ATTRS": _attributes(first)}]
    for at, (operator, node) in enumerate(zip(steps[::2], steps[1::2], strict=True)):
        attributes = _attributes(node)
        pattern.append({"LEFT_ID": str(at), "REL_OP": operator, "RIGHT_ID": str(at + 1), "RIGHT_ATTRS": attributes})
    return pattern


def _attributes(node: str) -> dict[str, Any]:
    relation, _, tags = node.partition(":")
    relation, _, words = relation.partition("=")
    every = {"DEP": relation.replace("*", ""), "TAG": tags, "LOWER": words}
    return {name: {"IN": values.split("|")} for name, values in every.items() if values}


class Relations:
    """The paths of one sentence, and the mentions at their ends."""

    def __init__(self, reading: ReadSentence, matcher: "DependencyMatcher") -> None:
        self.tokens, self._outer = reading.sentence.tokens, reading.outer
        self._mentions, self._matcher = reading.mentions, matcher
        self.doc = _doc(reading, matcher.vocab)

    def start(self, *places: int) -> None:
        """Let paths start at some words, before the first path is asked for."""
        for at in places:
            if at >= 0:
                self.doc[at].lemma_ = _START

    @cached_property
    def _ends(self) -> dict[tuple[str, int], list[tuple[int, int]]]:
        """The ends of the paths of each name and start, the nearest first, each with the word before it."""
        found: dict[tuple[str, int], list[tuple[int, int, int, int]]] = defaultdict(list)
        for key, path in self._matcher(self.doc):
            name, _, rank = self.doc.vocab.strings[key].rpartition(" ")
            found[name, path[0]].append((int(rank), abs(path[-2] - path[0]), path[-2], path[-1]))
        return {key: [each[2:] for each in sorted(ends)] for key, ends in found.items()}

    def ends(self, name: str, start: int) -> list[int]:
        """Return the last words of the paths of a name that start at a word, the nearest first."""
        return [end for _, end in self._ends.get((name, start), ())]

    def lists(self, name: str, start: int, apart: tuple[int, int]) -> Iterator[list[EntryMention]]:
        """Yield the lists of mentions at the ends of paths; no mention holds the words from one place to another."""
        for end in self.ends(name, start):
            if mention := self.holding(end, apart):
                yield self.listed(mention)

    def after(self, preposition: str, start: int, apart: tuple[int, int]) -> Iterator[list[EntryMention]]:
        """Yield the lists after a preposition: first by paths from a word, then right after it in the sentence."""
        for link, end in self._ends.get(("preposition", start), ()):
            is_such = self._word(link) == preposition and not apart[0] < self.tokens[link].end <= apart[1]
            if is_such and (mention := self.holding(end, apart)):
                yield self.listed(mention)
        for one in self._outer:
            if one.start >= apart[1] and self.preposition(one) == preposition:
                yield self.listed(one)

    def holding(self, at: int, apart: tuple[int, int]) -> EntryMention | None:
        """Return the outermost mention that has a word, or one beside it, but not what it must be apart from.

        Beside is "Ana Roth, the Director", and of "Director Ana Roth" only the post.
        """
        kids = [kid for kid, one in enumerate(self.tokens) if one.head == at and one.relation in ("appos", "compound")]
        for place in (at, *kids):
            start, is_before = self.tokens[place].start, self.tokens[place].relation == "compound" and place != at
            for one in self._mentions:
                is_apart = one.end <= apart[0] or apart[1] <= one.start
                if one.start <= start < one.end and is_apart and not (is_before and one.cls != "Post"):
                    return one
        return None

    def listed(self, mention: EntryMention) -> list[EntryMention]:
        """Return the mentions of a table that are listed with one: "A, B in Lima and C"; of "A of B" only A."""
        level = [one for one in self._mentions if one.table == mention.table and self._is_level(one, mention)]
        such = [one for one in level if one == mention or mention.table == PLACES or not self._owns(one, level)]
        places = [one for one in self._outer if one.table == PLACES]
        aside = [one for one in (*level, *places) if one not in such]
        return next(run for run in self._runs(such, aside) if mention in run)

    def _runs(self, such: Sequence[EntryMention], aside: Sequence[EntryMention]) -> list[list[EntryMention]]:
        """Return mentions in the lists in which they stand; one that is not listed stands alone."""
        runs: list[list[EntryMention]] = []
        for one in such:
            if runs and self._are_listed(runs[-1][-1], one, aside):
                runs[-1].append(one)
            else:
                runs.append([one])
        return runs

    def _is_level(self, one: EntryMention, mention: EntryMention) -> bool:
        """Tell whether a mention may be listed with another one, which may end a longer one: "seminar for A, B"."""
        is_apart = one == mention or one.end <= mention.start or mention.end <= one.start
        return is_apart and (one.is_inner == mention.is_inner or (mention.is_inner and one.start > mention.start))

    def _owns(self, mention: EntryMention, such: Sequence[EntryMention]) -> bool:
        """Tell whether a mention is the owner of one beside it: "the office of the Fund", "the Fund’s office"."""
        return any(one is not mention and self.is_owned(one, mention) for one in such)

    def is_owned(self, one: EntryMention, owner: EntryMention, links: Collection[str] = _OF) -> bool:
        """Tell whether only "of" or "’s" is between a mention and its owner."""
        if one.end <= owner.start:
            words = self._between(one, owner)
            return bool(words) and words[-1] in links and len(words) == 1
        return owner.end <= one.start and self._between(owner, one) in (["’s"], ["'s"], ["’"], ["'"])

    def _between(self, one: EntryMention, other: EntryMention, aside: Iterable[EntryMention] = ()) -> list[str]:
        """Return the words between two mentions, without articles, what is in brackets, and other mentions aside."""
        words: list[str] = []
        depth, spans = 0, [(each.start, each.end) for each in aside]
        for token in (token for token in self.tokens if one.end <= token.start and token.end <= other.start):
            depth += _BRACKETS.get(token.text, 0)
            is_aside = any(start <= token.start < end for start, end in spans)
            if is_aside and words and words[-1] in _OF_ASIDE:
                words.pop()
            if not (depth or is_aside or token.text == ")" or token.lower in _ARTICLES):
                words.append(token.lower)
        return words

    def _are_listed(self, one: EntryMention, other: EntryMention, aside: Iterable[EntryMention]) -> bool:
        """Tell whether only a comma, "and" or "/" is between two mentions, apart from articles, places and owners."""
        words = self._between(one, other, aside)
        if one.table != PLACES and words not in ([], ["/"]) and self._is_new(other):
            return False
        is_in_country = one.cls in ("City", "Venue") and other.cls == "Country" and words == [","]
        links = [word for word in words if word not in _BESIDE]
        is_joined = bool(links) or other.start - one.end == 1  # "IOM/CIM" may be one word
        return is_joined and not is_in_country and all(word in _LINKS for word in links)

    def _is_new(self, mention: EntryMention) -> bool:
        """Tell whether a mention after a comma is no item of a list but a subject, or explains the one before.

        "It appointed judges, and the Fund trained them"; "the IOM, the agency for migration".
        """
        every = [token for token in self.tokens if mention.start <= token.start < mention.end]
        heads = (self.tokens[token.head] for token in every if token.relation in ("nmod", "compound"))
        inside = {token.relation for token in (*every, *heads)}
        goes_on = any(token.lower in ("and", "&") for token in self.tokens if 0 <= token.start - mention.end < _FAR)
        return not inside.isdisjoint(("nsubj", "nsubjpass")) or ("appos" in inside and not goes_on)

    def head(self, mention: EntryMention) -> int:
        """Return the head word of a mention: the one that depends on a word outside it."""
        inside = [at for at, one in enumerate(self.tokens) if mention.start < one.end and one.start < mention.end]
        return next(
            (at for at in inside if self.tokens[at].head not in inside or self.tokens[at].head == at), inside[0]
        )

    def is_beside(self, end: int, start: int) -> bool:
        """Tell whether nothing but articles is between two offsets."""
        return all(token.lower in _BESIDE or token.text in ":,(" for token in self.tokens if end <= token.start < start)

    def preposition(self, mention: EntryMention) -> str:
        """Return the preposition right before a mention and its articles; another word if there is none."""
        at = next((at for at, token in enumerate(self.tokens) if token.start >= mention.start), 0) - 1
        while at > 0 and self.tokens[at].lower in _BESIDE - {"by", "from"}:
            at -= 1
        return self._word(at) if at >= 0 else ""

    def _word(self, at: int) -> str:
        word = self.tokens[at].lower
        return _SAME.get(word, word)

    def verb(self, at: int) -> int:
        """Return the verb on which a word depends, or the word itself if it is one; -1 for none."""
        for _ in self.tokens:
            token = self.tokens[at]
            if token.is_verb and not token.relation.startswith("aux"):
                return at
            if token.head in (-1, at):
                break
            at = token.head
        return -1


def _doc(reading: ReadSentence, vocab: "Vocab") -> "Doc":
    from spacy.tokens import Doc

    every: Sequence[Any] = reading.sentence.tokens
    return Doc(
        vocab,
        words=[one.text for one in every],
        tags=[one.tag for one in every],
        deps=[one.relation for one in every],
        heads=[one.head for one in every],
    )
