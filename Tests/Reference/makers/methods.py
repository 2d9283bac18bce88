"""What the other methods of the comparison add to a step, in float64."""

import torch
import torch.nn.functional as F

from makers.files import sampled, write
from reference import diversity, fill, methods, networks
from reference.csg import head
from reference.optimisation import SGD

CLASSES, HIDDEN, WIDTH = 5, 24, 4
# Of the parameters whose gradients are compared.
WATCHED = ("conv1.weight", "bn1.bias", "layer2.0.downsample.0.weight", "layer4.1.conv2.weight")


def network(prefix: str) -> networks.ResNet:
    """Filled by key below `prefix`, with a head for the student."""
    backbone = networks.resnet18(WIDTH, 10)
    if prefix == "encoder_q":
        backbone.fc_new = head(WIDTH * 8, HIDDEN, CLASSES)
    fill.fill_module(torch.nn.ModuleDict({prefix: backbone}))
    backbone.fc.requires_grad_(False)
    return backbone.double()


def views(batch: int, size: int = 64):
    query, key = fill.image_views(f"batch{batch}", 4, size)
    return query.double(), key.double(), fill.labels(f"batch{batch}.labels", 4, CLASSES)


def task(student, maps, labels) -> torch.Tensor:
    return F.cross_entropy(student.fc_new(maps["layer4"].mean(dim=(2, 3))), labels)


def entry(name: str, value: torch.Tensor, parameters) -> dict[str, torch.Tensor]:
    """The value, and samples of its gradients."""
    gradients = torch.autograd.grad(value, [parameters[key] for key in WATCHED])
    record = {f"{name}.value": value}
    for key, gradient in zip(WATCHED, gradients):
        record |= sampled(f"{name}.gradient.{key}", gradient, 64)
    return record


def make_methods():
    tensors = {}
    student, teacher = network("encoder_q"), network("encoder_k")
    parameters = methods.trained(student)
    query, key, labels = views(0)

    def maps(backbone, x):
        return backbone.features(x)["layer4"]

    with torch.no_grad():
        u = maps(teacher, query)
    tensors |= entry(
        "feature_distance", methods.feature_distance(maps(student, query), u), parameters
    )
    for name, dense in (("asg", False), ("asg_dense", True)):
        value = methods.asg(maps(student, query), u, teacher.fc, dense)
        tensors |= entry(name, value, parameters)

    anchors = {k: p.detach() for k, p in methods.trained(teacher).items()}
    value = methods.squared_distance(parameters, anchors)
    tensors |= entry("weight_distance", value, parameters)
    fisher = methods.diagonal_fisher(teacher, torch.cat([query, key[:2]]), seed=5)
    for watched in WATCHED:
        tensors |= sampled(f"fisher.{watched}", fisher[watched], 64)
    value = methods.squared_distance(parameters, anchors, fisher)
    tensors |= entry("weight_distance_fisher", value, parameters)

    tensors |= domain_randomization(student, parameters)
    tensors |= synaptic_intelligence()
    tensors |= pyramid()
    write("methods", tensors)
    write("diversity", feature_sets())


def domain_randomization(student, parameters) -> dict[str, torch.Tensor]:
    """Two styled versions: the key view, and the query view with its sign changed."""
    query, key, labels = views(0)
    versions = [student.features(x) for x in (query, key, -query)]
    styled = sum(task(student, v, labels) for v in versions[1:]) / 2
    tensors = entry("domain_randomization.task_styled", styled, {**parameters})
    for stage in ("layer3", "layer4"):
        tensors[f"domain_randomization.pyramid_{stage}.value"] = methods.pyramid_consistency(
            [v[stage] for v in versions]
        )
    versions = [student.features(x) for x in (query, key, -query)]
    value = methods.pyramid_consistency([v["layer4"] for v in versions])
    return tensors | entry("domain_randomization.pyramid_layer4", value, parameters)


def synaptic_intelligence() -> dict[str, torch.Tensor]:
    """Five steps with a consolidation after the second and the fourth."""
    student = network("encoder_q")
    parameters = methods.trained(student)
    system = methods.SynapticIntelligence(parameters, damping=0.01, interval=2)
    new = list(student.fc_new.parameters())
    optimiser = SGD([(list(parameters.values()), 0.1), (new, 1.0)])
    record = {"task": [], "penalty": []}
    for iteration in range(5):
        query, _, labels = views(iteration)
        loss = task(student, student.features(query), labels)
        penalty = system.penalty()
        record["task"].append(loss.item())
        record["penalty"].append(penalty.item())
        everything = [*parameters.values(), *new]
        gradients = torch.autograd.grad(loss, everything)
        for p, gradient in zip(everything, gradients):
            p.grad = gradient.clone()
        for p, gradient in zip(
            parameters.values(), torch.autograd.grad(penalty, parameters.values())
        ):
            p.grad += 0.5 * gradient
        before = {key: p.detach().clone() for key, p in parameters.items()}
        optimiser.step(0.05)
        system.follow(iteration, dict(zip(parameters, gradients)), before)
    tensors = {f"synaptic_intelligence.{k}": torch.tensor(v, dtype=torch.float64) for k, v in record.items()}
    for key in WATCHED:
        for name, values in (
            ("path", system.path),
            ("importance", system.importance),
            ("start", system.start),
            ("after", {k: p.detach() for k, p in parameters.items()}),
        ):
            tensors |= sampled(f"synaptic_intelligence.{name}.{key}", values[key], 64)
    return tensors


def pyramid() -> dict[str, torch.Tensor]:
    """Three versions whose sides the cells do not divide."""
    versions = [
        fill.uniform(f"methods.version{i}", (2, 3, 5, 7), 0.0, 1.0).double().requires_grad_()
        for i in range(3)
    ]
    loss = methods.pyramid_consistency(versions)
    loss.backward()
    tensors = {"pyramid.loss": loss}
    for index, version in enumerate(versions):
        tensors |= {
            f"pyramid.version{index}": version,
            f"pyramid.gradient{index}": version.grad,
        }
    return tensors


def feature_sets() -> dict[str, torch.Tensor]:
    first = fill.uniform("diversity.first", (23, 7), -1.0, 1.0).double()
    first = first * torch.tensor([3.0, 2, 1, 1, 0.5, 0.1, 0]) + 0.3
    second = fill.uniform("diversity.second", (19, 7), -0.5, 1.5).double()
    views = first + fill.uniform("diversity.noise", (23, 7), -0.2, 0.2).double()
    labels = fill.labels("diversity.labels", 23, 4)
    a, b = first.numpy(), second.numpy()
    figures = {
        "uniformity": diversity.uniformity(a),
        "alignment": diversity.alignment(a, views.numpy()),
        "class_alignment": diversity.class_alignment(a, labels.tolist()),
        "mean_cosine": diversity.mean_cosine(a),
        "effective_rank": diversity.effective_rank(a),
        "frechet": diversity.frechet_distance(a, b),
        "mmd": diversity.squared_mmd(a, b),
    }
    tensors = {"first": first, "second": second, "views": views, "labels": labels}
    return tensors | {name: torch.tensor(v, dtype=torch.float64) for name, v in figures.items()}
