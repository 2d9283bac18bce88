#include "NCCL.h"

// Scripts/setup.sh goes on where it cannot fetch the header.
#if __has_include(<nccl.h>)

#define USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>

c10::intrusive_ptr<c10d::Backend> nccl_connection(
    const c10::intrusive_ptr<c10d::Store> &store, int rank, int size, c10::Device device,
    std::chrono::milliseconds timeout) {
  auto options = c10d::ProcessGroupNCCL::Options::create();
  options->timeout = timeout;
  auto nccl = c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
  // Otherwise the first operation would connect, and fail where nobody expects it.
  nccl->eagerConnectSingleDevice(device);
  return nccl;
}

#else

c10::intrusive_ptr<c10d::Backend> nccl_connection(
    const c10::intrusive_ptr<c10d::Store> &, int, int, c10::Device, std::chrono::milliseconds) {
  TORCH_CHECK(false, "syn2real's part for CUDA was compiled without the header of NCCL");
}

#endif
