"""Small PNG files of pages: 16 shades of grey, or six of each colour where a page has colours, without any text.

Whole planes of pixels are turned at once, by tables of bytes, so that no loop visits a pixel.
"""

import struct
import zlib
from typing import Final

_SHADES: Final = bytes((value + 8) // 17 * 17 for value in range(256))
_STEPS: Final = bytes((value + 25) // 51 * 51 for value in range(256))
_GREY, _COLOURS = 0, 2  # the types of PNG


def png(width: int, height: int, channels: int, stride: int, pixels: bytes) -> bytes:
    """Return pixels as PNG; a row of `stride` bytes has a byte for red, green and blue, or for grey, of each pixel."""
    rows = [pixels[row * stride : row * stride + width * channels] for row in range(height)]
    if all(row[::channels] == row[channel::channels] for row in rows for channel in range(1, channels)):
        kind, rows = _GREY, [row[::channels].translate(_SHADES) for row in rows]
    else:
        kind, rows = _COLOURS, [row.translate(_STEPS) for row in rows]
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 7)
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
