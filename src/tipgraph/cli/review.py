"""`tipgraph review`: the decisions of a person. Identity, contradictions, personal data."""

import click

from tipgraph.cli.conflict_review import conflicts
from tipgraph.cli.group import Group
from tipgraph.cli.identity_review import identity
from tipgraph.cli.privacy_review import personal


@click.group(cls=Group, commands=[identity, conflicts, personal])
def review() -> None:
    """Decide about identity, contradictions and personal data."""
