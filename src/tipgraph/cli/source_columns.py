"""`tipgraph source columns`: the tables of a source, their columns with examples, and their codes."""

import click

from tipgraph.cli import options
from tipgraph.cli.options import example
from tipgraph.cli.terminal import note
from tipgraph.model import kit


@click.command(epilog=example("tipgraph source columns funding"))
@click.argument("table", required=False)
@click.argument("column", required=False)
@options.form
def columns(table: str | None, column: str | None, form: str) -> None:
    """List the tables of a source, the columns of a TABLE, or the codes of a COLUMN.

    TABLE is a table such as funding, or source.toml. For each column the command shows its meaning, its values and
    codes, whether a row needs it, and an example. The examples are cells of existing rows. The last lines say which
    columns a row needs together. With a COLUMN the command lists its codes, each with its meaning.
    """
    from tipgraph.display import rows_text
    from tipgraph.model import ontology
    from tipgraph.sources import describe_codes, describe_table, list_tables

    if table is None:
        click.echo(rows_text(["table", "class", "meaning"], list_tables(ontology()), form))
        return
    if column:
        click.echo(rows_text(["code", "words", "meaning"], describe_codes(ontology(), table, column), form))
        return
    guide = describe_table(ontology(), table, [kit.data(), kit.folder("data")])
    click.echo(rows_text(["column", "needed", "values", "example", "meaning"], guide.columns, form))
    note(f"most examples are of {guide.example}" if guide.example else "no row of this table exists yet: no examples")
    note(*guide.rules)
    if any(part.values.startswith("one of ") for part in guide.columns):
        note(f"`tipgraph source columns {table} COLUMN` explains the codes of a column")
