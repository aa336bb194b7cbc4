"""What no source can mean is refused where tables are read, left out of imports, and found by the check of a graph."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal

from tipgraph.errors import BadValue, InputError
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import load, write
from tipgraph.model import data_iri, kit, tip
from tipgraph.model.dates import bounds, plausible
from tipgraph.model.vocabulary import ontology
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.scaffold import init
from tipgraph.pipeline.shacl import check
from tipgraph.sources.importers.cell_values import currencies

from .conftest import faults_of, statements_of
from .readers.conftest import Import, take

Spoil = Callable[[str, str, str], Path]
_ARABIC = "٢٠٢٠-٠٦"
_FUNDING, _ESTIMATES = "harbour-2020/funding.csv", "harbour-2020/estimates.csv"
_YEARS = "is before 1800 or after 2100; correct it, or set first_year in tipgraph.toml"
_CURRENCY = "a currency is a code of ISO 4217, as USD, of today or of the past; a project adds others by `currencies`"
_SPOILT = [
    (_FUNDING, "2020-06", _ARABIC, f"date: '{_ARABIC}' is no EDTF date: it has characters of another script"),
    (_FUNDING, "2020-06", "1025-06", f"date: '1025-06' {_YEARS}"),
    (_FUNDING, "2020-06", "2999", f"date: '2999' {_YEARS}"),
    (_FUNDING, "2020-06", "1025/2005", f"date: '1025/2005' {_YEARS}"),
    (_FUNDING, "USD", "ZZZ", f"currency: 'ZZZ' is no currency; {_CURRENCY}"),
    (_ESTIMATES, ",40,40,", ",-3,40,", "value: '-3' is below the least value, 0; correct it"),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), _SPOILT)
def test_a_table_that_says_it_is_a_fault(spoil: Spoil, file: str, old: str, new: str, told: str) -> None:
    faults = faults_of(spoil(file, old, new))
    assert any(fault.startswith(f"{file}:2: {told}") for fault in faults), faults


_HARBOUR = "harbour-2020"


_WRITTEN = [
    ("funding", "p2-1", tip.date, _ARABIC, "date: "),
    ("funding", "p2-1", tip.date, "1025", f"date: '1025' {_YEARS}"),
    ("funding", "p2-1", tip.date, "2999", f"date: '2999' {_YEARS}"),
    ("funding", "p2-1", tip.date, "2020-13", "date: '2020-13' is no EDTF date"),
    ("funding", "p2-1", tip.currency, "ZZZ", f"currency: {_CURRENCY}"),
    ("estimates", "p3-1", tip.value, "-3", "value: "),
]


def test_a_graph_file_that_says_it_is_found(small: Graph, tmp_path: Path) -> None:
    statements = statements_of(small)
    for table, name, term, value, _ in _WRITTEN:  # beside what it says
        node = data_iri(_HARBOUR, table, name)
        (said,) = [one for one in statements_of(small) if (one.subject, one.predicate.value) == (node, term)]
        assert isinstance(said.object, Literal)
        statements.append(said._replace(object=Literal(value, datatype=said.object.datatype)))
    write(Graph(statements), tmp_path / "graph.nq")
    found = [(one.node, one.message) for one in check(load(tmp_path / "graph.nq")).findings]
    for table, name, _, _, told in _WRITTEN:
        node = data_iri(_HARBOUR, table, name)
        assert [message for one, message in found if one == node.value and message.startswith(told)], (told, found)


def _import(tmp_path: Path, kind: str, text: str, **options: Any) -> Import:
    path = tmp_path / "made.csv"
    path.write_text(text, "utf-8")
    return take(kind, path, tmp_path / "data" / "made", **options)


@pytest.mark.parametrize(
    ("kind", "text", "route"),
    [
        ("routes", "origin,destination,count,year\nPeru,Japan,5,{}\n", "routes/peru-japan"),
        ("ctdc", "from,to,n,year\nPER,JPN,5,{}\n", "routes/peru-japan"),
    ],
)
@pytest.mark.parametrize("year", ["20x", "1025", "2999", "٢٠٠٤", "n/a"])
def test_a_year_that_cannot_be_read_stays_unknown(tmp_path: Path, kind: str, text: str, route: str, year: str) -> None:
    found = _import(tmp_path, kind, text.format(year), date="2019")
    (report,), (number,) = found.only("route-reports", route=route), found.only("estimates", subject=route)
    assert (report.get("date", ""), number.get("date", ""), number["per"]) == ("", "", "not-stated")
    assert [fault.partition(" is no ")[0] for fault in found.faults] == [f"made.csv:2: year: '{year}'"]


@pytest.mark.parametrize("kind", ["routes", "ctdc"])
def test_a_row_without_a_year_has_that_of_the_call(tmp_path: Path, kind: str) -> None:
    codes = "PER,JPN" if kind == "ctdc" else "Peru,Japan"
    found = _import(tmp_path, kind, f"from,to,n,year\n{codes},5,\n", date="2019")
    assert [(row["date"], row["per"]) for row in found.rows["estimates"]] == [("2019", "year")]
    assert found.faults == []


@pytest.mark.parametrize("when", ["banana", "1025", "٢٠٠٤"])
def test_a_year_of_the_call_that_is_none_is_refused(tmp_path: Path, when: str) -> None:
    with pytest.raises(BadValue, match=f"--date: '{when}'"):
        _import(tmp_path, "routes", "Peru,Japan\n", date=when)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("printed", ["-3", "٣"])
def test_a_count_that_counts_nobody_is_left_out_and_its_route_is_kept(tmp_path: Path, printed: str) -> None:
    found = _import(tmp_path, "routes", f"origin,destination,count\nPeru,Japan,{printed}\n")
    assert len(found.rows["route-reports"]) == 1
    assert "estimates" not in found.rows
    assert len(found.faults) == 1
    assert f"count: '{printed}' is" in found.faults[0]


def test_a_mapped_row_is_kept_without_what_cannot_be_meant(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(
        'class = "Funding"\n[columns]\ng = "giver"\nr = "receiver"\na = "amount"\nc = "currency"\nd = "date"\n'
        '[fixed]\nmoneyKind = "awarded"\n'
    )
    text = "g,r,a,c,d\nFund,Hand,-5,EUR,1999\nFund,Hand,5,ZZZ,1025\n"
    found = _import(tmp_path, "mapped", text, mapping=str(tmp_path / "map.toml"))
    first, second = found.rows["funding"]
    assert (first["amount"], first["date"]) == ("-5", "1999"), "money that is taken back is below 0"
    assert (second.get("currency", ""), second.get("date", "")) == ("", "")
    assert [fault.partition(";")[0] for fault in found.faults] == [
        "made.csv:3: c: 'ZZZ' is no currency",
        "made.csv:3: d: '1025' is no year between 1800 and 2100",
        "made.csv:3: c: an amount of 5 without a currency",
    ]


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project about history, as the working directory."""
    folder = tmp_path / "history"
    init(folder, title="History", namespace="https://history.example/ns#")
    settings = folder / "tipgraph.toml"
    settings.write_text(settings.read_text() + '\nfirst_year = 1500\ncurrencies = ["XMR"]\n')
    monkeypatch.chdir(folder)
    kit.forget()
    yield folder
    kit.forget()


