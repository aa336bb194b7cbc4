"""The least program that click can start."""

import click


@click.command()
@click.option("--name")
def main(name: str) -> None:
    """Say something."""
    click.echo(name)


main()
