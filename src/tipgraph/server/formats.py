"""The formats of answers, and content negotiation (`Accept`)."""

from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

from tipgraph.errors import CallError

_Format = TypeVar("_Format")


class NotAcceptable(CallError):
    """None of the formats in `Accept` is available.

    Ask for one of those that the message lists.
    """

    http_status = 406


class Offer(NamedTuple, Generic[_Format]):
    """A format: a short name, and its media types, the first of which is sent."""

    name: str
    media: tuple[str, ...]
    format: _Format


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
FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}  # of answers to questions


@lru_cache(maxsize=256)
def chosen(accept: str, offers: tuple[Offer[_Format], ...]) -> Offer[_Format]:
    """Return the offer that a client prefers, the first of equal ones; raise NotAcceptable if there is none.

    >>> chosen("text/csv;q=0.5, application/sparql-results+xml", ROWS).name
    'xml'
    >>> chosen("*/*", TRIPLES).name
    'ttl'
    """
    qualities = _liked(accept or "*/*")
    ranked = [(max(_quality(qualities, media) for media in offer.media), -at) for at, offer in enumerate(offers)]
    quality, at = max(ranked)
    if not quality:
        names = ", ".join(offer.media[0] for offer in offers)
        raise NotAcceptable(f"no format in Accept is available; ask for one of {names}")
    return offers[-at]


def media_of(offer: Offer[_Format]) -> str:
    """Return the media type of an offer with its charset."""
    return f"{offer.media[0]}; charset=utf-8" if offer.media[0].startswith("text/") else offer.media[0]


def _liked(accept: str) -> dict[str, float]:
    """Return the media ranges of an Accept header with their qualities."""
    qualities: dict[str, float] = {}
    for part in accept[:1000].split(","):
        media, *options = (word.strip().lower() for word in part.split(";"))
        quality = next((option[2:].strip() for option in options if option.startswith("q=")), "1")
        try:
            qualities[media] = min(1.0, max(0.0, float(quality)))
        except ValueError:
            qualities[media] = 0.0
    return qualities


def _quality(qualities: dict[str, float], media: str) -> float:
    """Return the quality of a media type, by its narrowest range."""
    kind = media.partition("/")[0]
    return qualities.get(media, qualities.get(f"{kind}/*", qualities.get("*/*", 0.0)))
