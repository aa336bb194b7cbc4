"""Claim tables: an Arrow table for each class of a graph, and views over them in SQL.

columns (one pass over the statements)  →  Tables, in memory or as Parquet files  →  views (`queries/views/`)

Decision: docs/decisions/0010-claim-tables-are-typed-by-the-shapes.md.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tipgraph.errors import GraphError, UnknownName
from tipgraph.graph import sparql
from tipgraph.graph.graph import Graph
from tipgraph.model import kit
from tipgraph.runtime import need

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

__all__ = ["Tables", "summary", "views"]


class Tables(Mapping[str, "pa.Table"]):
    """An Arrow table for each class of the ontology, by its local name.

    The first columns are `iri` and `class` (the lowest class of a member), then those of its properties: declared ones
    in every table, derived ones if there are any. `tipgraph.graph.tables.columns` says how cells are written.

    >>> from tipgraph import build
    >>> tables = Tables.of(build())
    >>> tables["RouteReport"].num_rows > 10, tables["Funding"].column_names[:4]
    (True, ['iri', 'class', 'giver', 'receiver'])
    >>> tables.view("top-routes").column_names[:2]
    ['origin', 'origin_label']
    """

    def __init__(self, tables: Mapping[str, "pa.Table | Path"], graph: Graph | None = None) -> None:
        """Hold tables, or Parquet files to read when asked for, and the graph whose store holds them."""
        self._graph = graph  # while it is held, nobody removes the files
        self._tables = dict(sorted(tables.items()))
        self._connections: dict[str, tuple[DuckDBPyConnection, set[str]]] = {}  # by language, with registered tables

    @classmethod
    def of(cls, graph: Graph) -> "Tables":
        """Return the tables of a graph, from its store or from its statements."""
        if graph.tables is not None:
            return cls.open(graph.tables, graph)
        need("tables", "a table of claims")
        from tipgraph.graph.tables.columns import built

        with graph.dumped() as statements:
            return cls(built(statements))

    @classmethod
    def open(cls, folder: Path, graph: Graph | None = None) -> "Tables":
        """Return the tables of a folder of Parquet files; raise GraphError if it has none."""
        need("tables", f"{folder}: a table of claims")
        files = {path.stem: path for path in folder.glob("*.parquet")}
        if not files:
            raise GraphError(f"{folder}: holds no claim tables; write them with `tipgraph export {folder}/`")
        return cls(files, graph)

    def __getitem__(self, name: str) -> "pa.Table":
        """Return a table, read from its file the first time."""
        import pyarrow.parquet as pq

        table = self._tables[name]
        if isinstance(table, Path):
            table = self._tables[name] = pq.read_table(table)
        return table

    def part(self, name: str, columns: Collection[str]) -> "pa.Table":
        """Return `iri` and some columns of a table, those that it has; raise GraphError if there is no such table."""
        import pyarrow.parquet as pq

        if name not in self._tables:
            raise self.lacking(f"of {name}")
        wanted, table = ["iri", *columns], self._tables[name]
        if isinstance(table, Path):
            with pq.ParquetFile(table) as file:
                return file.read(wanted)
        return table.select([column for column in wanted if column in table.column_names])

    def __iter__(self) -> Iterator[str]:
        """Return the names of the classes, in order."""
        return iter(self._tables)

    def __len__(self) -> int:
        """Return the number of tables."""
        return len(self._tables)

    def write(self, folder: Path) -> None:
        """Write each table as a Parquet file into a folder; raise OSError."""
        import pyarrow.parquet as pq

        for name, table in self.items():
            pq.write_table(table, folder / f"{name}.parquet", compression="zstd")

    def view(self, name: str, language: str = "en") -> "pa.Table":
        """Return the rows of a standard view, `queries/views/NAME.sql`, with labels in a language or else in English.

        Raises UnknownName, GraphError.
        """
        known = views()
        if name not in known:
            raise UnknownName(f"{name!r} is no view; the views are {', '.join(known)}")
        import duckdb

        if language not in self._connections:
            self._connections[language] = duckdb.connect(), set()
        connection, registered = self._connections[language]
        text = known[name].read_text("utf-8")
        for table in self._tables.keys() & set(re.findall(r"\w+", text)) - registered:
            connection.register(table, _labelled(self[table], language))
            registered.add(table)
        try:
            return connection.sql(text).to_arrow_table()
        except duckdb.CatalogException as error:
            raise self.lacking(f"that the view {name} needs") from error
        except duckdb.Error as error:
            why = " ".join(str(error).split())[:200]
            raise GraphError(
                f"the view {name} does not fit these tables: {why}; `tipgraph check` of the graph lists its faults"
            ) from error

    @staticmethod
    def lacking(which: str) -> GraphError:
        """Return the error for a claim table that is missing."""
        return GraphError(
            f"there is no claim table {which}; `tipgraph store verify` names the damaged file; build it again"
        )


def _labelled(table: "pa.Table", language: str) -> "pa.Table":
    """Return a table with the labels of a language, or else the English ones."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column, at = f"prefLabel_{language}", table.schema.get_field_index("prefLabel")
    if at < 0 or column not in table.column_names:
        return table
    both = (table[name].cast(pa.string()) for name in (column, "prefLabel"))
    return table.set_column(at, "prefLabel", pc.coalesce(*both))


def views() -> dict[str, Path]:
    """Return the file of each standard view, by its name."""
    return {path.stem: path for path in kit.files("queries/views", "*.sql")}


def summary(name: str, language: str = "en") -> str:
    """Return the question of a view, in a language."""
    text = views()[name].read_text("utf-8")
    return sparql.header("\n".join(f"#{line[2:]}" for line in text.splitlines() if line.startswith("--+")), language)[0]
