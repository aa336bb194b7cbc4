"""The words of a sentence that a frame begins with, and the lists of mentions that are the parts around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tipgraph.curation.drafts.rules.frames.frame_table import PREPOSITIONS, Frame
from tipgraph.curation.drafts.rules.frames.relations import Relations
from tipgraph.curation.drafts.rules.frames.triggers import Moods
from tipgraph.curation.drafts.rules.mentions.entry_mention import ACTORS, PLACES, UNDERTAKINGS, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence
from tipgraph.model import Ontology

_PRONOUNS: Final = frozenset({"it", "they", "this", "these"})
_OWNERS: Final = frozenset({"its", "their"})
_FINITE: Final = frozenset({"VBD", "VBP", "VBZ"})
_LINKS: Final = frozenset({"of", "by", "at", "within", "under"})  # between a body or a work and its owner
_PASSED: Final = frozenset({"IN", "TO", "DT", ",", "-LRB-", "-RRB-", "``", "''"})


@dataclass(frozen=True)
class Clause:
    """The words of a frame in a sentence, and its parts; `anchor` is the mention that they are or belong to."""

    frame: Frame
    reading: ReadSentence
    relations: Relations
    moods: Moods
    first: int
    last: int
    is_verb: bool = False
    anchor: EntryMention | None = None

    @property
    def span(self) -> tuple[int, int]:
        """The offsets of the words, or of the mention that they are."""
        if self.anchor and self.is_fact:
            return self.anchor.start, self.anchor.end
        tokens = self.relations.tokens
        return tokens[self.first].start, tokens[self.last].end

    @property
    def is_fact(self) -> bool:
        """Whether the words are no more than a mention: "[event]" and not "[event] for"."""
        return self.anchor is not None and self.first == self.last == self.relations.head(self.anchor)

    @property
    def is_untrue(self) -> bool:
        """Whether the words say that it is not so, has ended, or is only claimed; a seminar may be cancelled."""
        is_stopped = self.is_fact and self.moods.after(("cancelled", "suspended"), self.last)
        return not is_stopped and self.moods.is_denied(self.first, self.last)

    @property
    def is_aim(self) -> bool:
        """Whether it is an infinitive, which says what somebody wants: "helps states to draft and adopt a law"."""
        before = [token.lower for token in self.relations.tokens[max(0, self.first - 3) : self.first]]
        return self.is_verb and ("to" in before[-2:] or (before[:1] == ["to"] and before[2:] == ["and"]))

    def has_pronoun(self, part: str) -> bool:
        """Whether its subject or object is a pronoun, such as "it", or somebody of "its" or "their"."""
        tokens = self.relations.tokens
        ends = self.relations.ends(f"{part} of verb", self._start)
        for at in ends[:1]:
            return tokens[at].lower in _PRONOUNS or any(one.head == at and one.lower in _OWNERS for one in tokens)
        return False

    @property
    def _start(self) -> int:
        """The word at which the paths start: the verb, or the first of other words."""
        return self.first if self.is_verb else self.relations.verb(self.first)

    def part(self, name: str) -> Iterator[list[EntryMention]]:
        """Yield the lists of mentions that may be a part, the likeliest first."""
        if self.anchor and name in ("subject", "object"):
            yield [self.anchor]
        elif name in ("subject", "object"):
            yield from self._acting(name)
        elif name == "after":
            yield from self.relations.lists("after of phrase", self.last, self.span)
            yield from self._next()
        elif name == "owner":
            yield from self._owners()
        elif self.is_fact:
            yield from self._within(name)
        else:
            yield from self.relations.after(name, self._start if self.is_verb else self.first, self.span)

    def _acting(self, name: str) -> Iterator[list[EntryMention]]:
        """Yield who does it, or what it is done to; "was targeted at" and "was founded in" say nothing of the doer."""
        first = self.relations.tokens[self.first]
        kind, apart = "verb" if first.is_verb else "phrase", (first.start, first.end)
        names = [name, "object"] if first.is_verb and not self.is_verb and name == "subject" else [name]
        for each in names:
            yield from self.relations.lists(f"{each} of {kind}", self.first, apart)
        is_bare = first.tag in _FINITE
        if (
            name == "subject"
            and is_bare
            and not any(self.relations.ends(f"{each} of verb", self.first) for each in names)
        ):
            before = [one for one in self.reading.outer if one.end <= first.start]
            yield from ([one] for one in reversed(before) if self.relations.preposition(one) not in PREPOSITIONS)

    def _owners(self) -> Iterator[list[EntryMention]]:
        """Yield whose the mention is: "office of the Fund", "the Fund’s report", and of a work "the Fund seminar"."""
        if self.anchor is None or self.anchor.name_kind == "number":
            return
        is_body, head = self.anchor.table == ACTORS, self.relations.tokens[self.first]
        owners = [one for one in self.reading.outer if self.relations.is_owned(self.anchor, one, _LINKS)]
        owners += [one for one in self.reading.inside(self.anchor) if not is_body and self._begins(one, self.anchor)]
        yield from ([one] if is_body else self.relations.listed(one) for one in owners)
        if not is_body:
            yield from self.relations.lists("owner", self.first, (head.start, head.end))

    def _begins(self, owner: EntryMention, mention: EntryMention) -> bool:
        """Tell whether a mention begins or ends with its owner: "IOM project", but not "IOM-funded project"."""
        following = self.reading.text[owner.end : owner.end + 1]
        if owner.table == ACTORS and owner.end == mention.end:
            return self.relations.preposition(owner) in ("of", "by")
        is_own = owner.known is not None or owner.name_kind != "acronym"  # "the STOP programme" is named so
        return owner.table == ACTORS and owner.start == mention.start and following != "-" and is_own

    def _next(self) -> Iterator[list[EntryMention]]:
        """Yield the list right behind the words."""
        end = self.span[1]
        for one in self.reading.mentions:
            if one.start >= end and self.relations.is_beside(end, one.start):
                yield self.relations.listed(one)
                return

    def _within(self, preposition: str) -> Iterator[list[EntryMention]]:
        """Yield what is after a preposition, and nearer to this mention than to another one of its table."""
        is_body = self.anchor is not None and self.anchor.table == ACTORS
        start, end = self.span if is_body else self.reach
        lists = [self.relations.listed(one) for one in self.reading.mentions
                 if start <= one.start < end and self.relations.preposition(one) == preposition]  # fmt: skip
        yield list(dict.fromkeys(one for found in lists for one in found))

    @property
    def reach(self) -> tuple[int, int]:
        """The offsets of the words that may tell something of a mention: up to the next one of its table."""
        if not (self.anchor and self.is_fact):
            return 0, len(self.reading.text)
        such = [one for one in self.reading.outer if one.table == self.anchor.table and one.name_kind != "title"]
        start = 0 if such and such[0] == self.anchor else self.anchor.start
        return start, next((one.start for one in such if one.start > self.anchor.start), len(self.reading.text))


def anchored(
    frame: Frame, reading: ReadSentence, relations: Relations, moods: Moods, terms: Ontology
) -> Iterator[Clause]:
    """Yield the clauses of a frame whose words begin with a kind of mention: "[event]", "[training] for"."""
    for kind, following in frame.anchors.items():
        for mention in reading.mentions:
            if is_of(kind, mention, terms) and mention.name_kind != "title":
                head = relations.head(mention)
                if "" in following and (not mention.is_inner or mention.table != UNDERTAKINGS):
                    yield Clause(frame, reading, relations, moods, head, head, anchor=mention)
                for at in _following(reading, relations, mention, head):
                    if relations.tokens[at].lower in following:
                        yield Clause(frame, reading, relations, moods, at, at, anchor=mention)
                        break


def is_of(kind: str, mention: EntryMention, terms: Ontology) -> bool:
    """Tell whether a mention is of a kind: a code such as `training`, a class, its head word, or several of these."""
    classes = {one.lower() for one in terms.classes.get(mention.cls, ())}
    return {*kind.split()} <= {mention.code, mention.head, *classes}


def _following(reading: ReadSentence, relations: Relations, mention: EntryMention, head: int) -> Iterator[int]:
    """Yield the words that belong to a mention by their place: only its own words, places, dates and "held" between."""
    spans: Sequence[tuple[int, int]] = [
        (mention.start, mention.end),
        *((day.start, day.end) for day in reading.days),
        *((one.start, one.end) for one in reading.mentions if one.table == PLACES),
    ]
    for at in range(head + 1, len(relations.tokens)):
        token = relations.tokens[at]
        is_inside = any(start <= token.start < end for start, end in spans)
        if not (is_inside or token.tag in _PASSED or token.lower == "held"):
            return
        yield at
