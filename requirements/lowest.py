"""Print the lowest versions of tipgraph's libraries that pyproject.toml allows, as constraints for `make lowest`."""

import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
extras = [project["optional-dependencies"][name] for name in ("tables", "release", "server", "pandas")]
named = sum(extras, project["dependencies"])
sys.stdout.writelines(f"{one.replace('>=', '==')}\n" for one in named if "tipgraph[" not in one)
