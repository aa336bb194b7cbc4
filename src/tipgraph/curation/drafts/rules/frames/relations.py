"""How the words of a parsed sentence belong together: who does what to whom, what is a list, what is denied or planned.

The paths in a parse, the words of moods, and the prepositions that mean another one are in `words/phrases.csv`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tipgraph.curation.drafts.rules.frames.frame_table import ANY, PREPOSITIONS, Frame
from tipgraph.curation.drafts.rules.mentions.names import PLACES, EntryMention
from tipgraph.curation.drafts.rules.mentions.referents import ReadSentence
from tipgraph.curation.drafts.words.lexicon import LISTS, codes_of, forms, phrases

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_SAME: Final = codes_of("preposition")  # "during" is "in"
_OWNING: Final = (["’s"], ["'s"], ["’"], ["'"])
_OF_ASIDE: Final = frozenset({"in", "of", "from", "at"})
_START: Final = "start"  # set as the lemma of the words at which paths may start: all others would take long
_BRACKETS: Final = {"(": 1, ")": -1}
_VERBS: Final = ("MD", "VB", "VBD", "VBP", "VBZ")
_STOPS: Final = frozenset({";", ":", "."})
_TURNED: Final = {"affirmed": "denied", "going on": "planned"}
_REACH: Final = {"denied": 14, "planned": 7, "proposed": 7}  # words before a trigger in which a mood counts
_NEAR: Final = 9


class Trigger(NamedTuple):
    """The words in a sentence that trigger a frame: the first and the last token, and whether they are a verb.

    A verb with a preposition, such as "attended by", is no verb here, but a phrase with something after it.
    """

    frame: Frame
    first: int
    last: int
    is_verb: bool


class Matchers:
    """The words of frames and of moods, and the paths in a parse, compiled."""

    def __init__(self, every: Iterable[Frame], vocab: "Vocab") -> None:
        from spacy.matcher import DependencyMatcher, Matcher

        self._frames = {frame.id: frame for frame in every}
        self._words, self.moods, self.paths = Matcher(vocab), Matcher(vocab), DependencyMatcher(vocab)
        for frame in self._frames.values():
            if patterns := [_words(phrase) for phrase in frame.words if not phrase.startswith("[")]:
                self._words.add(frame.id, patterns)
        for mood, phrase in phrases("mode"):
            self.moods.add(mood, [_words(phrase)])
        for rank, (name, path) in enumerate(phrases("path")):
            self.paths.add(f"{name} {rank}", [_path(path, is_start=name != "owner")])

    def triggers(self, doc: "Doc") -> list[Trigger]:
        """Return the triggers; for one table only the longest, such as "support of" and not "support"."""
        every = [one for key, first, end in self._words(doc)
                 if (one := self._trigger(doc, self._frames[doc.vocab.strings[key]], first, end - 1))]  # fmt: skip
        whole = (one for one in every if not any(_is_within(one, other) for other in every))
        return sorted(whole, key=lambda one: one.first)

    def _trigger(self, doc: "Doc", frame: Frame, first: int, last: int) -> Trigger | None:
        """Return words that are a verb, or a phrase of the table: not "participating states", nor "meeting at"."""
        head = first + 2 if doc[first].lower_ == "co" and last >= first + 2 and doc[first + 1].text == "-" else first
        is_verb, is_phrase = doc[head].tag_.startswith("VB"), last > head
        is_gerund = is_phrase and not is_verb and doc[head].lower_.endswith("ing")
        if is_gerund and doc[first : last + 1].text.lower().replace(" - ", "-") not in frame.words:
            return None
        if not (is_verb or is_phrase):
            return None
        return Trigger(frame, head, last, is_verb and not (is_phrase and doc[last].lower_ in PREPOSITIONS))


def _is_within(one: Trigger, other: Trigger) -> bool:
    """Tell whether a trigger is a part of a longer one for the same table."""
    is_shorter = other.first <= one.first and one.last <= other.last and one[1:3] != other[1:3]
    return is_shorter and one.frame.table == other.frame.table


def _words(phrase: str) -> list[dict[str, Any]]:
    """Return the pattern of a phrase in each form of its verb; "*" is up to three words but no verb."""
    words = phrase.replace("-", " - ").split()
    verb = 2 if words[:2] == ["co", "-"] else 0
    pattern: list[dict[str, Any]] = [{"LOWER": word} for word in words]
    if words[verb] != "not":  # no verb: it has no form "noted"
        pattern[verb] = {"LOWER": {"IN": sorted(forms(words[verb]))}}
    some = {"TAG": {"NOT_IN": [*_VERBS, ",", ":", "-LRB-", "-RRB-"]}, "OP": "{0,3}"}
    return [some if word == ANY else one for word, one in zip(words, pattern, strict=True)]


def _path(path: str, *, is_start: bool) -> list[dict[str, Any]]:
    """Return a path such as `* > prep=of > pobj` as a pattern: relations, with words after `=` and tags after `:`.

    `<` is to the word on which one depends.
    """
    first, *steps = path.split()
    marks = {"LEMMA": _START} if is_start else {}
    pattern: list[dict[str, Any]] = [{"RIGHT_ID": "0", "RIGHT_ATTRS": _attributes(first) | marks}]
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
    """One sentence: the mentions to which paths of its parse lead, and the words that deny or plan something."""

    def __init__(self, reading: ReadSentence, matchers: Matchers, vocab: "Vocab") -> None:
        from spacy.tokens import Doc

        self.tokens, self._outer = reading.sentence.tokens, reading.outer
        self._mentions, self._paths = reading.mentions, matchers.paths
        every: Sequence[Any] = self.tokens
        self.doc = Doc(vocab, words=[one.text for one in every], tags=[one.tag for one in every],
                       deps=[one.relation for one in every], heads=[one.head for one in every])  # fmt: skip
        moods = [(vocab.strings[key], start, end) for key, start, end in matchers.moods(self.doc)]
        turned = [(_TURNED[mood], start, end) for mood, start, end in moods if mood in _TURNED]
        self._moods = [one for one in moods if not any(
            other[0] == one[0] and other[1] <= one[1] and one[2] <= other[2] for other in turned)]  # fmt: skip

    def start(self, *places: int) -> None:
        """Let paths start at some words, before the first path is asked for."""
        for at in places:
            if at >= 0:
                self.doc[at].lemma_ = _START

    @cached_property
    def _ends(self) -> dict[tuple[str, int], list[tuple[int, int]]]:
        """The ends of the paths of each name and start, the nearest first, each with the word before it."""
        found: dict[tuple[str, int], list[tuple[int, int, int, int]]] = defaultdict(list)
        for key, path in self._paths(self.doc):
            name, _, rank = self.doc.vocab.strings[key].rpartition(" ")
            found[name, path[0]].append((int(rank), abs(path[-2] - path[0]), path[-2], path[-1]))
        return {key: [each[2:] for each in sorted(ends)] for key, ends in found.items()}

    def ends(self, name: str, start: int) -> list[int]:
        """Return the last words of the paths of a name that start at a word, the nearest first."""
        return [end for _, end in self._ends.get((name, start), ())]

    def lists(self, name: str, start: int, apart: tuple[int, int]) -> Iterator[list[EntryMention]]:
        """Yield the lists of mentions at the ends of paths; no mention holds the words from one place to another."""
        for end in self.ends(name, start):
            if mention := self._holding(end, apart):
                yield self.listed(mention)

    def after(self, preposition: str, start: int, apart: tuple[int, int]) -> Iterator[list[EntryMention]]:
        """Yield the lists after a preposition: first by paths from a word, then right after it in the sentence."""
        for link, end in self._ends.get(("preposition", start), ()):
            is_such = self._word(link) == preposition and not apart[0] < self.tokens[link].end <= apart[1]
            if is_such and (mention := self._holding(end, apart)):
                yield self.listed(mention)
        for one in self._outer:
            if one.start >= apart[1] and self.preposition(one) == preposition:
                yield self.listed(one)

    def _holding(self, at: int, apart: tuple[int, int]) -> EntryMention | None:
        """Return the outermost mention that has a word, but not what it must be apart from."""
        start = self.tokens[at].start
        return next((one for one in self._mentions if one.start <= start < one.end
                     and (one.end <= apart[0] or apart[1] <= one.start)), None)  # fmt: skip

    def listed(self, mention: EntryMention) -> list[EntryMention]:
        """Return the mentions of a table that are listed with one: "A, B in Lima and C"."""
        level = [one for one in self._mentions if one.table == mention.table and _is_level(one, mention)]
        aside = [one for one in self._outer if one not in level and one.table == PLACES]
        runs = [[level[0]]]
        for one, other in pairwise(level):
            if self._are_listed(one, other, aside):
                runs[-1].append(other)
            else:
                runs.append([other])
        return next(run for run in runs if mention in run)

    def is_owned(self, one: EntryMention, owner: EntryMention, links: Collection[str] = ("of",)) -> bool:
        """Tell whether only "of" or "’s" is between a mention and its owner."""
        if one.end <= owner.start:
            words = self._between(one, owner)
            return len(words) == 1 and words[0] in links
        return owner.end <= one.start and self._between(owner, one) in _OWNING

    def _between(self, one: EntryMention, other: EntryMention, aside: Iterable[EntryMention] = ()) -> list[str]:
        """Return the words between two mentions, without articles, what is in brackets, and other mentions aside."""
        words: list[str] = []
        depth, spans = 0, [(each.start, each.end) for each in aside]
        for token in (token for token in self.tokens if one.end <= token.start and token.end <= other.start):
            depth += _BRACKETS.get(token.text, 0)
            is_aside = any(start <= token.start < end for start, end in spans)
            if is_aside and words and words[-1] in _OF_ASIDE:
                words.pop()
            if not (depth or is_aside or token.text == ")" or token.lower in LISTS["articles"]):
                words.append(token.lower)
        return words

    def _are_listed(self, one: EntryMention, other: EntryMention, aside: Iterable[EntryMention]) -> bool:
        """Tell whether only a comma, "and" or "/" is between two mentions, apart from articles, places and owners."""
        words = self._between(one, other, aside)
        relation = self.tokens[self.head(other)].relation
        explains = relation == "appos" and other.name_kind == "description"  # "Terra Nova, an NGO"
        is_apart = explains or relation in ("nsubj", "nsubjpass")  # "it appointed judges, and the Fund paid"
        if one.table != PLACES and words not in ([], ["/"]) and is_apart:
            return False
        is_in_country = one.cls in ("City", "Venue") and other.cls == "Country" and words == [","]
        links = {*words} - LISTS["beside"]
        is_joined = bool(links) or other.start - one.end == 1  # "IOM/CIM" may be one word
        return is_joined and not is_in_country and links <= LISTS["joints"]

    def head(self, mention: EntryMention) -> int:
        """Return the head word of a mention: the one that depends on a word outside it."""
        inside = [at for at, one in enumerate(self.tokens) if mention.start < one.end and one.start < mention.end]
        heads = (at for at in inside if self.tokens[at].head not in inside or self.tokens[at].head == at)
        return next(heads, inside[0])

    def preposition(self, mention: EntryMention) -> str:
        """Return the preposition right before a mention and its articles; another word if there is none."""
        at = next((at for at, token in enumerate(self.tokens) if token.start >= mention.start), 0) - 1
        while at > 0 and self.tokens[at].lower in LISTS["beside"] - {"by", "from"}:
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

    # Moods.

    def is_denied(self, first: int, last: int) -> bool:
        """Tell whether words say that it is not so, has ended, or is only claimed."""
        return self._is_before("denied", first) or bool(self.mood_after(("undone", "cancelled", "suspended"), last))

    def plan(self, first: int) -> str:
        """Return the code of its status if it has not happened: planned, proposed, or an empty string."""
        return next((mood for mood in ("proposed", "planned") if self._is_before(mood, first)), "")

    def mood_after(self, moods: Sequence[str], last: int) -> str:
        """Return the first of some moods that words shortly after a place say; an empty string for none."""
        near = (one for one in self._moods if last < one[1] <= last + _NEAR and not self._stops(last + 1, one[2]))
        return next((mood for mood, _, _ in near if mood in moods), "")

    def mood_around(self, moods: Sequence[str], first: int, last: int) -> tuple[str, int, int]:
        """Return the first of some moods that words near a place say, in their order, with its words; or none."""
        near = [one for one in self._moods
                if first - _NEAR <= one[1] <= last + _NEAR and not first <= one[1] <= last
                and not self._stops(min(one[1], last), max(first, one[2]))]  # fmt: skip
        return next((one for mood in moods for one in near if one[0] == mood), ("", first, last + 1))

    def _is_before(self, mood: str, first: int) -> bool:
        return any(one == mood and first - _REACH[mood] <= start and end <= first and not self._stops(end, first)
                   for one, start, end in self._moods)  # fmt: skip

    def _stops(self, start: int, end: int) -> bool:
        """Tell whether a new part of the sentence begins between two places: after ";", or with ", and"."""
        words = [token.lower_ for token in self.doc[start:end]]
        begins = (one == "," and word in LISTS["new parts"] for one, word in pairwise(words))
        return not _STOPS.isdisjoint(words) or any(begins)


def _is_level(one: EntryMention, mention: EntryMention) -> bool:
    """Tell whether a mention may be listed with another one, which may end a longer one: "seminar for A, B"."""
    is_apart = one == mention or one.end <= mention.start or mention.end <= one.start
    return is_apart and (one.is_inner == mention.is_inner or (mention.is_inner and one.start > mention.start))
