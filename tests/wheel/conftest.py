"""A wheel, the wheels that it needs, and environments of several Pythons in which nothing else is installed."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import SMALL
from tipgraph.model import kit

ROOT = kit.home()
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
HOUSE = ROOT / "build" / "wheelhouse"  # what is gathered once stays, for the next run
_HERE = Path(__file__).parent
_UV = str(Path(sys.executable).with_name("uv"))
# Runs commands, given as JSON, in one process; prints the exit code and the output of each.
_COMMANDS = """
import json, sys
from click.testing import CliRunner
from tipgraph.cli import main
results = [CliRunner().invoke(main, words) for words in json.loads(sys.argv[1])]
print(json.dumps([(result.exit_code, result.output) for result in results]))
"""
# Compiles what workers import, in the environment: they start isolated, and know no other folder of compiled modules.
_COMPILE = """
import contextlib, pkgutil, tipgraph
for module in pkgutil.walk_packages(tipgraph.__path__, 'tipgraph.'):
    if not module.name.endswith('__main__'):
        with contextlib.suppress(ImportError):  # of the extra `drafts`, which is not of `all`
            __import__(module.name)
"""


def python(version: str) -> str | None:
    """Return a Python of a version: of PATH, else of pyenv; None where there is none that runs."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    named = [shutil.which(f"python{version}") or "", *sorted(map(str, pyenv.glob(f"{version}.*/bin/python")))]
    program = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
    for path in filter(None, named):
        said = subprocess.run([path, "-c", program], capture_output=True, text=True, check=False, cwd="/")
        if said.stdout.strip() == version:
            return path
    return None


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the source distribution, and of the wheel that was built of it."""
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
    return folder


def build(source: Path, folder: Path, *kinds: str) -> list[Path]:
    command = [sys.executable, "-m", "build", "--no-isolation", *kinds, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return sorted(folder.iterdir())


def wheel_in(folder: Path) -> Path:
    return next(folder.glob("*.whl"))


@dataclass(frozen=True)
class Installed:
    """An environment that cannot be written, and a folder beside it in which a person works, which cannot either."""

    folder: Path
    version: str

    @property
    def out(self) -> Path:
        """The only folder that can be written, but for that of compiled modules."""
        return self.folder / "out"

    def program(self, name: str) -> str:
        return str(self.folder / "venv" / "bin" / name)

    def run(self, *command: str, code: int = 0, **environment: str) -> str:
        """Run a program of the environment within the fence; return what it said, on both streams."""
        shut = os.pathsep.join(str(self.folder / name) for name in ("venv", "work"))
        inside = [sys.executable, str(_HERE / "fence.py"), str(ROOT), shut, "--"]
        clean = {"PATH": f"{self.folder / 'venv' / 'bin'}:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
        compiled = self.folder / "compiled"  # of modules, where they were not compiled beforehand
        if compiled.exists():
            clean["PYTHONPYCACHEPREFIX"] = str(compiled)
        ran = subprocess.run(
            [*fence(), *inside, self.program(command[0]), *command[1:]],
            cwd=self.folder / "work",
            env={**clean, "HOME": str(self.folder / "work"), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        said = ran.stdout + ran.stderr
        assert ran.returncode == code, f"{' '.join(command)} ended with {ran.returncode}:\n{said}"
        assert "Traceback" not in said, said
        return said

    def tipgraph(self, *words: str, code: int = 0, **environment: str) -> str:
        return self.run("tipgraph", *words, code=code, **environment)

    def commands(self, *commands: Sequence[str], code: int = 0, **environment: str) -> list[str]:
        """Run several commands in one process, since a start takes longer than most; return the output of each."""
        results = json.loads(self.run("python", "-c", _COMMANDS, json.dumps(commands), code=0, **environment))
        for words, (ended, output) in zip(commands, results, strict=True):
            assert ended == code, f"{' '.join(words)} ended with {ended}:\n{output}"
        return [output for _, output in results]

    def small_graph(self) -> str:
        """Build the graph of the tests' own small kit, for what takes long on that of the wheel; return its path."""
        path = self.out / "small.trig"
        if not path.exists():
            data = shutil.copytree(SMALL, self.out / "data")
            self.tipgraph("build", str(data), "-o", str(path))
        return str(path)

    def unfit(self) -> str:
        """Return which installed packages lack others, or others of these versions; nothing where all fit."""
        command = [_UV, "pip", "check", "--quiet", "--python", str(self.folder / "venv")]
        checked = subprocess.run(command, capture_output=True, text=True, check=False)
        return checked.stderr if checked.returncode else ""


