#include "CUDALibrary.h"

#include <dlfcn.h>
#include <unistd.h>

#include <filesystem>

#include "Border.h"

namespace {
/// Beside the program, where a package has it, or beside libtorch, where it was built.
std::string place_of_library() {
  const std::string file = "libctorch_cuda.so";
  std::error_code error;
  const auto own = std::filesystem::read_symlink("/proc/self/exe", error).replace_filename(file);
  return !error && access(own.c_str(), R_OK) == 0 ? own.string() : border::beside_libtorch(file);
}

const cuda_library::Functions &opened() {
  TORCH_CHECK(
      dlopen(border::beside_libtorch("libtorch_cuda.so").c_str(), RTLD_LAZY | RTLD_NOLOAD) !=
          nullptr,
      "no CUDA device is in use");
  const std::string path = place_of_library();
  void *library = dlopen(path.c_str(), RTLD_NOW);
  TORCH_CHECK(library != nullptr, "syn2real's part for CUDA could not be opened: ", dlerror());
  void *functions = dlsym(library, CTORCH_CUDA_FUNCTIONS_NAME);
  TORCH_CHECK(functions != nullptr, path, " is of another version of syn2real");
  return *reinterpret_cast<decltype(&CTORCH_CUDA_FUNCTIONS)>(functions)();
}
}  // namespace

const cuda_library::Functions &cuda_library::functions() {
  static const Functions &found = opened();
  return found;
}
