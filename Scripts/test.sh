#!/usr/bin/env bash
# Runs the tests that a release build has left, those of each target in a process of its own: what one target does to the
# process, to libtorch's state and to its memory above all, cannot reach the others. TESTS="TorchTests YAMLTests" for some of them.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf '%s\n' "test: $*" >&2; exit 1; }

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
for target in ${TESTS:-$(grep -oE '"[A-Za-z0-9]+Tests"' Package.swift | tr -d '"' | sort -u)}; do
  swift test -c release --skip-build --no-parallel --filter "^$target\\." 2>&1 | tee "$log" ||
    fail "the tests of $target failed; see above."
  grep -qE 'Test run with [1-9][0-9]* tests?' "$log" || fail "$target has no tests."
done
