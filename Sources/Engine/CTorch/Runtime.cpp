#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/ops/_sample_dirichlet.h>
#include <ATen/ops/empty.h>
#include <dlfcn.h>
#include <torch/csrc/api/include/torch/version.h>

#include "Border.h"

using namespace border;

struct ct_generator {
  at::Generator value;
};

std::string border::beside_libtorch(const std::string &file) {
  Dl_info library;
  TORCH_CHECK(
      dladdr(reinterpret_cast<void *>(&at::get_num_threads), &library) != 0,
      "the folder of libtorch could not be found");
  const std::string path = library.dli_fname;
  return path.substr(0, path.find_last_of('/') + 1) + file;
}

const char *ct_version(void) {
  return answer("", [] { return TORCH_VERSION; });
}

int ct_threads(void) {
  return answer(1, [] { return at::get_num_threads(); });
}

int ct_set_threads(int count) {
  return guard([&] { at::set_num_threads(count); });
}

int ct_load_cuda(void) {
  return guard([] {
    // Without a driver there is no point in opening gigabytes of libraries.
    TORCH_CHECK(
        dlopen("libcuda.so.1", RTLD_NOW | RTLD_GLOBAL) != nullptr, "no NVIDIA driver is installed");
    // libtorch_cuda registers itself when it is opened; it lies beside libtorch_cpu.
    void *handle = dlopen(beside_libtorch("libtorch_cuda.so").c_str(), RTLD_NOW | RTLD_GLOBAL);
    TORCH_CHECK(handle != nullptr, "libtorch_cuda could not be opened: ", dlerror());
    TORCH_CHECK(at::detail::getCUDAHooks().hasCUDA(), "no CUDA driver or device answers");
  });
}

int ct_cuda_device_count(void) {
  return answer(0, [] { return static_cast<int>(at::detail::getCUDAHooks().deviceCount()); });
}

ct_generator *ct_generator_make(uint64_t seed, int index) {
  return answer<ct_generator *>(nullptr, [&] {
    auto generator = at::globalContext().defaultGenerator(device(index)).clone();
    generator.set_current_seed(seed);
    return new ct_generator{generator};
  });
}

void ct_generator_free(ct_generator *generator) {
  guard([&] { delete generator; });
}

ct_tensor *ct_generator_state(const ct_generator *generator) {
  return produce([&] { return generator->value.get_state(); });
}

int ct_generator_restore(ct_generator *generator, const ct_tensor *state) {
  return guard([&] { generator->value.set_state(state->value); });
}

ct_tensor *ct_random_normal(
    const int64_t *shape, int rank, int dtype, int index, ct_generator *generator) {
  return produce([&] {
    return at::empty(list(shape, rank), options(dtype, index)).normal_(0, 1, generator->value);
  });
}

ct_tensor *ct_random_uniform(
    const int64_t *shape, int rank, int dtype, int index, ct_generator *generator) {
  return produce([&] {
    return at::empty(list(shape, rank), options(dtype, index)).uniform_(0, 1, generator->value);
  });
}

ct_tensor *ct_random_dirichlet(const ct_tensor *concentrations, ct_generator *generator) {
  return produce([&] {
    return at::_sample_dirichlet(concentrations->value, generator->value);
  });
}
