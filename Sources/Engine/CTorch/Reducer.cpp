#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/distributed/c10d/reducer.hpp>

#include "GroupHandle.h"

using namespace border;

struct ct_reducer {
  std::unique_ptr<c10d::Reducer> value;
  bool has_seen_graph = false;
};

namespace {
/// Buckets of parameters in the order in which a backward pass reaches them: from the last to the first.
std::vector<std::vector<size_t>> buckets(const std::vector<at::Tensor> &parameters) {
  const auto [indices, limits] = c10d::compute_bucket_assignment_by_size(
      parameters, {c10d::kDefaultFirstBucketBytes, c10d::kDefaultBucketBytesCap});
  return {indices.rbegin(), indices.rend()};
}
}  // namespace

ct_reducer *ct_reducer_make(ct_process_group *group, ct_tensor *const *parameters, int count) {
  return answer<ct_reducer *>(nullptr, [&] {
    const auto tensors = values(parameters, count);
    auto reducer = std::make_unique<ct_reducer>();
    reducer->value = std::make_unique<c10d::Reducer>(
        tensors, buckets(tensors), group->value, std::vector<bool>(tensors.size(), false),
        c10d::kDefaultBucketBytesCap, false, false, std::unordered_map<size_t, std::string>(),
        c10d::kDefaultFirstBucketBytes, false, false, std::vector<int64_t>());
    // The same parameters get a gradient in every step, some of them several times: where parts of the network are computed
    // again, or run on several views.
    reducer->value->set_static_graph();
    return reducer.release();
  });
}

void ct_reducer_free(ct_reducer *reducer) {
  guard([&] { delete reducer; });
}

int ct_reducer_backward(ct_reducer *reducer, ct_tensor *loss) {
  return guard([&] {
    reducer->value->prepare_for_forward();
    reducer->value->rebuild_buckets();
    reducer->value->prepare_for_backward({loss->value});
    loss->value.backward();
    // In the first pass it only counts how often each parameter gets a gradient, as for DistributedDataParallel.
    if (!reducer->has_seen_graph) reducer->value->delay_all_reduce();
    reducer->has_seen_graph = true;
  });
}
