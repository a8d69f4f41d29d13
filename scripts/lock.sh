#!/bin/sh
# Resolve pyproject.toml into the two full locks.  Run it after changing a dependency.
set -eu
cd "$(dirname "$0")/.."
links=${PIP_FIND_LINKS:-$(.venv/bin/python -m pip config get global.find-links 2>/dev/null || true)}
if [ -n "$links" ]; then export UV_FIND_LINKS="$links"; else export UV_TORCH_BACKEND=cpu; fi

compile() { # $1 lock, further arguments for uv
  lock=$1; shift
  # name the CPU build again, so that the pin already there does not prefer the build with CUDA
  [ ! -f "$lock" ] || { sed -i.bak 's/^torch==\([0-9.]*\)$/torch==\1+cpu/' "$lock" && rm "$lock.bak"; }
  .venv/bin/python -m uv pip compile --quiet --python-version 3.11 --no-header --no-annotate \
    --no-emit-find-links --no-emit-index-url "$@" --output-file "$lock" pyproject.toml
  sed -i.bak 's/+cpu//' "$lock" && rm "$lock.bak" # the local label names a build, not a version
}
compile requirements.txt
compile requirements-dev.txt --extra dev --constraint requirements.txt
