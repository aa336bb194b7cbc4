"""The public door is small, sorted, typed and quick; every error is drawn in the tree and says what it returns."""

import inspect
import subprocess
import sys

import tipgraph
from tipgraph import errors


def test_the_door_is_small_and_everything_behind_it_is_there() -> None:
    assert len(tipgraph.__all__) <= 18
    assert all(getattr(tipgraph, name) is not None for name in tipgraph.__all__)
    assert not hasattr(tipgraph, "nothing")


def test_the_import_is_light() -> None:
    program = (
        "import sys; before = set(sys.modules); import tipgraph\n"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {"rdflib", "pyoxigraph", "pyshacl", "click", "edtf", "networkx", "pyvis", "httpx"}
    assert not heavy & set(done.stdout.split())


def test_the_error_tree_is_drawn_whole_and_each_has_a_code_and_a_status() -> None:
    drawn = errors.__doc__ or ""
    found = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, errors.TipgraphError)]
    assert len(found) == 14
    for cls in found:
        assert cls.__name__ in drawn
        assert cls.exit_code in (1, 2)
        assert 400 <= cls.http_status < 600
        assert cls.__doc__
