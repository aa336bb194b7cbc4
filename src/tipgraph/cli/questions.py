"""Read the graph: named questions, SPARQL, entries and their figures; networks, their measures, and exports."""

from dataclasses import replace
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from tipgraph.analysis import Filter
from tipgraph.cli import options
from tipgraph.cli.options import Call, argument, command, common, option
from tipgraph.cli.paths import keep_uncommitted, named_texts, texts_folder
from tipgraph.cli.terminal import note, progress, say, standard_input
from tipgraph.errors import CallError
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.graph import Answer, Query

_FOUND = 20  # entries, and as many claims, that a table of found ones has
_LONG = 200  # rows of a table in which only reviewed ones are printed
_WIDTH = 120  # columns of a pipe


class _Query(click.Command):
    """A command whose help explains the question that is named before `--help`: its parameters, and an example."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the question for the help, which click prints before it reads any other word."""
        from tipgraph.graph import Query

        named = args[:1] if {"-h", "--help"} & {*args} else []
        ctx.meta["tipgraph.question"] = next((one for one in Query.all() if [one.name] == named), None)
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the parameters of the question above the options."""
        from tipgraph.analysis import question_parameters

        if question := ctx.meta["tipgraph.question"]:
            with formatter.section(f"Parameters of {question.name}"):
                formatter.write_dl([(f"{name}=", one.summary) for name, one in question_parameters(question).items()])
        super().format_options(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example of the question in place of that of the command."""
        if not (question := ctx.meta["tipgraph.question"]):
            return super().format_epilog(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(options.example(f"tipgraph query {question.name} {question.header_in('en').example}"))
        return None


@command("tipgraph query routes destination=JP", cls=_Query)
def query(
    name: str | None = argument(shell_complete=options.complete_question),
    values: tuple[str, ...] = options.values,
    file: Path | None = option("Run your own SPARQL query from a file.", "FILE"),
    whole: bool = option("Print all rows of a table, also of a long one that has reviewed rows.", flags="--all"),
    reviewed: bool = option("Keep what somebody has compared with its sentence: reviewed=true."),
    call: Call = common("graph texts form language"),
) -> None:
    """Ask a named question, or run your own SPARQL query.

    NAME is a question; without a NAME, the command lists the questions. `tipgraph query NAME --help` explains its
    parameters. The NAME `-` reads SPARQL from standard input. A question in words, such as "who pays for work in
    Guatemala?", is read by rules; the command says as what.
    PARAM=VALUE narrows the answer. A VALUE is a short name such as place:japan, an ISO code, an alias or an IRI.
    """
    from tipgraph.analysis import answered
    from tipgraph.display import text

    values += ("reviewed=true",) * reviewed
    if name and " " in name.strip() and not file:
        name, values = _typed(call, name, values)
    question, parameters = question_of(name, file, values)
    if question:
        answer = answered(question, call.open(), parameters, call.language)
        shown = _opened(question, answer, call, whole=whole) if call.form == "table" else answer
        click.echo(text.answer_text(shown, call.form, call.local_texts, call.language))
        left = len(answer.rows) - len(shown.rows)
        note(*[f"{left:,} more, not reviewed: --all"] * bool(left), *filter(None, [answer.hint]))
        if call.form != "table":
            note(*(f"0 rows; {hint}" for hint in text.nearby(answer)))
    elif reviewed:
        raise CallError("name the question: `tipgraph query` lists them")
    else:
        _list(call)


def _typed(call: Call, text: str, values: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the named question that a text asks and its parameters, those that are given last; say what was read."""
    from tipgraph.display import understand

    typed = understand(call.open(), text, call.language)
    if not typed.question:
        raise CallError(
            f"{text!r} is no question that is understood; `tipgraph query` lists them, `tipgraph find` looks for words"
        )
    read = " ".join([typed.question, *(f'{name}="{meant}"' for name, meant in typed.meant.items())])
    note(
        f"read as: tipgraph query {read}",
        *[f"not used: {', '.join(typed.ignored)}"] * bool(typed.ignored),
        *[f"perhaps you ask: {', '.join(typed.others)}"] * bool(typed.others),
    )
    return typed.question, (*(f"{name}={value}" for name, value in typed.values.items()), *values)


def _opened(question: "Query", answer: "Answer", call: Call, *, whole: bool) -> "Answer":
    """Print the sentence that answers a question, if it has one; return the answer, a long one without `whole` shorter.

    Without a reviewed row there is no sentence, and no row is left out.
    """
    from tipgraph.display import answer_sentence, answer_view

    rows = [row for row in answer.rows if not any(remark.unreviewed for remark in answer.remarked(row)[:1])]
    template = question.header_in(call.language).answer
    if rows and template:
        sentence = answer_sentence(answer_view(answer, call.language), template, call.language)
        say(click.wrap_text(sentence, get_terminal_size((_WIDTH, 0)).columns), "")
    return replace(answer, rows=rows) if rows and not whole and len(answer.rows) > _LONG else answer


def _list(call: Call) -> None:
    """Print all questions; in a project, also the owner of each."""
    from tipgraph.analysis import question_parameters
    from tipgraph.graph import Query

    columns, rows = 4 if kit.project() else 3, []
    for question in Query.all():
        owner, names = "the project" if question.own else "the kit", " ".join(question_parameters(question))
        rows.append([question.name, question.header_in(call.language).summary, names, owner][:columns])
    call.print_rows(["question", "it asks", "parameters", "of"][:columns], rows)


def question_of(name: str | None, file: Path | None, values: tuple[str, ...]) -> "tuple[Query | None, dict[str, str]]":
    """Return a question by its name, from a file or from standard input, and its parameters; None without one."""
    from tipgraph.graph import Query

    if file and name and "=" in name:
        values, name = (name, *values), None
    if file and name is not None:
        raise CallError(f"say either the question {name!r} or --file, not both")
    if file:
        return Query.read(file), options.pairs(values)
    if name is None:
        return None, {}
    return Query("-", standard_input()) if name == "-" else Query.find(name), options.pairs(values)


@command("tipgraph find border officers")
def find(
    words: tuple[str, ...] = argument(required=True),
    whole: bool = option("Print all rows of a table.", flags="--all"),
    call: Call = common("graph texts form language"),
) -> None:
    """Find entries and claims by WORDS: organizations first, then other entries, then claims.

    The command looks at the names of entries, the sentences of claims and, with the texts, their quotes. The beginning
    of a word is enough; accents and capitals do not matter. If nothing has all WORDS, it prints what has most of them.
    `tipgraph show ID` lists the claims of an entry.
    """
    from tipgraph.display import HIT
    from tipgraph.display import find as find_words

    with progress("reading all names and claims"):
        found = find_words(call.open(), " ".join(words), call.local_texts, call.language)
    note(*["only names were searched: the graph has too many claims"] * (not found.every))
    note(*(f"nothing has the word {word!r}; these have {near!r}" for word, near in found.read_as.items()))
    most = None if whole or call.form != "table" else _FOUND
    rows = [*found.entries[:most], *found.claims[:most]]
    call.print_rows(HIT, rows)
    left = len(found.entries) + len(found.claims) - len(rows)
    note(f"{len(rows)} rows, each with {found.has}", *[f"{left:,} more: --all"] * bool(left))
    note(*(f"next: `tipgraph show {row[-1]}`" for row in found.entries[:1]))


@command("tipgraph show place:japan")
def show(
    thing: tuple[str, ...] = argument(required=True),
    numbers: bool = option("Compare the figures for THING instead; it is a route or a place."),
    call: Call = common("graph texts form language"),
) -> None:
    """List all claims about a THING, each with its sentence, and contradictions side by side.

    THING is an entry: a name, a short name such as place:japan, an ISO code or an IRI. With --numbers, the command
    shows which figures can be compared, and which repeat another one. It never averages. It offers a sum only of
    figures that count in the same way and count nobody twice.
    """
    from tipgraph.display import show as show_claims
    from tipgraph.display import text
    from tipgraph.graph import resolve

    opened, name = call.open(), " ".join(thing)
    if numbers:
        from tipgraph.analysis import numbers as numbers_of

        found = numbers_of(opened, resolve(opened, name))
        click.echo(text.numbers_text(opened, found, call.form, call.local_texts, call.language))
    else:
        account = show_claims(opened, name, texts=call.local_texts, language=call.language)
        click.echo(account.text(call.form))


@command("tipgraph network partnership --measure betweenness")
def network(
    name: str | None = argument(),
    recipe: str = option("Make a network around --focus, such as partner-funding.", "RECIPE"),
    measure: str = option("Measure the network: degree, betweenness, bridges, dependence …", "MEASURE"),
    fold: str | None = options.fold,
    asked: Filter = options.filters,
    call: Call = common("graph form language"),
) -> None:
    """Project a network, or measure it: nodes, edges, and the claims behind each.

    NAME is a network. Without a NAME, the command lists networks, recipes and measures. With --measure and --without,
    the answer shows the changes without that source, that publisher, or all self-reported claims.
    """
    from tipgraph.analysis import network as networks
    from tipgraph.display import text

    chosen = options.chosen(name, recipe)
    if chosen is None and (measure or fold or asked.words()):
        raise CallError("name the network: `tipgraph network` lists them")
    graph = call.open()
    if chosen is None:
        call.print_rows(["what", "name", "it is"], networks.catalogue(graph, call.language))
    elif measure:
        if asked.without:
            table = networks.compare(graph, chosen, measure, asked, fold)
        else:
            table = networks.measure(networks.project(graph, chosen, asked, onto=fold), measure)
        click.echo(text.measured_text(graph, table, call.form, call.language))
    else:
        click.echo(text.network_text(networks.project(graph, chosen, asked, onto=fold), call.form, call.language))


@command("tipgraph export usaid.xlsx --recipe partner-funding --focus usaid")
def export(
    file: str = argument("FILE"),
    values: tuple[str, ...] = options.values,
    network: str = option("Write a network; `tipgraph network` lists them.", "NETWORK"),
    recipe: str = option("Write a network around --focus, such as partner-funding.", "RECIPE"),
    question: str = option("Write the claims that answer a question.", "QUESTION"),
    fold: str | None = options.fold,
    asked: Filter = options.filters,
    call: Call = common("graph texts"),
    in_house: bool = options.in_house,
) -> None:
    """Write a part of the graph to a file; the file ending chooses the format.

    FILE is the file to write, or a FOLDER/. PARAM=VALUE belongs to --question. Without options, the command writes the
    whole graph; with only --focus, the surroundings of the entry. Each row, edge or entity names its claim. A
    spreadsheet has the words of texts that we have, whose licence lets others read them; with --in-house, of all texts.

    Networks: .html (a picture), .graphml, .gexf (Gephi), .json (Cytoscape). Tables: .xlsx, .csv.zip, .parquet. RDF
    with evidence: .trig, .nq, .ttl, .nt, .jsonld. FollowTheMoney: .ftm.json. Maps: .geojson. FOLDER/: claim tables as
    Parquet; with a network or a filter, nodes and edges in parts, for Spark.
    """
    from tipgraph.outputs import files
    from tipgraph.sources import Texts

    files.writable(file)
    texts = Texts(named_texts(call.texts, in_house=True) if in_house else texts_folder(call.texts))
    if in_house:
        keep_uncommitted(Path(file))
    options.chosen(network, recipe)
    part: dict[str, Any] = {"network": network, "recipe": recipe, "question": question, "fold": fold, "asked": asked}
    with progress(f"gathering and writing {file}"):
        taken = files.export(call.open(), file, values=options.pairs(values), texts=texts, in_house=in_house, **part)
    click.echo(f"{', '.join(map(str, taken.files))}: {taken.summary}")
    for (claims, why), count in sorted(taken.withheld.items()):
        click.echo(f"withheld: {claims} ({count}): {why}", err=True)
