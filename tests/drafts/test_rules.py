"""What the rules draft from small texts of our own."""

from collections.abc import Iterator

import pytest

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules import Rules

from .own_text import own_text


@pytest.fixture(scope="module", params=["with a parser", "without"])
def rules(request: pytest.FixtureRequest) -> Rules:
    found = Rules(with_parser=request.param == "with a parser")
    if request.param == "with a parser" and found.notice:
        pytest.skip(found.notice)
    return found


def of(drafts: Iterator[Draft], table: str) -> list[dict[str, str]]:
    return [dict(draft.cells) for draft in drafts if draft.table == table]


def test_money_has_its_giver_and_its_purpose(rules: Rules) -> None:
    words = "The Lantern Foundation financed two seminars in Lima. A workshop was funded by the IOM."
    first, second = of(rules.drafts(own_text(words)), "funding")
    assert (
        first.items()
        >= {"giver": "Lantern Foundation", "purpose": "Two seminars, Lima", "moneyKind": "unknown"}.items()
    )
    assert second.items() >= {"giver": "reference/actors/iom", "purpose": "Workshop"}.items()
