#include "GroupHandle.h"

#include <ATen/ops/empty_like.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>

#include <iostream>
#include <mutex>

#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include "CUDALibrary.h"
#include "StoreHandle.h"

using namespace border;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {
/// Gloo tells its connections on standard output, which belongs to results. Several threads may join at once.
class QuietOutput {
 public:
  QuietOutput() {
    const std::lock_guard<std::mutex> lock(mutex);
    // Not a null pointer: another thread may be writing.
    if (count++ == 0) before = std::cout.rdbuf(&nowhere);
  }
  ~QuietOutput() {
    const std::lock_guard<std::mutex> lock(mutex);
    if (--count == 0) std::cout.rdbuf(before);
  }

 private:
  struct Nowhere : std::streambuf {
    int overflow(int character) override { return character; }
  };

  static inline Nowhere nowhere;
  static inline std::mutex mutex;
  static inline int count = 0;
  static inline std::streambuf *before = nullptr;
};

void sum_in_place(c10d::ProcessGroup &group, const at::Tensor &tensor) {
  std::vector<at::Tensor> tensors{tensor};
  group.allreduce(tensors)->wait();
}

struct SumOver : torch::autograd::Function<SumOver> {
  static at::Tensor forward(
      AutogradContext *context, const at::Tensor &tensor,
      const c10::intrusive_ptr<c10d::ProcessGroup> &group) {
    context->saved_data["group"] = c10::IValue(group);
    return sum(tensor, *group);
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto group = context->saved_data["group"].toCustomClass<c10d::ProcessGroup>();
    return {sum(gradients[0], *group), at::Tensor()};
  }

 private:
  static at::Tensor sum(const at::Tensor &tensor, c10d::ProcessGroup &group) {
    const auto total = tensor.detach().clone(at::MemoryFormat::Contiguous);
    sum_in_place(group, total);
    return total;
  }
};
}  // namespace

ct_process_group *ct_process_group_join(
    ct_store *store, const char *keys, int rank, int size, const char *address, int device_index,
    int64_t timeout_milliseconds) {
  return answer<ct_process_group *>(nullptr, [&] {
    const std::chrono::milliseconds timeout(timeout_milliseconds);
    auto own = c10::make_intrusive<c10d::PrefixStore>(keys, store->value);
    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    if (*address == '\0') {
      options = c10d::ProcessGroupGloo::Options::create_default(timeout);
    } else {
      options->devices = {c10d::ProcessGroupGloo::createDeviceForHostname(address)};
    }
    c10::intrusive_ptr<c10d::Backend> gloo;
    {
      const QuietOutput quiet;
      gloo = c10::make_intrusive<c10d::ProcessGroupGloo>(own, rank, size, options);
    }
    auto group = std::make_unique<ct_process_group>();
    group->value = c10::make_intrusive<c10d::ProcessGroup>(own, rank, size);
    group->value->setBackend(at::kCPU, c10d::ProcessGroup::BackendType::GLOO, gloo);
    group->value->setDefaultBackend(c10d::ProcessGroup::BackendType::GLOO);
    const at::Device place = device(device_index);
    if (place.is_cuda()) {
      const auto nccl = cuda_library::functions().connect(
          c10::make_intrusive<c10d::PrefixStore>("nccl", own), rank, size, place, timeout);
      group->value->setBackend(at::kCUDA, c10d::ProcessGroup::BackendType::NCCL, nccl);
    }
    return group.release();
  });
}

void ct_process_group_free(ct_process_group *group) {
  guard([&] { delete group; });
}

int ct_all_reduce(ct_process_group *group, ct_tensor *tensor) {
  return guard([&] { sum_in_place(*group->value, tensor->value); });
}

ct_tensor *ct_all_gather(ct_process_group *group, const ct_tensor *tensor) {
  return produce([&] {
    std::vector<at::Tensor> inputs{tensor->value.detach().contiguous()};
    std::vector<std::vector<at::Tensor>> outputs(1);
    for (int i = 0; i < group->value->getSize(); i++) {
      outputs[0].push_back(at::empty_like(inputs[0]));
    }
    group->value->allgather(outputs, inputs)->wait();
    return at::stack(outputs[0]);
  });
}

int ct_broadcast(ct_process_group *group, ct_tensor *tensor, int root) {
  return guard([&] {
    std::vector<at::Tensor> tensors{tensor->value.detach()};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    group->value->broadcast(tensors, options)->wait();
  });
}

int ct_barrier(ct_process_group *group) {
  // c10d's own barrier has one tensor for the whole program, which several groups in several threads free twice.
  return guard([&] { sum_in_place(*group->value, at::zeros({1})); });
}

ct_tensor *ct_sum_over(ct_process_group *group, const ct_tensor *tensor) {
  return produce([&] { return SumOver::apply(tensor->value, group->value); });
}