def test_a_project_says_what_else_its_sources_can_mean(history: Path) -> None:
    assert "XMR" in currencies(ontology())
    (history / "data" / "example-2026" / "funding.csv").write_text(
        "id,giver,purpose,amount,currency,amountAsPrinted,moneyKind,date,evidence\n"
        'p3-1,lantern-fund,training,8000,XMR,"8,000",disbursed,1525/1570,p3s2.2\n'
    )
    assert check(build()).findings == []
    kit.forget()
    (history / "tipgraph.toml").write_text(
        'title = "History"\nnamespace = "https://history.example/ns#"\nprefix = "history"\n'
    )
    assert "XMR" not in currencies(ontology())
    faults = faults_of(history / "data")
    assert any("currency: 'XMR' is no currency" in fault for fault in faults)
    assert any("date: '1525/1570' is before 1800" in fault for fault in faults)


@pytest.mark.parametrize(
    ("key", "value"), [("first_year", "0"), ("first_year", "1500.5"), ("first_year", "true"), ("first_year", "2101"),
                       ("currencies", '"USD"'), ("currencies", '["usd"]'), ("currencies", "[1]")]
)  # fmt: skip
def test_settings_that_say_none_are_a_fault(history: Path, key: str, value: str) -> None:
    settings = history / "tipgraph.toml"
    settings.write_text(settings.read_text().replace(f"\n{key} =", f"\n{key} = {value} #"))
    kit.forget()
    with pytest.raises(InputError, match=f"tipgraph.toml: {key}: "):
        kit.project()


@pytest.mark.parametrize("edtf", ["1800", "1815-02-08", "2100", "1800-24", "180X", "../1850", "1950/..", "1XXX"])
def test_dates_that_can_be_meant(edtf: str) -> None:
    assert plausible(edtf) == bounds(edtf)


@pytest.mark.parametrize("edtf", ["1799", "2101", "2101-06", "1700/..", "../1700", "1700/2200", "-0500"])
def test_dates_that_cannot_be_meant(edtf: str) -> None:
    with pytest.raises(ValueError, match=r"is before 1800 or after 2100|is no EDTF date"):
        plausible(edtf)


def test_all_currencies_of_today_and_of_the_past_are_known() -> None:
    babel = pytest.importorskip("babel.numbers")
    not_of_iso = "ARL ARM BAN BGM BGO BOL BRZ CLE CNH KRH KRO MAF MCF MDC MKN MVP VNN YUR"
    no_money = "XAG XAU XBA XBB XBC XBD XPD XPT XRE XTS XXX"
    assert set(babel.list_currencies()) - currencies(ontology()) == {*not_of_iso.split(), *no_money.split()}


def test_every_number_of_the_shapes_that_cannot_be_below_zero_says_so() -> None:
    terms = ontology()
    numbers = {
        column.name: column.least
        for cls in terms.classes
        for column in terms.columns(cls).values()
        if column.datatype.endswith(("#integer", "#decimal"))
    }
    assert {name for name, least in numbers.items() if not least} == {"amount", "end"}, "money, and what is after start"
