#!/usr/bin/env bash
# Runs tests under clang's sanitizers, each in its own build below .build.
#   SANITIZERS="address thread"    the sanitizers to use
# libtorch's own code is not built for them: what happens inside it is not seen.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "sanitize: $*" >&2; }

# tests NAME WANTED UNWANTED ARGUMENTS…: builds all tests with the arguments and runs those with wanted names.
tests() {
  local name="$1" wanted="$2" unwanted="$3"
  shift 3
  say "$name: building; the first time takes many minutes"
  nice -n 15 swift build -c release --build-tests --scratch-path ".build/$name" "$@" >&2
  nice -n 15 swift test -c release --skip-build --scratch-path ".build/$name" "$@" \
    --filter "$wanted" --skip "$unwanted"
}

# Addresses and undefined behaviour: all C and C++ code of the project, and the Swift code around it. libtorch keeps memory
# until the process ends, which is not a leak of the project; its containers grow in code that is not built for the checks.
address() {
  export ASAN_OPTIONS="detect_leaks=0:detect_container_overflow=0:allocator_may_return_null=1"
  export UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1"
  # Tests of the content or the amount of memory would measure the sanitizer.
  tests address '^(CPixels|Imaging|Lettering|Datasets|FileInput|TensorFiles|YAML|Torch)Tests\.' \
    'UnwrittenMemoryTests|HostileFileTests|MemoryTests' \
    --sanitize address -Xcc -fsanitize=undefined -Xcxx -fsanitize=undefined \
    -Xswiftc -Xclang-linker -Xswiftc -fsanitize=undefined
}

# Races: the loaders, which are the project's own code, and the code that passes batches to the trainer. The barriers in
# libtorch's build of OpenMP are not seen, so that each of its parallel loops would be reported as a race: it is left out.
thread() {
  export TSAN_OPTIONS="suppressions=$PWD/Scripts/thread-sanitizer.supp:halt_on_error=1"
  tests thread '^DatasetsTests\..*(Loader|Reader|Styled|Samples)|^TrainingTests\.(BatchFeed|Stepper)' '^$' \
    --sanitize thread
}

for sanitizer in ${SANITIZERS:-address thread}; do "$sanitizer"; done
say "nothing found"
