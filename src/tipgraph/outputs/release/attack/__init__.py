"""An attack on a release, by somebody who has all its bytes, the code of tipgraph, and guesses.

    secrets (what must not leak)  →  contents (every byte as texts and rows)  →  needles · figures · traces

Nothing here knows how a release is made.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from tipgraph.outputs.release.attack import markup
from tipgraph.outputs.release.attack.contents import ContentReader, Part, SheetRow, Text, Unread
from tipgraph.outputs.release.attack.figures import Figures
from tipgraph.outputs.release.attack.letters import TAG, coded, folded, unescaped
from tipgraph.outputs.release.attack.needles import Needles
from tipgraph.outputs.release.attack.secrets import SecretFigure, Secrets
from tipgraph.outputs.release.attack.traces import Hashes, Traces

__all__ = ["Leak", "SecretFigure", "Secrets", "attack", "shared"]

_RUN = re.compile(r"[^\s\"'<>(){}\[\],;|\0]{2,4000}")
_WEB = Path(__file__).parents[2] / "site" / "web"
_DEEPEST = 4  # codes within codes


class Leak(NamedTuple):
    """What is told that must not be, and where."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.what}"


def attack(folder: Path, secrets: Secrets, own: Collection[str] = ()) -> Iterator[Leak]:
    """Yield all that a release tells of what is withheld, each once for a file.

    Of files with a SHA-256 in `own`, which every release carries unchanged, only the names are read.
    """
    hunt = _Hunt(secrets, own)
    for path in sorted(folder.rglob("*")):
        file, told = path.relative_to(folder).as_posix(), set[str]()
        for place, what in hunt.file(path, file):
            if what not in told:
                told.add(what)
                yield Leak(file, place or "its text", what)
    yield from (Leak(".", "its ids", what) for what in hunt.traces.gaps())


def shared(one: Path, other: Path, secrets: Secrets) -> Iterator[Leak]:
    """Yield the ids and digests of closed sources that two releases under one policy share."""
    traces = Traces(secrets)
    known = traces.marks(other) if traces.closed else {}
    for mark, file in traces.marks(one).items() if known else ():
        if mark in known:
            yield Leak(file, "its text", f"is in the other release too: {mark}")


class _Hunt:
    """Reads file after file; lines and words in which nothing was found are not read again."""

    def __init__(self, secrets: Secrets, own: Collection[str]) -> None:
        self._reader, self._needles = ContentReader(own), Needles(secrets)
        self._figures, self._hashes = Figures(secrets.figures), Hashes(secrets)
        self.traces = Traces(secrets)
        self._lines, self._runs = set[int](), set[str]()
        for script in sorted(_WEB.glob("*.[jc]s*")):  # public; they stand in pages and in one with others too
            self._lines |= self._unread(script.read_text("utf-8"))[1]

    def file(self, path: Path, file: str) -> Iterator[tuple[str, str]]:
        """Yield place and leak of a file."""
        yield from (("its name", what) for what in self._in(Text("", file), file))
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            yield "", "cannot be read: no plain file"
        elif path.is_file():
            parts = self._reader.read(path.read_bytes(), path.name)
            leaks = [(part.place, what) for part in parts for what in self._in(part, file)]
            yield from leaks
            self._reader.settle(again=bool(leaks))

    def _in(self, part: Part, file: str) -> Iterator[str]:
        if isinstance(part, Unread):
            yield part.why
        elif isinstance(part, SheetRow):
            yield from self._figures.in_row(part.fields)
            yield from self.traces.in_row(part.fields)
        else:
            new, lines = self._unread(part.words)
            found = list(self._views(new, noise=part.noise)) if new else []
            found += [] if part.noise else self.traces.in_text(new)
            yield from found
            if not found:
                self._lines |= lines
            if not part.noise:
                yield from self.traces.on_page(part.words, file, part.place)
                yield from () if part.has_rows else self._figures.in_text(part.words)

    def _unread(self, text: str) -> tuple[str, set[int]]:
        """Return the lines that stand below others than before, with these, and the pairs that they make."""
        kept, pairs = list[str](), set[int]()
        before, is_kept = "", True
        for line in text.split("\n"):
            pair = hash((len(before), before, len(line), line))  # a text of two bytes a letter may have another's hash
            if pair not in self._lines:
                kept += [line] if is_kept else [before, line]
                pairs.add(pair)
            is_kept, before = pair in pairs, line
        return "\n".join(kept), pairs

    def _views(self, text: str, *, noise: bool = False, depth: int = 0) -> Iterator[str]:
        """Yield what is found in a text as it stands, without its tags, and with what is written otherwise undone."""
        plain = folded(text)
        yield from self._needles.found(plain, noise)
        if noise or depth > _DEEPEST:
            return
        yield from self._in_runs(plain, depth)
        if "<" in plain:
            shown = markup.tagless(plain)
            yield from self._needles.found(shown)
            yield from self._in_runs(shown.replace(TAG, ""), depth)
        other = unescaped(text)
        if other:
            yield from self._views(other, depth=depth + 1)

    def _in_runs(self, text: str, depth: int) -> Iterator[str]:
        """Yield what stands in new runs of letters without a space: short names, digests, codes."""
        runs = set(_RUN.findall(text)) - self._runs
        found = {run: [*self._needles.found_short(run), *self._hashes.found(run)] for run in runs}
        coding = [data for run in runs if len(run) > 6 for data in coded(run)]
        parts = [part for data in coding for part in self._reader.read(data, "", "code")]
        said = "\n".join(part.words for part in parts if isinstance(part, Text))
        inside = list(self._views(said, depth=depth + 1)) if said else []
        yield from (what for told in found.values() for what in told)
        yield from (f"{what}, in a code" for what in inside)
        self._runs |= set() if inside else {run for run, told in found.items() if not told}
