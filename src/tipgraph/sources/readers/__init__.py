"""What sources hold, as statements: tables that people edit, and open data that a reader turns into such tables.

`read` is for tables. `take` is for open data: one module for each kind, listed in `kinds`; each walks the records of a
file and says which rows they make (`intake`), which are written as a source's folder or straight into a graph.
"""

from tipgraph.sources.importers.import_run import Taken, take
from tipgraph.sources.importers.registry import KINDS, reader
from tipgraph.sources.importers.row_builder import Options
from tipgraph.sources.privacy.screen import Screened, screen
from tipgraph.sources.readers.nquads import statements_of
from tipgraph.sources.readers.source_tables import Reading, read

__all__ = ["KINDS", "Options", "Reading", "Screened", "Taken", "read", "reader", "screen", "statements_of", "take"]
