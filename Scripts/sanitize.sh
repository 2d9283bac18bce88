#!/usr/bin/env bash
# Runs tests under clang's sanitizers, each in a build of its own below .build.
#   SANITIZERS="address thread"    which
# libtorch's own code is not built for them: what happens inside of it is not seen.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "sanitize: $*" >&2; }

# tests NAME WANTED UNWANTED ARGUMENTS…: builds all tests with the arguments and runs those of the names that are wanted.
tests() {
  local name="$1" wanted="$2" unwanted="$3"
  shift 3
  say "$name: building; the first time takes many minutes"
  nice -n 15 swift build -c release --build-tests --scratch-path ".build/$name" "$@" >&2
  nice -n 15 swift test -c release --skip-build --scratch-path ".build/$name" "$@" \
    --filter "$wanted" --skip "$unwanted"
}

# Addresses and undefined behaviour: all C and C++ of ours, and the Swift around it. libtorch leaves memory to the end of the
# process, which is no leak of ours; its containers grow in code that does not say so.
address() {
  export ASAN_OPTIONS="detect_leaks=0:detect_container_overflow=0:allocator_may_return_null=1"
  export UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1"
  # Tests of what memory holds, or of how much there is of it, measure the sanitizer.
  tests address '^(CPixels|Imaging|Lettering|Datasets|FileInput|TensorFiles|YAML|Torch)Tests\.' \
    'UnwrittenMemoryTests|HostileFileTests|MemoryTests' \
    --sanitize address -Xcc -fsanitize=undefined -Xcxx -fsanitize=undefined \
    -Xswiftc -Xclang-linker -Xswiftc -fsanitize=undefined
}

# Races: the loaders, which are ours alone, and what feeds the trainer from them. OpenMP's barriers are not seen in libtorch's
# build of it, so that each of its parallel loops would be called a race: what it does is left out.
thread() {
  export TSAN_OPTIONS="suppressions=$PWD/Scripts/thread-sanitizer.supp:halt_on_error=1"
  tests thread '^DatasetsTests\..*(Loader|Reader|Styled|Samples)|^TrainingTests\.(BatchFeed|Stepper)' '^$' \
    --sanitize thread
}

for sanitizer in ${SANITIZERS:-address thread}; do "$sanitizer"; done
say "nothing found"
