"""The gold of drafts is frozen and free of third-party sentences, and the documents say its figures."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.house.test_data import OWN_WORDS, RUN, runs_of, words
from tipgraph.curation.drafts.score.draft_score import LENIENT, OTHERS, DraftScore
from tipgraph.curation.drafts.score.gold import DIGESTS, gold_text
from tipgraph.model import kit


@pytest.fixture(scope="module")
def bench() -> Any:
    return pytest.importorskip("benchmarks.drafts", reason="the benchmarks are missing")


def test_gold_is_frozen_copies_no_sentence_and_its_readers_agree(
    bench: Any, shared_texts: Path, tmp_path: Path
) -> None:
    texts = bench.canonical(bench.GOLD[0], shared_texts, tmp_path)
    read = [gold_text(source.name, texts, bench.GOLD) for source in bench.sources_in(bench.GOLD[0])]
    assert len(read) == 4
    assert all((folder / DIGESTS).is_file() for folder in bench.GOLD)
    for gold in read:
        assert not gold.is_tuned
        runs = runs_of(gold.text.words)
        for source in (gold.gold, *gold.readers):
            for table in source.tables.values():
                for column, cell in ((column, cell) for row in table.rows for column, cell in row.cells.items()):
                    if column in OWN_WORDS:
                        told = words(cell)
                        assert not any(tuple(told[at : at + RUN]) in runs for at in range(len(told))), (
                            table.name,
                            cell,
                        )
    figures = DraftScore([gold.scored([]) for gold in read]).figures()
    readers = next(figure.readers for figure in figures if figure[1:3] == (OTHERS, LENIENT))
    assert readers
    assert (readers.claims, readers.proposed) == (188, 187)
    assert 0.6 < readers.f1 < 0.8


def test_the_readme_says_the_figure_of_unseen_texts_and_no_other() -> None:
    page = (kit.home() / "docs" / "explanations" / "drafts.md").read_text("utf-8")
    figures = r"^\| rule \| all but namings \| lenient (?:\| \d+ ){3}\| (\d\.\d\d) [^|]*\| (\d\.\d\d) "
    row = re.search(figures, page, re.MULTILINE)
    assert row
    precision, recall = (round(100 * float(share)) for share in row.groups())
    for name in ("README.md", "README.es.md"):
        told = re.findall(r"(\d+) % (?:of|de)\b", " ".join((kit.home() / name).read_text("utf-8").split()))
        assert told == [str(recall), str(precision)], name
