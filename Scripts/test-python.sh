#!/usr/bin/env bash
# Exported networks beside onnxruntime, and the whole way from folders of pictures to one with the wheel, with packages of
# their own (.deps/python-packages, fetched once); arguments go to the test of exported networks.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.deps/python-packages
packages=(numpy==2.4.6 onnx==1.23.2 onnxruntime==1.32.0 pillow==13.0.0 safetensors==0.8.0)

say() { printf '%s\n' "test-python: $*" >&2; }
fail() { say "$*"; exit 1; }
source Scripts/packages.sh

python_packages "$folder" "${packages[@]}"
PYTHONPATH="$PWD/$folder" python3 Tests/Python/test_export.py "$@"

# The wheel as pip installs it, with the libtorch and the weights that are here already instead of packages of some
# gigabytes; nothing of this checkout is on the PATH.
Scripts/wheel.sh
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/site" "$scratch/pictures"
pip_install "$scratch/site" --no-deps dist/syn2real-*.whl
for part in torch nvidia; do ln -s "$PWD/.deps/torch/$part" "$scratch/site/$part"; done
ln -s "$PWD/.deps/weights" "$scratch/site/syn2real/bin/weights"
checkout="$PWD"
(cd "$scratch" && env -i HOME="$scratch" LANG=C.UTF-8 PATH="$scratch/site/bin:/usr/bin:/bin" \
  PYTHONPATH="$scratch/site:$checkout/$folder" python3 "$checkout/Tests/Wheel/whole_way.py" pictures >log 2>&1) ||
  { cat "$scratch/log" >&2; fail "the whole way from pictures to an exported network ends early; its log is above."; }
tail -2 "$scratch/log"
