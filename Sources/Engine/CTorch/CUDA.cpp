#include <c10/core/CachingDeviceAllocator.h>
#include <c10/core/Event.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>

#include "Border.h"

using namespace border;

namespace {

/// at::cuda::CUDAGraph of libtorch_cuda, which is opened at run time and not linked: its members by their symbols.
class Graph {
 public:
  Graph() { member<void (*)(void *, bool)>("C1Eb")(storage, false); }
  Graph(const Graph &) = delete;
  ~Graph() { destroy(storage); }

  void begin() {
    // Only what this thread does may spoil the recording: others fetch batches meanwhile.
    constexpr int thread_local_mode = 1;
    using Begin = void (*)(void *, c10::MempoolId_t, int);
    member<Begin>("13capture_beginESt4pairIyyE21cudaStreamCaptureMode")(
        storage, {0, 0}, thread_local_mode);
  }
  void end() { member<void (*)(void *)>("11capture_endEv")(storage); }
  void replay() { member<void (*)(void *)>("6replayEv")(storage); }

 private:
  /// Ample: the class has about 100 bytes.
  alignas(std::max_align_t) unsigned char storage[1024] = {};
  /// Looked up at once, so that destruction cannot fail.
  void (*const destroy)(void *) = member<void (*)(void *)>("D1Ev");

  template <typename Function>
  static Function member(const char *name) {
    const std::string symbol = std::string("_ZN2at4cuda9CUDAGraph") + name;
    void *address = dlsym(RTLD_DEFAULT, symbol.c_str());
    TORCH_CHECK(address != nullptr, "this libtorch has no CUDA graphs (", symbol, ")");
    return reinterpret_cast<Function>(address);
  }
};

/// Makes a stream and its device this thread's current ones for a while.
class CurrentStream {
 public:
  CurrentStream(const c10::impl::VirtualGuardImpl &cuda, c10::Stream stream)
      : cuda(cuda), device_before(cuda.exchangeDevice(stream.device())),
        stream_before(cuda.exchangeStream(stream)) {}
  CurrentStream(const CurrentStream &) = delete;
  ~CurrentStream() {
    cuda.exchangeStream(stream_before);
    cuda.exchangeDevice(device_before);
  }

 private:
  const c10::impl::VirtualGuardImpl cuda;
  const c10::Device device_before;
  const c10::Stream stream_before;
};

}  // namespace

struct ct_cuda_graph {
  Graph graph;
  /// While it is recorded.
  std::unique_ptr<CurrentStream> stream;
};

ct_tensor *ct_to_device_ahead(const ct_tensor *a, int index) {
  return produce([&] {
    const at::Device place = device(index);
    if (!place.is_cuda()) return a->value.to(place);
    const c10::impl::VirtualGuardImpl cuda(at::kCUDA);
    // One for the thread: the allocator keeps a reserve for each.
    thread_local std::optional<c10::Stream> stream;
    if (!stream || stream->device() != place) stream = cuda.getStreamFromGlobalPool(place);
    const c10::Stream computing = cuda.getStream(place);
    at::Tensor result;
    {
      const CurrentStream copying(cuda, *stream);
      result = a->value.to(place, a->value.scalar_type(), true);
    }
    c10::Event done(at::kCUDA);
    done.record(*stream);
    done.block(computing);
    // Its memory is not used again before what is computed with it is done.
    cuda.recordDataPtrOnStream(result.storage().data_ptr(), computing);
    return result;
  });
}

ct_cuda_graph *ct_cuda_graph_begin(int index) {
  ct_cuda_graph *result = nullptr;
  guard([&] {
    const at::Device place = device(index);
    TORCH_CHECK(place.is_cuda(), "only the work of a CUDA device can be recorded");
    const c10::impl::VirtualGuardImpl cuda(at::kCUDA);
    cuda.synchronizeDevice(place.index());
    // The recording's tensors get memory of their own; what earlier work keeps in reserve would be held beside it for good.
    at::getDeviceAllocator(at::kCUDA)->emptyCache();
    auto recording = std::make_unique<ct_cuda_graph>();
    // The default stream does not record.
    recording->stream =
        std::make_unique<CurrentStream>(cuda, cuda.getStreamFromGlobalPool(place));
    recording->graph.begin();
    result = recording.release();
  });
  return result;
}

int ct_cuda_graph_end(ct_cuda_graph *graph) {
  const int status = guard([&] { graph->graph.end(); });
  graph->stream.reset();
  return status;
}

int ct_cuda_graph_replay(ct_cuda_graph *graph) {
  return guard([&] { graph->graph.replay(); });
}

void ct_cuda_graph_free(ct_cuda_graph *graph) { delete graph; }
