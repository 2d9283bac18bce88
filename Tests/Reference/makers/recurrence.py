"""Two layers of PyTorch's `nn.LSTM`: outputs, states and gradients, in float32."""

import torch
from torch import nn

from makers.files import write
from reference import fill

INPUTS, WIDTH, LAYERS, LENGTH, SEQUENCES = 6, 5, 2, 4, 3


def uniform(name: str, *shape) -> torch.Tensor:
    return fill.uniform(f"recurrence.{name}", shape, -1.0, 1.0).float()


def make_recurrence():
    lstm = nn.LSTM(INPUTS, WIDTH, LAYERS)
    with torch.no_grad():
        for name, parameter in lstm.named_parameters():
            parameter.copy_(uniform(name, *parameter.shape))
    images = uniform("input", LENGTH, SEQUENCES, INPUTS).requires_grad_()
    hidden = uniform("hidden", LAYERS, SEQUENCES, WIDTH)
    cell = uniform("cell", LAYERS, SEQUENCES, WIDTH)
    output, (last_hidden, last_cell) = lstm(images, (hidden, cell))
    loss = (output * uniform("weights", LENGTH, SEQUENCES, WIDTH)).sum() + last_cell.square().sum()
    loss.backward()
    tensors = {
        "input": images,
        "hidden": hidden,
        "cell": cell,
        "output": output,
        "last_hidden": last_hidden,
        "last_cell": last_cell,
        "weights": uniform("weights", LENGTH, SEQUENCES, WIDTH),
        "loss": loss,
        "gradient.input": images.grad,
    }
    for name, parameter in lstm.named_parameters():
        # weight_ih_l0 is cells.0.weight_ih here.
        kind, layer = name.rsplit("_l", 1)
        tensors[f"parameters.cells.{layer}.{kind}"] = parameter
        tensors[f"gradient.cells.{layer}.{kind}"] = parameter.grad
    write("recurrence", tensors)
