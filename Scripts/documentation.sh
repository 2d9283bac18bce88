#!/usr/bin/env bash
# Builds the documentation as static HTML: the articles of Documentation/Syn2Real.docc, and the public declarations of the
# library's modules with their comments, into .build/documentation. Takes the modules that a release build has left.
# A link that leads nowhere is an error, in articles and in comments.
set -euo pipefail
cd "$(dirname "$0")/.."

output=.build/documentation
build=.build/release
graphs=.build/symbol-graphs
# The modules of the package's libraries.
modules="ElementTypes Settings Torch TorchNN TensorFiles Imaging Pipelines Datasets DemoData Backbones Generalization
  Registry Runs Inference Export Training Analysis Recipes Reporting Syn2RealCommand"

say() { printf '%s\n' "documentation: $*" >&2; }

docc="$(dirname "$(readlink -f "$(command -v swift)")")/docc"
[ -x "$docc" ] || docc="$(command -v docc)" ||
  { say "there is no docc, neither beside the Swift compiler nor on the path; it comes with the Swift toolchain."; exit 1; }

# Where the modules of C are described: ours that were built, and those of the system's libraries.
flags=(-I "$build/Modules")
for map in "$build"/*.build/module.modulemap Sources/System/*/module.modulemap; do flags+=(-I "$(dirname "$map")"); done
for flag in $(pkg-config --cflags freetype2 zlib yaml-0.1 libjpeg spng libdeflate libwebp); do flags+=(-Xcc "$flag"); done
target="$(swift -print-target-info | sed -nE 's/.*"triple": "([^"]+)".*/\1/p' | head -1)"

rm -rf "$graphs"
mkdir -p "$graphs"
for module in $modules; do
  [ -f "$build/Modules/$module.swiftmodule" ] || { say "$module is not built; run 'make build' first."; exit 1; }
  swift symbolgraph-extract -module-name "$module" "${flags[@]}" -target "$target" -sdk / \
    -minimum-access-level public -skip-inherited-docs -skip-synthesized-members -output-dir "$graphs"
done

python3 Scripts/check-public-modules.py "$graphs" >&2 || { say "a product lacks what its declarations name."; exit 1; }

# Comments here leave out parameters whose names say what they are, which docc warns of; every other finding is an error, a link
# that leads nowhere above all.
findings="$graphs/findings.txt"
rm -rf "$output"
"$docc" convert Documentation/Syn2Real.docc --additional-symbol-graph-dir "$graphs" --output-path "$output" \
  --fallback-display-name Syn2Real --fallback-bundle-identifier syn2real --transform-for-static-hosting \
  --ide-console-output >"$findings" 2>&1 || { cat "$findings" >&2; say "docc failed."; exit 1; }
if grep -E '(warning|error): ' "$findings" | grep -v "^.*warning: Parameter '.*' is missing documentation" >&2; then
  rm -rf "$output"
  say "mend what docc found."
  exit 1
fi
say "built $output, for any web server (python3 -m http.server --directory $output); it begins at /documentation/syn2real"
