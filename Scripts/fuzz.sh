#!/usr/bin/env bash
# Fuzzes the readers of files that anyone may have made, one after the other, at low priority.
#   FUZZ_SECONDS=60    the time for each reader
#   FUZZ_TARGETS=…     the readers to fuzz; all by default
# Inputs that increase the coverage are kept in .build/fuzz/corpus, inputs on which a reader fails in .build/fuzz/findings.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds="${FUZZ_SECONDS:-60}"
targets="${FUZZ_TARGETS:-jpeg png webp pickle safetensors yaml list tar}"
images=Tests/Pictures/ImagingTests/Fixtures/files
tensors=Tests/Engine/TensorFilesTests/Fixtures

say() { printf '%s\n' "fuzz: $*" >&2; }

# The committed files that a corpus starts from.
seeds() {
  case "$1" in
    jpeg) echo $images/jpeg_*.jpg ;;
    png) find $images -name 'png_*.png' -size -3k ;;
    webp) echo $images/*.webp ;;
    pickle) find $tensors -name '*.pth' -size -8k ;;
    safetensors) echo $tensors/*.safetensors ;;
    tar) echo Tests/Data/DatasetsTests/Fixtures/archives/*.tar ;;
    yaml) find Recipes -name '*.yaml' -size -3k ;;
  esac
  [ ! -d "Tests/Fuzzing/Corpus/$1" ] || echo Tests/Fuzzing/Corpus/"$1"/*
}

# libFuzzer without a main function, from the clang that comes with the Swift toolchain.
toolchain="$(dirname "$(readlink -f "$(command -v swift)")")"
runtime="$(find "$toolchain/../lib/clang" -name 'libclang_rt.fuzzer_no_main-*.a' 2>/dev/null |
  grep -- "-$(uname -m)" | head -1)"
[ -n "$runtime" ] || { say "the Swift toolchain in $toolchain has no libFuzzer; nothing was fuzzed."; exit 1; }

say "building; the first time takes minutes"
SYN2REAL_FUZZER="$runtime" nice -n 15 swift build -c release --scratch-path .build/fuzz --product fuzz >&2 ||
  { say "the targets could not be built; nothing was fuzzed."; exit 1; }

failed=0
for target in $targets; do
  corpus=".build/fuzz/corpus/$target"
  mkdir -p "$corpus" .build/fuzz/findings
  # shellcheck disable=SC2046
  cp -f $(seeds "$target") "$corpus"
  log=".build/fuzz/$target.log"
  if ASAN_OPTIONS="allocator_may_return_null=1:detect_leaks=0" \
    nice -n 15 .build/fuzz/release/fuzz "$target" -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix=".build/fuzz/findings/$target-" "$corpus" >"$log" 2>&1; then
    say "$target: $(awk '/number_of_executed_units/ { print $2 }' "$log") inputs in $seconds s, nothing found"
  else
    say "$target: FOUND $(sed -nE 's/.*Test unit written to (.*)/\1/p' "$log" | head -1), see $log"
    failed=1
  fi
done
rm -rf /dev/shm/syn2real-fuzz-*
exit $failed
