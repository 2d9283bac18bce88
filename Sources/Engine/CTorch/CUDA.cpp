#include <c10/core/Event.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <Branch.h>

#include "Border.h"
#include "CUDALibrary.h"

using namespace border;

struct ct_cuda_graph {
  std::unique_ptr<cuda_library::Graph> work;
};

struct ct_branch {
  kernels::Branch work;
};

ct_tensor *ct_to_device_ahead(const ct_tensor *a, int index) {
  return produce([&] {
    const at::Device place = device(index);
    if (!place.is_cuda()) return a->value.to(place);
    const c10::impl::VirtualGuardImpl cuda(at::kCUDA);
    // There is one for each thread, since the allocator keeps a reserve for each stream.
    thread_local std::optional<c10::Stream> stream;
    if (!stream || stream->device() != place) stream = cuda.getStreamFromGlobalPool(place);
    const c10::Stream computing = cuda.getStream(place);
    at::Tensor result;
    {
      const c10::StreamGuard copying(*stream);
      result = a->value.to(place, a->value.scalar_type(), true);
    }
    c10::Event done(at::kCUDA);
    done.record(*stream);
    done.block(computing);
    // Its memory is not used again before the computations with it are done.
    cuda.recordDataPtrOnStream(result.storage().data_ptr(), computing);
    return result;
  });
}

ct_cuda_graph *ct_cuda_graph_begin(int index) {
  return answer<ct_cuda_graph *>(nullptr, [&] {
    const at::Device place = device(index);
    TORCH_CHECK(place.is_cuda(), "only the work of a CUDA device can be recorded");
    auto graph = std::make_unique<ct_cuda_graph>();
    graph->work = cuda_library::functions().record(place);
    kernels::set_recording(true);
    return graph.release();
  });
}

int ct_cuda_graph_end(ct_cuda_graph *graph) {
  return guard([&] {
    kernels::set_recording(false);
    graph->work->end();
  });
}

int ct_cuda_graph_replay(ct_cuda_graph *graph) {
  return guard([&] { graph->work->replay(); });
}

void ct_cuda_graph_free(ct_cuda_graph *graph) {
  guard([&] { delete graph; });
}

ct_branch *ct_branch_begin(int index) {
  return answer<ct_branch *>(nullptr, [&] { return new ct_branch{kernels::Branch(device(index))}; });
}

int ct_branch_end(ct_branch *branch) {
  return guard([&] { branch->work.end(); });
}

int ct_branch_join(ct_branch *branch) {
  return guard([&] { branch->work.join(); });
}

void ct_branch_free(ct_branch *branch) {
  guard([&] { delete branch; });
}
