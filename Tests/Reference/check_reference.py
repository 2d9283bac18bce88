#!/usr/bin/env python3
"""Checks the reference itself: against torchvision, torch.optim, loops and finite differences.

Needs torchvision besides what make_fixtures.py needs.
"""

import torch
import torch.nn.functional as F
import torchvision
from torchvision.models.feature_extraction import create_feature_extractor

from reference import fill, methods, networks
from reference.csg import attention, attentional_pool, contrastive_logits, info_nce
from reference.optimisation import SGD


def check_resnet():
    x = fill.uniform("input", (2, 3, 64, 64), -2.0, 2.0)
    for name in ("resnet18", "resnet50"):
        mine = fill.fill_module(getattr(networks, name)())
        theirs = getattr(torchvision.models, name)().eval()
        assert list(mine.state_dict()) == list(theirs.state_dict()), name
        theirs.load_state_dict(mine.state_dict())
        stages = {f"layer{i}": f"layer{i}" for i in range(1, 5)} | {"relu": "stem"}
        extract = create_feature_extractor(theirs, stages)
        with torch.no_grad():
            features = mine.features(x)
            for stage, expected in extract(x).items():
                torch.testing.assert_close(features[stage], expected, rtol=1e-6, atol=1e-6)
            torch.testing.assert_close(mine(x), theirs(x), rtol=1e-6, atol=1e-6)


def check_losses():
    torch.manual_seed(0)
    v = torch.rand(2, 3, 4, 5, dtype=torch.float64, requires_grad=True)
    w = torch.rand(2, 3, 4, 5, dtype=torch.float64, requires_grad=True)
    for n in range(2):
        mean = w[n].mean(dim=(1, 2))
        scores = torch.stack(
            [torch.stack([w[n, :, i, j] @ mean for j in range(5)]) for i in range(4)]
        )
        expected = scores / scores.sum()
        torch.testing.assert_close(attention(w)[n], expected)
        pooled = sum(expected[i, j] * v[n, :, i, j] for i in range(4) for j in range(5))
        torch.testing.assert_close(attentional_pool(v, attention(w))[n], pooled)
    torch.autograd.gradcheck(lambda v, w: attentional_pool(v, attention(w)), (v, w))
    torch.autograd.gradcheck(lambda v: attentional_pool(v, attention(v)), v)
    zero = torch.zeros(1, 3, 4, 5, requires_grad=True)
    attentional_pool(zero, attention(zero)).sum().backward()
    torch.testing.assert_close(zero.grad, torch.full_like(zero, 1 / 20))

    z = F.normalize(torch.randn(3, 8, 6, dtype=torch.float64), dim=2)
    query, key, queue = z[0].clone().requires_grad_(), z[1], z[2].T
    logits = contrastive_logits(query, key, queue)
    target = torch.zeros(8, dtype=torch.int64)
    torch.testing.assert_close(info_nce(logits), F.cross_entropy(logits, target))
    torch.autograd.gradcheck(lambda q: info_nce(contrastive_logits(q, key, queue)), query)


def check_methods():
    """The divergence against PyTorch's, the distance against its mean squared error, gradients."""
    student, teacher = torch.randn(2, 3, 6, 4, 5, dtype=torch.float64)
    fc = torch.nn.Linear(6, 9).double()
    places = [m.permute(0, 2, 3, 1).reshape(-1, 6) for m in (student, teacher)]
    means = [m.mean(dim=(2, 3)) for m in (student, teacher)]
    for dense, (s, t) in ((True, places), (False, means)):
        q, p = fc(s).log_softmax(dim=1), fc(t).log_softmax(dim=1)
        expected = F.kl_div(q, p, reduction="batchmean", log_target=True)
        torch.testing.assert_close(methods.asg(student, teacher, fc, dense), expected)
    distance = methods.feature_distance(student, teacher)
    torch.testing.assert_close(distance, 6 * F.mse_loss(student, teacher))
    versions = [torch.rand(1, 2, 3, 5, dtype=torch.float64, requires_grad=True) for _ in range(3)]
    torch.autograd.gradcheck(lambda *v: methods.pyramid_consistency(list(v)), versions)


def check_sgd():
    mine = fill.uniform("p", (4, 3), -1, 1)
    theirs = mine.clone().requires_grad_()
    ours = SGD([([mine], 1.0)], rate_inside=False)
    optimiser = torch.optim.SGD([theirs], lr=1, momentum=0.9, weight_decay=5e-4)
    for step, lr in enumerate((0.1, 0.3, 0.02)):
        mine.grad = fill.uniform(f"gradient{step}", mine.shape, -1, 1)
        theirs.grad = mine.grad.clone()
        ours.step(lr)
        optimiser.param_groups[0]["lr"] = lr
        optimiser.step()
        torch.testing.assert_close(mine, theirs.detach())


if __name__ == "__main__":
    check_resnet()
    check_losses()
    check_methods()
    check_sgd()
    print("The reference agrees with torchvision, torch.optim, loops and finite differences.")
