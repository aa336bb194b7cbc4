"""Drafts from frames: the parts of a clause fill the columns of a table of claims."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.frames.attached_words import attached
from tipgraph.curation.drafts.rules.frames.clauses import Clause
from tipgraph.curation.drafts.rules.frames.frame_table import Frame, Triggers
from tipgraph.curation.drafts.rules.mentions.entry_mention import EVENT_CLASSES, GROUP_CLASSES, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import SUBJECT, ReadSentence, joined, short
from tipgraph.curation.drafts.rules.mentions.referents import Referent
from tipgraph.curation.drafts.words.figures import Money, cells_of, money
from tipgraph.model import Column, Ontology

_ACTING: Final = frozenset({"subject", "object", "by", "from", "after"})  # parts where a country means its government
_IS: Final = re.compile(r"\s*(?:is|are|was|were|includes?|included)\s+(?:to\s+)?")
_RIGHT_AFTER: Final = 6  # characters between the words and an entry: "the aim of the seminar"
_THINGS: Final = frozenset({"documents", "undertakings"})  # what a column for any entry, such as a purpose, takes
_WORDING: Final = frozenset({"date", "dateBasis", "description", "modality", "note", "status"})
_FUNDED: Final = frozenset({"receiver", "purpose"})  # of which a payment needs one
_PRESENT: Final = frozenset({"participant", "presenter"})  # roles at events
_PAIR: Final = 2
_MOST_LISTED: Final = 12  # entries of one list: more are no list but a table


class Statements:
    """The frames at work on readings."""

    def __init__(self, frames: Sequence[Frame], terms: Ontology) -> None:
        self._triggers, self._terms = Triggers(frames), terms

    def drafts(self, reading: ReadSentence) -> Iterator[Draft]:
        """Yield the drafts of each frame whose words the sentence has; each act once, whatever verbs say it."""
        acts = set[frozenset[tuple[str, str]]]()
        for draft in self._drafts(reading):
            act = frozenset((name, cell) for name, cell in draft.cells.items() if name not in _WORDING)
            if draft.table != "activities" or act not in acts:
                yield draft
            acts.add(act)

    def _drafts(self, reading: ReadSentence) -> Iterator[Draft]:
        for frame, first, last, is_verb, anchor in self._triggers.found(reading.sentence.tokens, attached(reading)):
            clause = Clause(reading.sentence, reading.mentions, first, last, is_verb, anchor)
            if not clause.is_denied:
                yield from _Filling(frame, clause, reading, self._terms).drafts()


class _Filling:
    """A frame that a clause fills."""

    def __init__(self, frame: Frame, clause: Clause, reading: ReadSentence, terms: Ontology) -> None:
        self.frame, self.clause, self.reading, self.terms = frame, clause, reading, terms
        self.columns = terms.columns(terms.tables[frame.table])
        self.span = [clause.start, clause.end]
        self.is_implied = False
        self.needs = set(frame.needs)
        self._sent: dict[str, Referent] = {}
        self._used: set[EntryMention] = set()

    def drafts(self) -> Iterator[Draft]:
        """Yield a draft for each entry of a column that takes one, if all needed columns are filled."""
        lists = self._lists()
        self._complete(lists)
        cells = self._cells()
        known = {name for name, found in {**cells, **lists}.items() if found}
        is_drafted = self._is_whole(known) and self._plan(cells) and not self._is_about_itself(lists)
        for chosen in self._choices(lists, has_amount="amountAsPrinted" in cells) if is_drafted else ():
            filled = {name: joined(found) for name, found in chosen.items()} | self._envoys(chosen)
            named = [referent for found in chosen.values() for referent in found]
            named += [one for one in self._sent.values() if one.cell in filled.values()]
            span = self.span[0], self.span[1]
            yield self.reading.draft(self.frame.table, {**cells, **filled}, span, self.frame.id, named)

    def _envoys(self, chosen: Mapping[str, Sequence[Referent]]) -> dict[str, str]:
        """Return who came for a participant that is a body, if the words name them."""
        sent = [self._sent[one.cell] for one in chosen.get("participant", ()) if one.cell in self._sent]
        return {"representedBy": sent[0].cell} if sent else {}

    def _complete(self, lists: dict[str, list[Referent]]) -> None:
        """Add the undertaking or the purpose that the sentences before name, if this one names none."""
        if "undertaking" not in lists and self._is_unnamed():
            lists["undertaking"] = self._before(self.columns["undertaking"])
        is_named = "purpose" in self.frame.needs or _FUNDED & set(lists)
        if self.frame.table == "funding" and not is_named:
            self._complete_gift(lists)
        if self.frame.fixed.get("activityKind") == "establishment" and "agent" not in lists and "about" in lists:
            self.needs -= {"about"}
            lists["agent"] = lists.pop("about")  # a body that is set up, if its founders are not said or are persons

    def _complete_gift(self, lists: dict[str, list[Referent]]) -> None:
        """Add the receiver whose clause says with whose help it works, or else the purpose that was named before."""
        receivers = [] if self.clause.is_verb else self._found("subject", self.columns["receiver"])
        if receivers and receivers[0].cls not in GROUP_CLASSES:
            self.is_implied = True
            lists["receiver"] = receivers
        else:
            lists["purpose"] = self._before(self.columns["purpose"])

    def _cells(self) -> dict[str, str]:
        """Return the fixed cells and the values, with the notes of both."""
        fixed, values = self.frame.fixed, self._values()
        notes = " | ".join(each["note"] for each in (fixed, values) if "note" in each)
        return {**fixed, **values, **({"note": notes} if notes else {})}

    def _is_unnamed(self) -> bool:
        """Tell whether a participation names no undertaking, so that it may be in that of the sentence before."""
        parts = [part for part, name in self.frame.parts.items() if name == "undertaking"]
        is_needed = {"subject", "object"} & set(parts) or "undertaking" in self.frame.needs
        is_open = self.frame.table == "participations" and not is_needed
        return is_open and all(mention.table != "undertakings" for mention in self.reading.mentions)

    def _is_whole(self, filled: set[str]) -> bool:
        needed = {name for name, column in self.columns.items() if column.needed and name != "evidence"}
        is_given = self.frame.table != "funding" or not filled.isdisjoint(_FUNDED)
        if "amountAsPrinted" in filled:
            filled = filled | {"amount"}  # a range has no one amount
        return is_given and needed | self.needs <= filled

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
        is_each = re.search(r"\beach\b", self.reading.text)
        is_pair = self.frame.parts.get("subject") == name and len(found) <= _PAIR  # "A and B financed it"
        is_giver = (self.frame.table, name) == ("funding", "giver")
        return self.columns[name].many and (not is_giver or (not is_each and (is_pair or has_amount)))

    def _lists(self) -> dict[str, list[Referent]]:
        """Return the entries for each column that refers to entries."""
        lists: dict[str, list[Referent]] = {}
        for part, name in self.frame.parts.items():
            column = self.columns[name]
            is_act = self.frame.table == "activities"
            is_said = is_act and part == "after" and name in lists and self.frame.parts.get("object") == name
            if column.refers and not is_said:
                found = self._found(part, column)
                if found:
                    lists[name] = [*lists.get(name, ()), *(one for one in found if one not in lists.get(name, ()))]
        return lists

    def _group(self, part: str, column: Column) -> list[EntryMention]:
        for group in self.clause.part(part):
            fitting = [one for one in group if self._fits(one, column) and one not in self._used]
            if column.name == "undertaking" and self.frame.fixed.get("role") == "presenter":
                fitting = [one for one in fitting if self._may_have(self.reading.referents[one])]
            if fitting and len(fitting) <= _MOST_LISTED:
                self._widen(fitting)
                return fitting
        return []

    def _found(self, part: str, column: Column) -> list[Referent]:
        """Return the entries of a part: those that fit, else who is behind them, else what a pronoun means."""
        group = self._group(part, column)
        self._used |= set(group)
        meant = (referent for mention in group for referent in self._meant(mention, column))
        found = list({referent.cell: referent for referent in meant}.values())  # a name and a phrase may mean one
        if not found and column.refers == "Actor" and part in _ACTING and not self.clause.anchor:
            found = self._behind(part, column)
        return found or self._named_before(part, column)

    def _meant(self, mention: EntryMention, column: Column) -> list[Referent]:
        """Return the entries of a mention; the body for which a participant comes, if there is one."""
        bodies = self.reading.sent_by(mention) if column.name == "participant" else []
        self._sent |= {body.cell: self.reading.referents[mention] for body in bodies}
        return bodies or self.reading.each(mention)

    def _behind(self, part: str, column: Column) -> list[Referent]:
        """Return who is behind a country or a programme in the place of an actor: its government, its owner."""
        group = [one for one in next(self.clause.part(part), []) if one not in self._used]
        countries = [one for one in group if self.reading.referents[one].cls == "Country"]
        owners = [inner for one in group for inner in self.reading.inside(one) if self._fits(inner, column)][:1]
        self._widen(countries or owners)
        self.is_implied = self.is_implied or bool(countries or owners)
        governments = [self.reading.government_of(self.reading.referents[one]) for one in countries]
        return governments or [self.reading.referents[one] for one in owners]

    def _widen(self, group: Sequence[EntryMention]) -> None:
        self.span[0] = min([self.span[0], *(one.start for one in group)])
        self.span[1] = max([self.span[1], *(one.end for one in group)])

    def _fits(self, mention: EntryMention, column: Column) -> bool:
        return self._is_for(self.reading.referents[mention], column)

    def _is_for(self, referent: Referent, column: Column) -> bool:
        """Tell whether a column takes an entry; one for any entry takes what a person does or writes."""
        is_one = column.refers in self.terms.classes.get(referent.cls, ())
        return is_one and (column.refers != "Thing" or referent.table in _THINGS)

    def _named_before(self, part: str, column: Column) -> list[Referent]:
        """Return the entry that a pronoun before the trigger means: the first of its kind in the sentence before."""
        if part != ("object" if self.clause.is_passive else "subject") or not self.clause.has_pronoun:
            return []
        subject = self.reading.before.get(SUBJECT)
        if subject and subject.cls != "Group" and not self._is_for(subject, column):  # "it" is no group
            return []
        return self._before(column)

    def _before(self, column: Column) -> list[Referent]:
        found = [one for one in self.reading.before.values() if self._is_for(one, column) and self._may_have(one)]
        self.is_implied = self.is_implied or bool(found)
        return found[:1]

    def _may_have(self, referent: Referent) -> bool:
        """Tell whether people may be present at an entry, if the frame says so: a project has no speakers."""
        is_presence = self.frame.fixed.get("role") in _PRESENT
        return not is_presence or referent.table != "undertakings" or referent.cls in EVENT_CLASSES

    def _values(self) -> dict[str, str]:
        """Return the cells that are dates, amounts and texts."""
        cells: dict[str, str] = {}
        parts = self.frame.parts
        if "when" in parts and len(self.reading.days) == 1:
            day = self.reading.days[0]
            self.span = [min(self.span[0], day.start), max(self.span[1], day.end)]
            cells |= {"date": day.edtf, "dateBasis": "inferred" if day.is_inferred else ""}
        if "money" in parts and len(amounts := list(filter(self._is_own, money(self.reading.text)))) == 1:
            self.span = [min(self.span[0], amounts[0].start), max(self.span[1], amounts[0].end)]
            cells |= cells_of(amounts[0])
        for part, start in (("rest", self._rest), ("phrase", self.clause.start)):
            if part in parts:
                cells[parts[part]] = short(self.reading.text[start:])
        return cells

    def _is_own(self, amount: Money) -> bool:
        """Tell whether an amount belongs to the words: no other verb is between, if the frame needs the amount."""
        if "amount" not in self.frame.needs or not self.clause.is_verb:
            return True
        tokens = self.reading.sentence.tokens
        at = next((at for at, token in enumerate(tokens) if token.end > amount.start), -1)
        for _ in tokens:
            if at < 0 or tokens[at].is_verb or tokens[at].head in (-1, at):
                break
            at = tokens[at].head
        return at < 0 or tokens[at].head < 0 or not tokens[at].is_verb or at == self.clause.first

    @property
    def _rest(self) -> int:
        """The offset of the rest, after the words, their entry and "is": "the aim of the seminar was …"."""
        text, end = self.reading.text, self.clause.end
        ends = [one.end for one in self.reading.outer if 0 <= one.start - end <= _RIGHT_AFTER]
        is_named = "after" in self.frame.parts and bool(ends)
        link = _IS.match(text, ends[0]) if is_named else None
        return link.end() if link else end

    def _plan(self, cells: dict[str, str]) -> bool:
        """Set the status; return False if it has not happened, and the table cannot say so."""
        plan = self.clause.plan
        if self._is_only_aim(plan):
            return False
        if plan and self.frame.table == "funding":
            cells["moneyKind"] = "proposed"
        elif plan and "status" in self.columns:
            cells["status"] = plan
        elif plan and self.frame.table == "publication-reports":
            cells["publicationState"] = "forthcoming"
        elif plan:
            return False
        if self.is_implied:
            cells["modality"] = "implied"
        return True

    def _is_only_aim(self, plan: str) -> bool:
        """Tell whether it is no more than an aim: "to support a programme", "to adopt a law", a future outcome."""
        fixed, table = self.frame.fixed, self.frame.table
        is_outcome = "outcome" in self.frame.parts.values()
        is_reading = fixed.get("modality") == "implied" and table in ("activities", "funding")
        is_done = table == "publication-reports" or fixed.get("activityKind") == "position"
        return (is_outcome and bool(plan)) or (self.clause.is_aim and (is_outcome or is_reading or is_done))

    def _is_about_itself(self, lists: Mapping[str, Sequence[Referent]]) -> bool:
        """Tell whether two columns, such as giver and receiver, have the same entry, or partners are too few."""
        every = [referent.cell for found in lists.values() for referent in found]
        return len(every) != len(set(every)) or len(lists.get("partner", (1, 2))) < 2
