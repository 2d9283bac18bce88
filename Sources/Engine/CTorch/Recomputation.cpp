#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <algorithm>

#include "AutocastMode.h"
#include "Border.h"

using namespace border;
using torch::autograd::variable_list;

namespace {
/// The caller's computation.
struct Computation {
  ct_computation run;
  /// Released when it is not needed any more.
  std::shared_ptr<void> context;

  variable_list operator()(const variable_list &inputs, size_t output_count) const {
    std::vector<ct_tensor *> lent;
    lent.reserve(inputs.size());
    for (const auto &input : inputs) lent.push_back(new ct_tensor{input});
    std::vector<ct_tensor *> results(output_count, nullptr);
    const int status = run(
        context.get(), lent.data(), static_cast<int>(lent.size()), results.data(),
        static_cast<int>(output_count));
    variable_list outputs;
    outputs.reserve(output_count);
    for (auto *result : results) {
      const std::unique_ptr<ct_tensor> owned(result);
      outputs.push_back(owned ? owned->value : at::Tensor());
    }
    TORCH_CHECK(status == 0, ct_error_message());
    return outputs;
  }
};

/// Applies an earlier autocast mode; the present mode is restored at the end.
struct AutocastScope {
  const AutocastMode before;

  explicit AutocastScope(const AutocastMode &mode) : before(mode.type) { mode.enter(); }
  ~AutocastScope() { before.enter(); }
};

/// Keeps only the inputs of a part of the forward pass, and computes the rest again.
struct Recomputation : torch::autograd::Node {
  std::vector<torch::autograd::SavedVariable> inputs;
  std::optional<Computation> computation;
  AutocastMode mode;

  Recomputation(const variable_list &inputs, Computation computation, AutocastMode mode)
      : computation(std::move(computation)), mode(mode) {
    for (const auto &input : inputs) this->inputs.emplace_back(input, false);
  }

  std::string name() const override { return "Recomputation"; }

  variable_list apply(variable_list &&gradients) override {
    TORCH_CHECK(computation.has_value(), "the backward pass has been through this already");
    variable_list result(inputs.size());
    if (std::none_of(gradients.begin(), gradients.end(), [](auto &g) { return g.defined(); })) {
      return result;
    }
    variable_list leaves;
    for (size_t i = 0; i < inputs.size(); i++) {
      // This refuses an input that was changed in place since.
      const auto input = inputs[i].unpack();
      leaves.push_back(input.detach().set_requires_grad(task_should_compute_output(i)));
    }
    const auto outputs = recomputed(leaves, gradients.size());
    variable_list roots;
    variable_list of_roots;
    for (size_t i = 0; i < outputs.size(); i++) {
      if (!gradients[i].defined() || !outputs[i].requires_grad()) continue;
      roots.push_back(outputs[i]);
      of_roots.push_back(std::move(gradients[i]));
    }
    if (roots.empty()) return result;
    // Parameters receive their gradients here; the gradients of the inputs go back to the running pass.
    torch::autograd::backward(roots, of_roots);
    for (size_t i = 0; i < inputs.size(); i++) result[i] = std::move(leaves[i].mutable_grad());
    return result;
  }

  void release_variables() override {
    inputs.clear();
    computation.reset();
  }

 private:
  variable_list recomputed(const variable_list &leaves, size_t output_count) const {
    const at::AutoGradMode recording(true);
    const AutocastScope scope(mode);
    return (*computation)(leaves, output_count);
  }
};
}  // namespace

ct_tensor *ct_share(const ct_tensor *tensor) {
  return produce([&] { return tensor->value; });
}

int ct_recompute(
    const ct_tensor *const *inputs, int count, const ct_tensor *const *outputs, int output_count,
    ct_tensor **results, ct_computation run, void (*release)(void *), void *context) {
  return guard([&] {
    Computation computation{run, std::shared_ptr<void>(context, release)};
    TORCH_CHECK(output_count > 0, "a part of a forward pass without a result");
    const variable_list values = border::values(inputs, count);
    const AutocastMode mode(outputs[0]->value.device().type());
    const std::shared_ptr<Recomputation> node(
        new Recomputation(values, std::move(computation), mode), torch::autograd::deleteNode);
    node->set_next_edges(torch::autograd::collect_next_edges(at::TensorList(values)));
    variable_list made;
    // A computation may have returned one of its inputs, whose own history must stay.
    for (int i = 0; i < output_count; i++) made.push_back(outputs[i]->value.detach());
    torch::autograd::set_history(made, node);
    for (int i = 0; i < output_count; i++) results[i] = new ct_tensor{made[i]};
  });
}
