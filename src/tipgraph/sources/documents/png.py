"""Small PNG files of pages: 16 shades of grey, or a palette of 216 colours where a page has colours.

Whole planes of pixels are turned at once, by tables of bytes and by sums of long integers, so that no loop visits a
pixel. The file has no chunk of text.
"""

import struct
import zlib
from itertools import chain, product
from typing import Final

_SHADES: Final = bytes((value + 8) // 17 for value in range(256))  # 16 of them
_STEPS: Final = bytes((value + 25) // 51 for value in range(256))  # 6 of each colour
_PALETTE: Final = bytes(chain.from_iterable(product(range(0, 256, 51), repeat=3)))
_GREY, _INDEXED = 0, 3  # the types of PNG


def png(width: int, height: int, channels: int, stride: int, pixels: bytes) -> bytes:
    """Return pixels as PNG; a row of `stride` bytes has a byte for red, green and blue, or for grey, of each pixel."""
    used = width * channels
    if stride != used:
        pixels = b"".join(pixels[row * stride : row * stride + used] for row in range(height))
    red, green, blue = (pixels[min(channel, channels - 1) :: channels] for channel in range(3))
    if red == green == blue:
        return _file(width, height, 4, _GREY, _halves(red.translate(_SHADES), width, height))
    sixes = [int.from_bytes(plane.translate(_STEPS), "big") for plane in (red, green, blue)]
    indexes = (sixes[0] * 36 + sixes[1] * 6 + sixes[2]).to_bytes(width * height, "big")
    return _file(width, height, 8, _INDEXED, indexes)


def _halves(shades: bytes, width: int, height: int) -> bytes:
    """Return shades of 0 to 15, two in a byte; a row of odd width ends in half a byte."""
    if width % 2:
        shades = b"".join(shades[row * width : (row + 1) * width] + b"\0" for row in range(height))
    first, second = (int.from_bytes(shades[start::2], "big") for start in (0, 1))
    return (first * 16 + second).to_bytes(len(shades) // 2, "big")


def _file(width: int, height: int, depth: int, kind: int, data: bytes) -> bytes:
    step = len(data) // height
    rows = b"".join(b"\0" + data[row * step : (row + 1) * step] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    palette = _chunk(b"PLTE", _PALETTE) if kind == _INDEXED else b""
    packed = zlib.compress(rows, 7)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + palette + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
