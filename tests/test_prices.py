"""Money compared: the arithmetic by hand, the reasons why an amount is not compared, the tables and their faults."""

import csv
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode

from tests.conftest import statements_of
from tests.network.test_payments import with_claims
from tipgraph.analysis.compared_answers import answered
from tipgraph.analysis.prices import Prices, prices_of, rounded
from tipgraph.cli import main
from tipgraph.errors import BadValue, InputError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA, XSD, Statement, kit, tip
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.scaffold import init
from tipgraph.sources.price_tables import price_tables

MAKE = kit.code("sources/make/price_tables.py")

# From the tables by hand: SEK 9.35346 and USD 1.10951 for a euro in 2015, GBP .725835; CPI-U 130.7 in 1990, 237.017 in
# 2015, 304.702 in 2023.
BY_HAND = {
    ("SEK", "2015", "EUR"): "106.91",  # 1000 / 9.35346
    ("SEK", "2015", "USD"): "118.62",  # × 1.10951
    ("SEK", "2015", "USD-2023"): "152.49",  # × 304.702 / 237.017
    ("EUR", "2015", "USD-2015"): "1109.51",
    ("GBP", "2015", "SEK"): "12886.48",  # 1000 / .725835 × 9.35346
    ("USD", "1990", "USD-2023"): "2331.31",  # before there was a euro, by the index alone
    ("USD", "2008/2009", "USD"): "1000.00",  # nothing to convert
}


@pytest.mark.parametrize(("asked", "expected"), BY_HAND.items(), ids=lambda value: "-".join(value))
def test_amounts_are_compared_as_by_hand(asked: tuple[str, str, str], expected: str) -> None:
    currency, years, prices = asked
    found = Prices.of(prices).compare(Decimal(1000), currency, years)
    assert found.amount is not None
    assert str(rounded(found.amount)) == expected
    assert ("ECB" in found.rates, "BLS" in found.rates) == (
        currency != prices[:3],
        prices == "USD-2023",
    )


def test_an_amount_without_a_single_year_a_rate_or_an_index_has_a_reason() -> None:
    dollars = Prices.of("USD-2023")
    expected = {
        ("USD", ""): "undated",
        ("SEK", "2008/2009"): "several-years",
        ("SEK", "2008/"): "several-years",
        ("COP", "2015"): "no-rate",
        ("SEK", "1998"): "no-rate",  # before the euro
        ("RUB", "2022"): "no-rate",  # the last was of March
        ("SEK", "2026"): "no-rate",  # the year had not ended
        ("USD", "1900"): "no-index",
    }
    assert {at: dollars.compare(Decimal(1), *at).gap for at in expected} == expected
    for wrong in ("EUR-2015", "USD-1850", "COP", "dollars", "usd-2015", "USD-2015 OR 1=1"):
        with pytest.raises(BadValue):
            Prices.of(wrong)


def test_a_row_shows_the_comparison_beside_the_original_and_a_value_date_comes_first(small: Graph) -> None:
    graph = with_claims(
        small,
        crowns={"amount": "1000", "currency": "SEK", "earliest": "2015-01-01", "latest": "2015-12-31"},
        long={"amount": "5", "earliest": "2019-01-01"},
        later={"amount": "2000", "currency": "SEK", "earliest": "2016-01-01", "latest": "2016-12-31"},
    )
    later, source = NamedNode(f"{DATA}later"), statements_of(graph)[0].source
    day = Literal("2015-03-01", datatype=NamedNode(f"{XSD}date"))
    graph = Graph([*statements_of(graph), Statement(later, NamedNode(tip.valueDate), day, source)])
    whole = answered(Query.find("funding-sums"), graph, {"prices": "USD-2023"})
    rows = [dict(zip(whole.columns, (getattr(cell, "value", "") for cell in row), strict=True)) for row in whole.rows]
    assert [[row[name] for name in ("total", "currency", "years", "compared", "prices")] for row in rows] == [
        ["1000", "SEK", "2015", "152.49", "USD-2023"],
        ["2000", "SEK", "2016", "304.99", "USD-2023"],  # of its value date in 2015
        ["5", "USD", "2019/2020", "", ""],
        ["12500", "USD", "2020", "14716.43", "USD-2023"],  # × 304.702 / 258.811
    ]
    assert rows[2]["not_compared"].endswith("not-compared-several-years")
    assert rows[3]["rates"] == "2020 → 2023: 258.811 → 304.702 (BLS CPI-U)"
    original = answered(Query.find("funding-sums"), graph, {"prices": "original"})
    assert original.rows == [row[:-4] for row in whole.rows]
    with pytest.raises(UnknownName, match="routes has no parameter 'prices'"):
        answered(Query.find("routes"), graph, {"prices": "EUR"})


