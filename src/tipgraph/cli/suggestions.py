"""The names that a shell completes besides commands, options and choices: questions, networks, sources and others.

A shell waits for every answer. So nothing here opens a graph: names are read from the files of the kit.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import click
from click.shell_completion import CompletionItem

from tipgraph.model import ALL, kit

Completer: TypeAlias = "Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]"
Names: TypeAlias = Iterable[tuple[str, str]]
"""Names, each with a few words about it."""

_TABLE = re.compile(r'tip:table\s+"([\w-]+)"')
_NETWORKS = re.compile(r'tip:network\s+("[\w-]+"(?:\s*,\s*"[\w-]+")*)')


def by(names: Callable[[click.Context], Names]) -> Completer:
    """Return a completer of an option or an argument by names."""

    def complete(ctx: click.Context, _: click.Parameter, begun: str) -> "list[CompletionItem[str]]":
        return [CompletionItem(name, help=words or None) for name, words in names(ctx) if name.startswith(begun)]

    return complete


def questions(_: click.Context) -> Names:
    """Return the questions."""
    from tipgraph.graph import Query

    return [(question.name, question.summary) for question in Query.all()]


def parameters(ctx: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the parameters of the question that are not given yet, each with its `=`."""
    from tipgraph.analysis import question_parameters
    from tipgraph.graph import Query

    name = ctx.params.get("name") or ctx.params.get("question")
    words: tuple[str, ...] = ctx.params.get("values") or ()
    given = {word.partition("=")[0] for word in words}
    question = next((question for question in Query.all() if question.name == name), None)
    known = question_parameters(question) if question else {}
    if words and (words[-1] == "=" or words[-1] in known):
        return  # bash divides the words at `=`: after one follows a value, and no parameter
    yield from ((f"{name}=", found.summary) for name, found in known.items() if name not in given)


def networks(_: click.Context) -> Names:
    """Return the networks that the ontology declares, and that of all edges."""
    from tipgraph.analysis import EVERY

    texts = [path.read_text("utf-8") for path in kit.files("ontology", "*.ttl")]
    declared = {name for text in texts for names in _NETWORKS.findall(text) for name in re.findall(r"[\w-]+", names)}
    return [(name, "") for name in sorted({*declared, EVERY})]


def recipes(_: click.Context) -> Names:
    """Return the recipes."""
    from tipgraph.analysis import RECIPES

    return [(name, "") for name in RECIPES]


def measures(_: click.Context) -> Names:
    """Return the measures."""
    from tipgraph.analysis import MEASURES

    return [(name, measure.summary) for name, measure in MEASURES.items()]


def kinds(_: click.Context) -> Names:
    """Return the kinds of open data."""
    from tipgraph.sources import KINDS, reader

    return [(name, reader(name).summary) for name in KINDS]


def tables(_: click.Context) -> Names:
    """Return the tables of a source, by the ontology."""
    texts = [path.read_text("utf-8") for path in kit.files("ontology", "*.ttl")]
    return [(name, "") for name in sorted({name for text in texts for name in _TABLE.findall(text)})]


def sources(_: click.Context) -> Names:
    """Return the sources of the data."""
    project = kit.project()
    asked = project.kit_sources if project else (ALL,)
    lent = {path.parent.name for path in kit.folder("data").glob("*/source.toml")}
    own = {path.parent.name for path in kit.data().glob("*/source.toml")}
    return [(name, "") for name in sorted(own | (lent if ALL in asked else lent.intersection(asked)))]


def suffixes(_: click.Context) -> Names:
    """Return the formats of exports by their suffixes."""
    from tipgraph.outputs import FORMATS

    return [(suffix, form.summary) for suffix, form in FORMATS.items()]


def files(_: click.Context, __: click.Parameter, begun: str) -> "list[CompletionItem[str]]":
    """Let the shell complete the name of a file or a folder."""
    return [CompletionItem(begun, type="file")]


def folders(_: click.Context, __: click.Parameter, begun: str) -> "list[CompletionItem[str]]":
    """Let the shell complete the name of a folder."""
    return [CompletionItem(begun, type="dir")]
