"""What is installed is pinned by its digest, is what pyproject.toml allows, and comes from where somebody was asked."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from requirements.sbom import CARRIED, INSIDE, Pin, pins
from tipgraph.model import kit

ROOT = kit.home()
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = DECLARED["project"]["optional-dependencies"]
GROUPS = DECLARED["dependency-groups"]
LOCKED = {
    "bench": GROUPS["bench"],
    "demo": [*DECLARED["project"]["dependencies"], "tipgraph[all]", *GROUPS["build"]],
    "dev": [*DECLARED["project"]["dependencies"], "tipgraph[dev,drafts]", *GROUPS["build"]],
    "ftm": GROUPS["ftm"],
}
EDITOR = ROOT / "node_modules" / "@zazuko" / "yasqe" / "build"
MAKE = shutil.which("make") or ""


def text_of(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def pinned(name: str) -> list[Pin]:
    return list(pins(text_of(name)))


def flat(requirements: list[str]) -> Iterator[Requirement]:
    """Yield requirements, those of an extra of ours in place of its name."""
    for requirement in map(Requirement, requirements):
        if requirement.name == "tipgraph":
            for extra in requirement.extras:
                yield from flat(EXTRAS[extra])
        else:
            yield requirement


def unfit(name: str, requirements: list[str]) -> list[str]:
    """Return what a lock does not pin as it is asked for."""
    versions: dict[str, list[str]] = {}
    for pin in pinned(name):
        versions.setdefault(pin.name, []).append(pin.version)
    return [
        str(one)
        for one in flat(requirements)
        if not versions.get(canonicalize_name(one.name))
        or not all(one.specifier.contains(version) for version in versions[canonicalize_name(one.name)])
    ]


@pytest.mark.parametrize("name", LOCKED)
def test_what_is_asked_for_is_pinned_by_digests(name: str) -> None:
    assert unfit(name, LOCKED[name]) == [], "run: make lock"
    assert unfit(name, ["no-such-package>=1", "click>=99"]) == ["no-such-package>=1", "click>=99"]  # the control
    lines = [line for line in text_of(name).splitlines() if re.match(r"[^\s#]", line)]
    assert len(lines) == len(pinned(name)) > 0
    assert [pin.name for pin in pinned(name) if not pin.digests] == []


def test_the_demo_has_the_versions_that_are_tested_and_installs_nothing_under_the_gpl() -> None:
    def is_gpl(name: str) -> bool:
        """Tell whether a package that is installed says that it is under the GPL."""
        try:
            said = metadata(name)
        except PackageNotFoundError:  # of another system
            return False
        first = [text.partition("\n")[0] for text in said.get_all("License", [])]  # some put all of it there
        licences = [*said.get_all("License-Expression", []), *first, *said.get_all("Classifier", [])]
        return any(re.search(r"(?<!L)GPL|(?<!Lesser )General Public License", one) for one in licences)

    demo = {(pin.name, pin.version) for pin in pinned("demo")}
    assert demo <= {(pin.name, pin.version) for pin in pinned("dev")}
    assert [name for name, _ in demo if is_gpl(name)] == []


def test_npm_runs_no_script_of_a_package() -> None:
    for folder in (ROOT, ROOT / "tests" / "server" / "suites"):
        assert "ignore-scripts=true" in (folder / ".npmrc").read_text("utf-8").splitlines()
    assert len(re.findall(r"npm ci --ignore-scripts", (ROOT / "Makefile").read_text("utf-8"))) == 2


def said_by_make(bare: Path, *words: str) -> str:
    """Return what make says or would do on a machine that has no other program."""
    environment = {"PATH": str(bare), "HOME": str(bare)}
    return subprocess.run([MAKE, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False).stdout


@pytest.mark.skipif(not MAKE, reason="no make here")
def test_only_what_is_typed_to_do_so_installs_by_apt(tmp_path: Path) -> None:
    for target in ("demo", "test", "check", "engines", "lowest", "notebooks", "docs-test", "wheel-test"):
        assert not re.search(r"^\W*(DEBIAN\S+ )?apt-get", said_by_make(tmp_path, "-n", target), re.MULTILINE), target
    browsers, others = (
        "chromium chromium-headless-shell firefox-esr",
        "virtuoso-opensource-7-bin libreoffice-calc-nogui",
    )
    assert f"apt-get install -y -qq --no-install-recommends {browsers}" in said_by_make(tmp_path, "-n", "system")
    said = said_by_make(tmp_path, "absent")
    assert said.startswith(f"missing: {browsers} {others} g++ libicu-dev pkg-config;")
    assert said.endswith(": make system\n")
    assert len(said.splitlines()) == 1


def written(path: Path, **environment: str) -> dict[str, Any]:
    command = [sys.executable, str(ROOT / "requirements" / "sbom.py"), str(path)]
    clean = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(command, check=True, capture_output=True, env={**clean, **environment})
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_the_bill_of_materials_is_cyclonedx_and_names_what_is_needed_and_what_is_carried(tmp_path: Path) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    check = JsonStrictValidator(SchemaVersion.V1_6)
    bill = written(tmp_path / "one.cdx.json")
    dated = written(tmp_path / "dated.cdx.json", SOURCE_DATE_EPOCH="86400")
    text = (tmp_path / "one.cdx.json").read_text("utf-8")
    assert check.validate_str(text) is None
    assert check.validate_str(text.replace('"library"', '"bookshelf"', 1)) is not None  # the control
    assert dated["metadata"].pop("timestamp") == "1970-01-02T00:00:00Z"
    bill["metadata"].pop("timestamp", None)
    assert dated == bill, "else the same each time"
    scopes = {component["name"]: component["scope"] for component in bill["components"]}
    assert scopes["rdflib"] == scopes["pyparsing"] == "required"
    assert scopes["pyarrow"] == scopes["uvicorn"] == "optional"
    assert not {"hatchling", "pytest"} & set(scopes)
    vendor = ROOT / "src" / "tipgraph" / "outputs" / "site" / "web" / "vendor"
    carried = {name for name, file in CARRIED.items() if (vendor / file).exists()}
    assert {name for name in CARRIED if name in scopes} == carried
    refs = {component["bom-ref"] for component in bill["components"]}
    assert set.union(*(set(one["dependsOn"]) for one in bill["dependencies"])) == refs


@pytest.mark.skipif(not EDITOR.is_dir(), reason="no editor here: `make web` takes it from npm")
def test_what_is_packed_into_the_editor_is_named() -> None:
    sources = json.loads((EDITOR / "yasqe.min.js.map").read_text("utf-8"))["sources"]
    packed = {found[1] for one in sources if (found := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/", one))}
    assert packed == set(INSIDE["@zazuko/yasqe"])
    script = (EDITOR / "yasqe.min.js").read_text("utf-8")
    licences = (ROOT / "src" / "tipgraph" / "outputs" / "site" / "web" / "vendor" / "LICENSES-editor.txt").read_text(
        "utf-8"
    )
    for name, (version, _) in INSIDE["@zazuko/yasqe"].items():
        assert not version or f".version=`{version}`" in script, name
        assert f"\n{name}:\n" in licences
