"""How good drafts are on texts that no rule was written for, and how quickly they are made.

Two readers annotated each text of `benchmarks/gold` without seeing any draft; a third one made the gold of both. The
texts are third-party documents and no part of the project: they are read under TIPGRAPH_SHARED (else ../shared), and
found by their digests. TIPGRAPH_LLM names a language model, as for `review drafts`: then its drafts of the unseen
texts are measured too, alone and beside those of the rules, and its answers are kept in build/. The rules read each
text as if it had just been added: without the tables of its readers, and with the data as they were when the rules
were written: a text that became a source later gives no names. The texts of the kit that the rules were written with
follow. All figures are in `docs/explanations/drafts.md`, where `--write` puts them.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import draft_score
from benchmarks.draft_score import OTHERS, ScoredText
from benchmarks.figures import ROOT, SHARED, Figure, Run, at_most, between, timed, told
from benchmarks.gold_texts import DIGESTS, gold_text
from tipgraph.curation import ChatServer, LanguageModel, Rules
from tipgraph.model import kit
from tipgraph.sources import Source, Texts, digest, documents, paragraphs, read_source

SIZES = SMOKE = ()
TEXTS = SHARED / "sources"
GOLD = ROOT / "benchmarks" / "gold" / "agreed"
SMALL = ROOT / "tests" / "kit"
PAGE = ROOT / "docs" / "explanations" / "drafts.md"
SENTENCES = 250


def sources_in(folder: Path) -> list[Source]:
    """Return the sources of a folder that have a text of prose; a file of open data is none."""
    found = (read_source(path.parent) for path in sorted(folder.glob("*/source.toml")))
    return [source for source in found if source.about.get("textFile", "").endswith(".txt")]


def data_of_the_rules(folder: Path) -> Path:
    """Copy the data into a folder, only with sources whose texts the authors of the rules had read."""
    known = draft_score.tuned_digests()
    later = [source.name for source in sources_in(kit.folder("data")) if source.about["sha256"] not in known]
    return Path(shutil.copytree(kit.folder("data"), folder / "data", ignore=shutil.ignore_patterns(*later)))


def canonical(gold: Path, shared: Path, folder: Path) -> Texts:
    """Write the texts of some sources into a folder, as their readers had them; shared ones are found by digest.

    Each paragraph is a line, and empty lines part them.
    """
    files = {source.about["sha256"]: source.about["textFile"] for source in sources_in(gold)}
    for path in sorted(shared.rglob("*.txt")):
        found = documents.read(path)
        parts = (found.text[span.start : span.end] for span in paragraphs(found.text, found.rule))
        text = "\n\n".join(" ".join(part.split()) for part in parts) + "\n"
        if file := files.get(digest(text)):
            (folder / file).write_text(text, "utf-8", newline="")
    return Texts(folder)


def scored(
    texts: Texts, folder: Path, data: Path | None = None, model: LanguageModel | None = None
) -> list[ScoredText]:
    """Return the drafts of the rules, and of a model, for each text of a folder of gold, beside its claims."""
    rules = Rules()
    if rules.notice:
        print(f"note: {rules.notice}")
    read = [gold_text(source.name, texts, folder, data) for source in sources_in(folder)]
    return [gold.scored([*rules.drafts(gold.text), *(model.drafts(gold.text) if model else ())]) for gold in read]


def language_model() -> LanguageModel | None:
    """Return the model of TIPGRAPH_LLM, or None without one."""
    if not (named := os.environ.get("TIPGRAPH_LLM")):
        return None
    place = ROOT / "build" / "model-answers" / "drafts.csv"
    place.parent.mkdir(parents=True, exist_ok=True)
    return LanguageModel(ChatServer.named(named, seconds=900), place)


def figures(run: Run) -> Iterator[Figure]:
    """Measure the unseen texts and the tuned ones, or in a smoke run the small text of the tests; then the speed."""
    if run.is_smoke:
        data, texts = SMALL / "data", SMALL / "texts"
        yield from of_a_score("a text of the tests", draft_score.figures(scored(Texts(texts), data, data)))
        yield from speed(run, "harbour-2020", texts, data)
        return
    if not (GOLD / DIGESTS).is_file():
        raise SystemExit(f"the gold is not frozen: {GOLD} has no {DIGESTS}")
    if not TEXTS.is_dir():
        print(f"  left out: no {TEXTS} (TIPGRAPH_SHARED names the folder of their texts)")
        return
    with TemporaryDirectory() as folder:
        data = data_of_the_rules(Path(folder))
        gold, model = canonical(GOLD, TEXTS, Path(folder)), language_model()
        unseen = list(draft_score.figures(scored(gold, GOLD, data)))
        if model:
            beside = list(draft_score.figures(scored(gold, GOLD, data, model)))
            print("\n".join(rows_of_page(beside)), dict(model.dropped), f"{model.requests} requests", model.stopped)
        tuned = list(draft_score.figures(scored(Texts(TEXTS), data, data), unseen=False))
    yield from of_a_score("texts that no rule was written for", unseen)
    yield from of_a_score("texts that the rules were tuned on", tuned)
    print_rules({"unseen": unseen, "tuned": tuned})
    costs = list(speed(run, "oas-cim-2005", TEXTS))
    yield from costs
    if run.writes:
        write(unseen, costs)


def of_a_score(on: str, found: Iterable[draft_score.Figure]) -> Iterator[Figure]:
    """Yield precision and recall of all claims but names, and the share that is wrong after an edit."""
    for each in found:
        if each.table == OTHERS:
            shares = list(each.record().items())[5:]
            yield from (Figure(on, f"drafts by {each.by}: {what}", float(share or 0), "") for what, share in shares)


def print_rules(found: Mapping[str, Iterable[draft_score.Figure]]) -> None:
    """Print how many drafts of each rule are right, in the unseen and the tuned texts."""
    rules: dict[str, dict[str, str]] = {}
    for on, figures_of in found.items():
        for each in (each for each in figures_of if ":" in each.by):
            rules.setdefault(f"{each.by} {each.table}", {})[on] = f"{each.right} of {each.drafts}"
    for name in sorted(rules):
        print(f"  {name} | " + " | ".join(f"{on}: {rules[name].get(on, '0 of 0')}" for on in found))


def speed(run: Run, name: str, folder: Path, data: Path | None = None) -> Iterator[Figure]:
    """Measure loading the rules and drafting some sentences, in a process of its own."""
    (sentences, drafts, loading, drafting), mb = run.apart(draft, name, folder, data)
    on = f"{sentences} sentences, {drafts} drafts"
    yield Figure(on, "drafting", drafting, goal=at_most(5))
    yield Figure(on, "loading the rules before it", loading)
    yield Figure(on, "memory of drafting", mb, "MB", goal=at_most(400))


def draft(name: str, folder: Path, data: Path | None) -> tuple[int, int, float, float]:
    """Return the numbers of sentences and drafts, and the seconds of loading and of drafting."""
    loading, (rules, text) = timed(lambda: (Rules(), gold_text(name, Texts(folder), data=data).text))
    words = "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.txt")))
    every = replace(text, words=words, source=replace(text.source, tables={}))
    cut = replace(every, words=words[: every.sentences[:SENTENCES][-1].end])
    drafting, drafts = timed(lambda: list(rules.drafts(cut)))
    return len(cut.sentences), len(drafts), loading, drafting


def rows_of_page(found: Iterable[draft_score.Figure]) -> Iterator[str]:
    """Yield the table of the page: all but the rules."""
    records = [each.record() for each in found if ":" not in each.by]
    yield f"| {' | '.join(records[0])} |"
    yield "|---" * len(records[0]) + "|"
    for record in records:
        cells = (
            f"{cell:.2f}" if isinstance(cell, float) else "" if cell is None else str(cell) for cell in record.values()
        )
        yield f"| {' | '.join(cells)} |"


def write(unseen: Iterable[draft_score.Figure], costs: Sequence[Figure]) -> None:
    """Write all figures of unseen texts into the page on drafts, between its marks."""
    speed_line = "; ".join(f"{figure.what} {told(figure.ours, figure.unit)}" for figure in costs)
    between(PAGE, "drafts", "\n".join([*rows_of_page(unseen), "", f"{costs[0].on}: {speed_line}."]))
