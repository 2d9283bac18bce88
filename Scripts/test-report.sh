#!/usr/bin/env bash
# Reports in headless Chromium, with packages of its own (.deps/report-packages, fetched once); screenshots in .build/report.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.deps/report-packages
packages=(selenium==4.39.0)
debian=(chromium chromium-driver)

fail() { printf '%s\n' "test-report: $*" >&2; exit 1; }

missing=()
for package in "${debian[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  printf '%s\n' "test-report: installing ${missing[*]}" >&2
  "${as_root[@]}" apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    fail "apt-get could not install ${missing[*]}; check the network and the message above."
fi
if [ "$(cat "$folder/complete" 2>/dev/null)" != "${packages[*]}" ]; then
  printf '%s\n' "test-report: installing ${packages[*]} into $folder" >&2
  rm -rf "$folder"
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
    --no-user --target "$folder" "${packages[@]}" ||
    fail "pip could not install ${packages[*]}; check the network and the message above."
  printf '%s' "${packages[*]}" >"$folder/complete"
fi
PYTHONPATH="$PWD/$folder" python3 Tests/Report/test_report.py "$PWD/.build/release/syn2real" "$PWD/.build/report"
