"""A person at the drafts of a source: each decision becomes rows and a line of the ledger at once, or nothing.

draft → accept · edit · reject · later     words → miss (a claim without a draft)     saved claim → correct · remove
paragraph → scope · done

Every call names the version of the source that the person saw. If somebody else has changed it since, nothing is
written. A claim, its evidence and the line of the ledger are written in one step: after a process was killed within
it, the next one finds all of them or none.

Decisions: docs/decisions/0151-decisions-about-drafts-are-a-ledger-of-the-source.md,
docs/decisions/0162-a-decision-is-written-as-a-whole.md,
docs/decisions/0174-a-saved-claim-is-corrected-in-its-own-row.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple, TypeAlias

from tipgraph.curation.drafts.draft import Draft, Drafter, Entry
from tipgraph.curation.drafts.draft_file import make_drafts
from tipgraph.curation.drafts.draft_text import NOT_READ, DraftText
from tipgraph.curation.drafts.rows.decided_rows import (
    NOT_RENAMED,
    DecidedRow,
    EntryKey,
    Form,
    cell_fault,
    changed_columns,
    entry_key,
    given_rows,
    given_scope,
    typed_row,
)
from tipgraph.curation.drafts.rows.known_claims import KnownClaims
from tipgraph.curation.drafts.rows.row_forms import referred, row_forms
from tipgraph.curation.drafts.rows.saved_claims import SavedClaim, decisions_about, naming
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
from tipgraph.curation.drafts.session.draft_view import DraftView, ParagraphState
from tipgraph.curation.drafts.words.value_words import value_cells
from tipgraph.curation.ledger import plain
from tipgraph.errors import BadValue, CallError, Fault, InputError, StaleVersion, UnknownName
from tipgraph.model import kit, ontology, today
from tipgraph.runtime import alone
from tipgraph.sources import (
    ChangeJournal,
    FileChange,
    GivenRows,
    Source,
    SourceText,
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
_STALE = "the source has changed since it was shown, and nothing was written; look at it again"
_LONGEST = 3600  # seconds of a decision
_READ = "nothing-to-record"  # the scope of a paragraph that a person has read


class _Undo(NamedTuple):
    """A saved decision in words, what it wrote, and the labels that a person gave to new entries."""

    words: str
    files: Mapping[Path, FileChange]
    renamed: Mapping[EntryKey, str] = NOT_RENAMED


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
        self._language, self._drafters = language, drafters
        self._part = _impersonal(part) if part else ""
        self._others = _OtherSources(self._folder)
        self._lock = RLock()
        self._undos: list[_Undo] = []
        self._later: set[str] = set()
        self._ledger = decisions_ledger(self._folder)
        self._text_path = Path()
        self._text_state: tuple[int, ...] = ()
        self._every: list[Source] = []
        self._known: KnownClaims | None = None  # those of the other sources
        self._load()

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
        with self._seen_as(version):
            row = self._view.resolved.draft(self._open(draft))
            return self._write(version, row, row.entries, self._about_draft(draft, ACCEPTED, seconds))

    def edit(self, version: str, draft: str, form: Form, seconds: float) -> Record:
        """Write a draft as a claim with other cells, new entries or words; without quotes the words stay."""
        with self._seen_as(version):
            shown = self._view.resolved.draft(self._open(draft))
            given = typed_row(shown.table, form, shown.spans)
            row = self._view.resolved.row(given)
            changed = changed_columns(shown, row)
            decision = self._about_draft(draft, EDITED if changed else ACCEPTED, seconds, changed=" | ".join(changed))
            return self._write(version, row, given.entries, decision, self._view.resolved.renames(shown, row))

    def reject(self, version: str, draft: str, reason: str, seconds: float) -> Record:
        """Reject a draft for one of `REASONS`."""
        with self._seen_as(version):
            self._open(draft)
            return self._note(version, self._about_draft(draft, REJECTED, seconds, reason=_reason(reason)))

    def miss(self, version: str, table: str, form: Form, paragraph: int, seconds: float) -> Record:
        """Write a claim that no draft proposes; in a paragraph whose drafts are hidden, it may be one of theirs.

        It belongs to the paragraph of its first quote; `paragraph` is the one that the person looks at.
        """
        with self._seen_as(version):
            place, row = self._paragraph(paragraph), typed_row(table, form)
            spans = (locate_span(self._view.text.words, *span, self._view.text.rule) for span in row.spans)
            found = next(filter(None, spans), None)
            if found:
                place = self._paragraph(found.paragraph)
            hidden = self._view.open_drafts(place.number) if place.is_hidden else {}
            proposed = next((name for name, draft in hidden.items() if draft.table == table
                             and self._view.claims.are_alike(table, draft.cells, row.cells)), "")  # fmt: skip
            decision = self._decision(
                place,
                MISSED,
                seconds,
                proposed or sha256(repr((row, place.id)).encode()).hexdigest()[:8],
                sentence=str(found.sentence) if found else "",
                table=table,
                producers=" | ".join(hidden[proposed].producers) if proposed else "",
            )
            return self._write(version, self._view.resolved.row(row), row.entries, decision)

    def correct(self, version: str, name: str, digest: str, form: Form, seconds: float) -> Record:
        """Write a saved claim, such as `funding/p2-abc`, with other cells, new entries or words; it keeps its id.

        `digest` is that of the row that the person saw. Columns that are not given stay, and so do the words without
        quotes. Raises StaleVersion if the row is another one by now.
        """
        with self._seen_as(version):
            claim = self._saved(name, digest)
            given = typed_row(claim.table, form, claim.spans)
            typed = {**dict.fromkeys(form["cells"], ""), **given.cells}
            row = self._view.resolved.row(given._replace(cells={**claim.form, **typed}))
            row = row._replace(cells={**claim.form, **{column: row.cells[column] for column in typed}})
            changed = changed_columns(DecidedRow(claim.table, claim.form, [], claim.spans), row)
            if not changed:
                return self._changes()
            about = decisions_about(claim, self._view.text.source, self._view.text.others)
            if faults := [fault for fault in about if fault.column in changed]:  # every build would change it again
                return {"version": version, "faults": [{**cell_fault(one), "column": one.column} for one in faults]}
            decision = self._about_saved(claim, CORRECTED, seconds, changed=" | ".join(changed))
            return self._write(version, row, given.entries, decision, row_id=claim.cells["id"])

    def remove(self, version: str, name: str, digest: str, reason: str, seconds: float) -> Record:
        """Remove a saved claim for one of `REASONS`; a fault for each row that refers to it.

        Raises StaleVersion if the row is another one than that of the digest.
        """
        with self._seen_as(version):
            claim = self._saved(name, digest)
            decision = self._about_saved(claim, REMOVED, seconds, reason=_reason(reason))
            own, others = self._view.text.source, self._view.text.others
            faults = [*naming(claim, own, others, self._view.sentences), *decisions_about(claim, own, others)]
            if faults:
                return {"version": version, "faults": list(map(cell_fault, faults))}

            def give(source: Source) -> GivenRows:
                present = source.tables[claim.table]
                rows = tuple(each for each in present.rows if each.cells["id"] != claim.cells["id"])
                return GivenRows({claim.table: replace(present, rows=rows)})

            words = f"{decision.verdict}: {self._view.sentences.reads(claim.table, claim.cells)}"
            return self._take(version, words, give, lambda _: self._lines(decision))

    def later(self, version: str, draft: str) -> Record:
        """Put a draft off, or take it up again; this is not saved."""
        with self._seen_as(version):
            self._open(draft)
            self._later ^= {draft}
            return self._changes()

    def done(self, version: str, paragraph: int, seconds: float) -> Record:
        """Say that a paragraph is read. If its drafts are hidden, they are shown instead.

        Raises CallError if some of its drafts have no decision.
        """
        with self._seen_as(version):
            place = self._paragraph(paragraph)
            return self._revealed(version, place) or self._note(version, self._decision(place, DONE, seconds))

    def scope(self, version: str, paragraph: int, scope: str) -> Record:
        """Say why a paragraph has no claims, by a code of the list `scope`; an empty one removes the scope.

        As for `done`, hidden drafts are shown instead, and CallError is raised if drafts have no decision; not for a
        paragraph that is still to be read (`unread`).
        """
        with self._seen_as(version):
            place, is_read = self._paragraph(paragraph), scope not in ("", NOT_READ)
            decision = self._decision(place, SET_ASIDE, reason=scope)
            if scope and paragraph in self._view.rows:
                fault = Fault(f"¶{paragraph} has claims, and so no scope", "", None, "scope")
                return {"version": version, "faults": [cell_fault(fault)]}
            if is_read and (shown := self._revealed(version, place)):
                return shown
            return self._take(
                version,
                f"¶{paragraph}: {scope}",
                lambda source: given_scope(paragraph, scope, self._view.text, source),
                lambda _: self._lines(decision) if is_read else self._lines(gone=decision.id),
            )

    def undo(self, version: str) -> Record:
        """Undo the last decision of the session: its files are again what they were, byte by byte.

        Raises CallError if there is none, StaleVersion if its files have changed since; then it is not offered again.
        """
        with self._lock:
            if not self._undos:
                raise CallError("there is nothing to undo in this session")
            with alone(self._folder):
                self._check(version)
                files = self._undos.pop().files
                if changed := [path.name for path, change in files.items() if _bytes(path) != change.after]:
                    names = ", ".join(changed)
                    raise StaleVersion(f"{names}: changed since that decision, which can no longer be undone")
                self._journal.put_back(*({path: change[side] for path, change in files.items()} for side in (0, 1)))
            return self._changes()

    # What is read.

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
        every = self._others(self._data)
        if every is not self._every:
            self._every, self._known = every, None
        others = [other for other in every if other.name != source.name]
        return DraftText(source, others, text.words, text.rule), text

    def _load(self) -> None:
        """Read the tables as they are now, and a text that is new or was corrected, whose drafts are made."""
        is_new = _state(self._text_path) != self._text_state
        if is_new:
            self._texts = self._texts.anew()
        with alone(self._folder):
            text, place = self._read()
        if is_new:
            self._text_path = place.path or Path(place.file)
            made = make_drafts(text, self._drafters, self._text_path)
            self._drafts, self._dropped, self.stopped = made.drafts, dict(made.dropped), made.stopped
            self._text_state = _state(self._text_path)
            self._claims, self._entries = row_forms(text.source, ontology(), self._language)
        renamed = {key: label for undo in self._undos for key, label in undo.renamed.items()}
        self._view = DraftView(
            text, self._drafts, self._language, layout=place.layout, renamed=renamed, others=self._known
        )
        self._known, self._records = self._view.others, self._view.records(self._later)
        classes = sorted(referred(self._claims) | referred(self._entries))
        self._names = {cls: self._view.sentences.names.choices(cls) for cls in classes}

    def _version(self) -> str:
        """Return a digest of the tables and settings of the source."""
        files = sorted(path for path in self._folder.iterdir() if path.suffix in (".csv", ".toml"))
        parts = (f"{path.name} {sha256(_bytes(path) or b'').hexdigest()}" for path in files)
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    def _check(self, version: str) -> None:
        """Raise StaleVersion unless the source and what was shown of it are those of a version."""
        if not version == self._seen == self._version():
            raise StaleVersion(_STALE)

    @contextmanager
    def _seen_as(self, version: str) -> Iterator[None]:
        """Let one decision at a time be made, about the version that the person saw."""
        with self._lock:
            self._check(version)
            yield

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

    def _open(self, draft: str) -> Draft:
        """Return a draft without a decision; raise UnknownName for any other id."""
        if draft not in self._view.drafts or draft in self._view.decided:
            raise UnknownName(f"{draft!r} is no draft without a decision")
        return self._view.drafts[draft]

    def _saved(self, name: str, digest: str) -> SavedClaim:
        """Return a saved claim; raise StaleVersion if the person saw another row, or a row that is gone."""
        claim = self._view.saved.get(name)
        if claim is None or claim.digest != digest:
            raise StaleVersion(_STALE)
        return claim

    def _paragraph(self, number: int) -> ParagraphState:
        if number not in self._view.paragraphs:
            raise UnknownName(f"the text has no ¶{number}")
        return self._view.paragraphs[number]

    # What is decided.

    def _decision(
        self, place: ParagraphState, verdict: str, seconds: float = 0, name: str = "", **more: str
    ) -> DraftDecision:
        """Return a decision in a paragraph; without a name about the paragraph itself."""
        return DraftDecision(
            name or paragraph_id(verdict, place.id),
            str(place.number),
            verdict,
            seconds=f"{seconds:.1f}" if 0 < seconds <= _LONGEST else "",
            part=self._part,
            blind=("hidden" if place.is_hidden else "shown") if place.blind else "",
            day=today(),
            **more,
        )

    def _about_draft(self, name: str, verdict: str, seconds: float, **more: str) -> DraftDecision:
        draft = self._view.drafts[name]
        place, producers = self._paragraph(draft.paragraph), " | ".join(draft.producers)
        of_draft = {"sentence": str(draft.sentence), "table": draft.table, "producers": producers}
        return self._decision(place, verdict, seconds, name, **of_draft, **more)

    def _about_saved(self, claim: SavedClaim, verdict: str, seconds: float, **more: str) -> DraftDecision:
        name = self._ledger.new_id((verdict, claim.name, claim.digest, str(len(self._view.decisions)), self._part))
        place = self._paragraph(next(iter(claim.places)))
        return self._decision(place, verdict, seconds, name, table=claim.table, row=claim.name, **more)

    def _revealed(self, version: str, place: ParagraphState) -> Record | None:
        """Show the drafts of a paragraph before it is closed, if they are hidden; None if each has a decision.

        Raises CallError if some that are shown have none.
        """
        left = self._view.open_drafts(place.number)
        if place.is_hidden and left:
            return self._note(version, self._decision(place, REVEALED))
        if left:
            drafts = f"{len(left)} draft{' has' if len(left) == 1 else 's have'}"
            raise CallError(f"{drafts} no decision in ¶{place.number}; decide first")
        return None

    # What is written.

    def _write(
        self,
        version: str,
        row: DecidedRow,
        given: Sequence[Entry],
        decision: DraftDecision,
        renamed: Mapping[EntryKey, str] = NOT_RENAMED,
        row_id: str = "",
    ) -> Record:
        """Write a claim, with the new entries of those that were given, and its line of the ledger.

        With an id it is in place of a saved claim.
        """
        places = {entry_key(entry): at for at, entry in reversed([*enumerate(given, 1)])}
        new = [entry_key(entry) for entry in row.entries]
        known = [given[at - 1].cells.get("label", "") for key, at in places.items() if key not in new]

        def give(source: Source) -> GivenRows:
            rows = given_rows(row, self._view.text, source, row_id)
            return rows._replace(notices=[f"{label} is an entry already, and the claim is about it" for label in known])

        def also(names: Sequence[str]) -> Mapping[Path, str]:
            return self._lines(decision if row_id else decision._replace(row=names[-1]))

        words = f"{decision.verdict}: {self._view.sentences.reads(row.table, row.cells)}"
        record = self._take(version, words, give, also, renamed)
        for fault in record.get("faults", ()):  # of a new entry as the person gave it
            fault["entry"] = fault["entry"] and places[new[fault["entry"] - 1]]
        return record

    def _take(
        self,
        version: str,
        words: str,
        give: Callable[[Source], GivenRows],
        also: Callable[[Sequence[str]], Mapping[Path, str]],
        renamed: Mapping[EntryKey, str] = NOT_RENAMED,
    ) -> Record:
        """Write rows and the ledger, and return what has changed, or the faults of the rows."""

        def of_version(source: Source) -> GivenRows:
            self._check(version)
            return give(source)

        try:
            taken = take_rows(
                self._folder,
                of_version,
                self._texts,
                data=self._data,
                read=self._others,
                also=also,
                journal=self._journal,
            )
        except InputError as error:
            return {"version": version, "faults": list(map(cell_fault, error.faults))}
        self._undos.append(_Undo(words, taken.files, renamed))
        return {**self._changes(), "notices": list(taken.notices)}

    def _note(self, version: str, decision: DraftDecision) -> Record:
        """Write a line of the ledger."""
        with alone(self._folder):
            self._check(version)
            files = write_changed(self._lines(decision), self._folder)
        self._undos.append(_Undo(f"{decision.verdict}: ¶{decision.paragraph}", files))
        return self._changes()

    def _lines(self, decision: DraftDecision | None = None, gone: str = "") -> dict[Path, str]:
        """Return the text of the ledger with a line, or without one that it may have."""
        if not decision and gone not in self._view.decided:
            return {}
        rows = self._ledger.rows()
        return {
            self._ledger.path: self._ledger.edited(rows, [gone] * bool(gone), [decision._asdict()] if decision else ())
        }


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


def _impersonal(part: str) -> str:
    """Return the part of a reader; raise CallError for what may be the name of a person, which the ledger never has."""
    part, known = plain(part, "part"), person_names.NameWords()
    if person_names.is_name(part, known) or names_of_persons(part, known):
        raise CallError(f"{part}: that may be the name of a person; name the part of the reader, such as `reader 1`")
    return part


def _reason(reason: str) -> str:
    """Return a reason; raise BadValue for none of `REASONS`."""
    if reason not in REASONS:
        raise BadValue(f"{reason!r} is no reason; say one of {', '.join(REASONS)}")
    return reason


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
