# What the scripts share that fetch packages; they define say and fail, which prints and ends.

# install_debian PACKAGE…: installs those that are missing.
install_debian() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null ||
    fail "no apt-get here; install the counterparts of these Debian packages by hand: ${missing[*]}."
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "not root and no sudo; ask an administrator to run: apt-get install ${missing[*]}."
    as_root=(sudo)
  fi
  say "installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq || say "apt-get update failed; going on with the lists at hand."
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/dev/null ||
    fail "apt-get could not install ${missing[*]}; check the network and the message above."
}

# pip_install FOLDER ARGUMENTS…: installs into a folder of the checkout, regardless of Python's own site settings.
pip_install() {
  local folder="$1"
  shift
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
    --no-user --target "$folder" "$@" ||
    fail "pip could not install $*; check the network, the free disk space and the message above."
}

# python_packages FOLDER REQUIREMENT…: packages for scripts of the checkout, anew where the list or Python's version has changed.
python_packages() {
  local folder="$1" made
  shift
  made="$(python3 -V): $*"
  [ "$(cat "$folder/complete" 2>/dev/null)" = "$made" ] && return
  say "installing $* into $folder"
  rm -rf "$folder"
  pip_install "$folder" "$@"
  printf '%s' "$made" >"$folder/complete"
}
