"""Rows of the parts of IATI activities beside roles and payments, in a file and in a graph."""

import html
import re
from collections.abc import Iterator
from decimal import Decimal

from .iati_claims import IatiClaims
from .iati_file import Activity, Money
from .iati_rows import key, plain
from .rows import Row, row

DESCRIPTIONS = {"1": "description", "2": "objective", "3": "targetGroup", "4": "description"}
BUDGETS = {"budget": "budgeted", "planned-disbursement": "planned-disbursement"}


def said(activity: Activity) -> Iterator[Row]:
    """Yield the rows of an activity."""
    yield from _places(activity)
    for money in activity.money:
        if money.element == "transaction":
            yield from _codes(money)
        else:
            yield _budget(activity, money)
    for kind, text, place in activity.descriptions:
        values = {DESCRIPTIONS.get(kind, "description"): words(text)}
        yield row("description", (activity.number, place), activity=activity.identifier, **values)
    for mark in activity.marks:
        yield row("mark", mark.place, activity=activity.identifier, scheme=mark.scheme, code=mark.code,
                  of=mark.vocabulary, significance=mark.significance, label=mark.label)  # fmt: skip
    for one in activity.periods:
        yield row("result", (activity.number, 0), activity=activity.identifier, title=one.title, target=one.target,
                  indicator=one.indicator, date="/".join(one.span), actual=one.actual)  # fmt: skip
    for url, media, titles, place in activity.documents:
        for title in titles or ("",):
            yield row("document", (activity.number, place), activity=activity.identifier, url=url,
                      media=media.casefold(), title=title)  # fmt: skip


def _places(activity: Activity) -> Iterator[Row]:
    """Yield the countries where those live whom an activity is meant for, and positions finer than a town."""
    stated = {share.code for share in activity.shares if share.of == "recipient-country"}
    meant = dict.fromkeys(one.country for one in activity.locations if one.reach == "2" and one.country)
    for country in meant:
        if country not in stated:
            yield row("place", (activity.number, 0), activity=activity.identifier, code=country, modality="implied")
    for location in activity.locations:
        if location.position:
            kind = "area" if location.kind in {"1", "2"} or location.designation[:3] in {"ADM", "PPL"} else "site"
            yield row("position", (activity.number, 0), at=at(*location.position.split()[:2]), kind=kind)
            if kind == "area":
                modality = "implied" if location.reach == "2" else "stated"
                yield row("place", (activity.number, 0), activity=activity.identifier, modality=modality)


def at(latitude: str, longitude: str) -> str:
    """Return a position to three decimals, about a hundred metres."""
    return f"{Decimal(latitude):.3f} {Decimal(longitude):.3f}"


def _codes(money: Money) -> Iterator[Row]:
    """Yield the codes, the description and the sectors of a transaction."""
    aid, text = ", ".join(sorted(set(money.aid))), words(money.description)
    yield row("codes of a payment", money.place, element=str(money.place), flow=money.flow, aid=aid, tied=money.tied,
              channel=money.channel, description=text)  # fmt: skip
    for share in money.shares:
        if share.of == "sector":
            percentage = plain(Decimal(share.percentage)) if share.percentage else ""
            yield row("sector of a payment", money.place, element=str(money.place), code=share.code,
                      of=share.vocabulary or "1", percentage=percentage)  # fmt: skip


def _budget(activity: Activity, money: Money) -> Row:
    """Return a budget or a planned disbursement, for its period."""
    span = money.date if money.date == money.end else f"{money.date}/{money.end}"
    silent = (
        activity.reporter if money.element == "planned-disbursement" and not key(money.provider) else money.provider
    )
    return row(
        "budget", money.place, activity=activity.identifier, kind=BUDGETS[money.element], amount=plain(money.amount),
        currency=money.currency, date=span, value_date=money.value_date, type=money.kind, status=money.status,
        giver=key(silent), receiver=key(money.receiver),
    )  # fmt: skip


