#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

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

  at::Tensor operator()(const variable_list &inputs) const {
    std::vector<ct_tensor *> lent;
    lent.reserve(inputs.size());
    for (const auto &input : inputs) lent.push_back(new ct_tensor{input});
    const std::unique_ptr<ct_tensor> result(
        run(context.get(), lent.data(), static_cast<int>(lent.size())));
    TORCH_CHECK(result != nullptr, ct_error_message());
    return result->value;
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
    if (!gradients[0].defined()) return result;
    variable_list leaves;
    for (size_t i = 0; i < inputs.size(); i++) {
      // This refuses an input that was changed in place since.
      const auto input = inputs[i].unpack();
      leaves.push_back(input.detach().set_requires_grad(task_should_compute_output(i)));
    }
    const auto output = recomputed(leaves);
    if (!output.requires_grad()) return result;
    // Parameters receive their gradients here; the gradients of the inputs go back to the running pass.
    torch::autograd::backward({output}, {std::move(gradients[0])});
    for (size_t i = 0; i < inputs.size(); i++) result[i] = std::move(leaves[i].mutable_grad());
    return result;
  }

  void release_variables() override {
    inputs.clear();
    computation.reset();
  }

 private:
  at::Tensor recomputed(const variable_list &leaves) const {
    const at::AutoGradMode recording(true);
    const AutocastScope scope(mode);
    return (*computation)(leaves);
  }
};
}  // namespace

ct_tensor *ct_share(const ct_tensor *tensor) {
  return produce([&] { return tensor->value; });
}

ct_tensor *ct_recompute(
    const ct_tensor *const *inputs, int count, const ct_tensor *output, ct_computation run,
    void (*release)(void *), void *context) {
  return produce([&] {
    Computation computation{run, std::shared_ptr<void>(context, release)};
    const variable_list values = border::values(inputs, count);
    const AutocastMode mode(output->value.device().type());
    const std::shared_ptr<Recomputation> node(
        new Recomputation(values, std::move(computation), mode), torch::autograd::deleteNode);
    node->set_next_edges(torch::autograd::collect_next_edges(at::TensorList(values)));
    // A computation may have returned one of its inputs, whose own history must stay.
    const auto result = output->value.detach();
    torch::autograd::set_history(result, node);
    return result;
  });
}
