"""Terminal I/O: progress, lines of text, questions, standard input."""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from tipgraph.errors import CallError
from tipgraph.runtime import visible


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Say on a terminal what the program is doing, if it takes longer than a second."""
    timer = threading.Timer(1.0, lambda: click.echo(f"tipgraph: {doing} …", err=True))
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def say(*lines: str) -> None:
    """Print lines of the result of a command, their hidden characters made visible."""
    for line in lines:
        click.echo(visible(line))


def note(*lines: str) -> None:
    """Print lines on standard error, beside the result of a command."""
    for line in lines:
        click.echo(visible(f"tipgraph: {line}"), err=True)


def standard_input() -> str:
    """Return all of standard input; raise CallError if it is not UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CallError(f"standard input is not UTF-8 (byte {error.start})") from error


def ask(question: str, letters: Sequence[str] = ()) -> str:
    """Return the answer that a person types, one of some letters if they are given; `q` at the end of the input."""
    choice = click.Choice(letters, case_sensitive=False) if letters else str
    try:
        return str(click.prompt(question, default="", type=choice, show_default=False, show_choices=False))
    except click.Abort:
        return "q"


def agrees(question: str) -> bool:
    """Tell whether a person answers a question with yes."""
    return ask(f"{question} (y, enter ends)").strip().casefold()[:1] == "y"
