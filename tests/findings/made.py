"""Small folders of sources that tests make up: each source has a publisher and tables, whose rows are dicts."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tipgraph.graph.graph import Graph
from tipgraph.pipeline.builder import build

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]

_WITHOUT_EVIDENCE = frozenset({"actors", "evidence", "identity", "places", "routes", "undertakings"})
_SETTINGS = {"issuedBy": "tipgraph tests", "issued": "2026", "licence": "CC BY 4.0", "paragraphRule": "lines"}


def write(
    data: Path,
    sources: Mapping[str, Tables],
    publishers: Mapping[str, str] | None = None,
    **settings: Mapping[str, str],
) -> Path:
    """Write sources into a folder, with their settings by name; a claim without evidence cites the whole source."""
    own = {"publisher": publishers or {}, **settings}
    for name, tables in sources.items():
        folder = data / name
        folder.mkdir(parents=True)
        said = {**_SETTINGS, "title": name, "textKind": "none" if name == "reference" else "cited"}
        said |= {key: values[name] for key, values in own.items() if name in values}
        lines = (f'{key} = "{value}"\n' for key, value in said.items())
        (folder / "source.toml").write_text("".join(lines), "utf-8")
        everywhere = {} if name == "reference" else {"evidence": [{"id": "e", "knownThrough": "the tests"}]}
        for table, rows in {**everywhere, **tables}.items():
            if rows:
                write_table(folder / f"{table}.csv", [_cited(table, row) for row in rows])
    return data


def write_table(path: Path, rows: Sequence[Row]) -> None:
    """Write rows as CSV; none has a comma, a quote or a line break."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    path.write_text("".join(",".join(line) + "\n" for line in lines), "utf-8")


def made(
    data: Path,
    sources: Mapping[str, Tables],
    publishers: Mapping[str, str] | None = None,
    **settings: Mapping[str, str],
) -> Graph:
    """Build the graph of sources that are written into a folder."""
    return build(write(data, sources, publishers, **settings))


def actor(name: str) -> Row:
    """Return the row of an actor."""
    return {"id": name, "type": "Organization", "label": name}


def same(name: str, left: str, right: str, verdict: str = "same") -> Row:
    """Return the row of a judgement."""
    said = {"judge": "tests", "judgeKind": "rule", "judged": "2026-11-26", "reason": "made up"}
    return {"id": name, "left": left, "right": right, "verdict": verdict, **said}


def _cited(table: str, row: Row) -> Row:
    return row if table in _WITHOUT_EVIDENCE or "evidence" in row else {**row, "evidence": "e"}
