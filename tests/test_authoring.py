import csv
import io
from pathlib import Path

from tipgraph.sources.folder import Row, Source, Table, Texts
from tipgraph.sources.intake.evidence_tables import evidence_table
from tipgraph.sources.intake.source_text import citations

from .conftest import SMALL, SMALL_TEXTS

TEXTS = Texts(SMALL_TEXTS)


def test_the_evidence_of_the_small_kit_is_what_the_tool_makes() -> None:
    made = next(csv.DictReader(io.StringIO(evidence_table("harbour-2020", TEXTS, "the Lantern Fund", SMALL))))
    with (SMALL / "harbour-2020" / "evidence.csv").open(encoding="utf-8") as file:
        kept = [row for row in csv.DictReader(file) if row["digest"] == made["digest"]]
    assert len(kept) == 1
    assert [kept[0][name] for name in ("paragraph", "sentence", "start", "end")] == [
        "2",
        "1",
        made["start"],
        made["end"],
    ]


def test_evidence_of_another_source_is_not_evidence_of_this_one() -> None:
    cells = {"id": "f1", "evidence": "p1 | evidence/p2 | other/p1 | other/evidence/p3"}
    source = Source(Path("own"), tables={"funding": Table("funding", Path(), (), (Row(2, cells),))})
    assert list(citations([source], "own")) == [("funding/f1", "p1"), ("funding/f1", "p2")]
    assert list(citations([source], "other")) == [("own/funding/f1", "p1"), ("own/funding/f1", "p3")]
