"""The text of a SELECT query cut so that its answer can be asked for by pages, each in the same order.

Decision: docs/decisions/0071-pages-are-ordered-by-all-variables.md.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from tipgraph.graph import sparql


class ResultPages(NamedTuple):
    """A query without its last clauses, and those: its order, what it limits itself to, and VALUES at its end."""

    head: str
    order: str
    tail: str
    limit: int | None
    offset: int

    def page(self, first: int, rows: int) -> str:
        """Return the query for some rows from one on, counted from the first row that the query itself wants."""
        window = f"LIMIT {rows} OFFSET {self.offset + first}"
        return "\n".join(part for part in (self.head, self.order, window, self.tail) if part)


def pages(text: str, variables: Sequence[str]) -> ResultPages:
    r"""Cut a SELECT query that parses; all its variables are added to its order, so that no two rows swap places.

    None is named twice: Virtuoso 7 gives some rows twice and others never then, and takes 20 keys at most.

    >>> pages("SELECT ?a { ?a ?b ?c } ORDER BY ?c LIMIT 5 VALUES ?b { <x:y> }", ["a"]).page(2, 3)
    'SELECT ?a { ?a ?b ?c }\nORDER BY ?c\n?a\nLIMIT 3 OFFSET 2\nVALUES ?b { <x:y> }'
    """
    last = list(_last_clauses(text))
    starts = {word: start for word, start, _ in last}
    numbers = {word: number for word, _, number in last}
    values = starts.get("VALUES", len(text))
    window = min(starts.get("LIMIT", values), starts.get("OFFSET", values))
    order = starts.get("ORDER", window)
    own = text[order:window].rstrip()
    by = " ".join(f"?{name}" for name in variables if name not in _plain(own))
    ordered = "\n".join(part for part in (own or ("ORDER BY" if by else ""), by) if part)
    return ResultPages(text[:order].rstrip(), ordered, text[values:], numbers.get("LIMIT"), numbers.get("OFFSET") or 0)


def _plain(order: str) -> set[str]:
    """Return the variables that ORDER BY names by themselves, rising or falling, and not within an expression."""
    pieces = [piece for _, piece, _ in sparql.tokens(order)]
    depths = accumulate((piece == "(") - (piece == ")") for piece in pieces)
    bare = {piece[1:] for piece, depth in zip(pieces, depths, strict=True) if piece[0] in "?$" and not depth}
    turned = zip(pieces, pieces[1:], pieces[2:], pieces[3:], strict=False)
    return bare | {var[1:] for word, _, var, close in turned if word.upper() in ("ASC", "DESC") and close == ")"}


def _last_clauses(text: str) -> Iterator[tuple[str, int, int | None]]:
    """Yield ORDER, LIMIT, OFFSET and VALUES behind the outermost pattern, where each begins, and its number."""
    asked = ("", 0)
    for word, start in _words_behind(text):
        if word in ("ORDER", "VALUES"):
            yield word, start, None
        elif word in ("LIMIT", "OFFSET"):
            asked = word, start
        elif asked[0] and word.isdecimal():
            yield *asked, int(word)
            asked = "", 0
        if word == "VALUES":
            return


def _words_behind(text: str) -> Iterator[tuple[str, int]]:
    """Yield the words behind the outermost pattern of a query, in capitals, and where each begins."""
    depth, behind = 0, False
    for kind, piece, start in sparql.tokens(text):
        if kind == "mark" and piece in "{([":
            depth += 1
        elif kind == "mark" and piece in "})]":
            depth -= 1
            behind = behind or (depth == 0 and piece == "}")
        elif behind and depth == 0 and kind == "word":
            yield piece.upper(), start
