"""The second fence, in processes of its own: what a worker cannot do once it is closed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.serving import HOME
from tipgraph.server.landlock import Fence

START = f"""
import sys
sys.path.insert(0, {str(HOME)!r})
from pathlib import Path
import socket  # a worker has imported all that it needs before it is fenced in
from tipgraph.server import landlock
readable, writable = Path(sys.argv[1]), Path(sys.argv[2])
closed = landlock.close(readable=[readable], writable=[writable], memory=64 << 20)
print(*closed)
"""
ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Landlock is of Linux")


def fenced(program: str, tmp_path: Path) -> "subprocess.CompletedProcess[str]":
    folders = [tmp_path / "readable", tmp_path / "writable"]
    for folder in folders:
        folder.mkdir(exist_ok=True)
    (folders[0] / "file").write_text("here")
    (tmp_path / "outside").write_text("there")
    command = [sys.executable, "-c", START + program, *map(str, folders)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def shut(tmp_path: Path) -> Fence:
    words = fenced("", tmp_path).stdout.split()
    return Fence(*(word == "True" for word in words))


@ON_LINUX
def test_only_what_is_named_is_read_and_written(tmp_path: Path) -> None:
    if not shut(tmp_path).files:
        pytest.skip("this kernel has no Landlock")
    done = fenced(
        """
print((readable / "file").read_text())
(writable / "folder").mkdir()
(writable / "folder" / "new").write_text("x")
(writable / "folder" / "new").rename(writable / "folder" / "other")
(writable / "folder" / "other").unlink()
(writable / "folder").rmdir()
import os
for act in (lambda: open("/etc/passwd").read(), lambda: (readable.parent / "outside").read_text(),
            lambda: (readable / "new").write_text("x"), lambda: os.listdir("/"),
            lambda: os.symlink("/etc", writable / "link") or (writable / "link" / "passwd").read_text()):
    try:
        act()
        print("DONE")
    except OSError as error:
        print(type(error).__name__)
""",
        tmp_path,
    )
    assert done.stdout.split()[3:] == ["here", *["PermissionError"] * 5], done.stderr


@ON_LINUX
def test_no_connection_is_opened(tmp_path: Path) -> None:
    if not shut(tmp_path).network:
        pytest.skip("the Landlock of this kernel does not close the network (Linux 6.7)")
    program = """
import socket
for act in (lambda: socket.create_connection(("127.0.0.1", PORT), 5), lambda: socket.socket().bind(("127.0.0.1", 0))):
    try:
        act()
        print("DONE")
    except OSError as error:
        print(type(error).__name__)
"""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        done = fenced(program.replace("PORT", str(port)), tmp_path)
        open_ = subprocess.run(
            [sys.executable, "-c", f"import socket; socket.create_connection(('127.0.0.1', {port}), 5); print('DONE')"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.stdout.split()[3:] == ["PermissionError", "PermissionError"], done.stderr
    assert open_.stdout.strip() == "DONE"  # the same, without a fence


@ON_LINUX
def test_memory_is_limited_beside_what_is_there(tmp_path: Path) -> None:
    done = fenced(
        """
kept = bytearray(32 << 20)
try:
    more = bytearray(128 << 20)
    print("DONE")
except MemoryError:
    print("MemoryError")
""",
        tmp_path,
    )
    assert done.stdout.split()[2:] == ["True", "MemoryError"], done.stderr


def test_what_is_not_fenced_is_said() -> None:
    assert str(Fence(files=True, network=True, memory=True)) == "fenced: files, TCP, memory"
    assert "NOT fenced, this system cannot: files, TCP" in str(Fence(files=False, network=False, memory=True))


def test_without_landlock_it_is_told_and_not_passed_over(tmp_path: Path) -> None:
    done = fenced(
        """
import ctypes
class None_:
    def __init__(self, kernel): self.kernel = kernel
    def __getattr__(self, name): return getattr(self.kernel, name)
    def syscall(self, *words): return -1
real = ctypes.CDLL
ctypes.CDLL = lambda *words, **more: None_(real(*words, **more))
print(*landlock.close(readable=[], memory=0))
""".replace("None_", "Without"),
        tmp_path,
    )
    assert done.stdout.split()[3:] == ["False", "False", "False"], done.stderr
