#!/usr/bin/env bash
# Installs the peer's Python packages into .deps/bench-venv, once; pip's own settings choose the index.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=.deps/bench-venv
packages=(torch==2.11.0 torchvision==0.26.0 pillow==13.0.0 safetensors==0.8.0 numpy==2.4.6 timm==1.0.26)

fail() { printf '%s\n' "bench: $*" >&2; exit 1; }

command -v python3 >/dev/null || fail "no python3 on the PATH; install python3 and python3-venv."
made="$(python3 -V), $PWD: ${packages[*]}"
[ "$(cat "$environment/complete" 2>/dev/null)" = "$made" ] && exit
free_megabytes="$(df -Pm . | awk 'NR == 2 { print $4 }')"
[ "$free_megabytes" -ge 9000 ] ||
  fail "$free_megabytes MB free in $PWD, 9000 MB needed for PyTorch; free some disk space."
printf '%s\n' "bench: installing ${packages[*]} into $environment" >&2
rm -rf "$environment"
python3 -m venv "$environment" ||
  fail "python3 could not make an environment; install python3-venv and check the message above."
# Isolated: pip leaves out what a PYTHONPATH of this moment offers.
"$environment/bin/python" -I -m pip install --quiet --disable-pip-version-check "${packages[@]}" ||
  fail "pip could not install PyTorch; check the network, the free disk space and the message above."
printf '%s' "$made" >"$environment/complete"
