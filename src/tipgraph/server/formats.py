"""The formats of answers, and content negotiation (`Accept`)."""

from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

from tipgraph.server.options import Refusal

_Format = TypeVar("_Format")


class Offer(NamedTuple, Generic[_Format]):
    """A format: a short name, and its media types, the first of which is sent."""

    name: str
    media: tuple[str, ...]
    format: _Format

    @property
    def sent(self) -> str:
        """The media type that is sent, with its charset."""
        return f"{self.media[0]}; charset=utf-8" if self.media[0].startswith("text/") else self.media[0]


ROWS = (
    Offer("json", ("application/sparql-results+json", "application/json"), QueryResultsFormat.JSON),
    Offer("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), QueryResultsFormat.XML),
    Offer("csv", ("text/csv",), QueryResultsFormat.CSV),
    Offer("tsv", ("text/tab-separated-values",), QueryResultsFormat.TSV),
)
TRIPLES = (
    Offer("ttl", ("text/turtle", "application/x-turtle"), RdfFormat.TURTLE),
    Offer("nt", ("application/n-triples", "text/plain"), RdfFormat.N_TRIPLES),
    Offer("rdf", ("application/rdf+xml", "application/xml", "text/xml"), RdfFormat.RDF_XML),
    Offer("jsonld", ("application/ld+json", "application/json"), RdfFormat.JSON_LD),
)
PAGE = Offer("html", ("text/html", "application/xhtml+xml"), RdfFormat.TURTLE)  # its format is never used
JSON = Offer("json", ("application/json",), RdfFormat.JSON_LD)  # of lists and answers to questions
CSV = Offer("csv", ("text/csv",), RdfFormat.TURTLE)


@lru_cache(maxsize=256)
def chosen(accept: str, offers: tuple[Offer[_Format], ...]) -> Offer[_Format]:
    """Return the offer that a client prefers, the first of equal ones; raise Refusal (406) if there is none.

    >>> chosen("text/csv;q=0.5, application/sparql-results+xml", ROWS).name
    'xml'
    >>> chosen("*/*", TRIPLES).name
    'ttl'
    """
    liked = dict(map(_range, (accept or "*/*")[:1000].split(",")))

    def quality(offer: Offer[_Format]) -> float:
        """Return the quality of the narrowest range for each media type, the highest."""
        ranges = ((media, f"{media.partition('/')[0]}/*", "*/*") for media in offer.media)
        return max(next((liked[one] for one in names if one in liked), 0.0) for names in ranges)

    best = max(offers, key=quality)  # the first of equal ones
    if not quality(best):
        names = ", ".join(offer.media[0] for offer in offers)
        raise Refusal(406, f"no format in Accept is available; ask for one of {names}")
    return best


def _range(part: str) -> tuple[str, float]:
    """Return a media range of an Accept header with its quality; 0 for one that is no number."""
    media, *options = (word.strip().lower() for word in part.split(";"))
    quality = next((option[2:].strip() for option in options if option.startswith("q=")), "1")
    try:
        return media, min(1.0, max(0.0, float(quality)))
    except ValueError:
        return media, 0.0
