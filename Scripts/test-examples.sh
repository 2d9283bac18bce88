#!/usr/bin/env bash
# Builds and runs the programs of Examples, each a package of its own that depends on this one. What they print must hold
# what they show.
#   EXAMPLES_BY=git   depends on a git URL, that of a clone of this checkout with its uncommitted changes, as anybody's
#                     package would; by default on the checkout's path, and is built in the checkout's own .build, where
#                     the library is compiled already
set -euo pipefail
cd "$(dirname "$0")/.."
root="$PWD"
scratch="$root/.build/examples"
build="$root/.build"
package="$root/Examples/OwnParts"

fail() { printf '%s\n' "examples: $*" >&2; exit 1; }

mkdir -p "$scratch"
rm -rf "$scratch/runs"
if [ "${EXAMPLES_BY:-path}" = git ]; then
  scratch="$scratch-git"
  rm -rf "$scratch"
  git clone --quiet "$root" "$scratch/syn2real"
  git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -xf - -C "$scratch/syn2real"
  clone() { git -C "$scratch/syn2real" -c user.name=test -c user.email=test@localhost "$@"; }
  clone checkout --quiet -B present
  clone add -A
  clone commit --quiet --allow-empty -m "The present state"
  package="$scratch/OwnParts"
  build="$scratch/build"
  cp -R Examples/OwnParts "$package"
  sed -i "s|path: \"../..\"|url: \"file://$scratch/syn2real\", branch: \"present\"|; s|name: \"syn2real\", url|url|" \
    "$package/Package.swift"
  grep -q 'url: "file://' "$package/Package.swift" || fail "the example's manifest names no path to replace"
fi
# A clone of another package's build has no libtorch of its own.
export LIBTORCH="$root/.deps/torch/torch"
swift build -c release --package-path "$package" --scratch-path "$build"
output="$("$build/release/own-parts" "$scratch/runs")"
printf '%s\n' "$output"
for expected in "stopped, and resumed below" "feature-penalty" "noisy shapes" "a noisy disc is taken for a"; do
  grep -q "$expected" <<<"$output" || fail "expected '$expected' in what own-parts prints"
done
