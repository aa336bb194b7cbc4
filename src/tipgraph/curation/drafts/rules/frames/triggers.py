"""The words that trigger frames, and those that say that something is denied, planned or only wished."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tipgraph.curation.drafts.rules.frames.frame_table import ANY, PREPOSITIONS, Frame
from tipgraph.curation.drafts.words.inflection import forms

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_VERBS: Final = ("MD", "VB", "VBD", "VBP", "VBZ")
_MODES: Final = {
    "denied": """not | never | no | neither | nor | without | fail to | refuse | decline to | lack | unable | deny
        | stop | cease | halt | accuse | allege | if | unless | whether | instead of | rather than | false | falsely
        | n't""",
    "affirmed": "not only | no fewer | no less | no more | no doubt",
    "undone": """refuse | reject | decline | withdrawn | revoke | deny | was not | were not | has not | have not
        | had not | did not | is not | was n't | were n't | did n't | has n't | was never | were never""",
    "cancelled": "cancelled | canceled | called off | abandoned",
    "suspended": "suspended | postponed | interrupted | put on hold",
    "proposed": """would | should | could | may | might | must | can | need to | need for | propose | proposal
        | recommend | urge | encourage | assist * to | help * to | enable * to | support * to | train * to | equip * to
        | call on | call upon | call for | request | invite * to""",
    "planned": """will | shall | plan to | planned | intend | expect to | is to | are to | to be | upcoming
        | forthcoming | scheduled""",
    "going on": "continue to be | have to be | has to be | had to be",
    "held": """held | took place | taken place | conducted | organized | organised | hosted | convened | attended
        | gathered | brought together | completed | concluded | participated | carried out | implemented""",
    "ended": "completed | concluded | was conducted | was carried out | were conducted",
    "ongoing": """ongoing | currently | under way | underway | is being | are being | has been | have been | continue
        | is working | are working""",
}
_BOUNDARIES: Final = frozenset({";", ":", "."})
_NEW_PARTS: Final = frozenset({"and", "but", "which", "who"})
_TURNED: Final = {"affirmed": "denied", "going on": "planned"}
_REACH: Final = {"denied": 14, "planned": 7, "proposed": 7}  # words before a trigger in which a mode counts
_AFTER: Final = 9
_NEAR: Final = 9


class Trigger(NamedTuple):
    """The words in a sentence that trigger a frame: the first and the last token, and whether they are a verb.

    A verb with a preposition, such as "attended by", is no verb here, but a phrase with something after it.
    """

    frame: Frame
    first: int
    last: int
    is_verb: bool


class Triggers:
    """The words of frames, and of modes, compiled to a matcher."""

    def __init__(self, every: Iterable[Frame], vocab: "Vocab") -> None:
        from spacy.matcher import Matcher

        self._frames = {frame.id: frame for frame in every}
        self._matcher, self._modes = Matcher(vocab), Matcher(vocab)
        for frame in self._frames.values():
            if patterns := [_pattern(phrase) for phrase in frame.words if not phrase.startswith("[")]:
                self._matcher.add(frame.id, patterns)
        for mode, words in _MODES.items():
            self._modes.add(mode, [_pattern(phrase) for phrase in map(str.strip, words.split("|"))])

    def found(self, doc: "Doc") -> list[Trigger]:
        """Return the triggers; for one table only the longest, such as "support of" and not "support"."""
        every = [one for key, first, end in self._matcher(doc)
                 if (one := self._trigger(doc, self._frames[doc.vocab.strings[key]], first, end - 1))]  # fmt: skip
        return sorted(
            (one for one in every if not any(_is_within(one, other) for other in every)), key=lambda one: one.first
        )

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

    def moods(self, doc: "Doc") -> "Moods":
        """Return what words of a sentence say about its other words."""
        return Moods(doc, [(doc.vocab.strings[key], start, end) for key, start, end in self._modes(doc)])


def _is_within(one: Trigger, other: Trigger) -> bool:
    """Tell whether a trigger is a part of a longer one for the same table."""
    is_shorter = other.first <= one.first and one.last <= other.last and one[1:3] != other[1:3]
    return is_shorter and one.frame.table == other.frame.table


def _pattern(phrase: str) -> list[dict[str, Any]]:
    """Return the pattern of a phrase in each form of its verb; "*" is up to three words but no verb."""
    words = phrase.replace("-", " - ").split()
    verb = 2 if words[:2] == ["co", "-"] else 0
    pattern: list[dict[str, Any]] = [{"LOWER": word} for word in words]
    if words[verb] != "not":  # no verb: it has no form "noted"
        pattern[verb] = {"LOWER": {"IN": sorted(forms(words[verb]))}}
    some = {"TAG": {"NOT_IN": [*_VERBS, ",", ":", "-LRB-", "-RRB-"]}, "OP": "{0,3}"}
    return [some if word == ANY else one for word, one in zip(words, pattern, strict=True)]


def _covers(other: tuple[str, int, int], one: tuple[str, int, int]) -> bool:
    return other[0] == one[0] and other[1] <= one[1] and one[2] <= other[2]


class Moods:
    """What the words around a place of a sentence say about it: that it is denied, planned, wished, held or ended."""

    def __init__(self, doc: "Doc", modes: Sequence[tuple[str, int, int]]) -> None:
        turned = [(_TURNED[mode], start, end) for mode, start, end in modes if mode in _TURNED]
        self._doc = doc
        self._modes = [one for one in modes if not any(_covers(other, one) for other in turned)]

    def is_denied(self, first: int, last: int) -> bool:
        """Tell whether words say that it is not so, has ended, or is only claimed."""
        return self._is_before("denied", first) or bool(self.after(("undone", "cancelled", "suspended"), last))

    def plan(self, first: int) -> str:
        """Return the code of its status if it has not happened: planned, proposed, or an empty string."""
        return next((mode for mode in ("proposed", "planned") if self._is_before(mode, first)), "")

    def after(self, modes: Sequence[str], last: int) -> str:
        """Return the first of some modes that words shortly after a place say; an empty string for none."""
        near = (one for one in self._modes if last < one[1] <= last + _AFTER and not self._parts(last + 1, one[2]))
        return next((mode for mode, _, _ in near if mode in modes), "")

    def around(self, modes: Sequence[str], first: int, last: int) -> tuple[str, int, int]:
        """Return the first of some modes that words near a place say, in their order, with its words; or none."""
        near = [one for one in self._modes
                if first - _NEAR <= one[1] <= last + _NEAR and not first <= one[1] <= last
                and not self._stops(min(one[1], last), max(first, one[2]))]  # fmt: skip
        return next((one for mode in modes for one in near if one[0] == mode), ("", first, last + 1))

    def _is_before(self, mode: str, first: int) -> bool:
        return any(
            one == mode and first - _REACH[mode] <= start and end <= first and not self._parts(end, first)
            for one, start, end in self._modes
        )

    def _parts(self, start: int, end: int) -> bool:
        """Tell whether a new part of the sentence begins between two places: after ";", or with ", and"."""
        words = [token.lower_ for token in self._doc[start:end]]
        following = {pair for pair in pairwise(words) if pair[0] == ","}
        return self._stops(start, end) or any(word in _NEW_PARTS for _, word in following)

    def _stops(self, start: int, end: int) -> bool:
        return any(token.text in _BOUNDARIES for token in self._doc[start:end])
