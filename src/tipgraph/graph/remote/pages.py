"""A SELECT query cut into pages, all in the same order.

Decision: docs/decisions/0071-pages-are-ordered-by-all-variables.md.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from tipgraph.graph import sparql


class ResultPages(NamedTuple):
    """A query in parts: up to its pattern, ORDER BY, VALUES at the end, and the numbers of LIMIT and OFFSET."""

    head: str
    order: str
    tail: str
    limit: int | None
    offset: int

    def page(self, first: int, rows: int) -> str:
        """Return the query for some rows, counted from the query's own first row."""
        window = f"LIMIT {rows} OFFSET {self.offset + first}"
        return "\n".join(part for part in (self.head, self.order, window, self.tail) if part)


def pages(text: str, variables: Sequence[str]) -> ResultPages:
    r"""Cut a SELECT query that parses, and order it by all its variables, so that no two rows swap places.

    No variable is named twice: Virtuoso 7 would repeat some rows and omit others, and takes 20 keys at most.

    >>> pages("SELECT ?a { ?a ?b ?c } ORDER BY ?c LIMIT 5 VALUES ?b { <x:y> }", ["a"]).page(2, 3)
    'SELECT ?a { ?a ?b ?c }\nORDER BY ?c\n?a\nLIMIT 3 OFFSET 2\nVALUES ?b { <x:y> }'
    """
    starts: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for (word, start), (number, _) in pairwise([*_words_after_pattern(text), ("", 0)]):
        if word in ("ORDER", "LIMIT", "OFFSET", "VALUES"):
            starts[word] = start
        if word in ("LIMIT", "OFFSET"):
            numbers[word] = int(number)
        if word == "VALUES":
            break
    values = starts.get("VALUES", len(text))
    window = min(starts.get("LIMIT", values), starts.get("OFFSET", values))
    order = starts.get("ORDER", window)
    own = text[order:window].rstrip()
    added = " ".join(f"?{name}" for name in variables if name not in _plain_keys(own))
    ordered = "\n".join(part for part in (own or ("ORDER BY" if added else ""), added) if part)
    return ResultPages(text[:order].rstrip(), ordered, text[values:], numbers.get("LIMIT"), numbers.get("OFFSET", 0))


def _plain_keys(order: str) -> set[str]:
    """Return the variables that ORDER BY names alone, with or without ASC or DESC, and not in an expression."""
    pieces = [piece for _, piece, _ in sparql.tokens(order)]
    depths = accumulate((piece == "(") - (piece == ")") for piece in pieces)
    bare = {piece[1:] for piece, depth in zip(pieces, depths, strict=True) if piece[0] in "?$" and not depth}
    directed = zip(pieces, pieces[1:], pieces[2:], pieces[3:], strict=False)
    return bare | {name[1:] for word, _, name, end in directed if word.upper() in ("ASC", "DESC") and end == ")"}


def _words_after_pattern(text: str) -> Iterator[tuple[str, int]]:
    """Yield the words after the outermost pattern of a query, in capitals, and their starts."""
    depth, after = 0, False
    for kind, piece, start in sparql.tokens(text):
        if kind == "mark" and piece in "{([":
            depth += 1
        elif kind == "mark" and piece in "})]":
            depth -= 1
            after = after or (depth == 0 and piece == "}")
        elif after and depth == 0 and kind == "word":
            yield piece.upper(), start
