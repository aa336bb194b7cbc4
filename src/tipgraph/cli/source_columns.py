"""`tipgraph source columns`: the tables of a source and their columns, with examples."""

import click

from tipgraph.cli import options, suggestions
from tipgraph.cli.options import example
from tipgraph.cli.terminal import note
from tipgraph.model import kit

_LONGEST = 200  # characters of a cell in a table for a terminal


@click.command(epilog=example("tipgraph source columns funding"))
@click.argument("table", required=False, shell_complete=suggestions.by(suggestions.tables))
@options.form
def columns(table: str | None, form: str) -> None:
    """List the tables of a source, or the columns of a TABLE.

    TABLE is a table such as funding, or source.toml. For each column the command shows its meaning, its values and
    codes, whether a row needs it, and an example. The examples are cells of existing rows. With --format csv or json,
    no cell is cut.
    """
    from tipgraph.display import rows_text
    from tipgraph.model import ontology
    from tipgraph.sources import describe_table, list_tables

    if table is None:
        click.echo(rows_text(["table", "class", "meaning"], list_tables(ontology()), form))
        return
    guide = describe_table(ontology(), table, [kit.data(), kit.folder("data")])
    rows = [[_shortened(cell) if form == "table" else cell for cell in column] for column in guide.columns]
    click.echo(rows_text(["column", "needed", "values", "example", "meaning"], rows, form))
    note(f"most examples are of {guide.example}" if guide.example else "no row of this table exists yet: no examples")


def _shortened(cell: str) -> str:
    return cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST - 2].rstrip(' ,')} …"
