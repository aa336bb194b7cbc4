"""What sources hold, as statements: tables that people edit, and open data that a reader turns into such tables.

`read` is for tables. `take` is for open data: one module for each kind, listed in `kinds`; each walks the records of a
file and says which rows they make (`intake`), which are written as a source's folder or straight into a graph.
"""

from tipgraph.readers.gate import Screened, screen
from tipgraph.readers.intake import Options
from tipgraph.readers.kinds import KINDS, reader
from tipgraph.readers.streams import statements_of
from tipgraph.readers.tables import Reading, read
from tipgraph.readers.taking import Taken, take

__all__ = ["KINDS", "Options", "Reading", "Screened", "Taken", "read", "reader", "screen", "statements_of", "take"]
