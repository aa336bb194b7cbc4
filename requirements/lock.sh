#!/bin/sh
# Pin the versions of all packages within pyproject.toml, by digest and for every system; `--upgrade` takes newer ones.
set -eu
lock() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-binary pyicu \
    --custom-compile-command 'make lock' $upgrade "$@"
}
upgrade=${1-}
lock --group ftm -o requirements/ftm.txt
lock pyproject.toml --extra dev --extra drafts --group build -c requirements/ftm.txt -o requirements/dev.txt
lock pyproject.toml --extra all --group build -c requirements/dev.txt -o requirements/demo.txt
lock --group bench -c requirements/dev.txt -o requirements/bench.txt
