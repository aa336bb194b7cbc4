"""Queries that mean harm, from two clients at once, beside somebody who asks small ones."""

import itertools
import threading
import time
from pathlib import Path

import pytest

from tests.server.serving import Reply, serving

pytestmark = pytest.mark.engines

DEADLINE = 2.0
GRACE = 1.5  # seconds, where other tests run beside
SMALL = "SELECT ?s ?label { ?s a tip:Country ; skos:prefLabel ?label } LIMIT 5"
HOSTILE: dict[str, str] = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorted cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?d ?f",
    "distinct cross product": "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f }",
    "grouped cross product": "SELECT ?a ?d (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?d",
    "any path": "SELECT (COUNT(*) AS ?n) { ?a (tip:within|^tip:within|!tip:nothing)+ ?b }",
    "both ways": "SELECT * { ?a (tip:mentions|^tip:mentions)+ ?b . ?b (tip:mentions|^tip:mentions)+ ?c }",
    "all rows": "SELECT * { ?s ?p ?o . ?s ?q ?r }",
    "built of all": "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }",
    "text bomb": 'SELECT (STRLEN(?z) AS ?n) { BIND(REPLACE("' + "a" * 9_000 + '", "a", "' + "b" * 9_000 + '") AS ?y) '
    'BIND(REPLACE(?y, "b", "' + "c" * 9_000 + '") AS ?z) }',
    "concatenated": "SELECT (GROUP_CONCAT(?x; SEPARATOR='" + "x" * 5_000 + "') AS ?y) { ?a ?b ?x . ?d ?e ?f }",
    "pattern": 'SELECT * { ?a ?b ?c FILTER(REGEX(STR(?c), "(a+)+(b+)+(c+)+d")) ?d ?e ?f FILTER(REGEX(STR(?f), "(x*)*y")) }',
    "deep": "ASK " + "{" * 3_000 + "}" * 3_000,
    "deep brackets": "SELECT (" + "(" * 3_000 + "1" + ")" * 3_000 + " AS ?x) {}",
    "deep negation": "SELECT * { FILTER(" + "!" * 20_000 + "true) }",
    "long chain": "SELECT * { " + " ".join(f"?v{n} tip:mentions ?v{n + 1} ." for n in range(1_000)) + " }",
    "long path": "SELECT * { ?a " + "/".join(["tip:within"] * 1_000) + " ?b }",
    "long union": "SELECT * { " + " UNION ".join(["{ ?a ?b ?c }"] * 3_000) + " }",
    "long list": "SELECT * { ?a ?b ?c FILTER(?a IN (" + ", ".join(["<a:b>"] * 9_000) + ")) }",
    "large": "ASK { ?a ?b '" + "x" * 300_000 + "' }",
    "not exists": "SELECT * { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f FILTER NOT EXISTS { ?g ?h ?i . ?j ?k ?c } } }",
}


@pytest.mark.parametrize("seconds", [12, pytest.param(60, marks=pytest.mark.long)])
def test_a_storm(store: Path, seconds: int) -> None:
    with serving(store, "--deadline", str(DEADLINE), "--memory", "200") as server:
        assert server.ask(SMALL).status == 200
        ends = time.monotonic() + seconds
        hostile: list[tuple[str, Reply]] = []
        small: list[Reply] = []
        faults: list[Exception] = []
        resident = [0]

        def attack(first: int) -> None:
            names = itertools.islice(itertools.cycle(HOSTILE), first, None)
            while time.monotonic() < ends:
                name = next(names)
                hostile.append((name, server.ask(HOSTILE[name])))

        def watch() -> None:
            while time.monotonic() < ends:
                small.append(server.ask(SMALL))
                resident[0] = max(resident[0], server.resident())
                time.sleep(0.02)

        def kept(work: object, *words: object) -> None:
            try:
                work(*words)  # type: ignore[operator]
            except Exception as error:  # noqa: BLE001  # told below
                faults.append(error)

        threads = [threading.Thread(target=kept, args=words) for words in ((attack, 0), (attack, 10), (watch,))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        assert {reply.status for reply in small} <= {200, 503}
        refused = [reply.status == 503 for reply in small]  # told to ask again in a moment, which helps
        assert (True, True) not in itertools.pairwise(refused)
        assert len(small) > seconds
        assert sum(refused) * 20 < len(small)
        late = [(name, reply.seconds) for name, reply in hostile if reply.seconds > DEADLINE + GRACE]
        assert late == []
        assert {reply.status for _, reply in hostile} <= {200, 400, 403, 413, 422, 500, 503, 504}
        ended = {name for name, reply in hostile if reply.status in (500, 504)}
        assert ended, "nothing was hostile enough to be ended"
        assert resident[0] < 1.5e9
        assert server.process.poll() is None
        assert server.ask(SMALL).json["results"]["bindings"]
