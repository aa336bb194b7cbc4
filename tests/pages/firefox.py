"""Starts Debian's Firefox so that Playwright can lead it: `python -m tests.pages.firefox PROGRAM [ARGUMENT…]`.

Playwright leads a Firefox that is not its own by WebDriver BiDi. It asks for one command that Firefox 153 does not know
yet, for each page, and lets no page open without; and it wants an id of each download, which Firefox 153 does not give.
So this stands between the two, passes on all as it is, and mends what comes back in these two places. With a Firefox
that knows both it changes nothing.
"""

import asyncio
import json
import os
import re
import stat
import sys
from asyncio import StreamReader, StreamWriter
from pathlib import Path
from typing import Any, Final

_LISTENS: Final = re.compile(rb"(WebDriver BiDi listening on ws://127\.0\.0\.1:)(\d+)")
_UNKNOWN: Final = "emulation.setMediaFeaturesOverride"  # dark colours, less motion: what a person has chosen
_TOUCHED: Final = (_UNKNOWN.encode(), b"browsingContext.download")
_LENGTHS: Final = {126: 2, 127: 8}  # the bytes that tell the length of a longer frame, in RFC 6455
_TEXT: Final = 0x81  # a frame that is a whole text


def wrapper(program: str, folder: Path) -> Path:
    """Write a program that starts Firefox in this way: Playwright starts one file."""
    path, root = folder / "firefox", Path(__file__).parents[2]
    path.write_text(f'#!/bin/sh\ncd "{root}" && exec "{sys.executable}" -m {__name__} "{program}" "$@"\n', "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


async def _start(program: str, *arguments: str) -> int:
    """Run Firefox, and say where we listen where it says where it does."""
    firefox = await asyncio.create_subprocess_exec(program, *arguments, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr
    servers = []  # else they would be collected as garbage
    async for line in firefox.stderr:
        said = line
        if found := _LISTENS.search(line):
            servers.append(await _between(int(found[2])))
            said = _LISTENS.sub(rb"\g<1>%d" % servers[-1].sockets[0].getsockname()[1], line)
        os.write(2, said)
    return await firefox.wait()


async def _between(port: int) -> asyncio.Server:
    async def opened(reader: StreamReader, writer: StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        head = await reader.readuntil(b"\r\n\r\n")
        head = re.sub(rb"(?i)sec-websocket-extensions:[^\r]*\r\n", b"", head)  # nothing is to be compressed
        back.write(re.sub(rb"(?i)(host: 127\.0\.0\.1:)\d+", rb"\g<1>%d" % port, head))
        writer.write(await there.readuntil(b"\r\n\r\n"))
        await asyncio.gather(_as_it_is(reader, back), _mended(there, writer))

    return await asyncio.start_server(opened, "127.0.0.1", 0)


async def _as_it_is(reader: StreamReader, writer: StreamWriter) -> None:
    while some := await reader.read(1 << 16):
        writer.write(some)
        await writer.drain()
    writer.close()


async def _mended(reader: StreamReader, writer: StreamWriter) -> None:
    """Pass on what Firefox says, frame by frame."""
    try:
        while True:
            kind, size = await reader.readexactly(2)
            length = await reader.readexactly(_LENGTHS.get(size, 0))
            body = await reader.readexactly(int.from_bytes(length) if length else size)
            if kind == _TEXT and any(name in body for name in _TOUCHED):
                body = json.dumps(_mend(json.loads(body))).encode()
                size, length = (len(body), b"") if len(body) < min(_LENGTHS) else (127, len(body).to_bytes(8))
            writer.write(bytes((kind, size)) + length + body)
            await writer.drain()
    except asyncio.IncompleteReadError:  # Firefox has ended
        writer.close()


def _mend(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message as Playwright understands it."""
    if message.get("error") == "unknown command" and _UNKNOWN in message["message"]:
        return {"type": "success", "id": message["id"], "result": {}}
    if message.get("method", "").startswith("browsingContext.download"):
        message["params"].setdefault("download", message["params"].get("url"))
    return message


if __name__ == "__main__":
    sys.exit(asyncio.run(_start(*sys.argv[1:])))
