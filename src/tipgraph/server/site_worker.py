"""Write the pages of a generation in a process that ends with the server."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tipgraph.errors import TipgraphError
from tipgraph.graph import load
from tipgraph.outputs import IN_HOUSE, render
from tipgraph.server.landlock import die_with_parent
from tipgraph.sources import Texts


def main(words: Sequence[str]) -> int:
    """Write the pages of a generation into a folder; then the folder of texts, or nothing, and the mode."""
    generation, folder, texts, mode = words
    die_with_parent()
    try:
        render(load(generation), folder, texts=Texts(Path(texts) if texts else None), in_house=mode == IN_HOUSE)
    except TipgraphError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0
