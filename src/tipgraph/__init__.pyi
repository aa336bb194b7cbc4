from .analysis import Filter as Filter
from .analysis import project as project
from .display import show as show
from .errors import TipgraphError as TipgraphError
from .graph import Graph as Graph
from .graph import Query as Query
from .graph import load as load
from .model import Statement as Statement
from .model import tip as tip
from .outputs import draw as draw
from .outputs import export as export
from .outputs import render as render
from .pipeline import Report as Report
from .pipeline import build as build
from .pipeline import check as check
from .pipeline import init as init
from .server import serve as serve
from .sources import Source as Source

__all__: list[str]
__version__: str
