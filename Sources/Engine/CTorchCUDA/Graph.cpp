#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/util/ScopeExit.h>

#include <optional>

#include "Graph.h"

namespace {

class RecordedGraph final : public cuda_library::Graph {
 public:
  explicit RecordedGraph(c10::Device device) {
    {
      const c10::cuda::CUDAGuard current(device);
      c10::cuda::device_synchronize();
    }
    // The tensors of the recording get their own memory, so the reserve of earlier work would be held unused from now on.
    c10::cuda::CUDACachingAllocator::emptyCache();
    // The default stream does not record.
    stream.emplace(c10::cuda::getStreamFromPool(false, device.index()));
    // Only this thread's calls may invalidate the recording: other threads fetch batches meanwhile.
    graph.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
  }

  void end() override {
    // Even if the recording fails, it must not swallow what this thread does next.
    const auto leave = c10::make_scope_exit([this] { stream.reset(); });
    graph.capture_end();
  }

  void replay() override { graph.replay(); }

 private:
  at::cuda::CUDAGraph graph;
  /// The stream that is used during the recording.
  std::optional<c10::cuda::CUDAStreamGuard> stream;
};

}  // namespace

std::unique_ptr<cuda_library::Graph> recorded_graph(c10::Device device) {
  return std::make_unique<RecordedGraph>(device);
}
