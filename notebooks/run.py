"""Run notebooks in fresh kernels of this Python, and write them as HTML that opens offline.

    python notebooks/run.py [OUT] [NAME …]      # default: build/notebooks, and all notebooks

A failing cell ends the run with its error. Each notebook runs in its own empty folder, two at a time. No output is
written back into the notebooks.
"""

import asyncio
import os
import re
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from traitlets.config import Config

HERE = Path(__file__).resolve().parent
AT_ONCE = 2
PATIENCE = 300  # seconds that a cell may take
_ELSEWHERE = re.compile(
    r"""<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)\s*=\s*["']?(?:https?:)?//[^>]*>|@import\b|url\(["']?(?:https?:)?//""",
    re.IGNORECASE,
)


class Kernel(AsyncKernelManager):
    """The kernel of the running Python, whether or not Jupyter knows it."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """Start IPython's kernel with this interpreter."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")


def main(words: list[str]) -> int:
    """Run the named notebooks, or all; return 0 if each ran to its end."""
    out = Path(words[0] if words else HERE.parent / "build" / "notebooks").resolve()
    found = sorted(HERE.glob("[0-9]-*.ipynb"))
    chosen = [path for path in found if not words[1:] or path.stem in words[1:]]
    if len(words) > 1 and len(chosen) < len(words) - 1:
        sys.stderr.write(f"notebooks: there are {', '.join(path.stem for path in found)}\n")
        return 2
    out.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_run_all(chosen, out))


async def _run_all(paths: list[Path], out: Path) -> int:
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(path: Path) -> bool:
        async with turns:
            return await _run(path, out / f"{path.stem}.html")

    return 0 if all(await asyncio.gather(*map(one, paths))) else 1


async def _run(path: Path, target: Path) -> bool:
    """Run one notebook and write its page; print its time or its error."""
    begun = time.monotonic()
    target.unlink(missing_ok=True)
    notebook = nbformat.read(path, as_version=4)
    with TemporaryDirectory(prefix="tipgraph-") as folder, TemporaryDirectory(prefix="kernel-") as sockets:
        client = NotebookClient(
            notebook,
            config=_unheard(sockets),
            timeout=PATIENCE,
            kernel_manager_class=Kernel,
            resources={"metadata": {"path": folder}},
            shutdown_kernel="graceful",
        )
        try:
            await client.async_execute(env=_environment())
        except CellExecutionError as error:
            sys.stderr.write(f"{path.name}: a cell failed\n{error}\n")
            return False
    page = html(notebook, path.stem)
    if found := _ELSEWHERE.search(page):
        sys.stderr.write(f"{path.name}: its page would load {found[0]}\n")
        return False
    target.write_text(page, "utf-8", newline="\n")
    sys.stdout.write(f"{target}: {len(notebook.cells)} cells, {time.monotonic() - begun:.0f} s\n")
    return True


def _unheard(folder: str) -> Config:
    """Use sockets in a folder for a kernel if the system has them: on TCP other users could listen."""
    if os.name != "posix":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "connection_file": f"{folder}/kernel.json"}})


_LOOK = """<style>
.jp-RenderedHTMLCommon .dataframe :is(td, th) { text-align: left; vertical-align: top; min-width: 4rem; }
</style>"""


def html(notebook: Any, title: str) -> str:
    """Return a finished notebook as a page that loads nothing from the network."""
    exporter = HTMLExporter(template_name="lab", embed_images=True)
    for setting in ("require_js_url", "mathjax_url", "jquery_url", "mermaid_js_url", "html_manager_semver_range"):
        if exporter.has_trait(setting):
            setattr(exporter, setting, "")
    page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return _without_cdn(str(page)).replace("</head>", f"{_LOOK}</head>", 1)


def _without_cdn(page: str) -> str:
    """Remove the scripts with which nbconvert would fetch MathJax and Mermaid: there are no formulas here."""
    page = re.sub(r'<script src=""></script>\s*', "", page)
    page = re.sub(r"<!-- Load mathjax -->.*?<!-- End of mathjax configuration -->", "", page, flags=re.DOTALL)
    return re.sub(r'<script type="module">(?:(?!</script>).)*?mermaid.*?</script>', "", page, flags=re.DOTALL)


def _environment() -> dict[str, str]:
    """Return the environment of a kernel, without the user's graph, texts or credentials."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TIPGRAPH_")}
    return {**kept, "COLUMNS": "120", "PYTHONHASHSEED": "0"}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
