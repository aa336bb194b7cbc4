"""A person at the drafts of a source: each decision becomes rows and a line of the ledger at once, or nothing.

draft → accept · edit · reject · later     words → miss (a claim without a draft)     saved claim → correct · remove
paragraph → reveal · scope · done

Every call names the version of the source that the person saw. If somebody else has changed it since, nothing is
written. A claim, its evidence and the line of the ledger are written in one step: after a process was killed within
it, the next one finds all of them or none.

Decisions: docs/decisions/0151-decisions-about-drafts-are-a-ledger-of-the-source.md,
docs/decisions/0162-a-decision-is-written-as-a-whole.md,
docs/decisions/0174-a-saved-claim-is-corrected-in-its-own-row.md.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from tipgraph.curation.drafts.draft import Draft, Drafter, Entry
from tipgraph.curation.drafts.draft_file import make_drafts
from tipgraph.curation.drafts.draft_text import NOT_READ, DraftText
from tipgraph.curation.drafts.rows.decided_rows import (
    DecidedRow,
    cell_faults,
    corrected_rows,
    given_rows,
    given_scope,
    rows_without,
)
from tipgraph.curation.drafts.rows.resolved_rows import EntryKey, entry_key
from tipgraph.curation.drafts.rows.row_forms import referred, row_forms
from tipgraph.curation.drafts.rows.saved_claims import SavedClaim
from tipgraph.curation.drafts.session.draft_decisions import (
    ACCEPTED,
    CORRECTED,
    DONE,
    EDITED,
    MISSED,
    REASONS,
    REJECTED,
    REMOVED,
    REVEALED,
    SET_ASIDE,
    DraftDecision,
    decisions_ledger,
    paragraph_id,
)
from tipgraph.curation.drafts.session.draft_view import DraftView
from tipgraph.curation.drafts.session.drafted_text import ParagraphState
from tipgraph.curation.drafts.words.value_words import value_cells
from tipgraph.curation.ledger import plain
from tipgraph.errors import BadValue, CallError, Fault, InputError, StaleVersion, UnknownName
from tipgraph.model import kit, ontology, today
from tipgraph.runtime import alone, atomic_file
from tipgraph.sources import (
    ChangeJournal,
    FileChange,
    GivenRows,
    Source,
    SourceText,
    TakenRows,
    Texts,
    locate_span,
    names_of_persons,
    person_names,
    read_source,
    source_at,
    take_rows,
    with_reference,
    write_changed,
)

Record: TypeAlias = dict[str, Any]
Quotes: TypeAlias = Sequence[Sequence[int]]  # the start and end of each, in code points of the text
_STALE = "the source has changed since it was shown, and nothing was written; look at it again"
_LONGEST = 3600  # seconds of a decision
_READ = "nothing-to-record"  # the scope of a paragraph that a person has read


class _Undo(NamedTuple):
    """A saved decision in words, and what it wrote."""

    words: str
    files: Mapping[Path, FileChange]
    renamed: Mapping[EntryKey, str] = MappingProxyType({})  # labels that a person gave to new entries


class DraftSession:
    """The drafts of a source, and the decisions of one reader.

    A call that decides returns what has changed: the `version`, the paragraphs, and the rest of the state; or `faults`
    by column, and then nothing was written. Raises StaleVersion if the source is no longer that of the version.
    """

    def __init__(
        self,
        name: str,
        texts: Texts,
        data: Path | None = None,
        *,
        drafters: Sequence[Drafter] = (),
        part: str = "",
        language: str = "en",
    ) -> None:
        """Make the drafts of a source, or read those that are kept beside its text.

        `part` is that of the reader, such as `reader 1`. `stopped` says which drafters stopped before the end of the
        text. Raises UnknownName for another source, InputError without its text, and for a damaged file of drafts.
        """
        self._data = data or kit.data()
        self._folder, self._texts = source_at(name, self._data).path, texts
        self._language = language
        self._part = _impersonal(part) if part else ""
        self._others = _OtherSources(self._folder)
        self._lock = RLock()
        self._drafters = drafters
        self._undos: list[_Undo] = []
        self._later: set[str] = set()
        self._ledger = decisions_ledger(self._folder)
        with alone(self._folder):
            text, place = self._read()
        self._propose(text, place)
        self._claims, self._entries = row_forms(text.source, ontology(), language)
        self._classes = sorted(referred(self._claims) | referred(self._entries))
        self._view = DraftView(text, self._drafts, place.layout, language)
        self._show()

    def state(self) -> Record:
        """Return all that the page shows, as the tables are now."""
        with self._lock:
            if self._version() != self._seen:
                self._load()
            about = self._view.text.source.about
            return {
                "source": self._folder.name,
                "title": about.get("title", self._folder.name),
                "language": self._language,
                "part": self._part,
                "paragraphs": deepcopy(list(self._records.values())),
                "tables": self._claims,
                "entries": self._entries,
                "reasons": [[code, words[self._language]] for code, words in REASONS.items()],
                "scopes": _scopes(self._language),
                "dropped": self._dropped,
                "stopped": self.stopped,
                "names": self._names,
                **self._rest(),
            }

    def value(self, table: str, column: str, words: str) -> Record:
        """Return the `cells` that words of the text fill as a value of a column; none if they are no single value."""
        columns = self._claims.get(table, {}).get("columns", [])
        if column not in {known["name"] for known in columns}:
            raise UnknownName(f"{table!r} has no column {column!r}")
        return {"cells": value_cells(columns, column, words)}

    def accept(self, version: str, draft: str, seconds: float) -> Record:
        """Write a draft as a claim."""
        with self._lock:
            row = self._view.resolved.draft(self._open(version, draft))
            return self._take(version, row, self._decision(draft, ACCEPTED, seconds))

    def edit(
        self,
        version: str,
        draft: str,
        cells: Mapping[str, str],
        entries: Sequence[Mapping[str, Any]],
        quotes: Quotes,
        seconds: float,
    ) -> Record:
        """Write a draft as a claim with other cells, new entries or words; without quotes the words stay."""
        with self._lock:
            shown = self._view.resolved.draft(self._open(version, draft))
            given = _decided(shown.table, cells, entries, quotes or shown.spans)
            row = self._view.resolved.row(given)
            names = sorted({*row.cells, *shown.cells})
            changed = [name for name in names if row.cells.get(name, "") != shown.cells.get(name, "")]
            changed += ["entries"] * (row.entries != shown.entries) + ["quote"] * (row.spans != shown.spans)
            decision = self._decision(draft, EDITED if changed else ACCEPTED, seconds)
            renames = self._view.resolved.renames(shown, row)
            return self._take(version, given, decision._replace(changed=" | ".join(changed)), renames)

    def reject(self, version: str, draft: str, reason: str, seconds: float) -> Record:
        """Reject a draft for one of `REASONS`."""
        with self._lock:
            self._open(version, draft)
            return self._note(version, self._decision(draft, REJECTED, seconds)._replace(reason=_reason(reason)))

    def miss(
        self,
        version: str,
        table: str,
        cells: Mapping[str, str],
        entries: Sequence[Mapping[str, Any]],
        quotes: Quotes,
        paragraph: int,
        seconds: float,
    ) -> Record:
        """Write a claim that no draft proposes; in a paragraph whose drafts are hidden, it may be one of theirs.

        It belongs to the paragraph of its first quote; `paragraph` is the one that the person looks at.
        """
        with self._lock:
            self._check(version)
            place, row = self._paragraph(paragraph), _decided(table, cells, entries, quotes)
            spans = (locate_span(self._view.text.words, *span, self._view.text.rule) for span in row.spans)
            found = next(filter(None, spans), None)
            if found:
                place = self._paragraph(found.paragraph)
            proposed = self._proposed(row, place) if place.is_hidden else ""
            decision = DraftDecision(
                proposed or sha256(repr((row, place.id)).encode()).hexdigest()[:8],
                str(place.number),
                MISSED,
                str(found.sentence) if found else "",
                table,
                " | ".join(self._view.drafts[proposed].producers) if proposed else "",
                seconds=_seconds(seconds),
                **self._signed(place),
            )
            return self._take(version, row, decision)

    def correct(
        self,
        version: str,
        row: str,
        digest: str,
        cells: Mapping[str, str],
        entries: Sequence[Mapping[str, Any]],
        quotes: Quotes,
        seconds: float,
    ) -> Record:
        """Write a saved claim, such as `funding/p2-abc`, with other cells, new entries or words; it keeps its id.

        `digest` is that of the row that the person saw. Columns that are not given stay, and so do the words without
        quotes. Raises StaleVersion if the row is another one by now.
        """
        with self._lock:
            claim = self._saved(version, row, digest)
            given = _decided(claim.table, cells, entries, quotes or claim.spans)
            typed = {name: given.cells.get(name, "") for name in cells}
            given = given._replace(cells={**claim.form, **typed})
            changed = claim.changed(self._resolved(given, claim))
            if not changed:
                return self._changes()
            if faults := self._view.references.to_correction(claim, changed):
                return {"version": version, "faults": _row_faults(faults, is_form=True)}
            decision = self._about_saved(claim, CORRECTED, seconds)._replace(changed=" | ".join(changed))
            return self._take(version, given, decision, claim=claim)

    def remove(self, version: str, row: str, digest: str, reason: str, seconds: float) -> Record:
        """Remove a saved claim for one of `REASONS`; a fault for each row that refers to it.

        Raises StaleVersion if the row is another one than that of the digest.
        """
        with self._lock:
            claim = self._saved(version, row, digest)
            decision = self._about_saved(claim, REMOVED, seconds)._replace(reason=_reason(reason))
            if faults := self._view.references.to_removal(claim):
                return {"version": version, "faults": _row_faults(faults, is_form=False)}

            def give(source: Source) -> GivenRows:
                self._check(version)
                return rows_without(claim.table, claim.cells["id"], source)

            words = f"{decision.verdict}: {self._view.sentences.reads(claim.table, claim.cells)}"
            return self._taken(version, words, give, lambda _: self._line(decision))

    def later(self, version: str, draft: str) -> Record:
        """Put a draft off, or take it up again; this is not saved."""
        with self._lock:
            self._open(version, draft)
            self._later ^= {draft}
            return self._changes()

    def reveal(self, version: str, paragraph: int) -> Record:
        """Show the drafts of a paragraph that was read without them."""
        with self._lock:
            self._check(version)
            return self._note(version, self._about(self._paragraph(paragraph), REVEALED, 0))

    def done(self, version: str, paragraph: int, seconds: float) -> Record:
        """Say that a paragraph is read. If its drafts are hidden, they are shown instead.

        Raises CallError if some of its drafts have no decision.
        """
        with self._lock:
            self._check(version)
            place = self._paragraph(paragraph)
            return self._revealed(version, place) or self._note(version, self._about(place, DONE, seconds))

    def scope(self, version: str, paragraph: int, scope: str) -> Record:
        """Say why a paragraph has no claims, by a code of the list `scope`; an empty one removes the scope.

        As for `done`, hidden drafts are shown instead, and CallError is raised if drafts have no decision; not for a
        paragraph that is still to be read (`unread`).
        """
        with self._lock:
            self._check(version)
            place, is_read = self._paragraph(paragraph), scope not in ("", NOT_READ)
            decision = self._about(place, SET_ASIDE, 0)._replace(reason=scope)

            def give(source: Source) -> GivenRows:
                self._check(version)
                return given_scope(paragraph, scope, self._view.text, source)

            def also(_: Sequence[str]) -> dict[Path, str]:
                is_noted = decision.id in self._view.decided
                return self._line(decision) if is_read else self._without(decision.id) if is_noted else {}

            shown = self._revealed(version, place) if is_read else None
            return shown or self._taken(version, f"¶{paragraph}: {scope}", give, also)

    def undo(self, version: str) -> Record:
        """Undo the last decision of the session: its files are again what they were, byte by byte.

        Raises CallError if there is none, StaleVersion if its files have changed since; then it is not offered again.
        """
        with self._lock:
            if not self._undos:
                raise CallError("there is nothing to undo in this session")
            with alone(self._folder):
                self._check(version)
                files = self._undos[-1].files
                if changed := [path.name for path, change in files.items() if _bytes(path) != change.after]:
                    self._undos.pop()
                    raise StaleVersion(
                        f"{', '.join(changed)}: changed since that decision, which can no longer be undone"
                    )
                states = ({path: change[side] for path, change in files.items()} for side in (1, 0))
                with self._journal.keeping(*states):
                    for path, change in files.items():
                        _put_back(path, change.before)
            self._undos.pop()
            return self._changes()

    def _read(self) -> tuple[DraftText, SourceText]:
        """Read the source and its text, after a decision that was cut short; raise InputError with their faults."""
        text = SourceText(read_source(self._folder), self._texts)
        if faults := text.missing:
            raise InputError(faults)
        journal = text.quotes_path.with_name(f"{text.name}.pending.json")
        self._journal = ChangeJournal(journal, self._folder, text.path)
        self._journal.settle()
        self._seen = self._version()
        source = read_source(self._folder)
        if faults := [*source.faults, *text.faults]:
            raise InputError(faults)
        others = [other for other in self._others(self._data) if other.name != source.name]
        return DraftText(source, others, text.words, text.rule), text

    def _propose(self, text: DraftText, place: SourceText) -> None:
        """Make the drafts of a text."""
        self._text_path = place.path or Path(place.file)
        made = make_drafts(text, self._drafters, self._text_path)
        self._drafts, self._dropped, self.stopped = made.drafts, dict(made.dropped), made.stopped
        self._text_state = _state(self._text_path)

    def _load(self) -> None:
        """Read the tables as they are now, and a text that was corrected, whose drafts are made anew."""
        is_corrected = _state(self._text_path) != self._text_state
        if is_corrected:
            self._texts = self._texts.anew()
        with alone(self._folder):
            text, place = self._read()
        if is_corrected:
            self._propose(text, place)
        is_same = all(map(operator.is_, text.others, self._view.text.others))
        others = self._view.others if is_same else None
        self._view = DraftView(text, self._drafts, place.layout, self._language, others, self._renamed())
        self._show()

    def _renamed(self) -> dict[EntryKey, str]:
        """Return the labels that the reader gave to new entries of drafts, without what was undone."""
        return {key: label for undo in self._undos for key, label in undo.renamed.items()}

    def _show(self) -> None:
        """Prepare what is shown."""
        self._records = self._view.records(self._later)
        self._names = {cls: list(self._view.sentences.listed(cls).items()) for cls in self._classes}

    def _version(self) -> str:
        """Return a digest of the tables and settings of the source."""
        files = sorted(path for path in self._folder.iterdir() if path.suffix in (".csv", ".toml"))
        parts = (f"{path.name} {sha256(_bytes(path) or b'').hexdigest()}" for path in files)
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    def _check(self, version: str) -> None:
        """Raise StaleVersion unless the source and what was shown of it are those of a version."""
        if not version == self._seen == self._version():
            raise StaleVersion(_STALE)

    def _rest(self) -> Record:
        """Return the small parts of the state, which each decision changes."""
        words = self._undos[-1].words if self._undos else None
        return {"version": self._seen, "progress": self._view.progress(), "undo": words}

    def _changes(self) -> Record:
        """Read the tables again, and return what is no longer as it was shown."""
        before, names = self._records, self._names
        self._load()
        changed = [record for number, record in self._records.items() if record != before.get(number)]
        more = {"names": self._names} if self._names != names else {}
        return {**self._rest(), "paragraphs": deepcopy(changed), **more}

    def _open(self, version: str, draft: str) -> Draft:
        """Return a draft without a decision; raise UnknownName for any other id."""
        self._check(version)
        if draft not in self._view.drafts or draft in self._view.decided:
            raise UnknownName(f"{draft!r} is no draft without a decision")
        return self._view.drafts[draft]

    def _saved(self, version: str, row: str, digest: str) -> SavedClaim:
        """Return a saved claim; raise StaleVersion if the person saw another row, or a row that is gone."""
        self._check(version)
        claim = self._view.saved.get(row)
        if claim is None or claim.digest != digest:
            raise StaleVersion(_STALE)
        return claim

    def _paragraph(self, number: int) -> ParagraphState:
        if number not in self._view.paragraphs:
            raise UnknownName(f"the text has no ¶{number}")
        return self._view.paragraphs[number]

    def _proposed(self, row: DecidedRow, place: ParagraphState) -> str:
        """Return the hidden draft that proposes a claim of a person, by its main parts; an empty string without one."""
        drafts = self._view.open_drafts(place.number).items()
        return next((name for name, draft in drafts if draft.table == row.table
                     and self._view.claims.are_alike(row.table, draft.cells, row.cells)), "")  # fmt: skip

    def _decision(self, name: str, verdict: str, seconds: float) -> DraftDecision:
        draft = self._view.drafts[name]
        return DraftDecision(
            name,
            str(draft.paragraph),
            verdict,
            str(draft.sentence),
            draft.table,
            " | ".join(draft.producers),
            seconds=_seconds(seconds),
            **self._signed(self._paragraph(draft.paragraph)),
        )

    def _about_saved(self, claim: SavedClaim, verdict: str, seconds: float) -> DraftDecision:
        """Return a decision about a saved claim, which names the producers of its draft."""
        earlier = [decision for decision in self._view.decisions if decision.row == claim.name]
        number, spans = next(iter(claim.places.items()))
        place = locate_span(self._view.text.words, *spans[0], self._view.text.rule)
        return DraftDecision(
            self._ledger.new_id((verdict, claim.name, claim.digest, str(len(earlier)), self._part)),
            str(number),
            verdict,
            str(place.sentence) if place else "",
            claim.table,
            next((decision.producers for decision in earlier if decision.producers), ""),
            seconds=_seconds(seconds),
            row=claim.name,
            **self._signed(self._paragraph(number)),
        )

    def _about(self, place: ParagraphState, verdict: str, seconds: float) -> DraftDecision:
        row_id = paragraph_id(verdict, place.id)
        return DraftDecision(row_id, str(place.number), verdict, seconds=_seconds(seconds), **self._signed(place))

    def _signed(self, place: ParagraphState) -> dict[str, str]:
        blind = ("hidden" if place.is_hidden else "shown") if place.is_blind else ""
        return {"part": self._part, "blind": blind, "day": today()}

    def _take(
        self,
        version: str,
        given: DecidedRow,
        decision: DraftDecision,
        renamed: Mapping[EntryKey, str] = MappingProxyType({}),
        claim: SavedClaim | None = None,
    ) -> Record:
        """Write a claim, a new one or in place of a saved one, and its line of the ledger."""
        row = self._resolved(given, claim)
        places = {entry_key(entry): at for at, entry in reversed([*enumerate(given.entries, 1)])}
        new = [entry_key(entry) for entry in row.entries]
        known = [given.entries[at - 1].cells.get("label", "") for key, at in places.items() if key not in new]

        def give(source: Source) -> GivenRows:
            self._check(version)
            notices = [f"{label} is an entry already, and the claim is about it" for label in known]
            rows = self._corrected(row, claim, source) if claim else given_rows(row, self._view.text, source)
            return rows._replace(notices=notices)

        def also(new: Sequence[str]) -> dict[Path, str]:
            return self._line(decision if claim else decision._replace(row=new[-1]))

        words = f"{decision.verdict}: {self._view.sentences.reads(row.table, row.cells)}"
        record = self._taken(version, words, give, also, renamed)
        for fault in record.get("faults", ()):
            fault["entry"] = fault["entry"] and places[new[fault["entry"] - 1]]
        return record

    def _resolved(self, given: DecidedRow, claim: SavedClaim | None) -> DecidedRow:
        row = self._view.resolved.row(given)
        return claim.kept(given.cells, row) if claim else row

    def _corrected(self, row: DecidedRow, claim: SavedClaim, source: Source) -> GivenRows:
        is_requoted = "quote" in claim.changed(row)
        return corrected_rows(row, claim.cells["id"], self._view.text, source, is_requoted=is_requoted)

    def _taken(
        self,
        version: str,
        words: str,
        give: Callable[[Source], GivenRows],
        also: Callable[[Sequence[str]], Mapping[Path, str]] | None = None,
        renamed: Mapping[EntryKey, str] = MappingProxyType({}),
    ) -> Record:
        """Write rows, and return what has changed, or the faults of the rows."""
        try:
            taken: TakenRows = take_rows(
                self._folder, give, self._texts, data=self._data, read=self._others, also=also, journal=self._journal
            )
        except InputError as error:
            return {"version": version, "faults": cell_faults(error)}
        self._undos.append(_Undo(words, taken.files, renamed))
        return {**self._changes(), "notices": list(taken.notices)}

    def _note(self, version: str, decision: DraftDecision) -> Record:
        """Write a line of the ledger."""
        with alone(self._folder):
            self._check(version)
            files = write_changed(self._line(decision), self._folder)
        self._undos.append(_Undo(f"{decision.verdict}: ¶{decision.paragraph}", files))
        return self._changes()

    def _revealed(self, version: str, place: ParagraphState) -> Record | None:
        """Show the drafts of a paragraph before it is closed, if they are hidden; None if each has a decision.

        Raises CallError if some that are shown have none.
        """
        left = self._view.open_drafts(place.number)
        if place.is_hidden and left:
            return self._note(version, self._about(place, REVEALED, 0))
        if left:
            drafts = f"{len(left)} draft{' has' if len(left) == 1 else 's have'}"
            raise CallError(f"{drafts} no decision in ¶{place.number}; decide first")
        return None

    def _line(self, decision: DraftDecision) -> dict[Path, str]:
        """Return the text of the ledger with a line."""
        return {self._ledger.path: self._ledger.edited(self._ledger.rows(), (), [decision._asdict()])}

    def _without(self, decision: str) -> dict[Path, str]:
        """Return the text of the ledger without a line."""
        return {self._ledger.path: self._ledger.edited(self._ledger.rows(), [decision], ())}


class _OtherSources:
    """The sources of a folder, which are read again only if a file of another source than one changes."""

    def __init__(self, own: Path) -> None:
        self._own = own
        self._state: object = None
        self._sources: list[Source] = []

    def __call__(self, data: Path) -> list[Source]:
        files = (path for folder in {data, kit.folder("data")} for path in folder.glob("*/*"))
        state = {(path, _state(path)) for path in files if path.parent != self._own}
        if state != self._state:
            self._state, self._sources = state, with_reference(data)
        return self._sources


def _decided(table: str, cells: Mapping[str, str], entries: Sequence[Mapping[str, Any]], quotes: Quotes) -> DecidedRow:
    """Return a row as a person typed it; raise BadValue for values of another form."""
    try:
        new = [Entry(str(entry["table"]), _filled(entry["cells"])) for entry in entries]
        spans = [(operator.index(start), operator.index(end)) for start, end in quotes]
        own = _filled(cells)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:  # JSON may have Infinity
        raise BadValue("cells are texts by column, and each quote is its start and end in the text") from error
    known = ontology().tables
    if unknown := [name for name in (table, *(entry.table for entry in new)) if name not in known]:
        raise BadValue(f"{unknown[0]!r} is no table of the ontology")
    if "id" in own:
        raise BadValue("a claim gets its id when it is written; leave the column id out")
    return DecidedRow(table, own, new, spans)


def _filled(cells: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells that are not empty, without line breaks; raise AttributeError for a cell that is no text."""
    return {name: text for name, cell in cells.items() if (text := " ".join(cell.split()))}


