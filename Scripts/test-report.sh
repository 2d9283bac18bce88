#!/usr/bin/env bash
# Reports in headless Chromium, with packages of its own (.deps/report-packages, fetched once); screenshots in .build/report.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.deps/report-packages
packages=(selenium==4.39.0)
debian=(chromium chromium-driver)

say() { printf '%s\n' "test-report: $*" >&2; }
fail() { say "$*"; exit 1; }
source Scripts/packages.sh

install_debian "${debian[@]}"
python_packages "$folder" "${packages[@]}"
PYTHONPATH="$PWD/$folder" python3 Tests/Report/test_report.py "$PWD/.build/release/syn2real" "$PWD/.build/report"
