"""The methods that came after CSG, in float64: values and gradients of each term."""

import torch
import torch.nn.functional as F

from makers.files import sampled, write
from makers.methods import WATCHED, network, views
from reference import fill, later, methods
from reference.csg import attention, attentional_pool, head

DIMENSION, QUEUE, MOMENTUM = 16, 24, 0.9


def values(name: str, shape, low=-1.0, high=1.0) -> torch.Tensor:
    return fill.uniform(f"later.{name}", shape, low, high).double()


def case(name: str, function, **inputs) -> dict[str, torch.Tensor]:
    """The result of a function, and its gradient by each input, weighted by k / count where the result is a map."""
    leaves = {key: value.clone().requires_grad_() for key, value in inputs.items()}
    result = function(**leaves)
    weights = torch.arange(result.numel(), dtype=torch.float64).reshape(result.shape)
    (result * weights / result.numel() if result.dim() else result).sum().backward()
    record = {f"{name}.result": result}
    for key, leaf in leaves.items():
        record[f"{name}.{key}"] = leaf
        record[f"{name}.gradient.{key}"] = leaf.grad
    return record


def gradients(name: str, value: torch.Tensor, parameters) -> dict[str, torch.Tensor]:
    """The value, and samples of its gradients by those parameters that it depends on."""
    found = torch.autograd.grad(value, [parameters[key] for key in WATCHED], allow_unused=True)
    record = {f"{name}.value": value}
    for key, gradient in zip(WATCHED, found):
        if gradient is not None:
            record |= sampled(f"{name}.gradient.{key}", gradient, 64)
    return record


def make_later():
    tensors = gcisg()
    tensors |= styles()
    tensors |= whitening()
    tensors |= hallucination()
    tensors |= domains()
    write("later", tensors)


def gcisg() -> dict[str, torch.Tensor]:
    """The terms of a first step: the moving averages have taken one step towards the student."""
    student, teacher, average = (network(p) for p in ("encoder_q", "encoder_k", "encoder_m"))
    parameters = methods.trained(student)
    average.load_state_dict(
        {
            key: value
            if "running" in key or "num_batches" in key
            else MOMENTUM * value + (1 - MOMENTUM) * student.state_dict()[key]
            for key, value in average.state_dict().items()
        }
    )
    query, key, _ = views(0)
    tensors = {}
    for stage in (3, 4):
        name = f"layer{stage}"
        channels = student.channels[name]
        heads = {}
        for encoder in ("encoder_q", "encoder_k"):
            module = torch.nn.ModuleDict({"0": head(channels, channels, DIMENSION)})
            prefix = f"{encoder}.fc_csg.stage{stage}"
            with torch.no_grad():
                for entry_name, tensor in module["0"].state_dict().items():
                    full = f"{prefix}.{entry_name}"
                    tensor.copy_(fill.uniform(full, tensor.shape, *fill.fill_range(full, tensor.shape)))
            heads[encoder] = module["0"].double()
        with torch.no_grad():
            for slow, fast in zip(heads["encoder_k"].parameters(), heads["encoder_q"].parameters()):
                slow.copy_(MOMENTUM * slow + (1 - MOMENTUM) * fast)
        queue = fill.queue(f"queue{stage}", DIMENSION, QUEUE).double()

        def pooled(backbone, images):
            m = backbone.features(images)[name]
            return attentional_pool(m, attention(m))

        with torch.no_grad():
            k = F.normalize(heads["encoder_k"](pooled(average, key)), dim=1)
        q = F.normalize(heads["encoder_q"](pooled(student, query)), dim=1)
        tensors |= gradients(
            f"gcisg.invariance_{name}",
            later.gcisg_invariance(q, k, queue, 0.12, 0.04),
            parameters,
        )
        with torch.no_grad():
            u = teacher.features(query)[name]
        tensors |= gradients(
            f"gcisg.guidance_{name}",
            later.gcisg_guidance(student.features(query)[name], u),
            parameters,
        )
    return tensors


def styles() -> dict[str, torch.Tensor]:
    images = values("images", (2, 3, 6, 5), 0, 1)
    noise = values("noise", (2, 3, 6, 5), -2, 2)
    tensors = {"pasta.images": images, "pasta.noise": noise}
    for name, settings in (("classification", (10, 1, 0.5)), ("segmentation", (3, 2, 0.25))):
        tensors[f"pasta.{name}"] = torch.stack(
            [later.pasta(i, n, *settings) for i, n in zip(images, noise)]
        )
    map = values("map", (4, 3, 5, 4))
    partners = torch.tensor([2, 0, 3, 1])
    share = values("share", (4,), 0, 1)
    tensors |= {"styles.partners": partners, "styles.share": share}
    tensors |= case("mixstyle", lambda x: later.mixstyle(x, partners, share), x=map)
    tensors |= case("padain", lambda x: later.padain(x, partners), x=map)
    return tensors


def whitening() -> dict[str, torch.Tensor]:
    map, other = values("whitening.map", (3, 5, 4, 6)), values("whitening.other", (3, 5, 4, 6))
    mask = torch.zeros(5, 5, dtype=torch.bool)
    for i, j in ((0, 2), (1, 4), (2, 3)):
        mask[i, j] = True
    tensors = {"isw.mask": mask.double(), "isw.variances": later.isw_variances([map, other])}
    tensors["isw.other"] = other
    return tensors | case("isw", lambda x: later.isw(x, mask), x=map)


def hallucination() -> dict[str, torch.Tensor]:
    first, second = values("logits.first", (3, 4), -2, 2), values("logits.second", (3, 4), -2, 2)
    tensors = case("jensen_shannon", later.jensen_shannon, a=first, b=second)
    points = values("points", (20, 6))
    tensors |= {
        "farthest.points": points,
        "farthest.chosen": torch.tensor(later.farthest_points(points, 7)),
    }
    means, deviations = values("prototypes.mean", (6, 3)), values("prototypes.deviation", (6, 3), 0.1, 2)
    weights = values("prototypes.weights", (4, 6), 0, 1)
    weights = weights / weights.sum(dim=1, keepdim=True)
    tensors |= {
        "hallucinated.means": means,
        "hallucinated.deviations": deviations,
        "hallucinated.weights": weights,
    }
    return tensors | case(
        "hallucinated",
        lambda x: later.hallucinated(x, means, deviations, weights),
        x=values("map", (4, 3, 5, 4)),
    )


def domains() -> dict[str, torch.Tensor]:
    owners = torch.tensor([0, 1, 2, 0, 1, 0, 3, 2, 1])  # one image of the last domain
    labels = fill.labels("later.labels", 9, 4)
    tensors = {"domains.owners": owners, "domains.labels": labels}
    tensors |= case("coral", lambda x: later.coral(x, owners, 4), x=values("features", (9, 5)))
    return tensors | case(
        "irm", lambda x: later.irm(x, labels, owners, 4), x=values("domain_logits", (9, 4), -2, 2)
    )
