"""Training: a reader decides drafts of which some are wrong on purpose, in a copy that is thrown away.

It shows whether a reader still reads: who accepts every draft accepts the planted ones, too.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from tipgraph.curation.drafts.draft import Drafter
from tipgraph.curation.drafts.draft_file import DrafterPart, DraftFile, drafts_path
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.session.draft_decisions import ACCEPTED, EDITED, REJECTED, DraftDecision
from tipgraph.curation.drafts.session.draft_session import DraftSession
from tipgraph.curation.drafts.session.planted import planted
from tipgraph.model import ontology
from tipgraph.sources import SourceText, Texts, is_entry, source_at

_CATCHING = frozenset({"not-said", "wrong-entry", "wrong-value"})  # reasons that see what is wrong with a planted draft
_KEPT = frozenset({"evidence", "namings", "paragraphs"})  # tables of the copy, beside those of entries


class PlantedDecision(NamedTuple):
    """A decided draft that was wrong on purpose: its place, the wrong columns, and whether the reader saw it.

    A reader sees it who changes such a column, or rejects the draft because its words or values are wrong.
    """

    place: str
    columns: tuple[str, ...]
    is_caught: bool


class TrainingSession(DraftSession):
    """A session with wrong drafts among the others, in a copy of a source without its claims.

    The data and the texts stay as they are.
    """

    training: ClassVar[bool] = True

    def __init__(self, copy: Path, name: str, texts: Texts, data: Path | None = None, **options: Any) -> None:
        """Copy a source into an empty folder, with the options of `DraftSession`."""
        self._copy = copy
        super().__init__(name, texts, data, **options)

    def state(self) -> dict[str, Any]:
        """Return all that the page shows, with the number of wrong drafts that were decided and caught.

        `others` are the decided drafts that are as they were proposed, and `rejected` those of them that the reader
        rejected: who rejects all of them catches each wrong one, and reads as little as who accepts all.
        """
        decided = self.report()
        caught = sum(decision.is_caught for decision in decided)
        others = [decision for decision, columns in self._verdicts() if not columns]
        rejected = sum(decision.verdict == REJECTED for decision in others)
        trained = {"decided": len(decided), "caught": caught, "planted": len(self._wrong)}
        return {**super().state(), "trained": {**trained, "others": len(others), "rejected": rejected}}

    def report(self) -> list[PlantedDecision]:
        """Return the decisions about wrong drafts."""
        return list(self._decided())

    def _home(self, name: str, data: Path, texts: Texts) -> tuple[Path, Texts]:
        """Copy a source without its claims and decisions, and its text with the drafts that are kept beside it."""
        source, home = source_at(name, data), self._copy
        (home / "texts").mkdir()
        shutil.copytree(source.path, home / name, ignore=_claims)
        text = SourceText(source, texts)
        path = text.path or Path(text.file)
        for file in filter(Path.is_file, (path, text.layout_path, drafts_path(name, path))):
            shutil.copy2(file, home / "texts")
        return home / name, Texts(home / "texts")

    def _make(self, text: DraftText, place: SourceText, drafters: Sequence[Drafter]) -> DraftFile:
        made = super()._make(text, place, drafters)
        every = planted(made.drafts, ontology())
        self._wrong = {one.draft.key: one.columns for one in every if one.columns}
        return DraftFile(made.text, (DrafterPart({}, tuple(one.draft for one in every), made.dropped),))

    def _decided(self) -> Iterator[PlantedDecision]:
        for decision, columns in self._verdicts():
            if columns:
                is_changed = not set(columns).isdisjoint(decision.changed.split(" | "))
                place = f"¶{decision.paragraph} s{decision.sentence}"
                yield PlantedDecision(place, columns, decision.reason in _CATCHING or is_changed)

    def _verdicts(self) -> Iterator[tuple[DraftDecision, tuple[str, ...]]]:
        """Yield the decisions about drafts, each with the columns that are wrong on purpose."""
        for decision in self._view.decisions:
            draft = self._view.drafts.get(decision.id)
            if draft and decision.verdict in (ACCEPTED, EDITED, REJECTED):
                yield decision, self._wrong.get(draft.key, ())


def _claims(_: str, names: list[str]) -> list[str]:
    """Return the files of a source that hold claims or decisions."""
    terms = ontology()
    return [name for name in names if name.endswith(".csv")
            and not (Path(name).stem in _KEPT or is_entry(Path(name).stem, terms))]  # fmt: skip
