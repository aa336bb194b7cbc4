"""The bench of drafts runs on a small text, and its gold is frozen and free of third-party sentences."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.test_data import OWN_WORDS, RUN, runs_of, words
from tipgraph.curation.drafts.score.draft_score import LENIENT, OTHERS, DraftScore
from tipgraph.curation.drafts.score.gold import DIGESTS, gold_text
from tipgraph.model import kit

BENCH = kit.home() / "benchmarks" / "drafts.py"
pytestmark = pytest.mark.skipif(not BENCH.is_file(), reason="the benchmarks are missing")


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("drafts_bench", BENCH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_small_size_prints_a_score_and_the_speed(bench: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--small"])
    printed = capsys.readouterr().out
    assert re.search(r"^ unseen +rule +namings +strict +[1-9]", printed, re.MULTILINE)
    assert "quotes verbatim: 100%" in printed
    assert re.search(r"4 sentences take [\d.]+ s after [\d.]+ s of loading, and \d+ MB", printed)


def test_gold_is_frozen_copies_no_sentence_and_its_readers_agree(
    bench: ModuleType, shared_texts: Path, tmp_path: Path
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