def fence() -> list[str]:
    """Return what begins a command that has a network and mounts of its own; skip where the system allows neither."""
    who = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = ["unshare", "--net", "--mount", *who]
    if not shutil.which(command[0]) or subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no namespaces of network and mounts here, so nothing is proven offline: run it as root, on Linux")
    return command


def _gathered(interpreter: str, wheel: Path) -> Path:
    """Return the folder of the wheels that a Python needs, gathered from the registry where they are not there yet."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    key = repr((interpreter, wanted["dependencies"], wanted["optional-dependencies"]))
    done = HOUSE / f"{sha256(key.encode()).hexdigest()[:16]}.gathered"
    HOUSE.mkdir(parents=True, exist_ok=True)
    with (HOUSE / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)  # one after the other, so that none takes what another has half written
        if not done.exists():
            _gather(interpreter, wheel)
            done.touch()
    return HOUSE


def _gather(interpreter: str, wheel: Path) -> None:
    command = [interpreter, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--prefer-binary"]
    command += ["--find-links", str(HOUSE), "--wheel-dir", str(HOUSE), f"{wheel}[all,scale]"]
    subprocess.run(command, check=True)
    for copy in HOUSE.glob("tipgraph-*.whl"):
        copy.unlink()  # the one under test is named by its path


def _installed(folder: Path, version: str, wheel: Path, extras: str) -> Installed:
    """Install a wheel and its dependencies with a Python: all extras of the newest by pip, offline; else by uv."""
    interpreter = python(version)
    assert interpreter is not None
    folder.chmod(0o755)
    for name in ("work", "out"):
        (folder / name).mkdir()
    if version == newest_version() and extras:
        house = _gathered(interpreter, wheel)
        subprocess.run([interpreter, "-m", "venv", str(folder / "venv")], check=True)
        pip = [str(folder / "venv" / "bin" / "pip"), "--isolated", "--disable-pip-version-check", "install", "--quiet"]
        offline = ["--no-compile", "--no-index", "--find-links", str(house), f"{wheel}{extras}"]
        clean: Mapping[str, str] = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
        subprocess.run([*fence(), *pip, *offline], check=True, env=clean, cwd=folder)
        subprocess.run([str(folder / "venv" / "bin" / "python"), "-I", "-c", _COMPILE], check=True)
    else:
        subprocess.run([_UV, "venv", "--quiet", "--python", interpreter, str(folder / "venv")], check=True)
        uv = f"{_UV} pip install --quiet --system-certs --only-binary :all: --python".split()
        subprocess.run([*uv, str(folder / "venv"), f"{wheel}{extras}"], check=True)
    (folder / "compiled").mkdir()
    return Installed(folder, version)


@pytest.fixture(scope="session")
def environments(dist: Path) -> Iterator[Callable[[str], Installed]]:
    """Environments with all extras, by the version of Python, each made when it is first asked for."""
    with ExitStack() as folders:

        @cache
        def environment(version: str) -> Installed:
            folder = folders.enter_context(TemporaryDirectory(prefix=f"tipgraph-{version}-"))
            return _installed(Path(folder), version, wheel_in(dist), "[all,scale]")

        yield environment


@pytest.fixture(scope="session", params=PYTHONS)
def whole(request: pytest.FixtureRequest, environments: Callable[[str], Installed]) -> Installed:
    """An environment of each Python that is at hand, with all extras."""
    if python(request.param) is None:
        pytest.skip(f"no Python {request.param} is at hand: neither on PATH nor in PYENV_ROOT")
    return environments(request.param)


@pytest.fixture(scope="session")
def newest(environments: Callable[[str], Installed]) -> Installed:
    """The environment of the newest Python at hand, in which every command is tried."""
    return environments(newest_version())


@pytest.fixture(scope="session")
def plain(dist: Path) -> Iterator[Installed]:
    """An environment of the newest Python at hand, without extras."""
    with TemporaryDirectory(prefix="tipgraph-plain-") as folder:
        yield _installed(Path(folder), newest_version(), wheel_in(dist), "")


def newest_version() -> str:
    return next(version for version in reversed(PYTHONS) if python(version))
