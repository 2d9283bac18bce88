#!/usr/bin/env bash
# Exported networks beside onnxruntime, and the whole way from folders of pictures to one, with packages of its own
# (.deps/python-packages, fetched once); arguments go to the test of exported networks.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.deps/python-packages
packages=(numpy==2.4.6 onnx==1.23.2 onnxruntime==1.32.0 pillow==13.0.0 safetensors==0.8.0)

fail() { printf '%s\n' "test-python: $*" >&2; exit 1; }

if [ "$(cat "$folder/complete" 2>/dev/null)" != "${packages[*]}" ]; then
  printf '%s\n' "test-python: installing ${packages[*]} into $folder" >&2
  rm -rf "$folder"
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
    --no-user --target "$folder" "${packages[@]}" ||
    fail "pip could not install ${packages[*]}; check the network and the message above."
  printf '%s' "${packages[*]}" >"$folder/complete"
fi
export PYTHONPATH="$PWD/$folder"
python3 Tests/Python/test_export.py "$@"
pictures="$(mktemp -d)"
trap 'rm -rf "$pictures"' EXIT
PATH="$PWD/.build/release:$PATH" python3 Tests/Wheel/whole_way.py "$pictures" >"$pictures/log" ||
  { cat "$pictures/log" >&2; fail "the whole way from pictures to an exported network ends early; its log is above."; }
tail -2 "$pictures/log"
