"""Terminal I/O: progress, prompts, standard input."""

import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from tipgraph.errors import CallError
from tipgraph.runtime import sanitize


@contextmanager
def patience(doing: str) -> Iterator[None]:
    """Say on a terminal what takes long, once it has taken a second."""
    timer = threading.Timer(1.0, lambda: click.echo(f"tipgraph: {doing} …", err=True))
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def say_told(lines: Iterable[str]) -> None:
    """Tell whoever runs a command, beside its result."""
    for line in lines:
        click.echo(sanitize.visible(f"tipgraph: {line}"), err=True)


def standard_input() -> str:
    """Return all of standard input; raise CallError where it is not UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CallError(f"standard input is not UTF-8 (byte {error.start})") from error


def asked(question: str) -> str | None:
    """Return what a person writes to a question, None at the end of what is typed."""
    try:
        return str(click.prompt(question, default="", show_default=False))
    except click.Abort:
        return None
