"""The gold of drafts is frozen and free of third-party sentences, and the documents say its figures."""

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.draft_score import NAMINGS
from benchmarks.gold_texts import DIGESTS, gold_text
from benchmarks.scored_claims import claims_of, is_right, pairs
from tests.house.test_data import OWN_WORDS, RUN, runs_of, words
from tipgraph.model import kit


@pytest.fixture(scope="module")
def bench() -> Any:
    return pytest.importorskip("benchmarks.drafts", reason="the benchmarks are missing")


def test_gold_is_frozen_copies_no_sentence_and_its_readers_agree(
    bench: Any, shared_texts: Path, tmp_path: Path
) -> None:
    texts = bench.canonical(bench.GOLD, shared_texts, tmp_path)
    folders = [bench.GOLD, *(bench.GOLD.with_name(name) for name in ("reader-1", "reader-2"))]
    names = [source.name for source in bench.sources_in(bench.GOLD)]
    assert len(names) == 4
    assert all((folder / DIGESTS).is_file() for folder in folders)
    made = [0, 0, 0]
    for name in names:
        read = [gold_text(name, texts, folder) for folder in folders]
        assert not read[0].is_tuned
        runs = runs_of(read[0].text.words)
        for source in (gold.gold for gold in read):
            for table in source.tables.values():
                for column, cell in ((column, cell) for row in table.rows for column, cell in row.cells.items()):
                    if column in OWN_WORDS:
                        told = words(cell)
                        assert not any(tuple(told[at : at + RUN]) in runs for at in range(len(told))), (
                            table.name,
                            cell,
                        )
        first, second = (
            [claim for claim in claims_of(gold.gold, gold.others) if claim.table != NAMINGS] for gold in read[1:]
        )
        numbers = (len(first), len(second), len(pairs(second, first, is_right)))
        made = [sum(both) for both in zip(made, numbers, strict=True)]
    assert made[:2] == [188, 187]
    assert 2 * made[2] / sum(made[:2]) == pytest.approx(0.74, abs=0.005)  # as the page on drafts says


def test_the_readme_says_the_figure_of_unseen_texts_and_no_other() -> None:
    page = (kit.home() / "docs" / "explanations" / "drafts.md").read_text("utf-8")
    figures = r"^\| rule \| all but namings (?:\| \d+ ){3}\| (\d\.\d\d) \| (\d\.\d\d) "
    row = re.search(figures, page, re.MULTILINE)
    assert row
    precision, recall = (round(100 * float(share)) for share in row.groups())
    for name in ("README.md", "README.es.md"):
        told = re.findall(r"(\d+) % (?:of|de)\b", " ".join((kit.home() / name).read_text("utf-8").split()))
        assert told == [str(recall), str(precision)], name


def test_a_text_that_became_a_source_later_gives_the_rules_no_names(bench: Any, tmp_path: Path) -> None:
    names = {path.name for path in bench.data_of_the_rules(tmp_path).iterdir()}
    assert {"oas-cim-2005", "cia-factbook-2023", "reference"} <= names
    assert not names & {"crs-2005", "state-gtip-2007", *(source.name for source in bench.sources_in(bench.GOLD))}
