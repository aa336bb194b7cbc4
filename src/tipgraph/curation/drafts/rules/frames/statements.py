"""Drafts from frames: the words of a frame in a sentence, the mentions around them, and the columns that these fill."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.rules.frames.frame_table import ENTRIES, PREPOSITIONS, Frame
from tipgraph.curation.drafts.rules.frames.relations import Matchers, Relations
from tipgraph.curation.drafts.rules.mentions.names import (
    ACTORS,
    DOCUMENTS,
    EVENT_CLASSES,
    GROUP_CLASSES,
    PLACES,
    UNDERTAKINGS,
    EntryMention,
)
from tipgraph.curation.drafts.rules.mentions.referents import (
    ReadSentence,
    Referent,
    Referents,
    government_of,
    joined,
    referent_of,
    short,
)
from tipgraph.curation.drafts.words.figures import cells_of, money
from tipgraph.curation.drafts.words.lexicon import LISTS, UNDERTAKING_HEADS
from tipgraph.model import Column, Ontology

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_ACTING: Final = frozenset({"subject", "object", "by", "from", "after"})  # parts where a country means its government
_FINITE: Final = frozenset({"VBD", "VBP", "VBZ"})
_PASSED: Final = frozenset({"IN", "TO", "DT", ",", "-LRB-", "-RRB-", "``", "''"})
_FUNDED: Final = frozenset({"receiver", "purpose"})  # of which a payment needs one
_WORDING: Final = frozenset({"date", "dateBasis", "description", "modality", "note", "status"})
_PLANS: Final = {"funding": ("moneyKind", "proposed"), "publication-reports": ("publicationState", "forthcoming")}
_MOST_LISTED: Final = 12  # entries of one list: more are no list but a table


class Statements:
    """The frames at work on the sentences of texts."""

    def __init__(self, frames: Sequence[Frame], terms: Ontology, vocab: "Vocab") -> None:
        self._frames, self._terms, self._vocab = frames, terms, vocab
        self._matchers = Matchers(frames, vocab)

    def drafts(self, reading: ReadSentence, referents: Referents) -> Iterator[Draft]:
        """Yield the drafts of each frame whose words a sentence has.

        An act is one in its sentence, whatever verbs say it; a fact of a mention is one in its text, and the first
        frame that says to what it belongs says it alone.
        """
        acts, placed = set[frozenset[tuple[str, str]]](), set[tuple[EntryMention | None, bool]]()
        for clause in self._clauses(reading):
            is_placed = clause.frame.table == "affiliations" and clause.is_fact
            place = clause.anchor, "country" in clause.frame.parts
            if clause.is_untrue or (is_placed and place in placed):
                continue
            for draft in _Filling(clause, self._terms, referents).drafts():
                said = frozenset((name, cell) for name, cell in draft.cells.items() if name not in _WORDING)
                if clause.is_fact:
                    is_new = referents.is_first(Referent(repr(sorted(said)), "", ""), draft.cells.get("date", ""))
                else:
                    is_new = draft.table != "activities" or said not in acts
                if is_new:
                    yield draft
                acts.add(said)
                placed |= {place} if is_placed else set()

    def _clauses(self, reading: ReadSentence) -> list["Clause"]:
        relations = Relations(reading, self._matchers, self._vocab)
        found = [Clause(one.frame, reading, relations, one.first, one.last, one.is_verb)
                 for one in self._matchers.triggers(relations.doc)]  # fmt: skip
        for frame in (one for one in self._frames if one.anchors):
            found += _anchored(frame, reading, relations, self._terms)
        for clause in found:
            relations.start(clause.first, clause.last, relations.verb(clause.first))
        return found


@dataclass(frozen=True)
class Clause:
    """The words of a frame in a sentence, and its parts; `anchor` is the mention that they are or belong to."""

    frame: Frame
    reading: ReadSentence
    relations: Relations
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
        is_stopped = self.is_fact and self.relations.mood_after(("cancelled", "suspended"), self.last)
        return not is_stopped and self.relations.is_denied(self.first, self.last)

    @property
    def is_aim(self) -> bool:
        """Whether it is an infinitive, which says what somebody wants: "helps states to draft and adopt a law"."""
        before = [token.lower for token in self.relations.tokens[max(0, self.first - 3) : self.first]]
        return self.is_verb and ("to" in before[-2:] or (before[:1] == ["to"] and before[2:] == ["and"]))

    def part(self, name: str) -> Iterator[list[EntryMention]]:
        """Yield the lists of mentions that may be a part, the likeliest first."""
        if self.anchor and name in ("subject", "object"):
            yield [self.anchor]
        elif name in ("subject", "object"):
            yield from self._acting(name)
        elif name == "after":
            yield from self.relations.lists("after of phrase", self.last, self.span)
        elif name == "owner":
            yield from self._owners()
        elif self.is_fact:
            yield from self._within(name)
        else:
            at = self.first if self.is_verb else self.relations.verb(self.first)
            yield from self.relations.after(name, at if self.is_verb else self.first, self.span)

    def _acting(self, name: str) -> Iterator[list[EntryMention]]:
        """Yield who does it, or what it is done to; "was targeted at" and "was founded in" say nothing of the doer."""
        first = self.relations.tokens[self.first]
        kind, apart = "verb" if first.is_verb else "phrase", (first.start, first.end)
        names = [name, "object"] if first.is_verb and not self.is_verb and name == "subject" else [name]
        for each in names:
            yield from self.relations.lists(f"{each} of {kind}", self.first, apart)
        has_end = any(self.relations.ends(f"{each} of verb", self.first) for each in names)
        if name == "subject" and first.tag in _FINITE and not has_end:
            before = [one for one in self.reading.outer if one.end <= first.start]
            yield from ([one] for one in reversed(before) if self.relations.preposition(one) not in PREPOSITIONS)

    def _owners(self) -> Iterator[list[EntryMention]]:
        """Yield whose the mention is: "office of the Fund", "the Fund’s report", and of a work "the Fund seminar"."""
        if self.anchor is None or self.anchor.name_kind == "number":
            return
        is_body, head = self.anchor.table == ACTORS, self.relations.tokens[self.first]
        owners = [one for one in self.reading.outer if self.relations.is_owned(self.anchor, one, LISTS["owning"])]
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

    def _within(self, preposition: str) -> Iterator[list[EntryMention]]:
        """Yield what is after a preposition anywhere in the sentence; of a body, only in its own words."""
        is_body = self.anchor is not None and self.anchor.table == ACTORS
        start, end = self.span if is_body else (0, len(self.reading.text))
        lists = [self.relations.listed(one) for one in self.reading.mentions
                 if start <= one.start < end and self.relations.preposition(one) == preposition]  # fmt: skip
        yield list(dict.fromkeys(one for found in lists for one in found))


def _anchored(frame: Frame, reading: ReadSentence, relations: Relations, terms: Ontology) -> Iterator[Clause]:
    """Yield the clauses of a frame whose words begin with a kind of mention: "[event]", "[training] for".

    A kind is a code such as `training`, a class, a head word, or several of these.
    """
    for mention in reading.mentions:
        classes = {one.lower() for one in terms.classes.get(mention.cls, ())}
        for kind, following in frame.anchors.items():
            if not {*kind.split()} <= {mention.code, mention.head, *classes}:
                continue
            head = relations.head(mention)
            if "" in following and (not mention.is_inner or mention.table != UNDERTAKINGS):
                yield Clause(frame, reading, relations, head, head, anchor=mention)
            nearby = (at for at in _following(reading, relations, mention, head)
                      if relations.tokens[at].lower in following)  # fmt: skip
            yield from (Clause(frame, reading, relations, at, at, anchor=mention) for at in [*nearby][:1])


def _following(reading: ReadSentence, relations: Relations, mention: EntryMention, head: int) -> Iterator[int]:
    """Yield the words that belong to a mention by their place: only its own words, places, dates and "held" between."""
    places = [one for one in reading.mentions if one.table == PLACES]
    spans = [*((one.start, one.end) for one in (mention, *places)), *((day.start, day.end) for day in reading.days)]
    for at in range(head + 1, len(relations.tokens)):
        token = relations.tokens[at]
        is_inside = any(start <= token.start < end for start, end in spans)
        if not (is_inside or token.tag in _PASSED or token.lower == "held"):
            return
        yield at


class _Filling:
    """A frame that a clause fills."""

    def __init__(self, clause: Clause, terms: Ontology, referents: Referents) -> None:
        self.frame, self.clause, self.reading, self.terms = clause.frame, clause, clause.reading, terms
        self.columns, self.referents = terms.columns(terms.tables[clause.frame.table]), referents
        self.span, self.is_implied = clause.span, False
        self._used: set[EntryMention] = set()

    def drafts(self) -> Iterator[Draft]:
        """Yield a draft for each entry of a column that takes one, if all needed columns are filled."""
        entries = {name for part, name in self.frame.parts.items() if part in ENTRIES}
        for lists in self._by_country(self._lists()):
            if any(name in entries and not lists.get(name) for name in self.frame.needs):
                continue
            found = self._values()
            cells = {**self.frame.fixed, **found}
            cells["note"] = " | ".join(one["note"] for one in (self.frame.fixed, found) if "note" in one)
            known = {name for name, part in {**cells, **lists}.items() if part}
            is_drafted = self._is_whole(known) and self._plan(cells) and not self._is_about_itself(lists)
            for chosen in self._choices(lists, has_amount="amountAsPrinted" in cells) if is_drafted else ():
                yield self._draft(cells, chosen)

    def _draft(self, cells: Mapping[str, str], chosen: Mapping[str, Sequence[Referent]]) -> Draft:
        """Return a draft, with the label of a new route."""
        filled = {name: joined(found) for name, found in chosen.items()}
        named = [referent for found in chosen.values() for referent in found]
        if "route" in self.columns:
            ends = (", ".join(one.label or one.cell for one in chosen[name]) for name in ("origin", "destination"))
            filled["route"] = label = " to ".join(ends)
            named.append(Referent(label, "routes", "Route", entry=Entry("routes", {"type": "Route", "label": label})))
        return self.reading.draft(self.frame.table, {**cells, **filled}, self.span, self.frame.id, named)

    # Entries.

    def _lists(self) -> dict[str, list[Referent]]:
        """Return the entries for each column that refers to entries."""
        lists: dict[str, list[Referent]] = {}
        for part, name in self.frame.parts.items():
            is_said = part == "after" and name in lists and self.frame.parts.get("object") == name
            if part in ENTRIES and part != "country" and not is_said:
                found = [one for one in self._found(part, self.columns[name]) if one not in lists.get(name, ())]
                if found:
                    lists[name] = [*lists.get(name, ()), *found]
        return lists

    def _by_country(self, lists: dict[str, list[Referent]]) -> Iterator[dict[str, list[Referent]]]:
        """Yield lists with each country in the words of the mention; in place of a body it is the government."""
        name, anchor = self.frame.parts.get("country", ""), self.clause.anchor
        if not name or anchor is None:
            yield lists
            return
        countries, is_state = self._countries(anchor), anchor.head == "governments"
        is_one = anchor.code == "states" or anchor.cls in ("GovernmentBody", "OrganizationalUnit")
        for place in countries if len(countries) == 1 or not is_one else ():  # "Ministries of Labour of Peru and Chile"
            own = government_of(place, self.reading.names) if is_state else self.reading.referents[anchor]
            entry = place if self.columns[name].refers == "Place" else government_of(place, self.reading.names)
            if own.cell not in (entry.cell, place.cell):
                yield {**lists, self.frame.parts["object"]: [own], name: [entry]}

    def _countries(self, actor: EntryMention) -> list[Referent]:
        """Return the places in the words of an actor, or the country that its first words mean: "Peruvian Police".

        Of governments, those listed after them, too; an embassy is not of its seat: "US Embassy in Bolivia".
        """
        relations, is_mission = self.clause.relations, actor.head in LISTS["missions"]
        places = [one for one in self.reading.inside(actor) if one.table == PLACES
                  and not (is_mission and relations.preposition(one) in ("in", "to"))]  # fmt: skip
        if places and actor.head == "governments":
            places = relations.listed(places[-1])
        return [self.reading.referents[one] for one in places] or self._by_adjective(actor)

    def _by_adjective(self, actor: EntryMention) -> list[Referent]:
        """Return the country that the first words mean: "Peruvian Police", "US Embassy"."""
        names = self.reading.names
        words = [word for word in actor.words.split() if word.lower() != "the"]
        if len(words) == 1:
            return []
        capitals = [word for word in words if word[:1].isupper()] if actor.cls == "Group" else words[:1]
        told = " ".join(words[:2]), words[0].removesuffix("’s"), actor.words.rpartition(" of ")[2].removeprefix("the ")
        known = [*map(names.of, told), *map(names.country, capitals)]
        found = [one for one in known if one and one.cls == "Country"]
        return [referent_of(one) for one in found[:1]]

    def _found(self, part: str, column: Column) -> list[Referent]:
        """Return the entries of a part that fit, each once, else the governments of countries that act."""
        group = self._group(part, column)
        self._used |= set(group)
        group = group[:1] if self.clause.is_fact and group and group[0] == self.clause.anchor else group
        found = list({one.cell: one for one in map(self.reading.referents.__getitem__, group)}.values())
        is_acting = column.refers == "Actor" and part in _ACTING and not self.clause.anchor
        return found or (self._governments(part) if is_acting else [])

    def _governments(self, part: str) -> list[Referent]:
        """Return the governments of the countries in the place of an actor."""
        countries = [one for one in next(self.clause.part(part), []) if one.cls == "Country"]
        self._widen((one.start, one.end) for one in countries)
        self.is_implied = self.is_implied or bool(countries)
        return [government_of(self.reading.referents[one], self.reading.names) for one in countries]

    def _group(self, part: str, column: Column) -> list[EntryMention]:
        for group in self.clause.part(part):
            fitting = [one for one in group if one not in self._used and self._fits(part, one, column)]
            if fitting and len(fitting) <= _MOST_LISTED:
                self._widen((one.start, one.end) for one in fitting)
                return fitting
        return []

    def _fits(self, part: str, mention: EntryMention, column: Column) -> bool:
        """Tell whether a column takes an entry; no group of people owns a work: "a project of experts"."""
        is_placed = mention.is_inner and self.frame.table == "affiliations"
        if part == "owner" and (mention.cls in GROUP_CLASSES or is_placed):
            return False
        return column.refers in self.terms.classes.get(self.reading.referents[mention].cls, ())

    # Values.

    def _values(self) -> dict[str, str]:
        """Return the cells of the parts of a frame that are no entries, and widen its words by those that say them."""
        parts, clause, text = self.frame.parts, self.clause, self.reading.text
        cells: dict[str, str] = {}
        days = self.reading.days if "when" in parts else []
        if len(days) == 1:
            self._widen([(days[0].start, days[0].end)])
            cells = {"date": days[0].edtf, "dateBasis": "inferred" if days[0].is_inferred else ""}
        amounts = money(text) if "money" in parts else []
        if len(amounts) == 1:
            self._widen([(amounts[0].start, amounts[0].end)])
            cells |= cells_of(amounts[0])
        for part, at in (("rest", clause.span[1]), ("phrase", clause.span[0])):
            if part in parts:
                cells[parts[part]] = short(text[at:])
        cells |= self._of_mention(clause.anchor) if clause.anchor else {}
        return {name: cell for name, cell in cells.items() if cell}

    def _of_mention(self, mention: EntryMention) -> dict[str, str]:
        """Return what the words of an undertaking or document, and those around, say: kind and status."""
        relations, parts = self.clause.relations, self.frame.parts
        inside = [at for at, one in enumerate(relations.tokens) if mention.start <= one.start < mention.end]
        words = {one.lower for one in relations.tokens[max(0, inside[0] - 3) : inside[-1] + 1][:3]}
        status = self._status(mention, inside[0], inside[-1]) if "status" in parts else ""
        is_told = bool(status) or bool(words & LISTS["new"]) or mention.name_kind != "description"
        codes = _kinds(mention) if "kind" in parts and (is_told or mention.table == DOCUMENTS) else ()
        own = self.reading.referents[mention]
        kinds = [code for code in codes if self.referents.is_first(own, f"kind {code}")]
        every = {"kind": " | ".join(kinds), "status": status}
        return {parts[part]: cell for part, cell in every.items() if part in parts}

    def _status(self, mention: EntryMention, first: int, last: int) -> str:
        """Return how far an undertaking has come, as the words around say; nothing if they do not."""
        relations = self.clause.relations
        moods = ("held",) if mention.cls in EVENT_CLASSES else ("ended", "ongoing")
        status, start, end = relations.mood_around(("planned", *moods), first, last)
        self._widen([(relations.tokens[start].start, relations.tokens[end - 1].end)])
        return relations.mood_after(("cancelled", "suspended"), last) or status.replace("ended", "completed")

    # What is whole.

    def _is_whole(self, filled: set[str]) -> bool:
        """Tell whether the columns that a table or a frame needs are filled; of "place / date" one is enough."""
        needed = {name for name, column in self.columns.items() if column.needed} - {"evidence", "route"}
        is_given = self.frame.table != "funding" or not filled.isdisjoint(_FUNDED)
        given = filled | ({"amount"} if "amountAsPrinted" in filled else set())  # a range has no one amount
        whole = all(not given.isdisjoint(one.split(" / ")) for one in self.frame.needs)
        return is_given and needed <= given and whole

    def _choices(
        self, lists: Mapping[str, Sequence[Referent]], *, has_amount: bool
    ) -> Iterator[dict[str, Sequence[Referent]]]:
        """Yield the lists with one entry for each column that takes one; of many givers each gives, not one amount."""
        is_each = any(token.lower == "each" for token in self.clause.relations.tokens)
        options = []
        for name, found in lists.items():
            is_pair = self.frame.parts.get("subject") == name and len(found) <= 2  # "A and B financed it"
            is_giver = (self.frame.table, name) == ("funding", "giver")
            is_joint = self.columns[name].many and (not is_giver or (not is_each and (is_pair or has_amount)))
            options.append([found] if is_joint else [[one] for one in found])
        yield from (dict(zip(lists, choice, strict=True)) for choice in product(*options))

    def _plan(self, cells: dict[str, str]) -> bool:
        """Set the status; return False if it has not happened, and the table cannot say so."""
        plan = "" if self.clause.is_fact else self.clause.relations.plan(self.clause.first)
        is_reading = cells.get("modality") == "implied" and self.frame.table in ("activities", "funding")
        is_done = self.frame.table == "publication-reports" or cells.get("activityKind") == "position"
        is_outcome = "outcome" in self.frame.parts.values()
        if (is_outcome and plan) or (self.clause.is_aim and (is_outcome or is_reading or is_done)):
            return False  # no more than an aim: "to support a programme", "to adopt a law"
        name, code = _PLANS.get(self.frame.table, ("status", plan))
        if plan and name not in self.columns:
            return False
        cells |= {name: code} if plan else {}
        cells |= {"modality": "implied"} if self.is_implied else {}
        return True

    def _is_about_itself(self, lists: Mapping[str, Sequence[Referent]]) -> bool:
        """Tell whether two columns, such as giver and receiver, have the same entry, or partners are too few."""
        every = [referent.cell for found in lists.values() for referent in found]
        return len(every) != len(set(every)) or len(lists.get("partner", (1, 2))) < 2

    def _widen(self, spans: Iterable[tuple[int, int]]) -> None:
        every = [self.span, *spans]
        self.span = min(start for start, _ in every), max(end for _, end in every)


def _kinds(mention: EntryMention) -> list[str]:
    """Return the codes of the kinds of an undertaking by the words of its name, or its own one."""
    if mention.table == DOCUMENTS:  # a phrase such as "national action plans" often only wishes one
        is_meant = mention.name_kind == "description" and mention.code in ("plan", "proposal")
        return [] if is_meant or not mention.code else [mention.code]
    words = mention.words.lower().split()
    ends = (at for at, word in enumerate(words) if word in ("on", "about", "against", "for", "in"))
    heads = [UNDERTAKING_HEADS[word].code for word in words[: next(ends, None)] if word in UNDERTAKING_HEADS]
    return [*dict.fromkeys(filter(None, heads or [mention.code]))]
