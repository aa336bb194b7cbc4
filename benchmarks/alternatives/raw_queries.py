"""Ask pyoxigraph, of any version: `python raw_queries.py GRAPH < queries.json` prints the seconds of each query."""

import json
import sys
import time
from collections.abc import Iterator

from pyoxigraph import RdfFormat, Store


def times(store: Store, text: str, asked: dict[str, str], rounds: int) -> Iterator[float]:
    """Yield the seconds of a query up to its rows as tuples, round by round."""
    for _ in range(rounds):
        begun = time.perf_counter()
        _rows = [tuple(row) for row in store.query(text, prefixes=asked, use_default_graph_as_union=True)]  # type: ignore[union-attr]
        yield time.perf_counter() - begun


def main() -> None:
    """Print the seconds of each query as JSON, in the order of the rounds."""
    asked, store = json.load(sys.stdin), Store()
    store.load(path=sys.argv[1], format=RdfFormat.N_QUADS)
    texts, rounds = asked["texts"], asked["rounds"]
    print(json.dumps({name: list(times(store, text, asked["prefixes"], rounds)) for name, text in texts.items()}))


if __name__ == "__main__":
    main()
