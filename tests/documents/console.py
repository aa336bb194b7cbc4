r"""Commands in documents and what they print: a parser of ```` ```console ```` blocks, and what runs them in a shell.

A line that begins with `$ ` is a command, continued by a `\` at its end; the lines below it are what it prints. `…`
alone on a line stands for any lines, within a line for any characters. A command with nothing below it only has to
work. A remark behind a command that says `exit code 1` says how it ends; any other has to end with 0.

    for block in blocks(Path("README.md")):
        faults = run(block.steps, folder, environment)
"""

import os
import re
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import islice
from pathlib import Path

ANY = "…"
_FENCE = re.compile(r"^(?P<indent> *)(?P<marks>`{3,}|~{3,}) *(?P<info>[^`\n]*)$")
_EXIT = re.compile(r"#.*\bexit code (\d+)\b")
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
PATIENCE = 600.0  # seconds of one page


@dataclass(frozen=True)
class Step:
    """One command, the line of the file at which it stands, and what it prints: None where nothing is said."""

    command: str
    expected: str | None
    line: int
    path: Path = field(default=Path(), compare=False)

    @property
    def code(self) -> int:
        """The exit code that the command has to end with."""
        told = _EXIT.search(self.command)
        return int(told[1]) if told else 0


@dataclass(frozen=True)
class Block:
    """One fenced block of a document: where it stands, its language, and its lines; `steps` if it is of a console."""

    path: Path
    line: int
    language: str
    text: str

    @property
    def steps(self) -> list[Step]:
        """The commands of a console block with what they print."""
        return _steps(self) if self.language == "console" else []


@dataclass(frozen=True)
class Fault:
    """What is not as a document says: where, what the document says and what came."""

    path: Path
    line: int
    command: str
    message: str

    def __str__(self) -> str:
        """Say it as `file:line: $ command`, and below it what is otherwise."""
        return f"{self.path}:{self.line}: $ {self.command}\n{self.message}"


def fences(path: Path) -> list[Block]:
    """Return all fenced blocks of a document; raise ValueError for one that nobody ends."""
    found: list[Block] = []
    lines = iter(enumerate(path.read_text("utf-8").splitlines(), 1))
    for number, line in lines:
        if opened := _FENCE.match(line):
            inner = _inner(path, number, opened, lines)
            language = opened["info"].split()[0] if opened["info"].split() else ""
            found.append(Block(path, number, language, "\n".join(inner)))
    return found


def blocks(path: Path) -> list[Block]:
    """Return the console blocks of a document."""
    return [block for block in fences(path) if block.language == "console"]


def _inner(path: Path, number: int, opened: re.Match[str], lines: Iterator[tuple[int, str]]) -> list[str]:
    inner: list[str] = []
    for _, line in lines:
        ended = _FENCE.match(line)
        if ended and ended["marks"].startswith(opened["marks"]) and not ended["info"].strip():
            return inner
        inner.append(line.removeprefix(opened["indent"]))
    raise ValueError(f"{path}:{number}: a fenced block that nobody ends")


def _steps(block: Block) -> list[Step]:
    """Return the steps of a block; raise ValueError where it begins with something that is no command."""
    steps: list[Step] = []
    lines = iter(enumerate(block.text.splitlines(), block.line + 1))
    printed: list[str] = []
    command, at = "", 0

    def end() -> None:
        if command:
            steps.append(Step(command, _trimmed(printed) or None, at, block.path))

    for number, line in lines:
        if line.startswith("$ "):
            end()
            command, at, printed = line[2:], number, []
            while command.endswith("\\"):
                command += "\n" + next(lines, (0, ""))[1]
        elif command:
            printed.append(line)
        elif line.strip():
            raise ValueError(f"{block.path}:{number}: stands before any `$ ` command: {line!r}")
    end()
    return steps


