#include "Graph.h"
#include "NCCL.h"

namespace {
class AllFunctions final : public cuda_library::Functions {
 public:
  std::unique_ptr<cuda_library::Graph> record(c10::Device device) const override {
    return recorded_graph(device);
  }

  c10::intrusive_ptr<c10d::Backend> connect(
      const c10::intrusive_ptr<c10d::Store> &store, int rank, int size, c10::Device device,
      std::chrono::milliseconds timeout) const override {
    return nccl_connection(store, rank, size, device, timeout);
  }
};
}  // namespace

extern "C" __attribute__((visibility("default"))) const cuda_library::Functions *
CTORCH_CUDA_FUNCTIONS() {
  static const AllFunctions functions;
  return &functions;
}
