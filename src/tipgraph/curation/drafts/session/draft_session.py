"""A person at the drafts of a source: each decision becomes rows and a line of the ledger at once, or nothing.

draft → accept · reject     words → miss (a claim without a draft)     saved claim → correct · remove
paragraph → scope · done

Every call names the version of the source that the person saw. If somebody else has changed it since, nothing is
written. A claim, its evidence and the line of the ledger are written in one step: after a process was killed within
it, the next one finds all of them or none.

Decisions: docs/decisions/0150-drafts-and-decisions-are-kept-apart.md,
docs/decisions/0154-drafts-are-decided-on-a-page-of-this-machine.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple, TypeAlias

from tipgraph.curation.drafts.draft import NOT_READ, TABLE, Drafter, DraftText, Entry
from tipgraph.curation.drafts.draft_file import make_drafts
from tipgraph.curation.drafts.rows.claim_rows import (
    DecidedRow,
    Form,
    KnownClaims,
    SavedClaim,
    cell_fault,
    changed_columns,
    faults_about,
    given_rows,
    given_scope,
    renames,
    typed_row,
)
from tipgraph.curation.drafts.rows.row_words import row_forms
from tipgraph.curation.drafts.session.draft_decisions import (
    REASONS,
    DraftDecision,
    Verdict,
    decisions_ledger,
    paragraph_id,
)
from tipgraph.curation.drafts.session.draft_view import DraftView, ParagraphState
from tipgraph.curation.drafts.words.value_words import value_cells
from tipgraph.curation.ledger import plain
from tipgraph.errors import BadValue, CallError, Fault, InputError, StaleVersion, UnknownName
from tipgraph.model import kit, ontology, today
from tipgraph.runtime import Lock
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
_States: TypeAlias = frozenset[tuple[Path, int, int, int]]
_NO_FILES: _States = frozenset()
_STALE = "the source has changed since it was shown, and nothing was written; look at it again"
_LONGEST = 3600  # seconds of a decision
_READ = "nothing-to-record"  # the scope of a paragraph that a person has read


class _Undo(NamedTuple):
    """A saved decision in words, and what it wrote."""

    words: str
    files: Mapping[Path, FileChange]


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
        text. Raises UnknownName for another source, InputError without its text.
        """
        self._data = data or kit.data()
        self._folder, self._texts = source_at(name, self._data).path, texts
        self._language, self._drafters = language, drafters
        self._part = _impersonal(part) if part else ""
        self._lock = RLock()
        self._undos: list[_Undo] = []
        self._ledger = decisions_ledger(self._folder)
        self._text_path, self._text_state, self._others_state = Path(), _NO_FILES, _NO_FILES
        self._every: list[Source] = []
        self._known: KnownClaims | None = None  # those of the other sources
        self._load()

    def state(self) -> Record:
        """Return all that the page shows, as the tables are now."""
        with self._lock:
            if self._version() != self._seen:
                self._load()
            about = self._view.text.source.about
            scopes = ontology().code_words("scope", self._language)
            return {
                "source": self._folder.name,
                "title": about.get("title", self._folder.name),
                "language": self._language,
                "part": self._part,
                "paragraphs": deepcopy(list(self._view.records.values())),
                "tables": self._claims,
                "entries": self._entries,
                "reasons": [[code, words[self._language]] for code, words in REASONS.items()],
                "scopes": sorted(([*each] for each in scopes.items()), key=lambda each: (each[0] != _READ, each)),
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

    def accept(self, version: str, draft: str, seconds: float, form: Form | None = None) -> Record:
        """Write a draft as a claim; by a form with other cells, new entries or words; without quotes the words stay."""
        with self._seen_as(version):
            self._open(draft)
            shown = self._view.draft_row(draft)
            given = typed_row(shown.table, form, shown.spans) if form else shown
            row = self._view.new_row(given)
            changed = changed_columns(shown, row)
            verdict = Verdict.EDITED if changed else Verdict.ACCEPTED
            decision = self._about_draft(draft, verdict, seconds, changed=" | ".join(changed))
            row = row._replace(renamed=renames(shown, row, ontology()))
            return self._write(version, row, given.entries, decision)

    def reject(self, version: str, draft: str, reason: str, seconds: float) -> Record:
        """Reject a draft for one of `REASONS`."""
        with self._seen_as(version):
            self._open(draft)
            return self._note(version, self._about_draft(draft, Verdict.REJECTED, seconds, reason=_reason(reason)))

    def miss(self, version: str, table: str, form: Form, paragraph: int, seconds: float) -> Record:
        """Write a claim that no draft proposes.

        It belongs to the paragraph of its first quote; `paragraph` is the one that the person looks at.
        """
        with self._seen_as(version):
            text, row = self._view.text, typed_row(table, form)
            found = next(filter(None, (locate_span(text.words, *span, text.rule) for span in row.spans)), None)
            place = self._paragraph(found.paragraph if found else paragraph)
            name = sha256(repr((row, place.id)).encode()).hexdigest()[:8]
            sentence = str(found.sentence) if found else ""
            decision = self._decision(place, Verdict.MISSED, seconds, name, sentence=sentence, table=table)
            return self._write(version, self._view.new_row(row), row.entries, decision)

    def correct(self, version: str, name: str, digest: str, form: Form, seconds: float) -> Record:
        """Write a saved claim, such as `funding/p2-abc`, with other cells, new entries or words; it keeps its id.

        `digest` is that of the row that the person saw. Columns that are not given stay, and so do the words without
        quotes. Raises StaleVersion if the row is another one by now.
        """
        with self._seen_as(version):
            claim = self._saved(name, digest)
            given = typed_row(claim.table, form, claim.spans)
            typed = {**dict.fromkeys(form["cells"], ""), **given.cells}
            row = self._view.new_row(given._replace(cells={**claim.form, **typed}))
            changed = changed_columns(DecidedRow(claim.table, claim.form, [], claim.spans), row)
            if not changed:
                return self._changes()
            about = faults_about(claim, self._view.text.source, self._view.text.others)
            again = [one for one in about if one.column in changed and Path(one.file).stem == "corrections"]
            if again:  # every build would change it again
                return {"version": version, "faults": [{**cell_fault(one), "column": one.column} for one in again]}
            decision = self._about_saved(claim, Verdict.CORRECTED, seconds, changed=" | ".join(changed))
            return self._write(version, row, given.entries, decision, row_id=claim.cells["id"])

    def remove(self, version: str, name: str, digest: str, reason: str, seconds: float) -> Record:
        """Remove a saved claim for one of `REASONS`; a fault for each row that refers to it.

        Raises StaleVersion if the row is another one than that of the digest.
        """
        with self._seen_as(version):
            claim = self._saved(name, digest)
            decision = self._about_saved(claim, Verdict.REMOVED, seconds, reason=_reason(reason))
            if faults := list(faults_about(claim, self._view.text.source, self._view.text.others)):
                return {"version": version, "faults": list(map(cell_fault, faults))}

            def give(source: Source) -> GivenRows:
                present = source.tables[claim.table]
                rows = tuple(each for each in present.rows if each.cells["id"] != claim.cells["id"])
                return GivenRows({claim.table: replace(present, rows=rows)})

            words = f"{decision.verdict}: {self._view.sentences.reads(claim.table, claim.cells)}"
            return self._take(version, words, give, lambda _: self._lines([decision]))

    def done(self, version: str, paragraph: int, seconds: float) -> Record:
        """Say that a paragraph is read; raise CallError if some of its drafts have no decision."""
        with self._seen_as(version):
            place = self._paragraph(paragraph)
            self._need_decided(paragraph)
            return self._note(version, self._decision(place, Verdict.DONE, seconds))

    def scope(self, version: str, paragraph: int, scope: str, *, is_table: bool = False) -> Record:
        """Say why a paragraph has no claims, by a code of the list `scope`; an empty one removes the scope.

        As for `done`, CallError is raised if drafts have no decision; not for a paragraph that is still to be read
        (`unread`). With `is_table` all rows that are left of its table get it; rows stay rows, and the ledger has the
        reason.
        """
        with self._seen_as(version):
            place, is_read = self._paragraph(paragraph), scope not in ("", NOT_READ)
            if scope and paragraph in self._view.rows:
                fault = Fault(f"¶{paragraph} has claims, and so no scope", "", None, "scope")
                return {"version": version, "faults": [cell_fault(fault)]}
            if is_read:
                self._need_decided(paragraph)
            numbers = {paragraph, *(self._view.rows_left(place.row) if is_table else ())}
            aside = [
                self._decision(self._paragraph(number), Verdict.SET_ASIDE, reason=scope) for number in sorted(numbers)
            ]
            return self._take(
                version,
                f"¶{paragraph}: {scope}",
                lambda source: given_scope(numbers, TABLE if place.row else scope, self._view.text, source),
                lambda _: self._lines(aside) if is_read else self._lines(gone=aside[0].id),
            )

    def undo(self, version: str) -> Record:
        """Undo the last decision of the session: its files are again what they were, byte by byte.

        Raises CallError if there is none, StaleVersion if its files have changed since; then it is not offered again.
        """
        with self._lock:
            if not self._undos:
                raise CallError("there is nothing to undo in this session")
            with Lock(self._folder):
                self._check(version)
                files = self._undos.pop().files
                if changed := [path.name for path, change in files.items() if _bytes(path) != change.after]:
                    names = ", ".join(changed)
                    raise StaleVersion(f"{names}: changed since that decision, which can no longer be undone")
                self._journal.put_back(*({path: change[side] for path, change in files.items()} for side in (0, 1)))
            return self._changes()

    # What is read.

    def _load(self) -> None:
        """Read the tables as they are now, and a text that is new or was corrected, whose drafts are made.

        A decision that was cut short is put right first.
        """
        is_new = _state([self._text_path]) != self._text_state
        if is_new:
            self._texts = self._texts.anew()
        with Lock(self._folder):
            place = SourceText(read_source(self._folder), self._texts)
            if place.missing:
                raise InputError(place.missing)
            journal = place.quotes_path.with_name(f"{place.name}.pending.json")
            self._journal = ChangeJournal(journal, self._folder, place.path)
            self._journal.settle()
            self._seen = self._version()
            source = read_source(self._folder)
            if faults := [*source.faults, *place.faults]:
                raise InputError(faults)
            others = [other for other in self._others(self._data) if other.name != source.name]
        text = DraftText(source, others, place.words, place.rule)
        if is_new:
            self._text_path = place.path or Path(place.file)
            made = make_drafts(text, self._drafters, self._text_path)
            self._drafts, self._dropped, self.stopped = made.drafts, dict(made.dropped), made.stopped
            self._text_state = _state([self._text_path])
            self._claims, self._entries = row_forms(source, ontology(), self._language)
        self._view = DraftView(text, self._drafts, self._language, layout=place.layout, others=self._known)
        self._known = self._view.others
        forms = (*self._claims.values(), *self._entries.values())
        classes = sorted({column["refers"] for form in forms for column in form["columns"] if column["refers"]})
        self._names = {cls: self._view.sentences.names.choices(cls) for cls in classes}

    def _others(self, data: Path) -> list[Source]:
        """Return the sources of a folder, which are read again only if a file of another source changes."""
        files = (path for folder in {data, kit.folder("data")} for path in folder.glob("*/*"))
        state = _state(path for path in files if path.parent != self._folder)
        if state != self._others_state:
            self._others_state, self._every, self._known = state, with_reference(data), None
        return self._every

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
        before, names = self._view.records, self._names
        self._load()
        changed = [record for number, record in self._view.records.items() if record != before.get(number)]
        more = {"names": self._names} if self._names != names else {}
        return {**self._rest(), "paragraphs": deepcopy(changed), **more}

    def _open(self, draft: str) -> None:
        """Raise UnknownName unless a draft is open."""
        if draft not in self._view.drafts or draft in self._view.decided:
            raise UnknownName(f"{draft!r} is no draft without a decision")

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
        self, place: ParagraphState, verdict: Verdict, seconds: float = 0, name: str = "", **more: str
    ) -> DraftDecision:
        """Return a decision in a paragraph; without a name about the paragraph itself."""
        return DraftDecision(
            name or paragraph_id(verdict, place.id),
            str(place.number),
            verdict,
            seconds=f"{seconds:.1f}" if 0 < seconds <= _LONGEST else "",
            part=self._part,
            day=today(),
            **more,
        )

    def _about_draft(self, name: str, verdict: Verdict, seconds: float, **more: str) -> DraftDecision:
        draft, producers = self._view.drafts[name], self._view.producers(name)
        of_draft = {"sentence": str(draft.sentence), "table": draft.table, "producers": " | ".join(producers)}
        return self._decision(self._paragraph(draft.paragraph), verdict, seconds, name, **of_draft, **more)

    def _about_saved(self, claim: SavedClaim, verdict: Verdict, seconds: float, **more: str) -> DraftDecision:
        name = self._ledger.new_id((verdict, claim.name, claim.digest, str(len(self._view.decisions)), self._part))
        place = self._paragraph(next(iter(claim.places)))
        return self._decision(place, verdict, seconds, name, table=claim.table, row=claim.name, **more)

    def _need_decided(self, paragraph: int) -> None:
        """Raise CallError if some drafts of a paragraph have no decision."""
        if left := len(self._view.open_drafts(paragraph)):
            drafts = f"{left} draft{' has' if left == 1 else 's have'}"
            raise CallError(f"{drafts} no decision in ¶{paragraph}; decide first")

    # What is written.

    def _write(
        self,
        version: str,
        row: DecidedRow,
        given: Sequence[Entry],
        decision: DraftDecision,
        row_id: str = "",
    ) -> Record:
        """Write a claim, with the new entries of those that were given, and its line of the ledger.

        With an id it is in place of a saved claim.
        """

        def also(names: Sequence[str]) -> Mapping[Path, str]:
            return self._lines([decision if row_id else decision._replace(row=names[-1])])

        words = f"{decision.verdict}: {self._view.sentences.reads(row.table, row.cells)}"
        return self._take(version, words, lambda source: given_rows(row, given, self._view.text, source, row_id), also)

    def _take(
        self,
        version: str,
        words: str,
        give: Callable[[Source], GivenRows],
        also: Callable[[Sequence[str]], Mapping[Path, str]],
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
        self._undos.append(_Undo(words, taken.files))
        return {**self._changes(), "notices": list(taken.notices)}

    def _note(self, version: str, decision: DraftDecision) -> Record:
        """Write a line of the ledger."""
        with Lock(self._folder):
            self._check(version)
            files = write_changed(self._lines([decision]), self._folder)
        self._undos.append(_Undo(f"{decision.verdict}: ¶{decision.paragraph}", files))
        return self._changes()

    def _lines(self, decisions: Sequence[DraftDecision] = (), gone: str = "") -> dict[Path, str]:
        """Return the text of the ledger with some lines, or without one that it may have."""
        if not decisions and gone not in self._view.decided:
            return {}
        lines = [decision._asdict() for decision in decisions]
        return {self._ledger.path: self._ledger.edited([gone] * bool(gone), lines)}


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


def _state(paths: Iterable[Path]) -> _States:
    """Return what differs once a file was written anew; nothing for those that are gone."""
    found = ((path, path.stat()) for path in paths if path.exists())
    return frozenset((path, state.st_mtime_ns, state.st_size, state.st_ino) for path, state in found)


def _bytes(path: Path) -> bytes | None:
    """Return the content of a file; None if there is none."""
    return path.read_bytes() if path.exists() else None
