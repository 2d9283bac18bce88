#!/usr/bin/env bash
# Builds dist/syn2real-VERSION-py3-none-manylinux_…_x86_64.whl: the command with the Swift runtime and its C libraries
# inside, the recipes, and the Python package in Python/. libtorch is that of the installed package torch.
set -euo pipefail
cd "$(dirname "$0")/.."
source Scripts/command.sh

fail() { printf '%s\n' "wheel: $*" >&2; exit 1; }

# What the package torch and those it asks for hold.
outside=(--exclude 'libtorch*' --exclude 'libc10*' --exclude 'libcu*' --exclude 'libnv*' --exclude 'libgomp*')
staging=.build/wheel-package

version="$(sed -nE 's/.*current = "([^"]+)".*/\1/p' Sources/Experiments/Runs/Version.swift)"
[ -n "$version" ] || fail "Sources/Experiments/Runs/Version.swift names no version."
make_tools
build_command

# The texts of the libraries' licences, as the toolchain and Debian's packages hold them.
add_licences() {
  local library package
  cp "$(swift_runtime)/../../../share/swift/LICENSE.txt" "$staging/licenses/swift.txt"
  linked_libraries | grep -E '^/(usr/)?lib/' | while read -r library; do
    package="$(dpkg -S "*/$(basename "$(realpath "$library")")" 2>/dev/null | head -1 | cut -d: -f1)"
    case "$package" in '' | libc6 | libstdc++6 | libgcc-s1 | libgomp1) continue ;; esac
    cp "/usr/share/doc/$package/copyright" "$staging/licenses/$package.txt"
  done
}

rm -rf "$staging"
mkdir -p "$staging/licenses"
cp -R Python/. "$staging/"
find "$staging" -name __pycache__ -prune -exec rm -rf {} +
cp LICENSE README.md "$staging/"
printf '%s\n' "$version" >"$staging/VERSION"
add_licences
place_command "$staging/syn2real/bin"
# CUDA graphs and several GPUs; it is opened where there is a device.
strip -o "$staging/syn2real/bin/libctorch_cuda.so" .deps/torch/torch/lib/libctorch_cuda.so

"$tools/python" -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation \
  --wheel-dir "$staging/pure" "$staging"
# It holds a program, which no version of Python is linked with.
"$tools/python" -m wheel tags --remove --python-tag py3 --abi-tag none "$staging"/pure/*.whl >/dev/null
PATH="$tools:$PATH" LD_LIBRARY_PATH="$(swift_runtime)" "$tools/auditwheel" repair --strip --plat auto "${outside[@]}" \
  --wheel-dir "$staging/repaired" "$staging"/pure/*.whl

# libtorch is found from the command's own place, wherever the packages lie. DT_RPATH, since LD_LIBRARY_PATH may name another.
"$tools/python" -m wheel unpack --dest "$staging/unpacked" "$staging"/repaired/*.whl >/dev/null
packed=("$staging"/unpacked/*/syn2real/bin/syn2real)
"$tools/patchelf" --force-rpath --set-rpath '$ORIGIN/../../syn2real.libs:$ORIGIN/../../torch/lib' "${packed[0]}"
mkdir -p dist
# Those of other versions too: pip takes all that a pattern names.
rm -f dist/syn2real-*.whl
"$tools/python" -m wheel pack --dest-dir dist "$staging"/unpacked/* >/dev/null
ls -l "dist/syn2real-$version"-*.whl
