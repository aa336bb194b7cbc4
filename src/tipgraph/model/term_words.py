"""A term of a graph in words: the label of a node, a date, a duration, a number or a text."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from tipgraph.model.dates import EDTF, duration_words, spoken, words
from tipgraph.model.iris import XSD
from tipgraph.model.statements import data_name
from tipgraph.model.templates import Word

_IN_CELLS = {EDTF: words, f"{XSD}duration": duration_words}
_IN_SENTENCES = {
    EDTF: spoken,
    f"{XSD}date": spoken,
    f"{XSD}duration": duration_words,
    f"{XSD}decimal": lambda number, _: f"{Decimal(number):,f}",
}


def term_words(
    term: NamedNode | Literal | BlankNode | Triple | None,
    language: str = "en",
    labels: Mapping[NamedNode, str] = MappingProxyType({}),
    *,
    in_sentence: bool = False,
) -> Word:
    """Return a term in words, with its language if that is another one; a node without a label by its short name.

    A cell of a table has short dates, and numbers as they are. A sentence has months by name, and large numbers with
    commas.

    >>> date = Literal("2004-11", datatype=NamedNode(EDTF))
    >>> term_words(date).text, term_words(date, "es", in_sentence=True).text
    ('2004-11', 'noviembre de 2004')
    >>> term_words(Literal("trata", language="es"))
    Word(text='trata', language='es', name=False, code='')
    """
    if isinstance(term, NamedNode):
        return Word(labels.get(term, data_name(term.value)))
    if not isinstance(term, Literal):
        return Word("" if term is None else str(term))
    in_words = (_IN_SENTENCES if in_sentence else _IN_CELLS).get(term.datatype.value)
    if in_words:
        return Word(in_words(term.value, language))
    return Word(term.value, "" if term.language in (None, language) else term.language)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last of numbers that follow each other, in their order.

    >>> runs([1, 2, 3, 5])
    [(1, 3), (5, 5)]
    """
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found
