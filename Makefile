# Everything that is needed is fetched on the way. CUDA=1 fetches libtorch's CUDA libraries too, TORCH_VERSION= another libtorch.

BUILD := swift build -c release
SYN2REAL := .build/release/syn2real
PREFIX ?= /usr/local

# Settings by which a user's `cd` prints folders or goes elsewhere, and pip installs elsewhere or not at all.
unexport CDPATH
export PIP_REQUIRE_VIRTUALENV := 0
export PIP_USER := 0
export PIP_TARGET :=
export PIP_PREFIX :=

.PHONY: help demo demo-segmentation test test-python test-report soak build install uninstall wheel test-wheel documentation bench fuzz sanitize \
  setup format lint clean

# This list.
help:
	@echo "make TARGET, where TARGET is one of:"
	@awk '/^# / { if (text == "") text = substr($$0, 3); next } \
	  /^[a-z-]+:/ && text != "" { sub(/:.*/, ""); printf "  %-18s %s\n", $$0, text } { text = "" }' Makefile

# Trains vanilla and CSG on drawings, and judges both on photographs neither has seen.
demo: build
	$(SYN2REAL) demo --data drawings-photographs

# The same on drawn streets with a class for every pixel, judged on another rendering style.
demo-segmentation: build
	$(SYN2REAL) demo --data streets

# Builds, lints and tests: units, the command, exported networks, the wheel, Examples, reports in a browser (Scripts/test.sh).
test: setup lint
	swift build -c release --build-tests
	@Scripts/test.sh

# Exported networks of every backbone and head beside onnxruntime's; PYTHON_TEST="--backbones resnet18" for some of them.
test-python: setup
	$(BUILD) --product syn2real
	$(BUILD) --product export-samples
	@Scripts/test-python.sh $(PYTHON_TEST)

# Reports in headless Chromium, at three widths, light and dark; screenshots in .build/report.
test-report: build
	@Scripts/test-report.sh

# A run is killed 500 times, where `make test` kills it 20 times; KILLS= for another number.
soak: setup
	swift build -c release --build-tests
	SYN2REAL_KILLS=$(or $(KILLS),500) swift test -c release --skip-build --filter KillTests

# The command, as .build/release/syn2real.
build: setup
	$(BUILD) --product syn2real

# The command with recipes, weights and libtorch below PREFIX=/usr/local; DESTDIR= for packages.
install: setup
	@Scripts/install.sh "$(DESTDIR)" "$(PREFIX)"

# Removes what `make install` put below PREFIX=/usr/local.
uninstall:
	rm -rf "$(DESTDIR)$(PREFIX)/lib/syn2real"
	rm -f "$(DESTDIR)$(PREFIX)/bin/syn2real"

# dist/syn2real-VERSION-py3-none-manylinux_…_x86_64.whl, which pip installs without a toolchain.
wheel: setup
	@Scripts/wheel.sh

# Installs the wheel in an environment of its own and tries it there, without a toolchain.
test-wheel:
	@Tests/Wheel/test-wheel.sh

# Articles and public declarations as static HTML in .build/documentation; a link that leads nowhere is an error.
documentation: build
	@Scripts/documentation.sh

# Speed and memory beside plain PyTorch, in its own environment; BENCH="--quick --cases step" for less.
bench: build
	$(BUILD) --product benchmark
	@Benchmarks/setup.sh
	$(SYN2REAL) datasets make drawings-photographs
	.deps/bench-venv/bin/python Benchmarks/compare.py $(BENCH)

# Readers of files under libFuzzer, a minute each; FUZZ_SECONDS=3600 for longer, FUZZ_TARGETS="jpeg png" for some of them.
fuzz: setup
	@Scripts/fuzz.sh

# Tests under the sanitizers of addresses, undefined behaviour and threads; SANITIZERS=thread for one of the two builds.
sanitize: setup
	@Scripts/sanitize.sh

# Fetches what building needs, into .deps and by apt-get.
setup:
	@Scripts/setup.sh

# Formats the sources by the committed rules.
format:
	swift format -i -r Package.swift Sources Tests Benchmarks Examples

# Checks the format.
lint:
	swift format lint --strict -r Package.swift Sources Tests Benchmarks Examples

# Removes what was built; downloads (.deps), data and runs stay.
clean:
	rm -rf .build
