"""Write what a release is made of, in CycloneDX: what it needs of PyPI, and what of npm it carries.

    python requirements/sbom.py [FILE]

The first is what `requirements/demo.txt` pins, the second what `make web` gathers. The same files give the same bytes.

Decision: docs/decisions/0046-which-libraries-are-installed.md.
"""

import json
import os
import re
import sys
import tomllib
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

HOME = Path(__file__).resolve().parent.parent
CARRIED = {
    "@zazuko/yasqe": "yasqe.min.js",
    "d3-array": "d3-array.min.js",
    "d3-geo": "d3-geo.min.js",
    "d3-sankey": "d3-sankey.min.js",
    "oxigraph": "oxigraph.js",
    "topojson-client": "topojson-client.min.js",
    "world-atlas": "world.json",
}  # of npm, and as what
# What others have packed into a file of theirs, with its version where the file says it: no lock knows of it.
INSIDE: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "d3-array": {"internmap": ("", "ISC")},
    "pyvis": {"vis-network": ("9.1.2", "Apache-2.0 OR MIT")},
    "@zazuko/yasqe": {
        "codemirror": ("5.65.21", "MIT"),
        "decode-uri-component": ("", "MIT"),
        "dompurify": ("3.4.13", "MPL-2.0 OR Apache-2.0"),
        "events": ("", "MIT"),
        "filter-obj": ("", "MIT"),
        "lodash-es": ("", "MIT"),
        "query-string": ("", "MIT"),
        "split-on-first": ("", "MIT"),
        "store": ("", "MIT"),
        "strict-uri-encode": ("", "MIT"),
    },
}


class Pin(NamedTuple):
    """A version that a file of requirements/ pins: for which machines, of which digests, and what needs it."""

    name: str
    version: str
    marker: str
    digests: Sequence[str]
    needed_by: Sequence[str]

    @property
    def ref(self) -> str:
        """How other parts of the bill, and other programs, name it."""
        return f"pkg:pypi/{self.name}@{self.version}"


def pins(text: str) -> Iterator[Pin]:
    """Read a file of requirements/, as uv writes it."""
    for block in re.split(r"\n(?=\w)", text):
        head = re.match(r"([\w.-]+)==([^\s;]+)(?: ; (.+?))? \\\n", block)
        if head:
            digests = re.findall(r"--hash=sha256:([0-9a-f]{64})", block)
            needed_by = re.findall(r"^    #(?: via|  ) +(?!-c )(\S.*)$", block, re.MULTILINE)
            yield Pin(head[1], head[2], head[3] or "", digests, needed_by)


def reached(pinned: Sequence[Pin], names: set[str]) -> set[str]:
    """Return some names, and those of all that they need."""
    while more := {pin.name for pin in pinned if pin.name not in names and not names.isdisjoint(pin.needed_by)}:
        names = names | more
    return names


def of_pypi(pin: Pin, *, required: bool) -> dict[str, Any]:
    """Return the component that a package of PyPI is: its digests are those of its files, one of which is installed."""
    return {
        "type": "library",
        "bom-ref": pin.ref,
        "name": pin.name,
        "version": pin.version,
        "scope": "required" if required else "optional",
        "purl": pin.ref,
        "externalReferences": [{
            "type": "distribution",
            "url": f"https://pypi.org/simple/{pin.name}/",
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in pin.digests],
        }],
        **({"properties": [{"name": "tipgraph:marker", "value": pin.marker}]} if pin.marker else {}),
        **inside(pin.name, pin.ref),
    }  # fmt: skip


def of_npm(name: str, locked: Mapping[str, str]) -> dict[str, Any]:
    """Return the component that a package of npm is."""
    ref = f"pkg:npm/{name.replace('@', '%40')}@{locked['version']}"
    digest = b64decode(locked["integrity"].removeprefix("sha512-")).hex()
    return {
        "type": "library",
        "bom-ref": ref,
        "name": name,
        "version": locked["version"],
        "scope": "required",
        "hashes": [{"alg": "SHA-512", "content": digest}],
        "licenses": [{"expression": locked["license"]}],
        "purl": ref,
        **inside(name, ref),
    }


def inside(name: str, ref: str) -> dict[str, Any]:
    """Return what a package has packed into it, if it has."""
    packed = [
        {
            "type": "library",
            "bom-ref": f"{ref}#{part}",
            "name": part,
            **({"version": version} if version else {}),
            "licenses": [{"expression": licence}],
            "purl": f"pkg:npm/{part}" + f"@{version}" * bool(version),
        }
        for part, (version, licence) in INSIDE.get(name, {}).items()
    ]
    return {"components": packed} if packed else {}


def bill(home: Path) -> dict[str, Any]:
    """Return the bill of materials of the release that a checkout makes."""
    project = tomllib.loads((home / "pyproject.toml").read_text("utf-8"))["project"]
    locked = json.loads((home / "package-lock.json").read_text("utf-8"))["packages"]
    pinned = list(pins((home / "requirements" / "demo.txt").read_text("utf-8")))
    direct = {pin.name for pin in pinned if "tipgraph (pyproject.toml)" in pin.needed_by}
    plain = {re.split(r"[^\w.-]", one)[0].lower() for one in project["dependencies"]}
    required = reached(pinned, plain)
    used = [pin for pin in pinned if pin.name in reached(pinned, direct)]
    vendor = home / "src" / "tipgraph" / "outputs" / "site" / "web" / "vendor"
    carried = [
        of_npm(name, locked[f"node_modules/{name}"]) for name, file in CARRIED.items() if (vendor / file).exists()
    ]
    itself = f"pkg:pypi/{project['name']}@{project['version']}"
    needs = {pin.ref: sorted(other.ref for other in used if pin.name in other.needed_by) for pin in used}
    needs[itself] = sorted([pin.ref for pin in used if pin.name in direct] + [one["bom-ref"] for one in carried])
    day = os.environ.get("SOURCE_DATE_EPOCH")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            **({"timestamp": f"{datetime.fromtimestamp(int(day), UTC):%Y-%m-%dT%H:%M:%SZ}"} if day else {}),
            "component": {
                "type": "application",
                "bom-ref": itself,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"expression": project["license"]}],
                "purl": itself,
            },
        },
        "components": [*(of_pypi(pin, required=pin.name in required) for pin in used), *carried],
        "dependencies": [{"ref": ref, "dependsOn": others} for ref, others in sorted(needs.items()) if others],
    }


def main(arguments: Sequence[str]) -> None:
    """Write the bill into a file, else beside the wheel."""
    made = bill(HOME)
    itself = made["metadata"]["component"]
    path = Path(arguments[0] if arguments else f"dist/{itself['name']}-{itself['version']}.cdx.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", "utf-8")
    sys.stdout.write(f"{path}: {len(made['components'])} components\n")


if __name__ == "__main__":
    main(sys.argv[1:])
