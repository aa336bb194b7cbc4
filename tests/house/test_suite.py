"""A stranger can run the tests: those that need third-party files carry a mark, and say once why they skip."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.house.test_data import SOURCES
from tipgraph.model import kit

TESTS = kit.home() / "tests"
VARIABLE = "TIPGRAPH_SHARED"


def test_tests_on_third_party_files_skip_without_them_and_say_why_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-m", "shared", "-n", "0", "-p", "no:cacheprovider"]
    files = ["tests/house/test_data.py", "tests/test_evidence.py"]
    absent = str(tmp_path / "absent")
    done = subprocess.run(
        [*command, *files], cwd=kit.home(), env={**os.environ, VARIABLE: absent}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    count = len(SOURCES) + 1
    table = rf"^skipped: {count} tests, for 1 reason\n +{count}  .*no {re.escape(absent)} \({VARIABLE}"
    assert re.search(table, done.stdout, re.MULTILINE)
    assert done.stdout.count(absent) == 1
    assert re.search(rf"^{count} skipped, ", done.stdout, re.MULTILINE)
