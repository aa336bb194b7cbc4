"""What taking IATI activities in costs, in time and in memory, beside a bare pass of lxml over the same file.

The real file of 257 activities is repeated to size, each time with identifiers of its own. The bare pass is
`lxml.etree.iterparse` over `iati-activity` with what was read cleared: it parses and keeps nothing. An import writes
about seven times as many bytes of N-Quads as it reads. Each runs in a process of its own; peak memory is that of the
process, with Python and the libraries in it. Run it as

    .venv/bin/python benchmarks/imports.py 10 100 1000

for files of so many MB (10 and 100 by default). It needs the folder of real files (TIPGRAPH_SHARED, else ../shared).
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = Path(os.environ.get("TIPGRAPH_SHARED", Path(__file__).parents[2] / "shared"))
REAL = SHARED / "data" / "iati" / "iom_257_activities_v203.xml"
OWN = re.compile(r"XM-DAC-47066-(?=[A-Z])")
BARE = """
import sys
from lxml import etree
for _, node in etree.iterparse(sys.argv[1], tag="iati-activity", resolve_entities=False, no_network=True):
    node.clear()
    while node.getprevious() is not None:
        del node.getparent()[0]
"""


def repeated(size: int, path: Path) -> int:
    """Write the real file to a size in MB, and return the number of activities."""
    text = REAL.read_text("utf-8")
    first, last = text.index("<iati-activity "), text.rindex("</iati-activities>")
    body, times, written = text[first:last], 0, 0
    with path.open("w", encoding="utf-8") as out:
        out.write(text[:first])
        while written < size * 1_000_000:
            written += out.write(OWN.sub(f"XM-DAC-47066-{times}.", body))
            times += 1
        out.write(text[last:])
    return times * body.count("<iati-activity ")


def measured(command: list[str]) -> tuple[float, float]:
    """Run a command, and return its seconds and its peak memory in MB."""
    begun = time.perf_counter()
    done = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def main() -> None:
    """Print a row for each size."""
    if not REAL.exists():
        raise SystemExit(f"the real file is not at hand: {REAL} (set TIPGRAPH_SHARED)")
    tipgraph = [str(Path(sys.executable).with_name("tipgraph")), "source", "import", "iati"]
    print("| MB | activities | bare lxml, s (MB) | import, s (MB) | ratio | import --about, s (MB) | ratio |")
    print("|---|---|---|---|---|---|---|")
    for size in [int(word) for word in sys.argv[1:]] or [10, 100]:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            path = Path(folder) / "activities.xml"
            number = repeated(size, path)
            told = [str(path), "--issued", "2020", "--licence", "not stated", "--into"]
            bare = measured([sys.executable, "-c", BARE, str(path)])
            whole = measured([*tipgraph, *told, f"{folder}/whole.nq"])
            about = measured([*tipgraph, *told, f"{folder}/about.nq", "--about"])
        cells = [f"{one[0]:.1f} ({one[1]:.0f}) | {one[0] / bare[0]:.1f}" for one in (whole, about)]
        print(f"| {size} | {number:,} | {bare[0]:.1f} ({bare[1]:.0f}) | {cells[0]} | {cells[1]} |", flush=True)


if __name__ == "__main__":
    main()
