"""Attack a release as somebody would who has all its bytes, the code of tipgraph, and guesses.

    secrets (what must not leak)  →  contents (every byte as texts and rows)  →  needles · figures · traces

Nothing here knows how a release is made.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from tipgraph.outputs.release.attack import markup
from tipgraph.outputs.release.attack.contents import ContentReader, Part, SheetRow, Text, Unread
from tipgraph.outputs.release.attack.figures import Figures
from tipgraph.outputs.release.attack.letters import TAG, coded, folded, unescaped
from tipgraph.outputs.release.attack.needles import Needles
from tipgraph.outputs.release.attack.numerals import english, spanish
from tipgraph.outputs.release.attack.secrets import SecretFigure, Secrets
from tipgraph.outputs.release.attack.traces import Hashes, Traces

__all__ = ["Leak", "SecretFigure", "Secrets", "attack", "english", "spanish"]

_RUN = re.compile(r"[^\s\"'<>(){}\[\],;|\0]{2,4000}")
_WEB = Path(__file__).parents[2] / "site" / "web"
_DEEPEST = 4  # codes within codes


class Leak(NamedTuple):
    """A withheld secret that a release shows: the file, the place in it, and the secret."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.what}"


def attack(folder: Path, secrets: Secrets, own: Collection[str] = ()) -> Iterator[Leak]:
    """Yield the leaks of a release, each once for a file. A file that cannot be read is a leak.

    Every release has some files unchanged: of those with a SHA-256 in `own`, only the names are read.
    """
    search = _LeakSearch(secrets, own)
    for path in sorted(folder.rglob("*")):
        file, found = path.relative_to(folder).as_posix(), set[str]()
        for place, leak in search.file(path, file):
            if leak not in found:
                found.add(leak)
                yield Leak(file, place or "its text", leak)
    yield from (Leak(".", "its ids", leak) for leak in search.traces.gaps())


class _LeakSearch:
    """Reads file after file. Lines and words without a leak are not read again."""

    def __init__(self, secrets: Secrets, own: Collection[str]) -> None:
        self._reader, self._needles = ContentReader(own), Needles(secrets)
        self._figures, self._hashes = Figures(secrets.figures), Hashes(secrets)
        self.traces = Traces(secrets)
        self._lines, self._runs = set[tuple[str, str]](), set[str]()
        for path in _WEB.glob("static/*.*s"):  # public scripts and styles
            self._lines |= self._unread(path.read_text("utf-8"))[1]

    def file(self, path: Path, file: str) -> Iterator[tuple[str, str]]:
        """Yield the leaks of a file, each with its place."""
        yield from (("its name", leak) for leak in self._in(Text("", file), file))
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            yield "", "cannot be read: not a plain file"
        elif path.is_file():
            parts = self._reader.read(path.read_bytes(), path.name)
            leaks = [(part.place, leak) for part in parts for leak in self._in(part, file)]
            yield from leaks
            self._reader.end_file(forget=bool(leaks))

    def _in(self, part: Part, file: str) -> Iterator[str]:
        if isinstance(part, Unread):
            yield part.why
        elif isinstance(part, SheetRow):
            yield from self._figures.in_row(part.fields)
            yield from self.traces.in_row(part.fields)
        else:
            new, lines = self._unread(part.words)
            leaks = list(self._in_views(new, noise=part.noise)) if new else []
            leaks += [] if part.noise else self.traces.in_text(new)
            yield from leaks
            if not leaks:
                self._lines |= lines
            if not part.noise:
                yield from self.traces.on_page(part.words, file, part.place)
                yield from () if part.has_rows else self._figures.in_text(part.words)

    def _unread(self, text: str) -> tuple[str, set[tuple[str, str]]]:
        """Return the lines that follow another line than before, with that line, and the new pairs of lines."""
        kept, pairs = list[str](), set[tuple[str, str]]()
        before, is_kept = "", True
        for line in text.split("\n"):
            pair = before, line
            if pair not in self._lines:
                kept += [line] if is_kept else [before, line]
                pairs.add(pair)
            is_kept, before = pair in pairs, line
        return "\n".join(kept), pairs

    def _in_views(self, text: str, *, noise: bool = False, depth: int = 0) -> Iterator[str]:
        """Yield the leaks of a text as it is, without its tags, and with its escapes undone."""
        plain = folded(text)
        yield from self._needles.found(plain, noise)
        if noise or depth > _DEEPEST:
            return
        yield from self._in_runs(plain, depth)
        if "<" in plain:
            shown = markup.tagless(plain)
            yield from self._needles.found(shown)
            yield from self._in_runs(shown.replace(TAG, ""), depth)
        if other := unescaped(text):
            yield from self._in_views(other, depth=depth + 1)

    def _in_runs(self, text: str, depth: int) -> Iterator[str]:
        """Yield the leaks in new runs of letters without a space: short names, digests, codes."""
        runs = set(_RUN.findall(text)) - self._runs
        leaks = {run: [*self._needles.found_short(run), *self._hashes.found(run)] for run in runs}
        inside = list(self._in_codes(runs, depth))
        yield from chain.from_iterable(leaks.values())
        yield from (f"{leak}, in a code" for leak in inside)
        self._runs |= set() if inside else {run for run, found in leaks.items() if not found}

    def _in_codes(self, runs: Iterable[str], depth: int) -> Iterator[str]:
        """Yield the leaks in the texts that runs of letters encode."""
        codes = (decoded for run in runs if len(run) > 6 for decoded in coded(run))
        parts = (part for code in codes for part in self._reader.read(code, "", "code"))
        if words := "\n".join(part.words for part in parts if isinstance(part, Text)):
            yield from self._in_views(words, depth=depth + 1)
