"""Budgets and expenditure of IATI files of organisations, read with lxml alone, and the claims that come of them."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from lxml import etree

from .iati_claims import IatiClaims
from .iati_file import Share, organisation_money
from .iati_rows import key, plain
from .rows import Reason, Row, row


def is_of_organisations(path: Path) -> bool:
    """Tell a file of organisations from one of activities by its first element."""
    with path.open("rb") as file:
        _, first = next(iter(etree.iterparse(file, events=("start",), resolve_entities=False)))
    return str(first.tag) == "iati-organisations"


class OrganisationFile:
    """An IATI file of organisations, read once."""

    def __init__(self, path: Path) -> None:
        self.money = list(organisation_money(path))

    def rows(self) -> Iterator[Row]:
        """Yield what each organisation budgets or has spent: in all, or for another one, a region or a country."""
        for organisation, money in self.money:
            whole = money.element.startswith("total-")
            own, places = f"ref {organisation}", ", ".join(map(_place, money.shares))
            yield row(
                "budget", money.place, kind=money.element if whole else "budgeted", amount=plain(money.amount),
                currency=money.currency, date=f"{money.date}/{money.end}", value_date=money.value_date,
                status=money.status, giver="" if whole else own, receiver=key(money.receiver),
                purpose=own if whole else "", at=places,
            )  # fmt: skip


def _place(share: Share) -> str:
    return share.code.zfill(3) if share.vocabulary == "2" else share.code


def claimed(claims: IatiClaims) -> Iterator[Row]:
    """Yield the same rows from a graph."""
    nodes = claims.nodes
    for claim in nodes.of("Funding"):
        purposes = [claims.key(one) for one in nodes.all(claim, "purpose") if one in claims.actors]
        yield row(
            "budget", nodes.place(claim), kind=nodes.code(claim, "moneyKind", "money-kind"),
            amount=plain(Decimal(nodes.one(claim, "amount"))), currency=nodes.one(claim, "currency"),
            date=nodes.one(claim, "date"), value_date=nodes.one(claim, "valueDate"),
            status=nodes.iati(claim, "budgetStatus"), giver=claims.key(nodes.one(claim, "giver")),
            receiver=claims.key(nodes.one(claim, "receiver")), purpose=", ".join(purposes),
            at=", ".join(claims.code(place) for place in nodes.all(claim, "place")),
        )  # fmt: skip


REASONS: tuple[Reason[OrganisationFile], ...] = ()
