#include "InThreads.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>

#include "Vectors/Parallel.h"

namespace kernels {

namespace {

/// Keeps the operations of this thread to itself until the present parallel region ends.
void work_alone() {
  // libtorch sets the number of threads when a thread asks for it the first time, so that must be before.
  if (at::get_num_threads() == 1) return;
  // oneDNN divides work among as many threads as OpenMP promises, and inside a parallel region it would get only one.
  static const auto set_threads =
      reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "omp_set_num_threads"));
  if (set_threads != nullptr) set_threads(1);
}

}  // namespace

void in_threads(int64_t count, const std::function<void(int64_t)> &body) {
  in_parallel(count, [&](Range parts, auto) {
    if (parts.count() < count) work_alone();
    for (int64_t part = parts.begin; part < parts.end; part++) body(part);
  });
}

}  // namespace kernels