def _impersonal(part: str) -> str:
    """Return the part of a reader; raise CallError for what may be the name of a person, which the ledger never has."""
    part, known = plain(part, "part"), person_names.NameWords()
    if person_names.is_name(part, known) or names_of_persons(part, known):
        raise CallError(f"{part}: that may be the name of a person; name the part of the reader, such as `reader 1`")
    return part


def _row_faults(faults: Iterable[Fault], *, is_form: bool) -> list[dict[str, str | int]]:
    """Return faults of other rows, each with its file and line; their columns are those of a form, or of no form."""
    return [{"column": fault.column * is_form, "message": str(fault), "entry": 0} for fault in faults]


def _reason(reason: str) -> str:
    """Return a reason; raise BadValue for none of `REASONS`."""
    if reason not in REASONS:
        raise BadValue(f"{reason!r} is no reason; say one of {', '.join(REASONS)}")
    return reason


def _seconds(seconds: float) -> str:
    """Return the seconds of a decision for the ledger; nothing if they are not known."""
    return f"{seconds:.1f}" if 0 < seconds <= _LONGEST else ""


def _scopes(language: str) -> list[list[str]]:
    """Return the reasons why a paragraph has no claims, first that it was read: each code with its label."""
    labels = ontology().code_words("scope", language)
    return [[code, words] for code, words in sorted(labels.items(), key=lambda label: (label[0] != _READ, label))]


def _state(path: Path) -> tuple[int, ...]:
    """Return what differs once a file was written anew; nothing for one that is gone."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _bytes(path: Path) -> bytes | None:
    """Return the content of a file; None if there is none, or no more."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink()
        return
    with atomic_file(path) as (beside,):
        beside.write_bytes(before)
