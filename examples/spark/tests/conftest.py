"""Spark and the compiled program (`make -C examples/spark`), and one cluster for all tests of this folder."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster import Cluster, Installation, cluster

from tipgraph.model import kit

PROGRAM = kit.home() / "build" / "spark" / "measures.jar"
SOURCE = kit.home() / "examples" / "spark" / "Measures.scala"
JAVA = 17  # what Spark 4 needs


@pytest.fixture(scope="session")
def spark() -> Installation:
    """Spark of PyPI; skips, and says what is missing, where it is not at hand."""
    found = importlib.util.find_spec("pyspark")
    if found is None or not found.submodule_search_locations:
        pytest.skip("pyspark is not installed: `make -C examples/spark` does it")
    if _java() < JAVA:
        pytest.skip(f"no Java {JAVA} or newer is at hand, which Spark needs: install a JDK, or set JAVA_HOME")
    if not PROGRAM.exists():
        pytest.skip(f"there is no {PROGRAM}: `make -C examples/spark` compiles it")
    assert PROGRAM.stat().st_mtime >= SOURCE.stat().st_mtime, (
        f"{PROGRAM} is older than its source: run `make -C examples/spark`"
    )
    return Installation(Path(found.submodule_search_locations[0]))


def _java() -> int:
    """Return the version of the Java that Spark would take, 0 where there is none."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    number = said.partition('"')[2].partition('"')[0].partition(".")[0]
    return int(number) if number.isdecimal() else 0


@pytest.fixture(scope="session")
def running(spark: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of one master and two workers; nothing of it is left when the tests are done."""
    with cluster(spark, tmp_path_factory.mktemp("cluster")) as found:
        yield found
    assert all(daemon.process.poll() is not None for daemon in found.daemons)
