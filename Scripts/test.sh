#!/usr/bin/env bash
# Runs what a release build has left to be tested, in jobs side by side, one more than there are cores, since some of them wait:
#   * the tests of each target in a process of their own: what one target does to the process, to libtorch's state and to its
#     memory above all, cannot reach the others. Those of CommandTests, by far the longest, have one for each suite;
#   * exported networks and the wheel (test-python.sh), the program of Examples, and reports in a browser.
# What a job prints is kept in .build/test-logs and shown where the job fails; all others go on, and the end names those that failed.
#   TESTS="TorchTests CommandTests"   the tests of these targets alone
#   JOBS=1                            as many jobs at a time
set -euo pipefail
cd "$(dirname "$0")/.."

logs=.build/test-logs
program=(.build/release/*PackageTests.xctest)
backbones=resnet18,resnet50-ibn-a,resnet18-ibn-b,efficientnet-lite0
# One thread for each job. Threads that share every operation wait for each other at its end, beside another job for as long
# as that has their cores: BackbonesTests took 272 s in two threads beside one of two, and takes 55 in one. Jobs of several
# threads must not wait by spinning.
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}" GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-1000}"

say() { printf '%s\n' "test: $*" >&2; }
fail() { say "$*"; exit 1; }

# The built tests: tests ARGUMENT… Runs that they start and send signals must heed these under nohup too.
tests() { env --default-signal "${program[0]}" --testing-library swift-testing "$@"; }

# The command of a job, which is the name of a target or suite, or of what is tested otherwise.
perform() {
  case "$1" in
    python) Scripts/test-python.sh --backbones "$backbones" ;;
    examples) Scripts/test-examples.sh ;;
    report) Scripts/test-report.sh ;;
    # Here it is threads that are tested, among others.
    TorchTests | TorchNNTests | InferenceTests) OMP_NUM_THREADS=2 tests --no-parallel --filter "^$1[./]" ;;
    *) tests --no-parallel --filter "^$1[./]" ;;
  esac
}

# One job with its output in a file, and a line about it when it is done.
run() {
  local job="$1" log="$logs/${1##*/}.log" begun=$SECONDS count='' status=0
  perform "$job" >"$log" 2>&1 || status=$?
  case "$job" in
    python | examples | report) ;;
    *)
      count="$(sed -nE 's/.*Test run with ([1-9][0-9]* tests?) .*/, \1/p' "$log" | tail -1)"
      [ -n "$count" ] || { echo "test: no test of $job was run." >>"$log"; status=1; }
      ;;
  esac
  exec 9>"$logs/lock"
  flock 9
  if [ "$status" = 0 ]; then
    say "${job##*/} passed$count, $((SECONDS - begun)) s"
  else
    cat "$log" >&2
    say "${job##*/} failed with status $status, $((SECONDS - begun)) s; its output is above and in $log"
    printf '%s\n' "${job##*/}" >>"$logs/failed"
  fi
}

if [ "${1:-}" = --job ]; then
  run "$2"
  exit
fi

[ -x "${program[0]}" ] || fail "no tests are built; run 'make test', or 'swift build -c release --build-tests' before."
rm -rf "$logs"
mkdir -p "$logs"
tests --list-tests >"$logs/list"
jobs=()
[ -n "${TESTS:-}" ] || jobs+=(python examples report)
suites=()
for target in ${TESTS:-$(grep -oE '"[A-Za-z0-9]+Tests"' Package.swift | tr -d '"' | sort -u)}; do
  grep -q "^$target\." "$logs/list" || fail "$target has no tests."
  case "$target" in
    CommandTests) mapfile -t suites < <(sed -nE 's|^(CommandTests\.[A-Za-z0-9_/]+)/.*|\1|p' "$logs/list" | sort -u) ;;
    *) jobs+=("$target") ;;
  esac
done
printf '%s\n' "${jobs[@]}" ${suites[@]+"${suites[@]}"} | xargs -d '\n' -n 1 -P "${JOBS:-$(($(nproc) + 1))}" Scripts/test.sh --job ||
  fail "a job could not be run; see above."
[ ! -e "$logs/failed" ] || fail "failed: $(sort "$logs/failed" | paste -sd ' '); what they printed is in $logs."
