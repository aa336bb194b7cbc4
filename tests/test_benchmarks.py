"""Each benchmark runs, at a size that takes a second or a few; a page gets its figures and keeps its prose."""

import subprocess
import sys
from pathlib import Path

import pytest

from tipgraph.model import kit

main = pytest.importorskip("benchmarks.__main__", reason="the benchmarks are missing")
figures = pytest.importorskip("benchmarks.figures")
SLOW = {
    "inside": pytest.mark.browsers,
    "pages": pytest.mark.browsers,
    "site": pytest.mark.browsers,
    "server": pytest.mark.engines,
    "load": pytest.mark.engines,
}


@pytest.mark.parametrize("name", [pytest.param(name, marks=SLOW.get(name, ())) for name in main.PROGRAMS])
def test_a_benchmark_runs(name: str) -> None:
    command = [sys.executable, "-m", "benchmarks", name, "--smoke"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=kit.home(), check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(" | runs") >= 2, done.stdout


def test_figures_that_a_user_feels_replace_the_lines_of_their_program(tmp_path: Path) -> None:
    page, chosen = tmp_path / "page.md", tmp_path / "felt.csv"
    chosen.write_text(
        "bench,on,what,alternative,said\nit,,memory,,keep\nit,,reading,a,read\nit,,asking,,ask\n", "utf-8"
    )
    page.write_text("Before.\n\n|---|\n| old | `make bench BENCH=it` on a day |\n| other |\n\nAfter.\n", "utf-8")
    slower, faster = [(2.0, 1.0), (3.0, 1.0), (9.0, 1.0)], [(1.0, 2.0), (1.0, 5.0), (1.0, 3.0)]
    figures.write("it", "Measured on a day at commit `c`: a machine.", [
        figures.compared("a graph", "reading", slower, "a|b", figures.at_most(1.2)),
        figures.compared("a graph", "asking", faster, "b", figures.at_least(3)),
        figures.compared("a graph", "answers", [(7.0, 0.0)], "c", unit="/s"),
        figures.Figure("a graph", "memory", 1234.5, "MB", goal=figures.at_most(2000)),
    ], page, chosen)  # fmt: skip
    when = "`make bench BENCH=it` on a day at commit `c`"
    assert (
        page.read_text("utf-8")
        == f"""Before.

|---|
| keep | a graph | 1,234 MB |  |  | yes | {when} |
| read | a graph | 3 s | a/b: 1 s | 3 times as long | **no** | {when} |
| ask | a graph | 1 s | b: 3 s | 3 times as fast | yes | {when} |
| other |

After.
"""
    )
