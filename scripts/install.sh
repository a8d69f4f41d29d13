#!/bin/sh
# Make the virtual environment and install a lock into it:  scripts/install.sh requirements.txt
# uv does the installing (it comes from PyPI); pip's find-links are passed on to it. On Linux the CPU
# build of torch is chosen; TORCH_BACKEND=auto (or cu128, ...) asks for another one.
set -eu
lock=$1
cd "$(dirname "$0")/.."

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if [ ! -x .venv/bin/python ]; then
  for python in ${PYTHON:-python3} python3.11 python3.12 python3.13 python3.14; do
    if new_enough "$python"; then break; fi
  done
  new_enough "$python" || { echo "Python 3.11 or newer is needed; set PYTHON to its path." >&2; exit 1; }
  "$python" -m venv .venv || { echo "python3-venv is needed (Debian: apt install python3-venv)." >&2; exit 1; }
fi
.venv/bin/python -m uv --version >/dev/null 2>&1 || .venv/bin/python -m pip install --quiet "uv==$(cat scripts/uv-version)"

links=${PIP_FIND_LINKS:-$(.venv/bin/python -m pip config get global.find-links 2>/dev/null || true)}
if [ -n "$links" ]; then
  export UV_FIND_LINKS="$links"
elif [ "$(uname -s)" = Linux ]; then
  export UV_TORCH_BACKEND="${TORCH_BACKEND:-cpu}"
fi
.venv/bin/python -m uv pip install --quiet --python .venv/bin/python -r "$lock"
.venv/bin/python -m uv pip install --quiet --python .venv/bin/python --no-deps --editable .
