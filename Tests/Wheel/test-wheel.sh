#!/usr/bin/env bash
# Installs the wheel in a new environment, as someone would who has pip alone, and tries it there: no Swift on the PATH, no
# variable of the toolchain, and a working folder outside of the checkout.
#   DEMO=full   runs the whole demo, which takes minutes, instead of `syn2real demo --quick`
#   KEEP=1      leaves the environment and the working folder where they are, and says where
set -euo pipefail
cd "$(dirname "$0")/../.."
checkout="$PWD"

say() { printf '\n== %s\n' "$*"; }
fail() { printf '%s\n' "test-wheel: $*" >&2; exit 1; }

version="$(sed -nE 's/.*current = "([^"]+)".*/\1/p' Sources/Experiments/Runs/Version.swift)"
compgen -G "dist/syn2real-$version-*.whl" >/dev/null || make wheel
wheel="$(realpath dist/"syn2real-$version"-*.whl)"

scratch="$(mktemp -d)"
if [ "${KEEP:-0}" = 1 ]; then
  printf '%s\n' "test-wheel: everything stays in $scratch" >&2
else
  trap 'rm -rf "$scratch"' EXIT
fi
environment="$scratch/environment" work="$scratch/work"
mkdir -p "$work" "$scratch/home"

say "$(basename "$wheel"), $(($(stat -c %s "$wheel") / 1000000)) MB; installing it"
python3 -m venv "$environment" || fail "python3 could not make an environment; install python3-venv."
start=$SECONDS
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check "$wheel" ||
  fail "pip could not install $wheel; check the network, the free disk space and the message above."
printf '%s\n' "pip install: $((SECONDS - start)) s, $(du -sm "$environment" | cut -f1) MB with PyTorch"

# inside COMMAND…: runs a command as the user of the wheel does.
inside() {
  (cd "$work" && env -i HOME="$scratch/home" PATH="$environment/bin:/usr/bin:/bin" LANG=C.UTF-8 "$@")
}

say "nothing of the toolchain or of this checkout"
inside bash -c 'command -v swift' && fail "swift is on the PATH of the test."
command="$(inside python -c 'import syn2real, os; print(os.path.dirname(syn2real.__file__))')/bin/syn2real"
paths="$(readelf -d "$command" | sed -nE 's/.*R(UN)?PATH.*\[(.*)\]/\2/p')"
printf '%s\n' "paths of libraries: $paths"
[ "$(tr ':' '\n' <<<"$paths" | grep -cv '^\$ORIGIN')" = 0 ] || fail "a path of the building machine is left: $paths"
libraries="$(inside ldd "$command")"
grep -q 'not found' <<<"$libraries" && fail "libraries are missing: $libraries"
grep -E "$checkout|swift" <<<"$libraries" | grep -vF "=> $environment/" && fail "a library is not of the environment: $libraries"
grep -E 'torch' <<<"$libraries"

say "start"
inside python - <<'E2'
import os, subprocess, time

def start():
    """Seconds by the clock, and of the processor."""
    begin = time.perf_counter()
    process = subprocess.Popen(["syn2real", "--version"], stdout=subprocess.DEVNULL)
    usage = os.wait4(process.pid, 0)[2]
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime

clock, processor = (sorted(times) for times in zip(*(start() for _ in range(12))))
print(f"syn2real --version: best {clock[0]:.3f} s, median {clock[6]:.3f} s of {len(clock)}; processor {processor[0]:.3f} s")
E2
[ "$(inside syn2real --version)" = "$version" ] || fail "--version is not $version."

say "demo"
options=()
[ "${DEMO:-quick}" = full ] || options=(--quick)
inside syn2real demo "${options[@]}" | tee "$scratch/demo.txt"
grep -q '^csg ' "$scratch/demo.txt" || fail "the demo printed no table."
report="$(sed -nE 's/^Report: //p' "$scratch/demo.txt")"
[ -s "$work/$report" ] || fail "the demo wrote no report."
inside syn2real demo "${options[@]}" 2>&1 >/dev/null | grep 'are finished; nothing is trained' ||
  fail "a second demo does not know that it is finished."

say "syn2real.load gives what syn2real predict computes"
inside python "$checkout/Tests/Wheel/test_load.py"

say "the whole way from pictures to a network in onnxruntime"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check onnxruntime==1.32.0 ||
  fail "pip could not install onnxruntime; check the network and the message above."
inside python "$checkout/Tests/Wheel/whole_way.py" "$work"

say "everything holds"