def claimed(claims: IatiClaims) -> Iterator[Row]:
    """Yield the rows of the same topics from a graph."""
    nodes = claims.nodes
    for claim in nodes.of("Funding"):
        kind, place = nodes.code(claim, "moneyKind", "money-kind"), nodes.place(claim)
        if kind in BUDGETS.values():
            yield row(
                "budget", place, activity=claims.activity(nodes.one(claim, "purpose")), kind=kind,
                amount=plain(Decimal(nodes.one(claim, "amount"))), currency=nodes.one(claim, "currency"),
                date=nodes.one(claim, "date"), value_date=nodes.one(claim, "valueDate"),
                type=nodes.iati(claim, "budgetType"), status=nodes.iati(claim, "budgetStatus"),
                giver=claims.key(nodes.one(claim, "giver")), receiver=claims.key(nodes.one(claim, "receiver")),
            )  # fmt: skip
        elif kind != "unknown":
            yield row(
                "codes of a payment", place, element=str(place), flow=nodes.iati(claim, "flowType"),
                aid=nodes.iati(claim, "aidType"), tied=nodes.iati(claim, "tiedStatus"),
                channel=nodes.iati(claim, "disbursementChannel"), description=words(nodes.one(claim, "description")),
            )  # fmt: skip
    for claim in nodes.of("Allocation"):
        if payment := nodes.one(claim, "payment"):
            percentage = nodes.one(claim, "percentage")
            yield row("sector of a payment", nodes.place(claim), element=str(nodes.place(payment)),
                      code=nodes.one(claim, "sector"), of=nodes.one(claim, "sectorVocabulary"),
                      percentage=plain(Decimal(percentage)) if percentage else "")  # fmt: skip
    for entry in nodes.of("Place", "City", "Area", "Region", "Country"):
        if latitude := nodes.one(entry, "latitude"):
            yield row("position", at=at(latitude, nodes.one(entry, "longitude")), kind="area")
    for claim in nodes.of("Result"):
        if not nodes.all(claim, "dimension"):
            activity = claims.activity(nodes.one(claim, "undertaking"))
            yield row("result", nodes.place(claim), activity=activity, title=nodes.one(claim, "title"),
                      indicator=nodes.one(claim, "indicator"), date=nodes.one(claim, "date"),
                      target=nodes.one(claim, "target"), actual=nodes.one(claim, "actual"))  # fmt: skip
    yield from _words(claims)


def _words(claims: IatiClaims) -> Iterator[Row]:
    nodes = claims.nodes
    for claim in nodes.of("UndertakingReport"):
        values = {name: words(nodes.one(claim, name)) for name in set(DESCRIPTIONS.values()) if nodes.all(claim, name)}
        if values:
            yield row(
                "description", nodes.place(claim), activity=claims.activity(nodes.one(claim, "undertaking")), **values
            )
    for claim in nodes.of("Classification"):
        scheme = nodes.code(claim, "classificationScheme", "classification-scheme")
        yield row(
            "mark", nodes.place(claim), activity=claims.activity(nodes.one(claim, "undertaking")), scheme=scheme,
            of=nodes.one(claim, "vocabulary"), code=nodes.one(claim, "conceptCode"),
            label=nodes.one(claim, "conceptLabel"), significance=nodes.iati(claim, "significance"),
        )  # fmt: skip
    for claim in nodes.of("PublicationReport"):
        activity, media = claims.activity(nodes.one(claim, "undertaking")), nodes.one(claim, "mediaType").casefold()
        for title in claims.names[nodes.one(claim, "document")]["title"] or [""]:
            yield row("document", nodes.place(claim), activity=activity, url=nodes.one(claim, "url"), media=media,
                      title=title)  # fmt: skip


def words(text: str) -> str:
    """Return a text without marks of HTML and without what may be an address or a number of a person."""
    bare = re.sub(r"<[^<>]*>", " ", html.unescape(text))
    return " ".join(re.sub(r"\S*[@…]\S*", "…", bare).split())
