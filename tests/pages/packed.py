"""The files that a site in one file holds."""

import base64
import gzip
import json
import re
from typing import Final

_BLOCK: Final = re.compile(r'<script type="application/gzip;base64"[^>]*>([^<]*)</script>')


def files_in(text: str) -> dict[str, str]:
    """Return the texts of the files by their paths."""
    held: dict[str, str] = {}
    for block in _BLOCK.findall(text):
        held |= json.loads(gzip.decompress(base64.b64decode(block)))
    return held