def _trimmed(lines: Sequence[str]) -> str:
    """Return lines without blanks at their ends, colours, and empty lines before and after them."""
    return "\n".join(_COLOUR.sub("", line).rstrip() for line in lines).strip("\n")


def fits(expected: str, printed: str) -> bool:
    r"""Tell whether what was printed is what a document shows.

    >>> fits("IOM pays …\n…\n3 rows", "IOM pays for a study\n\nmore\n3 rows")
    True
    >>> fits("IOM pays …", "USAID pays for a study")
    False
    """
    return re.fullmatch(_pattern(expected), _trimmed(printed.splitlines()) + "\n") is not None


def _pattern(expected: str) -> str:
    lines = _trimmed(expected.splitlines()).split("\n")
    return "".join(r"(?:.*\n)*?" if line.strip() == ANY else _line_pattern(line) + r"\n" for line in lines)


def _line_pattern(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.split(ANY))


def run(
    steps: Sequence[Step], cwd: Path, env: Mapping[str, str] | None = None, patience: float = PATIENCE
) -> list[Fault]:
    """Type the commands into one shell, one after the other, and return what was not as it is said.

    What a command sets or where it goes holds for those after it; what it leaves running is ended with the last one.
    Standard output and error come together, as on a terminal. `patience` is in seconds, for all of them.
    """
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder)
        (kept / "script").write_text("".join(_typed(step, at, kept) for at, step in enumerate(steps)), "utf-8")
        _shell(kept / "script", cwd, {**os.environ, **(env or {})}, patience)
        return [fault for at, step in enumerate(steps) for fault in _faults(step, at, kept)]


def _typed(step: Step, at: int, kept: Path) -> str:
    printed, code = shlex.quote(str(kept / f"{at}.printed")), shlex.quote(str(kept / f"{at}.code"))
    return f"{{ {step.command}\n}} >{printed} 2>&1 </dev/null\necho $? >{code}\n"


def _shell(script: Path, cwd: Path, env: Mapping[str, str], patience: float) -> None:
    nothing = subprocess.DEVNULL
    with (script.parent / "shell").open("wb") as complaints:
        shell = subprocess.Popen(
            ["bash", str(script)], cwd=cwd, env=env, start_new_session=True,
            stdin=nothing, stdout=nothing, stderr=complaints,
        )  # fmt: skip
        with suppress(subprocess.TimeoutExpired):  # the steps that have not ended say so
            shell.wait(patience)
        with suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)
        shell.wait()


def _faults(step: Step, at: int, kept: Path) -> list[Fault]:
    def fault(message: str) -> list[Fault]:
        return [Fault(step.path, step.line, step.command, message)]

    out, code = kept / f"{at}.printed", kept / f"{at}.code"
    printed = out.read_text("utf-8", "replace") if out.exists() else ""
    if not code.exists():
        complaint = (kept / "shell").read_text("utf-8", "replace").strip()
        return fault(f"did not end{', or was not reached' * (not out.exists())}\n{complaint}\n{printed}".rstrip())
    if int(code.read_text()) != step.code:
        return fault(f"ended with {code.read_text().strip()}, not with {step.code}:\n{printed}".rstrip())
    if step.expected is not None and not fits(step.expected, printed):
        return fault(difference(step.expected, printed))
    return []


def difference(expected: str, printed: str) -> str:
    """Return what a document says and what was printed, as a diff; lines that fit one another count as alike."""
    said, came = _trimmed(expected.splitlines()).split("\n"), _trimmed(printed.splitlines()).split("\n")
    alike = [next((line for line in said if _is_line(line, got)), got) for got in came]
    said = [line for line in said if line.strip() != ANY]
    drawn = unified_diff(said, alike, "the document", "what was printed", lineterm="", n=2)
    return "\n".join(islice(drawn, 200))


def _is_line(said: str, got: str) -> bool:
    return said.strip() != ANY and re.fullmatch(_line_pattern(said), got) is not None
