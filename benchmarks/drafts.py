"""Measure how good drafts are on texts that no rule was written for, and how quickly they are made.

Two readers annotated each text of `benchmarks/gold` without seeing any draft; a third one made the gold of both. The
texts are third-party documents and no part of the project: they are read under TIPGRAPH_SHARED (else ../shared), and
found by their digests. The rules read each text as if it had just been added: without the tables of its readers. The
texts of the kit follow under a title of their own: the rules were written with them in sight.

Speed and memory are those of a process of its own, which drafts 250 sentences.

    .venv/bin/python benchmarks/drafts.py            # print
    .venv/bin/python benchmarks/drafts.py --write    # and write the figures into docs/explanations/drafts.md
    .venv/bin/python benchmarks/drafts.py --small    # the small text of the tests, in seconds
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tipgraph.curation import DraftScore, Rules, gold_text
from tipgraph.curation.drafts.score.draft_score import ScoredText
from tipgraph.curation.drafts.score.gold import DIGESTS
from tipgraph.display import score_text
from tipgraph.model import kit
from tipgraph.sources import Source, Texts, digest, documents, read_source

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TIPGRAPH_SHARED", ROOT.parent / "shared")) / "sources"
GOLD = [ROOT / "benchmarks" / "gold" / name for name in ("agreed", "reader-1", "reader-2")]
SMALL = ROOT / "tests" / "kit"
PAGE = ROOT / "docs" / "explanations" / "drafts.md"
BEGIN, END = "<!-- figures: written by benchmarks/drafts.py --write -->", "<!-- end of figures -->"
SENTENCES = 250


def sources_in(folder: Path) -> list[Source]:
    """Return the sources of a folder that have a text of their own."""
    found = (read_source(path.parent) for path in sorted(folder.glob("*/source.toml")))
    return [source for source in found if source.about.get("sha256")]


def canonical(gold: Path, shared: Path, folder: Path) -> Texts:
    """Write the canonical texts of some sources into a folder; they are found among the shared ones by digest."""
    files = {source.about["sha256"]: source.about["textFile"] for source in sources_in(gold)}
    for path in sorted(shared.rglob("*.txt")):
        text = documents.read(path).text
        if file := files.get(digest(text)):
            (folder / file).write_text(text, "utf-8", newline="")
    return Texts(folder)


def scored(texts: Texts, folders: Sequence[Path], data: Path | None = None) -> list[ScoredText]:
    """Return the drafts of the rules for each text of the first folder, beside its claims."""
    rules = Rules()
    if rules.notice:
        print(f"note: {rules.notice}")
    read = [gold_text(source.name, texts, folders, data) for source in sources_in(folders[0])]
    return [gold.scored(rules.drafts(gold.text)) for gold in read]


def report(title: str, score: DraftScore) -> None:
    """Print the score of some texts."""
    print(f"\n{title}: {', '.join(text.name for text in score.texts)}\n{score_text(score, 'table')}", flush=True)


def speed(name: str, folder: Path, data: Path | None) -> None:
    """Print as JSON the seconds of loading and of drafting, the number of sentences, and the peak memory in MB."""
    begun = time.perf_counter()
    rules = Rules()
    text = gold_text(name, Texts(folder), data=data).text
    loaded = time.perf_counter()
    words = "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.txt")))
    every = replace(text, words=words, source=replace(text.source, tables={}))
    cut = replace(every, words=words[: every.sentences[:SENTENCES][-1].end])
    drafts, ended = list(rules.drafts(cut)), time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"sentences": len(cut.sentences), "seconds": ended - loaded, "load": loaded - begun, "memory": peak}
    print(json.dumps({**found, "drafts": len(drafts)}))


def speed_line(*arguments: str) -> str:
    """Return the speed in a process of its own, as a sentence."""
    call = [sys.executable, __file__, "--speed", *arguments]
    printed = subprocess.run(call, capture_output=True, check=True, text=True).stdout
    found = json.loads(printed.splitlines()[-1])
    return (
        f"{found['sentences']} sentences take {found['seconds']:.1f} s after {found['load']:.1f} s of loading, and "
        f"{found['memory']:.0f} MB of memory; they give {found['drafts']} drafts"
    )


def rows_of_page(score: DraftScore) -> Iterator[str]:
    """Yield the table of the page: all but the rules."""
    yield "| by | table | unit | claims | drafts | right | precision | recall | readers agree |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for figure in score.figures():
        if ":" not in figure.by:
            counts = figure.counts
            spans = [f" ({each.low:.2f}–{each.high:.2f})" if each else "" for each in (figure.precision, figure.recall)]
            precision = f"{counts.precision:.2f}{spans[0]}" if counts.proposed else ""
            recall = f"{counts.recall:.2f}{spans[1]}"
            readers = f"{figure.readers.f1:.2f}" if figure.readers else ""
            cells = (*figure[:3], counts.claims, counts.proposed, counts.right, precision, recall, readers)
            yield f"| {' | '.join(map(str, cells))} |"


def write(score: DraftScore, line: str) -> None:
    """Write the figures into the page, between its marks."""
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    verbatim = f"{score.verbatim:.0%} of the quotes are slices of the text"
    block = "\n".join([BEGIN, "", *rows_of_page(score), "", f"{verbatim}. {line}.", "", END])
    PAGE.write_text(head + block + rest.partition(END)[2], "utf-8")


def whole(*, writes: bool) -> None:
    """Measure the unseen texts, the tuned ones, and the speed."""
    if any(not (folder / DIGESTS).is_file() for folder in GOLD):
        raise SystemExit(f"the gold is not frozen: a folder has no {DIGESTS}")
    if not SHARED.is_dir():
        raise SystemExit(f"the texts are missing: no {SHARED} (TIPGRAPH_SHARED names their folder)")
    with TemporaryDirectory() as folder:
        unseen = DraftScore(scored(canonical(GOLD[0], SHARED, Path(folder)), GOLD))
    report("texts that no rule was written for", unseen)
    tuned = DraftScore(scored(Texts(SHARED), [kit.folder("data")]), unseen=False)
    report("texts that the rules were tuned on; this says nothing about other texts", tuned)
    line = speed_line("oas-cim-2005", str(SHARED))
    print(f"\n{line} (goal: 5 s, 400 MB)")
    if writes:
        write(unseen, line)


def small() -> None:
    """Measure the small text of the tests."""
    data, texts = SMALL / "data", SMALL / "texts"
    report("a text of the tests", DraftScore(scored(Texts(texts), [data], data)))
    print(f"\n{speed_line('harbour-2020', str(texts), str(data))}")


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--speed", nargs="+", metavar=("SOURCE", "TEXTS"))
    asked = parser.parse_args(given)
    if asked.speed:
        name, texts, *data = asked.speed
        speed(name, Path(texts), Path(data[0]) if data else None)
        return
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    if asked.small:
        small()
    else:
        whole(writes=asked.write)


if __name__ == "__main__":
    main()
