#include <ATen/ops/cat.h>
#include <ATen/ops/zeros_like.h>
#include <InThreads.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/functions/accumulate_grad.h>
#include <torch/csrc/autograd/functions/utils.h>

#include <algorithm>
#include <unordered_set>

#include "Border.h"

using namespace border;
using torch::autograd::variable_list;

namespace {

/// What one thread made of its rows.
struct Part {
  at::Tensor rows;
  variable_list outputs;
};

/// The leaves with gradients on which a part's outputs depend besides its rows.
variable_list parameters(const Part &part) {
  std::unordered_set<torch::autograd::Node *> seen;
  std::vector<torch::autograd::Node *> open;
  variable_list found;
  const auto add = [&](torch::autograd::Node *node) {
    if (node != nullptr && seen.insert(node).second) open.push_back(node);
  };
  for (const auto &output : part.outputs) add(output.grad_fn().get());
  while (!open.empty()) {
    auto *node = open.back();
    open.pop_back();
    const auto *leaf = dynamic_cast<torch::autograd::AccumulateGrad *>(node);
    if (leaf != nullptr && !leaf->variable.is_same(part.rows)) found.push_back(leaf->variable);
    for (const auto &edge : node->next_edges()) add(edge.function.get());
  }
  return found;
}

/// Goes back through the parts of a pass, each in a thread of its own.
struct ThreadedPass : torch::autograd::Node {
  std::vector<Part> parts;
  variable_list leaves;

  /// - leaves: the parameters of the pass.
  ThreadedPass(const at::Tensor &input, std::vector<Part> parts, variable_list leaves)
      : parts(std::move(parts)), leaves(std::move(leaves)) {
    variable_list operands{input};
    operands.insert(operands.end(), this->leaves.begin(), this->leaves.end());
    set_next_edges(torch::autograd::collect_next_edges(at::TensorList(operands)));
  }

  std::string name() const override { return "ThreadedPass"; }

  variable_list apply(variable_list &&gradients) override {
    TORCH_CHECK(!parts.empty(), "the backward pass has been through this already");
    std::vector<int64_t> first{0};
    for (const auto &part : parts) first.push_back(first.back() + part.rows.size(0));
    std::vector<variable_list> found(parts.size());
    kernels::in_threads(static_cast<int64_t>(parts.size()), [&](int64_t i) {
      found[i] = part_gradients(parts[i], first[i], gradients);
    });
    return summed(found);
  }

  void release_variables() override {
    parts.clear();
    leaves.clear();
  }

 private:
  /// The gradients of a part's rows and of the leaves, undefined where there are none.
  variable_list part_gradients(const Part &part, int64_t first, const variable_list &gradients) const {
    variable_list roots, of_roots;
    for (size_t i = 0; i < gradients.size(); i++) {
      if (!gradients[i].defined() || !part.outputs[i].requires_grad()) continue;
      roots.push_back(part.outputs[i]);
      of_roots.push_back(gradients[i].narrow(0, first, part.outputs[i].size(0)));
    }
    variable_list wanted = leaves;
    if (part.rows.requires_grad()) wanted.push_back(part.rows);
    if (roots.empty() || wanted.empty()) return variable_list(leaves.size() + 1);
    auto found = torch::autograd::grad(roots, wanted, of_roots, false, false, true);
    at::Tensor of_rows;
    if (part.rows.requires_grad()) {
      of_rows = found.back();
      found.pop_back();
    }
    found.insert(found.begin(), of_rows);
    return found;
  }

  /// The gradients of the whole pass. Sums are made in the order of the parts, so that they are the same every time.
  variable_list summed(const std::vector<variable_list> &found) const {
    const at::NoGradGuard unrecorded;
    variable_list rows, sums(leaves.size() + 1);
    for (size_t i = 0; i < parts.size(); i++) {
      if (parts[i].rows.requires_grad())
        rows.push_back(found[i][0].defined() ? found[i][0] : at::zeros_like(parts[i].rows));
      for (size_t leaf = 1; leaf < sums.size(); leaf++) {
        const at::Tensor &own = found[i][leaf];
        if (own.defined()) sums[leaf] = sums[leaf].defined() ? sums[leaf] + own : own;
      }
    }
    if (!rows.empty()) sums[0] = at::cat(rows);
    return sums;
  }
};

}  // namespace

int ct_in_threads(int count, void (*run)(void *context, int part), void *context) {
  return guard([&] {
    const bool records = c10::GradMode::is_enabled();
    kernels::in_threads(count, [&](int64_t part) {
      const at::AutoGradMode recording(records);
      run(context, static_cast<int>(part));
    });
  });
}

int ct_join_threads(
    const ct_tensor *const *inputs, int part_count, const ct_tensor *const *outputs, int output_count,
    ct_tensor **results) {
  return guard([&] {
    std::vector<Part> parts;
    for (int i = 0; i < part_count; i++)
      parts.push_back({inputs[i + 1]->value, values(outputs + i * output_count, output_count)});
    variable_list joined;
    {
      const at::NoGradGuard unrecorded;
      for (int i = 0; i < output_count; i++) {
        variable_list pieces;
        for (const auto &part : parts) pieces.push_back(part.outputs[i]);
        joined.push_back(at::cat(pieces));
      }
    }
    variable_list learning;
    for (int i = 0; i < output_count; i++)
      if (parts[0].outputs[i].requires_grad()) learning.push_back(joined[i]);
    if (!learning.empty()) {
      auto leaves = parameters(parts[0]);
      // Outputs that learn nothing are no part of the backward pass.
      for (auto &part : parts) {
        auto &own = part.outputs;
        own.erase(
            std::remove_if(own.begin(), own.end(), [](const auto &output) { return !output.requires_grad(); }),
            own.end());
      }
      const std::shared_ptr<torch::autograd::Node> node(
          new ThreadedPass(inputs[0]->value, std::move(parts), std::move(leaves)), torch::autograd::deleteNode);
      torch::autograd::set_history(learning, node);
    }
    for (int i = 0; i < output_count; i++) results[i] = new ct_tensor{joined[i]};
  });
}
