"""A reader is trained with wrong drafts; the data stay as they are."""

from dataclasses import replace
from pathlib import Path

from tests.drafts.conftest import DRAFTS, GRANT, NAME, Listed, Place
from tipgraph.curation.drafts.session.planted import planted
from tipgraph.curation.drafts.session.training_session import TrainingSession
from tipgraph.model import ontology
from tipgraph.sources import Texts


def test_wrong_drafts_are_told_apart_from_right_ones(place: Place, tmp_path: Path) -> None:
    many = [*DRAFTS, *(replace(GRANT, cells={**GRANT.cells, "amount": str(1000 + more)}) for more in range(60))]
    every = planted(many, ontology())
    assert every == planted(many, ontology())
    wrong = [(right, one) for right, one in zip(many, every, strict=True) if one.columns]
    assert 8 <= len(wrong) <= 24
    for right, one in wrong:
        changed = {name for name, cell in right.cells.items() if one.draft.cells.get(name) != cell}
        assert {name for name in changed if not name.endswith("AsPrinted")} == set(one.columns)  # and nothing else
        assert one.draft.cells.keys() <= right.cells.keys()
        assert (one.draft.quote, one.draft.producers) == (right.quote, right.producers)
    assert {("giver", "receiver"), ("amount",), ("date",), ("moneyKind",)} <= {one.columns for _, one in wrong}

    before = place.files()
    (tmp_path / "copy").mkdir()
    session = TrainingSession(tmp_path / "copy", NAME, Texts(place.texts), place.data, drafters=[Listed(*many)])
    state = session.state()
    none = dict.fromkeys(("decided", "caught", "others", "rejected"), 0)
    assert (state["training"], state["trained"]) == (True, {**none, "planted": len(wrong)})
    shown = [draft for paragraph in state["paragraphs"] for draft in paragraph["drafts"]]
    bad = [draft["id"] for draft in shown if draft["cells"] in [one.draft.cells for _, one in wrong]]
    good = next(draft["id"] for draft in shown if draft["id"] not in bad)
    version = state["version"]
    for draft in (good, bad[0]):
        version = session.reject(version, draft, "wrong-value", 1)["version"]
    after = session.accept(version, bad[1], 1)
    assert "faults" not in after
    session.reject(after["version"], bad[2], "known", 1)  # which does not say that it is wrong
    assert sorted(decision.is_caught for decision in session.report()) == [False, False, True]
    trained = {"decided": 3, "caught": 1, "planted": len(wrong), "others": 1, "rejected": 1}
    assert session.state()["trained"] == trained
    assert place.files() == before
    assert not place.drafts.exists()
