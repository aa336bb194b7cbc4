"""The parts of a clause around the words that trigger a frame: who does it, what is done, with whom, where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tipgraph.curation.drafts.rules.mentions.entry_mention import PLACES, EntryMention
from tipgraph.curation.drafts.rules.parser.tokens import Parsed, WordToken
from tipgraph.curation.drafts.words.inflection import is_participle

_BETWEEN: Final = re.compile(
    r"""(?:[’']s?)?\s*(?:\([^)]*\))?\s*[,;]?\s*(?:and|&|as\ well\ as|or|together\ with|along\ with|,|/)?\s*
    (?:(?:also|partly|in\ part)\s+)?(?:by\s+)?(?:the|a|an|its|their|other|from|with|some)?\s*""",
    re.VERBOSE,
)
_AND: Final = re.compile(r"\b(?:and|as\ well\ as)\b|&")
_APPOSED: Final = re.compile(r"\s*(?:\([^)]*\)\s*)?,\s*(?:the|an?)\s+")
_LIST_GOES_ON: Final = re.compile(r"[^.;:]{0,80}?,?\s(?:and|&|or|as\ well\ as)\s")
_OBJECT_OF: Final = re.compile(r"\s+of\s+(?:(?:the|its|their|an?)\s+)?", re.IGNORECASE)
_OF: Final = re.compile(r"\s*(?:\([^)]*\))?\s*of\s+(?:the\s+)?")
_OWNED: Final = re.compile(r"[’']s\s+")
_ATTACHED: Final = re.compile(r"\s*(?:\([^)]*\))?\s*,?\s*(?:of|in|from|at|based in)\s+(?:the\s+)?$")
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECTS: Final = frozenset({"dobj", "obj", "attr", "dative", "oprd"})
_CLIMBS: Final = frozenset({"conj", "xcomp", "advcl", "pcomp", "ccomp", "prep", "pobj"})
_BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_AUXILIARIES: Final = frozenset({"aux", "auxpass"})
_OTHERS: Final = frozenset({"NNP", "NNPS", "PRP"})
_PRONOUNS: Final = frozenset({"it", "they", "this", "these"})
_OWNERS: Final = frozenset({"its", "their"})
_PRONOUN: Final = re.compile(r"\b(?:[Ii]ts?|[Tt]hey|[Tt]heir|[Tt]his|[Tt]hese)\b")
_HAVE: Final = frozenset({"has", "have", "had", "having"})
_PLANS: Final = re.compile(
    r"""\b(?:will|shall|plans?|planned|planning|intends?|intended|expects?\ to|expected\ to|is\ to|are\ to
    |(?<!\bcontinue\ )(?<!\bcontinue[ds]\ )to\ be
    |upcoming|forthcoming)\b""",
    re.VERBOSE,
)
_WISHES: Final = re.compile(
    r"""\b(?:would|should|could|may|might|must|can|needs?\ to|need\ for|propos\w+|recommend\w*|urge[sd]?|encourag\w+
    |(?:assist|help|enabl|support|train|equip)\w*\ (?:[\w-]+\ ){1,4}to
    |call\w*\ (?:on|upon|for)|request\w*|invit\w+\ \w+\ to)\b""",
    re.VERBOSE,
)
_NOT: Final = re.compile(
    r"""\b(?:[Nn]ot(?!\ only)|[Nn]ever|[Nn]o(?!\ (?:fewer|less|more|doubt)\b)|[Nn]either|nor|without|fail\w*\ to
    |refus\w+|declin\w+\ to|lack\w*|unable|den(?:y|ies|ied|ying)|stop(?:s|ped)?|ceas\w+|halt\w*|accus\w+|alleg\w+
    |[Ii]f|[Uu]nless|whether|instead\ of|rather\ than|false\w*)\b|n[’']t\b""",
    re.VERBOSE,
)
_UNDONE: Final = re.compile(
    r"""^(?:\s(?:was|were|has|have|had|did|is)\s(?:not|never)\b|\s(?:wasn|weren|didn|hasn)[’']t\b|(?:\W*\w+){0,4}?\W*
    \b(?:cancell?ed|called\ off|refused|rejected|declined|withdrawn|revoked|denied|abandoned)\b)""",
    re.VERBOSE,
)
_NEW_PART: Final = re.compile(r"[;:.]|,\s+(?:and|but|which|who)\s")
_TO: Final = re.compile(r"\bto\s+(?:\w+\s+and\s+|\w+ly\s+)?$")
_SAME: Final = {"during": "in", "within": "in", "via": "through", "alongside": "with", "inside": "in", "near": "at"}
_RIGHT_AFTER: Final = 6  # characters between a phrase and the mention after it: "training for the judges"
_FINITE: Final = frozenset({"MD", "VBD", "VBP", "VBZ"})  # tags of verbs with a subject
_APART: Final = re.compile(r"\b(?:from|by|to|in|on|at|with)\b|,")
_CLOSE: Final = 25  # characters between "for" and those whom a workshop is for
_NEAR: Final = 4  # words between a form of "be" and its participle
_REACH: Final = 40  # characters before a trigger in which a plan or a wish counts
_FAR: Final = 80  # characters before a trigger in which a denial or a condition counts


@dataclass(frozen=True)
class Clause:
    """A trigger in a sentence: the first and last of its words, and the mentions of the sentence.

    `anchor` is the undertaking that the trigger belongs to, if its frame asks for one.
    """

    sentence: Parsed
    mentions: Sequence[EntryMention]
    first: int
    last: int
    is_verb: bool
    anchor: EntryMention | None = None

    @property
    def start(self) -> int:
        """The offset of the trigger."""
        return self.sentence.tokens[self.first].start

    @property
    def end(self) -> int:
        """The offset after the trigger."""
        return self.sentence.tokens[self.last].end

    @cached_property
    def before(self) -> str:
        """The words shortly before the trigger, in the same part of the sentence."""
        return _NEW_PART.split(self.sentence.text[max(0, self.start - _REACH) : self.start])[-1]

    @property
    def is_denied(self) -> bool:
        """Whether the words say that it is not so, has ended, or is only claimed."""
        return is_denied(self.sentence.text, self.start, self.end)

    @property
    def plan(self) -> str:
        """The code of its status if it has not happened: planned, proposed, or an empty string."""
        if _WISHES.search(self.before):
            return "proposed"
        return "planned" if _PLANS.search(self.before) else ""

    @property
    def is_aim(self) -> bool:
        """Whether it is an infinitive, which says what somebody wants: "helps states to adopt a law"."""
        return self.is_verb and bool(_TO.search(self.sentence.text[: self.start]))

    @cached_property
    def is_passive(self) -> bool:
        """Whether the trigger says what is done to its subject: "was held", "funded by"."""
        tokens, token = self.sentence.tokens, self.sentence.tokens[self.first]
        if not self.is_verb or not is_participle(token.lower) or (token.tag == "VBD" and token.head >= 0):
            return False
        if token.relation == "amod":
            return not (self.first and tokens[self.first - 1].is_noun)  # "the Fund trained officers"
        if token.head >= 0:
            return self._is_passive_by_parser(token)
        before = [one.lower for one in tokens[max(0, self.first - _NEAR) : self.first]]
        after = tokens[self.last + 1].lower if self.last + 1 < len(tokens) else ""
        return bool(_BE & set(before)) or after == "by"

    def _is_passive_by_parser(self, token: WordToken) -> bool:
        kids = {child.relation for child in self._children(self.first)}
        if kids & {"auxpass", "nsubjpass", "agent"}:
            return True
        if any(child.lower in _HAVE for child in self._children(self.first)):
            return False
        return token.relation in ("acl", "ROOT", "conj", "amod", "advcl") and token.tag == "VBN"

    @cached_property
    def has_pronoun(self) -> bool:
        """Whether its subject is a pronoun, such as "it"."""
        tokens, verb = self.sentence.tokens, self._verb
        for at in self._subjects_of(verb) if verb >= 0 else ():
            return tokens[at].lower in _PRONOUNS or any(child.lower in _OWNERS for child in self._children(at))
        return bool(_PRONOUN.search(self.before))

    def part(self, name: str) -> Iterator[list[EntryMention]]:
        """Yield the lists of mentions that may be a part of the clause, the likeliest first.

        A part is `subject`, `object`, `after` (what follows the trigger), or a preposition.
        """
        if name == "subject":
            yield from self._agents() if self.is_passive else self._subject()
        elif name == "object":
            yield from self._subject() if self.is_passive else self._object()
        elif name == "after":
            yield from self._after()
        else:
            yield from self._prepositional(name)

    def _agents(self) -> Iterator[list[EntryMention]]:
        """Yield the lists after a "by" of this verb, not of another one: "held in Lima, it was attended by judges"."""
        last = self.end
        for group in self._prepositional("by"):
            between = [token for token in self.sentence.tokens if self.end <= token.start < group[0].start]
            is_of_other = any(token.is_verb and token.start > last > self.end for token in between)
            if group[0].start < self.end or is_of_other:
                return
            if not any(token.is_verb and token.relation != "conj" for token in between):
                yield group
            last = group[-1].end

    def _subject(self) -> Iterator[list[EntryMention]]:
        if (verb := self._verb) >= 0:
            if agents := self._agents_of(verb):
                yield from agents
                return
            is_alone = self.sentence.tokens[verb].relation == "acl"  # "B, based in Lima", not "A and B"
            for at in self._subjects_of(verb):
                if subjects := self._holding(at) if is_alone else self._around(at):
                    yield subjects
                    if not (is_alone and self.sentence.text[: self.start].rstrip().endswith(",")):
                        return  # others that are named before do something else
                elif self.is_verb and self._is_other(at, verb):
                    return  # a person, who is no entry, does it; or a pronoun, which means who was named before
        yield from self._before()

    def _is_other(self, at: int, verb: int) -> bool:
        """Tell whether a subject is none of the entries of its sentence: "it met", but not "since it met"."""
        token, relation = self.sentence.tokens[at], self.sentence.tokens[verb].relation
        is_within = token.lower in _PRONOUNS and relation in ("advcl", "ccomp", "relcl")
        return token.tag in _OTHERS and not is_within

    def _agents_of(self, verb: int) -> list[list[EntryMention]]:
        """Return who does what a verb before a phrase says: "organized by the Institute in cooperation with"."""
        end = self.sentence.tokens[verb].end
        return [group for group in self._prepositional("by") if not self.is_verb and end <= group[0].start < self.start]

    def _object(self) -> Iterator[list[EntryMention]]:
        if self.anchor:
            yield [self.anchor]
            return
        objects = self._objects if self._verb >= 0 else []
        yield from filter(None, map(self._around, objects))
        after = [group for group in self._after() if self._preposition(group[0]) in ("", "of")]
        if self.is_verb:
            yield from (group for group in after if self._is_of(objects, group[0])) if objects else after
        else:
            yield from (*self._at(), *self._acted_on(), *self._before(), *after)

    @cached_property
    def _objects(self) -> list[int]:
        """The objects of the verb by the parser."""
        tokens = enumerate(self.sentence.tokens)
        return [at for at, token in tokens if token.head == self._verb and token.relation in _OBJECTS]

    def _is_of(self, objects: Sequence[int], mention: EntryMention) -> bool:
        """Tell whether a mention is what an object is of: "a number of workshops"."""
        ends = (self.sentence.tokens[at].end for at in objects)
        return any(_OBJECT_OF.fullmatch(self.sentence.text[end : mention.start]) for end in ends)

    def _acted_on(self) -> Iterator[list[EntryMention]]:
        """Yield the subject of a participle with a preposition: "the training, held in Lima, was attended by"."""
        token = self.sentence.tokens[self.first]
        if token.head >= 0 and token.tag == "VBN":
            yield from filter(None, map(self._around, self._subjects_of(self.first)))

    def _at(self) -> Iterator[list[EntryMention]]:
        """Yield the lists in which the trigger is: "training" in "training for"."""
        yield from (group for group in self.lists if group[0].start < self.end and self.start < group[-1].end)

    @property
    def _verb(self) -> int:
        """The verb of the trigger; that on which a phrase depends; -1 without a parser."""
        tokens, at = self.sentence.tokens, self.first
        for _ in range(len(tokens)):
            is_auxiliary = tokens[at].relation in _AUXILIARIES
            if (tokens[at].is_verb and not is_auxiliary) or tokens[at].head in (-1, at):
                break
            at = tokens[at].head
        return at if tokens[at].head >= 0 and tokens[at].is_verb else -1

    def _subjects_of(self, verb: int) -> Iterator[int]:
        tokens, seen = self.sentence.tokens, set[int]()
        while verb not in seen:
            seen.add(verb)
            subject = next((at for at, one in enumerate(tokens) if one.head == verb and one.relation in _SUBJECTS), -1)
            token = tokens[verb]
            if subject >= 0 and tokens[subject].tag not in ("WDT", "WP"):
                yield subject
                return
            if token.relation in ("relcl", "acl"):
                yield token.head
                return
            if token.relation not in _CLIMBS:
                return
            verb = token.head

    def _children(self, at: int) -> Iterator[WordToken]:
        return (token for place, token in enumerate(self.sentence.tokens) if token.head == at and place != at)

    def _holding(self, at: int) -> list[EntryMention]:
        """Return the outermost mention that has a token, or else one beside it: "Ana Roth, the Director"."""
        every = self.sentence.tokens
        beside = [token for token in every if token.head == at and token.relation in ("appos", "compound")]
        for token in (every[at], *beside):
            for one in self.mentions:
                is_other = token in beside and token.relation == "compound" and one.cls != "Post"
                if one.start <= token.start < one.end and not is_other:
                    return [one]
        return []

    def _around(self, at: int) -> list[EntryMention]:
        """Return the mention that has a token, with those that are listed beside it."""
        return [other for mention in self._holding(at) for other in self._listed(mention)]

    def _listed(self, mention: EntryMention) -> list[EntryMention]:
        """Return a mention and those of its table that are listed with it: "A, B and C"."""
        return next((group for group in self.lists if mention in group), [mention])

    @cached_property
    def lists(self) -> list[list[EntryMention]]:
        """The outer mentions in order, those of a list together: "the Office of A, B in Lima and C" lists three."""
        outer = [mention for mention in self.mentions if not mention.is_inner]
        tables = dict.fromkeys(mention.table for mention in outer)
        groups = [group for table in tables for group in self._lists_of(table, outer)]
        return sorted(groups, key=lambda group: group[0].start)

    def _lists_of(self, table: str, outer: Sequence[EntryMention]) -> list[list[EntryMention]]:
        groups: list[list[EntryMention]] = []
        end = 0
        for mention in (one for one in outer if one.table == table):
            gap = self._gap(end, mention.start, outer) if groups else ""
            if groups and self._goes_on(gap, mention):
                if not self._is_explanation(gap, mention, groups[-1]):
                    groups[-1].append(mention)
            elif groups and _OWNED.fullmatch(gap):
                groups[-1][-1] = mention  # "the Department's Office": the Office does it
            elif not groups or table == PLACES or not _OF.fullmatch(gap):
                groups.append([mention])
            end = mention.end
        return groups

    def _goes_on(self, gap: str, mention: EntryMention) -> bool:
        """Tell whether the words before a mention put it in the list before them."""
        is_new = _NEW_PART.match(gap) is not None and self._is_subject(mention)
        return bool(gap.strip(" ’'s") and _BETWEEN.fullmatch(gap)) and not is_new

    def _is_subject(self, mention: EntryMention) -> bool:
        """Tell whether a mention begins a new clause: "it appointed judges, and the Fund trained them"."""
        inside = (token for token in self.sentence.tokens if mention.start <= token.start < mention.end)
        return any(token.relation in _SUBJECTS for token in inside)

    def _is_explanation(self, gap: str, mention: EntryMention, group: Sequence[EntryMention]) -> bool:
        """Tell whether a mention only says who the one before it is: "the IOM, the agency for migration, held"."""
        after = self.sentence.text[mention.end :]
        return len(group) == 1 and bool(_APPOSED.fullmatch(gap)) and not _LIST_GOES_ON.match(after)

    def _gap(self, start: int, end: int, outer: Sequence[EntryMention]) -> str:
        """Return the words between two mentions without the owner and the place of the first one."""
        gap, last, places = "", start, 0
        for other in (one for one in outer if start <= one.start and one.end <= end):
            words = self.sentence.text[last : other.start]
            is_listed = places and other.table == PLACES and _BETWEEN.fullmatch(words)
            gap += "" if is_listed else _ATTACHED.sub("", words)
            last, places = other.end, places + 1 if other.table == PLACES else 0
        words = self.sentence.text[last:end]
        return gap + words if places <= 1 or _AND.search(words) else f"{gap};{words}"

    def _before(self) -> Iterator[list[EntryMention]]:
        """Yield the lists before the trigger from the right, first those without a preposition."""
        before = [group for group in reversed(self.lists) if group[-1].end <= self.start]
        free = [group for group in before if not self._preposition(group[0])]
        yield from free
        yield from (group for group in before if group not in free)

    def _after(self) -> Iterator[list[EntryMention]]:
        for mention in self.mentions:
            if mention.is_inner and 0 <= mention.start - self.end <= _RIGHT_AFTER and not self.is_verb:
                inside = [other for other in self.mentions if other.start >= mention.start]
                yield next(group for group in self._lists_of(mention.table, inside) if mention in group)
        yield from (group for group in self.lists if group[0].start >= self.end and self._is_near(group[0]))

    def _is_near(self, mention: EntryMention) -> bool:
        """Tell whether a mention follows closely: "a workshop for a group of 35 judges", and no other verb between."""
        gap = self.sentence.text[self.end : mention.start]
        if self.anchor:
            return len(gap) <= _CLOSE and not _APART.search(gap)
        between = (token for token in self.sentence.tokens if self.end <= token.start < mention.start)
        return self.is_verb or not any(token.tag in _FINITE for token in between)

    def _prepositional(self, name: str) -> Iterator[list[EntryMention]]:
        """Yield the lists right after a preposition, first those behind the trigger."""
        fitting = [group for group in self.lists if self._preposition(group[0]) == name]
        yield from (group for group in fitting if group[0].start >= self.end)
        yield from (group for group in fitting if group[-1].end <= self.start)

    def _preposition(self, mention: EntryMention) -> str:
        words = re.sub(
            r"(?:\b(?:the|a|an|its|their|his|her|some|several|both|this|these|that|each|all)\s+|[“\"])+$",
            "",
            self.sentence.text[: self._first(mention)],
        )
        match = re.search(r"(\w+)\s*$", words)
        word = match[1].lower() if match else ""
        word = _SAME.get(word, word)
        return word if word in PREPOSITIONS else ""

    def _first(self, mention: EntryMention) -> int:
        """Return where a mention begins, with its owner: "by the Department's Office"."""
        outer = (one for one in self.mentions if not one.is_inner and one.end < mention.start)
        owners = (one.start for one in outer if _OWNED.fullmatch(self.sentence.text[one.end : mention.start]))
        return next(owners, mention.start)


def is_denied(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence says that what it names at a place is not so, has ended, or is only claimed.

    >>> words = "It denied that it had funded the seminar, and it held a meeting."
    >>> is_denied(words, words.index("funded"), 28), is_denied(words, words.index("held"), 54)
    (True, False)
    """
    before = _NEW_PART.split(text[max(0, start - _FAR) : start])[-1]
    return bool(_NOT.search(before) or _UNDONE.search(_NEW_PART.split(text[end:])[0]))


PREPOSITIONS: Final = (
    "with", "by", "from", "for", "to", "in", "at", "through", "of", "on", "as", "among", "under", "between", "against",
)  # fmt: skip
"""Prepositions that a table of frames has columns for."""
