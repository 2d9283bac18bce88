#!/usr/bin/env bash
# Exported networks beside onnxruntime, and the whole way from folders of pictures to one, in an environment of its own
# (.deps/python-venv, made once); arguments go to the test of exported networks.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=.deps/python-venv
packages=(numpy==2.4.6 onnx==1.23.2 onnxruntime==1.32.0 pillow==13.0.0 safetensors==0.8.0)

fail() { printf '%s\n' "test-python: $*" >&2; exit 1; }

if [ "$(cat "$environment/complete" 2>/dev/null)" != "${packages[*]}" ]; then
  printf '%s\n' "test-python: installing ${packages[*]} into $environment" >&2
  rm -rf "$environment"
  python3 -m venv "$environment" ||
    fail "python3 could not make an environment; install python3-venv and check the message above."
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check "${packages[@]}" ||
    fail "pip could not install ${packages[*]}; check the network and the message above."
  printf '%s' "${packages[*]}" >"$environment/complete"
fi
"$environment/bin/python" Tests/Python/test_export.py "$@"
pictures="$(mktemp -d)"
trap 'rm -rf "$pictures"' EXIT
PATH="$PWD/.build/release:$PATH" "$environment/bin/python" Tests/Wheel/whole_way.py "$pictures" >"$pictures/log" ||
  { cat "$pictures/log" >&2; fail "the whole way from pictures to an exported network ends early; its log is above."; }
tail -2 "$pictures/log"
