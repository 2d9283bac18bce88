#include <ATen/TensorOperators.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/ones_like.h>
#include <torch/csrc/autograd/custom_function.h>

#include "InfoNCE.h"

namespace kernels {

namespace {
/// For a usual batch, as many similarities are in memory at once as the cache of a core holds; a CUDA device is faster
/// with one large product.
int64_t columns_at_once(const at::Tensor &negatives) { return negatives.is_cuda() ? 65536 : 4096; }

struct Contrast {
  at::Tensor loss;
  at::Tensor top1;
  /// ∂loss/∂queries; undefined if it is not needed.
  at::Tensor gradient;
};

/// The softmax over the query's own key and the queue, one piece of the queue at a time. Each row keeps the largest logit
/// so far and, relative to it, the sum of the exponentials and the sum of the keys weighted by them.
Contrast contrast(
    const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &negatives,
    double temperature, bool wants_gradient) {
  const auto own = (queries * keys).sum(1, true) / temperature;
  auto largest = own.clone();
  auto total = at::ones_like(own);
  auto mean = wants_gradient ? keys.clone() : at::Tensor();
  const auto count = negatives.size(1);
  const auto step = std::max<int64_t>(1, std::min(columns_at_once(negatives), count));
  auto memory = at::empty({queries.size(0), step}, queries.options());
  for (int64_t start = 0; start < count; start += step) {
    const auto piece = negatives.narrow(1, start, std::min(step, count - start));
    auto likelihood =
        piece.size(1) == step ? memory : at::empty({queries.size(0), piece.size(1)}, queries.options());
    at::addmm_out(likelihood, likelihood, queries, piece, 0, 1 / temperature);
    const auto larger = at::maximum(largest, likelihood.amax(1, true));
    const auto shrink = (largest - larger).exp_();
    largest = larger;
    likelihood.sub_(largest).exp_();
    total.mul_(shrink).add_(likelihood.sum(1, true));
    if (wants_gradient) mean.mul_(shrink).addmm_(likelihood, piece.t());
  }
  Contrast result;
  // In this order a large logit does not reduce the precision of the loss.
  result.loss = (largest - own + total.log()).mean();
  result.top1 = (own >= largest).to(at::kDouble).mean();
  if (wants_gradient) {
    result.gradient = mean.div_(total).sub_(keys).div_(temperature * queries.size(0));
  }
  return result;
}

/// Gives the loss the gradient that was computed with it, so that neither the similarities nor the queue are kept.
struct InfoNCE : torch::autograd::Function<InfoNCE> {
  static at::Tensor forward(
      torch::autograd::AutogradContext *context, const at::Tensor & /* queries */, Contrast found) {
    context->save_for_backward({found.gradient});
    return found.loss;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients) {
    return {gradients[0] * context->get_saved_variables()[0], at::Tensor()};
  }
};
}  // namespace

ContrastiveLoss info_nce(
    const at::Tensor &queries, const at::Tensor &keys, const at::Tensor &negatives,
    double temperature) {
  TORCH_CHECK(
      queries.dim() == 2 && queries.sizes() == keys.sizes(),
      "expected keys of the queries' shape N×D");
  const bool wants_gradient = at::GradMode::is_enabled() && queries.requires_grad();
  Contrast found;
  {
    at::NoGradGuard unrecorded;
    found = contrast(queries, keys, negatives, temperature, wants_gradient);
  }
  return {wants_gradient ? InfoNCE::apply(queries, found) : found.loss, found.top1};
}

}  // namespace kernels
