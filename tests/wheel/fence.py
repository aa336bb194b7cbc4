"""Run a command where nothing of a checkout is seen, some folders cannot be written, and there is only loopback.

    unshare --net --mount python fence.py HIDDEN READ_ONLY:READ_ONLY … -- COMMAND …

It is run in a network and a mount namespace of its own, which end with it: root can do that, and so can others where
user namespaces are allowed. Root writes past permissions, but not onto a mount that is read only.
"""

import fcntl
import os
import socket
import struct
import subprocess
import sys
from pathlib import Path

SET_FLAGS, UP = 0x8914, 0x1
EMPTY = "size=64k,mode=755"


def main(hidden: str, shut: str, command: list[str]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as loopback:
        fcntl.ioctl(loopback, SET_FLAGS, struct.pack("16sh", b"lo", UP))
    for folder in shut.split(os.pathsep):
        subprocess.run(["mount", "--bind", folder, folder], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", EMPTY, "tmpfs", hidden], check=True)
    os.chdir(Path.cwd())  # by its name: what it was before lies under the mount, and can be written
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[4:])
