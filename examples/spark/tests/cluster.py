"""Apache Spark as people run it: a standalone cluster of one master and two workers, each a process, on loopback."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

LOCAL = "127.0.0.1"
WORKERS = 2
QUICK = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"  # what runs for a minute only is not worth optimising long
PATIENCE = 180  # seconds until a process must have said that it is there; machines are busy


@dataclass(frozen=True)
class Installation:
    """Where Spark is."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """Loopback only, little memory for the daemons, and no settings of others."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
        return kept | {
            "SPARK_HOME": str(self.home),
            "SPARK_LOCAL_IP": LOCAL,
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": f"-Dspark.master.rest.enabled=false {QUICK}",
        }

    def submit(self, master: str, program: Path, *words: str) -> None:
        """Run a program by `spark-submit` against a master's address; fail with what it printed where it fails."""
        settings = {
            "spark.driver.host": LOCAL,
            "spark.driver.memory": "768m",
            "spark.executor.memory": "768m",
            "spark.executor.extraJavaOptions": QUICK,
            "spark.sql.shuffle.partitions": "2",
            "spark.default.parallelism": "2",
            "spark.sql.codegen.wholeStage": "false",  # small tables: interpreted sooner than compiled
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.ui.enabled": "false",
            "spark.log.level": "WARN",
        }
        confs = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
        command = [str(self.home / "bin" / "spark-submit"), "--master", master, "--driver-java-options", QUICK, *confs]
        run = subprocess.run(
            [*command, str(program), *words], capture_output=True, text=True, env=self.environment, check=False
        )
        assert run.returncode == 0, f"{run.stdout}\n{run.stderr[-6000:]}"


@dataclass(frozen=True)
class Daemon:
    """A process of the cluster, and what it writes."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self, pattern: str) -> str:
        """Return what fits the first group of a pattern as soon as the process has written it."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            text = self.log.read_text("utf-8", "replace")
            if found := re.search(pattern, text):
                return found[1]
            assert self.process.poll() is None, text
            time.sleep(0.1)
        raise AssertionError(f"nothing like {pattern!r} after {PATIENCE} seconds:\n{self.log.read_text('utf-8')}")


@dataclass(frozen=True)
class Cluster:
    """A cluster that runs: the address of its master, and the folder that each worker works in."""

    master: str
    daemons: tuple[Daemon, ...]
    folders: tuple[Path, ...]

    def worked(self) -> list[int]:
        """Return how many programs each worker has had a part in."""
        return [len([*folder.glob("app-*")]) for folder in self.folders]


@contextmanager
def cluster(spark: Installation, folder: Path) -> Iterator[Cluster]:
    """Start a master and two workers on free ports; stop them, and what they have started, whatever happens."""
    with ExitStack() as stack:
        place = ("--host", LOCAL, "--port", "0", "--webui-port", "0")
        deploy = "org.apache.spark.deploy"
        master = stack.enter_context(_daemon(spark, folder / "master", f"{deploy}.master.Master", *place))
        address = master.said(r"Starting Spark master at (spark://127\.0\.0\.1:[1-9]\d*)")
        folders = tuple(folder / f"worker-{number}" for number in range(WORKERS))
        size = ("--cores", "1", "--memory", "1g")
        workers = [
            stack.enter_context(
                _daemon(spark, at, f"{deploy}.worker.Worker", *place, *size, "--work-dir", str(at), address)
            )
            for at in folders
        ]
        for worker in workers:
            worker.said(r"(Successfully registered with master)")
        yield Cluster(address, (master, *workers), folders)


@contextmanager
def _daemon(spark: Installation, folder: Path, name: str, *words: str) -> Iterator[Daemon]:
    folder.mkdir(parents=True)
    log = folder / "log.txt"
    command = [*_bound(), str(spark.home / "bin" / "spark-class"), name, *words]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env=spark.environment, start_new_session=True
        )
    try:
        yield Daemon(process, log)
    finally:
        _stop(process)


def _bound() -> list[str]:
    """Return what has Linux end a process with the one that started it, even where the tests are killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End a process and all that it has started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(20)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
