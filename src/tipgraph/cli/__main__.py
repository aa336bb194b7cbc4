"""Lets `python -m tipgraph.cli` be what `tipgraph` is."""

from tipgraph.cli import main

main()