def test_a_terminal_and_a_file_name_the_prices_the_rates_and_their_sources(tmp_path: Path) -> None:
    graph = tmp_path / "small.trig"
    asked = ["query", "funding", "prices=EUR", "-g", str(graph)]
    assert CliRunner().invoke(main, ["build", "tests/kit/data", "-o", str(graph)]).exit_code == 0
    text = CliRunner().invoke(main, asked, env={"COLUMNS": "160"}).stdout
    assert "12,500" in text
    assert "in EUR" in text
    assert "10,943.79" in text  # 12500 / 1.14220
    assert "  2020: 1 EUR = 1.14220 USD (ECB)\n  ECB: European Central Bank, " in text
    assert "https://www.ecb.europa.eu/" in text
    (row,) = csv.DictReader(io.StringIO(CliRunner().invoke(main, [*asked, "--format", "csv"]).stdout))
    assert (row["amount"], row["compared"], row["prices"]) == ("12500", "10943.79", "EUR")
    exported = tmp_path / "money.json"
    CliRunner().invoke(main, ["export", str(exported), "--network", "funding", "-g", str(graph)])
    edges = [edge["data"] for edge in json.loads(exported.read_text("utf-8"))["elements"]["edges"]]
    (link,) = (edge for edge in edges if "amount" in edge)
    assert (link["amount"], link["compared"], link["prices"]) == (12500, 15549.14, "USD-2025")


def test_a_project_adds_and_replaces_rates_and_a_build_names_wrong_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    init(tmp_path / "acme", title="Acme", namespace="https://acme.example/ns#")
    monkeypatch.chdir(tmp_path / "acme")
    reference = Path("data", "reference")
    (reference / "rate-sources.csv").write_text(
        "id,label,title,publisher,address,licence,until,taken\n"
        "bdlr,BdlR,Annual rates,A central bank,https://bank.example/,public,2020,2026-11-28\n",
        "utf-8",
    )
    rates = reference / "exchange-rates.csv"
    rates.write_text("id,currency,year,perEuro,source\na-1,COP,2015,3000,bdlr\na-2,SEK,2015,10,bdlr\n", "utf-8")
    assert [Prices.of("EUR").compare(Decimal(30000), *at).amount for at in (("COP", "2015"), ("SEK", "2015"))] == [
        10,
        3000,
    ]
    assert Prices.of("EUR").compare(Decimal(1), "COP", "2015").rates == "2015: 1 EUR = 3000 COP (BdlR)"
    assert price_tables().rates["SEK", 2014].source == "ecb"
    settings = Path("tipgraph.toml").read_text("utf-8")
    for prices, expected in (("EUR", "EUR"), ("original", "None")):
        Path("tipgraph.toml").write_text(f'{settings}\nprices = "{prices}"\n', "utf-8")
        kit.forget()
        assert str(prices_of()) == expected
    Path("tipgraph.toml").write_text(f'{settings}\nprices = "dollars"\n', "utf-8")
    kit.forget()
    with pytest.raises(InputError, match="prices: 'dollars' are no prices"):
        kit.project()
    Path("tipgraph.toml").write_text(settings, "utf-8")
    kit.forget()
    rates.write_text(
        "id,currency,year,perEuro,source\na-1,COP,2015,0,bdlr\na-2,pesos,15.5,1,nobody\na-3,EUR,2015,1,bdlr\n", "utf-8"
    )
    with pytest.raises(InputError) as raised:
        build()
    told = str(raised.value)
    for fault in (
        "2: perEuro: '0'",
        "3: currency: 'pesos'",
        "3: year: '15.5'",
        "3: source: 'nobody'",
        "4: currency: 'EUR'",
    ):
        assert told.count(f"exchange-rates.csv:{fault}") == 1


def test_the_tables_are_made_of_complete_years_alone(tmp_path: Path) -> None:
    days = [
        "Date,USD,SEK,HRK,", "2024-01-02,1.3,9,N/A,", "2023-12-29,1.2,8,N/A,", "2023-06-30,1.1,8.5,7.5,",
        "2023-01-02,1.0,N/A,7.5,",
    ]  # fmt: skip
    (tmp_path / "eurofxref-hist.csv").write_text("\n".join(days), "utf-8")
    index = [
        "series_id year period value footnote_codes", "CUUR0000SA0 2023 M01 299.170", "CUUR0000SA0 2023 M13 304.702",
        "CUUR0000SA0 2024 M01 308.417", "CUUR0000SAF 2023 M13 1",
    ]  # fmt: skip
    (tmp_path / "cu.data").write_text("\n".join(index), "utf-8")
    words = map(str, (MAKE, tmp_path / "eurofxref-hist.csv", tmp_path / "cu.data", "--into", tmp_path))
    told = subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True).stdout
    assert told == "rates until 2024-01-02, indices until 2024-01\n"
    made = {
        name: (tmp_path / f"{name}.csv").read_text("utf-8").splitlines() for name in ("exchange-rates", "price-indices")
    }
    assert made == {
        "exchange-rates": ["id,currency,year,perEuro,days,source", "usd-2023,USD,2023,1.1,3,ecb"],
        "price-indices": ["id,currency,year,index,months,source", "usd-2023,USD,2023,304.702,1,bls"],
    }
