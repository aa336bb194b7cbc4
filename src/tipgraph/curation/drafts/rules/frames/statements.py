"""Drafts from frames: the parts of a clause fill the columns of a table of claims."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Final

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.rules.frames.clauses import Clause, anchored
from tipgraph.curation.drafts.rules.frames.frame_table import ENTRIES, Frame
from tipgraph.curation.drafts.rules.frames.own_country import own_countries
from tipgraph.curation.drafts.rules.frames.relations import Relations, path_matcher
from tipgraph.curation.drafts.rules.frames.triggers import Triggers
from tipgraph.curation.drafts.rules.frames.values import values
from tipgraph.curation.drafts.rules.mentions.entry_mention import (
    EVENT_CLASSES,
    GROUP_CLASSES,
    UNDERTAKINGS,
    EntryMention,
)
from tipgraph.curation.drafts.rules.mentions.read_sentence import SUBJECT, WITHOUT_PLACE, ReadSentence, joined
from tipgraph.curation.drafts.rules.mentions.referents import Referent, Referents
from tipgraph.model import Column, Ontology

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_ACTING: Final = frozenset({"subject", "object", "by", "from", "after"})  # parts where a country means its government
_THINGS: Final = frozenset({"documents", "undertakings"})  # what a column for any entry, such as a purpose, takes
_FUNDED: Final = frozenset({"receiver", "purpose"})  # of which a payment needs one
_WORDING: Final = frozenset({"date", "dateBasis", "description", "modality", "note", "status"})
_PRESENT: Final = frozenset({"participant", "presenter"})  # roles at events: a project has no speakers
_PLANS: Final = {"funding": ("moneyKind", "proposed"), "publication-reports": ("publicationState", "forthcoming")}
_TOGETHER: Final = "named-together"
_PAIR: Final = 2
_MOST_LISTED: Final = 12  # entries of one list: more are no list but a table


class Statements:
    """The frames at work on the sentences of texts."""

    def __init__(self, frames: Sequence[Frame], terms: Ontology, vocab: "Vocab") -> None:
        self._frames, self._terms = frames, terms
        self._triggers, self._paths = Triggers(frames, vocab), path_matcher(vocab)

    def drafts(self, reading: ReadSentence, referents: Referents) -> Iterator[Draft]:
        """Yield the drafts of each frame whose words a sentence has.

        An act is one in its sentence, whatever verbs say it; a fact of a mention is one in its text, and the first
        frame that says to what it belongs says it alone.
        """
        acts, placed = set[frozenset[tuple[str, str]]](), set[tuple[EntryMention | None, bool]]()
        for clause in self._clauses(reading) if reading.sentence.tokens else ():
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

    def _clauses(self, reading: ReadSentence) -> list[Clause]:
        relations = Relations(reading, self._paths)
        moods = self._triggers.moods(relations.doc)
        found = [Clause(one.frame, reading, relations, moods, one.first, one.last, one.is_verb)
                 for one in self._triggers.found(relations.doc)]  # fmt: skip
        for frame in (one for one in self._frames if one.anchors):
            found += anchored(frame, reading, relations, moods, self._terms)
        for clause in found:
            relations.start(clause.first, clause.last, relations.verb(clause.first))
        return found


class _Filling:
    """A frame that a clause fills."""

    def __init__(self, clause: Clause, terms: Ontology, referents: Referents) -> None:
        self.frame, self.clause, self.reading, self.terms = clause.frame, clause, clause.reading, terms
        self.columns, self.referents = terms.columns(terms.tables[clause.frame.table]), referents
        self.span, self.is_implied, self.needs = clause.span, False, set(clause.frame.needs)
        self._sent: dict[str, Referent] = {}
        self._used: set[EntryMention] = set()

    def drafts(self) -> Iterator[Draft]:
        """Yield a draft for each entry of a column that takes one, if all needed columns are filled."""
        for lists in self._by_country(self._lists()):
            self._complete(lists)
            entries = {name for part, name in self.frame.parts.items() if part in ENTRIES}
            if any(name in entries and not lists.get(name) for name in self.needs):
                continue
            found = values(self.clause, self.referents, self.terms)
            self._widen(found.spans)
            cells = {**self.frame.fixed, **found.cells}
            cells["note"] = " | ".join(one["note"] for one in (self.frame.fixed, found.cells) if "note" in one)
            known = {name for name, part in {**cells, **lists}.items() if part}
            is_drafted = self._is_whole(known) and self._plan(cells) and not self._is_about_itself(lists)
            for chosen in self._choices(lists, has_amount="amountAsPrinted" in cells) if is_drafted else ():
                yield self._draft(cells, chosen)
                yield from self._naming(lists.get("affiliate", ()))

    def _draft(self, cells: Mapping[str, str], chosen: Mapping[str, Sequence[Referent]]) -> Draft:
        """Return a draft with who came for a participant that is a body, and with the label of a new route."""
        filled = {name: joined(found) for name, found in chosen.items()}
        named = [referent for found in chosen.values() for referent in found]
        if envoys := [self._sent[one.cell] for one in chosen.get("participant", ()) if one.cell in self._sent]:
            filled["representedBy"] = envoys[0].cell
            named.append(envoys[0])
        if "route" in self.columns:
            ends = (", ".join(one.label or one.cell for one in chosen[name]) for name in ("origin", "destination"))
            filled["route"] = label = " to ".join(ends)
            named.append(Referent(label, "routes", "Route", entry=Entry("routes", {"type": "Route", "label": label})))
        return self.reading.draft(self.frame.table, {**cells, **filled}, self.span, self.frame.id, named)

    def _naming(self, affiliates: Sequence[Referent]) -> Iterator[Draft]:
        """Yield that a phrase names the group of one country among others: "NGOs in Peru and Chile"."""
        anchor = self.clause.anchor
        for own in affiliates:
            if anchor and own.entry and own.cls == "Group" and own.cell != self.reading.referents[anchor].cell:
                kind = WITHOUT_PLACE.split(anchor.words)[0]
                cells = {"named": own.cell, "name": kind, "nameKind": "description"}
                yield self.reading.draft("namings", cells, (anchor.start, anchor.start + len(kind)), _TOGETHER, [own])

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
        for own, place in own_countries(self.reading, anchor):
            entry = place if self.columns[name].refers == "Place" else self.reading.government_of(place)
            if own.cell not in (entry.cell, place.cell):
                yield {**lists, self.frame.parts["object"]: [own], name: [entry]}

    def _found(self, part: str, column: Column) -> list[Referent]:
        """Return the entries of a part: those that fit, else who is behind them, else what a pronoun means."""
        group = self._group(part, column)
        self._used |= set(group)
        if self.clause.is_fact and group and group[0] == self.clause.anchor:
            return [self.reading.referents[group[0]]]
        meant = (referent for mention in group for referent in self._meant(mention, column))
        found = list({referent.cell: referent for referent in meant}.values())  # a name and a phrase may mean one
        if not found and column.refers == "Actor" and part in _ACTING and not self.clause.anchor:
            found = self._behind(part, column)
        return found or self._named_before(part, column)

    def _group(self, part: str, column: Column) -> list[EntryMention]:
        for group in self.clause.part(part):
            fitting = [one for one in group if one not in self._used and self._fits(part, one, column)]
            if fitting and len(fitting) <= _MOST_LISTED:
                self._widen((one.start, one.end) for one in fitting)
                return fitting
        return []

    def _fits(self, part: str, mention: EntryMention, column: Column) -> bool:
        """Tell whether a column takes an entry; no group of people owns a work: "a project of experts"."""
        if part == "owner" and (
            mention.cls in GROUP_CLASSES or (mention.is_inner and self.frame.table == "affiliations")
        ):
            return False
        return self._is_for(self.reading.referents[mention], column)

    def _is_for(self, referent: Referent, column: Column) -> bool:
        """Tell whether a column takes an entry; one for any entry takes what a person does or writes."""
        is_one = column.refers in self.terms.classes.get(referent.cls, ())
        is_event = self.frame.fixed.get("role") not in _PRESENT or referent.table != UNDERTAKINGS
        is_thing = column.refers != "Thing" or referent.table in _THINGS
        return is_one and is_thing and (is_event or referent.cls in EVENT_CLASSES)

    def _meant(self, mention: EntryMention, column: Column) -> list[Referent]:
        """Return the entries of a mention; the body for which a participant comes, if there is one."""
        bodies = self.reading.sent_by(mention) if column.name == "participant" else []
        self._sent |= {body.cell: self.reading.referents[mention] for body in bodies}
        return bodies or self.reading.each(mention)

    def _behind(self, part: str, column: Column) -> list[Referent]:
        """Return who is behind a country or a programme in the place of an actor: its government, its owner."""
        group = [one for one in next(self.clause.part(part), []) if one not in self._used]
        countries = [one for one in group if self.reading.referents[one].cls == "Country"]
        every = [inner for one in group for inner in self.reading.inside(one)]
        owners = [] if countries else [one for one in every if self._is_for(self.reading.referents[one], column)][:1]
        self._widen((one.start, one.end) for one in [*countries, *owners])
        found = [self.reading.government_of(self.reading.referents[one]) for one in countries]
        found += [self.reading.referents[one] for one in owners]
        self.is_implied = self.is_implied or bool(found)
        return found

    def _named_before(self, part: str, column: Column) -> list[Referent]:
        """Return the entry that a pronoun before the trigger means: the first of its kind in the sentence before."""
        if part not in ("subject", "object") or self.clause.anchor or not self.clause.has_pronoun(part):
            return []
        subject = self.reading.before.get(SUBJECT)
        if subject and subject.cls != "Group" and not self._is_for(subject, column):  # "it" is no group
            return []
        return self._before(column)

    def _before(self, column: Column) -> list[Referent]:
        found = [one for one in self.reading.before.values() if self._is_for(one, column)]
        self.is_implied = self.is_implied or bool(found)
        return found[:1]

    def _complete(self, lists: dict[str, list[Referent]]) -> None:
        """Add the undertaking or the purpose that the sentences before name, if this one names none."""
        if self.frame.table == "participations" and "undertaking" not in lists and self._is_unnamed():
            lists["undertaking"] = self._before(self.columns["undertaking"])
        if self.frame.table == "funding" and not ("purpose" in self.frame.needs or _FUNDED & set(lists)):
            receivers = [] if self.clause.is_verb else self._found("subject", self.columns["receiver"])
            if (
                receivers and receivers[0].cls not in GROUP_CLASSES
            ):  # "the Fund, with support from the Institute, feeds"
                lists["receiver"], self.is_implied = receivers, True
            else:
                lists["purpose"] = self._before(self.columns["purpose"])
        if self.frame.fixed.get("activityKind") == "establishment" and "agent" not in lists and "about" in lists:
            lists["agent"] = lists.pop("about")  # a body that is set up, if its founders are not said or are persons

    def _is_unnamed(self) -> bool:
        """Tell whether a participation names no undertaking, so that it may be in that of the sentence before."""
        parts = [part for part, name in self.frame.parts.items() if name == "undertaking"]
        is_needed = not {"subject", "object"}.isdisjoint(parts) or "undertaking" in self.frame.needs
        return not is_needed and all(mention.table != UNDERTAKINGS for mention in self.reading.mentions)

    def _is_whole(self, filled: set[str]) -> bool:
        """Tell whether the columns that a table or a frame needs are filled; of "place / date" one is enough."""
        needed = {name for name, column in self.columns.items() if column.needed} - {"evidence", "route"}
        is_given = self.frame.table != "funding" or not filled.isdisjoint(_FUNDED)
        given = filled | ({"amount"} if "amountAsPrinted" in filled else set())  # a range has no one amount
        return is_given and needed <= given and all(not given.isdisjoint(one.split(" / ")) for one in self.needs)

    def _choices(
        self, lists: Mapping[str, Sequence[Referent]], *, has_amount: bool
    ) -> Iterator[dict[str, Sequence[Referent]]]:
        """Yield the lists with one entry for each column that takes one."""
        options = (
            [found] if self._is_joint(name, found, has_amount=has_amount) else [[one] for one in found]
            for name, found in lists.items()
        )
        yield from (dict(zip(lists, choice, strict=True)) for choice in product(*options))

    def _is_joint(self, name: str, found: Sequence[Referent], *, has_amount: bool) -> bool:
        """Tell whether a column takes a list at once; each of many givers gives for itself, but not one amount."""
        is_each = any(token.lower == "each" for token in self.clause.relations.tokens)
        is_pair = self.frame.parts.get("subject") == name and len(found) <= _PAIR  # "A and B financed it"
        is_giver = (self.frame.table, name) == ("funding", "giver")
        return self.columns[name].many and (not is_giver or (not is_each and (is_pair or has_amount)))

    def _plan(self, cells: dict[str, str]) -> bool:
        """Set the status; return False if it has not happened, and the table cannot say so."""
        plan = "" if self.clause.is_fact else self.clause.moods.plan(self.clause.first)
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
        return len(every) != len(set(every)) or len(lists.get("partner", (1, 2))) < _PAIR

    def _widen(self, spans: Iterable[tuple[int, int]]) -> None:
        every = [self.span, *spans]
        self.span = min(start for start, _ in every), max(end for _, end in every)
