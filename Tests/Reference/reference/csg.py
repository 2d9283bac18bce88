"""One training step of contrastive synthetic-to-real generalisation (Chen et al., ICLR 2021)."""

import torch
import torch.nn.functional as F
from torch import nn


def attention(w: torch.Tensor) -> torch.Tensor:
    """N x C x H x W to N x H x W of sum 1: nothing where a place points away from the mean, as none does in maps without negative
    numbers; uniform where the map is all zero."""
    similarity = (w * w.mean(dim=(2, 3), keepdim=True)).sum(dim=1).clamp(min=0)
    total = similarity.sum(dim=(1, 2), keepdim=True)
    empty = total <= 0
    uniform = torch.full_like(similarity, 1 / similarity[0].numel())
    return torch.where(
        empty, uniform, similarity / torch.where(empty, torch.ones_like(total), total)
    )


def attentional_pool(v: torch.Tensor, a: torch.Tensor) -> torch.Tensor:
    """The mean of v (N x C x H x W) weighted by a (N x H x W): N x C."""
    return (v * a.unsqueeze(1)).sum(dim=(2, 3))


def average_pool(v: torch.Tensor) -> torch.Tensor:
    return v.mean(dim=(2, 3))


def contrastive_logits(z_query, z_key, queue, temperature=0.07) -> torch.Tensor:
    """N x (1 + K): the query's own key first, then the K columns of the queue."""
    positive = (z_query * z_key).sum(dim=1, keepdim=True)
    return torch.cat([positive, z_query @ queue], dim=1) / temperature


def info_nce(logits: torch.Tensor) -> torch.Tensor:
    """Cross-entropy with target 0, batch mean."""
    return (torch.logsumexp(logits, dim=1) - logits[:, 0]).mean()


def head(inputs: int, hidden: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs))


class CSG(nn.Module):
    """Student `encoder_q`, teacher `encoder_k`, one queue per stage: the interchange key names."""

    def __init__(
        self,
        backbone,
        stages=(3, 4),
        classes=12,
        hidden=512,
        dimension=128,
        queue=65536,
        pooling="attention",
        temperature=0.07,
        momentum=0.999,
        weight=0.1,
    ):
        super().__init__()
        self.stages, self.pooling = stages, pooling
        self.temperature, self.momentum, self.weight = temperature, momentum, weight
        self.encoder_q, self.encoder_k = backbone(), backbone()
        channels = self.encoder_q.channels
        self.encoder_q.fc_new = head(channels["layer4"], hidden, classes)
        for encoder in (self.encoder_q, self.encoder_k):
            encoder.fc_csg = nn.ModuleDict(
                {
                    f"stage{s}": head(channels[f"layer{s}"], channels[f"layer{s}"], dimension)
                    for s in stages
                }
            )
        for s in stages:
            self.register_buffer(f"queue{s}", torch.zeros(dimension, queue))
            self.register_buffer(f"queue_ptr{s}", torch.zeros(1, dtype=torch.int64))
        self.eval()
        self.encoder_k.requires_grad_(False)
        self.encoder_q.fc.requires_grad_(False)  # the ImageNet classifier stays frozen

    def groups(self, backbone_rate=0.1):
        """Parameter groups for SGD: backbone, new head and projection heads."""
        named = [(n, p) for n, p in self.encoder_q.named_parameters() if p.requires_grad]
        new = [p for n, p in named if n.startswith(("fc_new.", "fc_csg."))]
        return [([p for n, p in named if not n.startswith("fc_")], backbone_rate), (new, 1.0)]

    @torch.no_grad()
    def average_heads(self):
        fast_heads = self.encoder_q.fc_csg.state_dict()
        for key, slow in self.encoder_k.fc_csg.state_dict().items():
            slow.copy_(self.momentum * slow + (1 - self.momentum) * fast_heads[key])

    @torch.no_grad()
    def enqueue(self, stage: int, z_key: torch.Tensor):
        queue, pointer = getattr(self, f"queue{stage}"), getattr(self, f"queue_ptr{stage}")
        length = queue.shape[1]
        places = (int(pointer) + torch.arange(len(z_key))) % length
        queue[:, places] = z_key.T
        pointer[0] = (int(pointer) + len(z_key)) % length

    def forward(self, x_query, x_key, labels) -> dict[str, torch.Tensor]:
        """Every quantity of the step by name; `x_key` None means the one view x_k = x_q.

        The numbers at the right are the steps of the algorithm's description. Backward and the
        update are the caller's.
        """
        record = {}
        student = self.encoder_q.features(x_query)  # 1
        record["task.logits"] = self.encoder_q.fc_new(average_pool(student["layer4"]))
        record["task.loss"] = F.cross_entropy(record["task.logits"], labels)
        self.average_heads()  # 2
        with torch.no_grad():
            if x_key is None:
                x_key, watched = x_query, {n: v.detach() for n, v in student.items()}
            elif self.pooling == "attention":
                watched = self.encoder_q.features(x_key)  # 3
            teacher = self.encoder_k.features(x_key)  # 4
        total = 0
        for s in self.stages:
            name, r = f"layer{s}", {}
            r["student_query"], r["teacher_key"] = student[name], teacher[name]
            if self.pooling == "attention":  # 5
                r["student_key"] = watched[name]
                r["attention_query"] = attention(student[name])
                r["attention_key"] = attention(watched[name])
                r["pooled_query"] = attentional_pool(student[name], r["attention_query"])
                r["pooled_key"] = attentional_pool(teacher[name], r["attention_key"])
            else:
                r["pooled_query"] = average_pool(student[name])
                r["pooled_key"] = average_pool(teacher[name])
            r["projected_query"] = self.encoder_q.fc_csg[f"stage{s}"](r["pooled_query"])
            r["z_query"] = F.normalize(r["projected_query"], dim=1)
            with torch.no_grad():
                r["projected_key"] = self.encoder_k.fc_csg[f"stage{s}"](r["pooled_key"])
                r["z_key"] = F.normalize(r["projected_key"], dim=1)
            queue = getattr(self, f"queue{s}").clone()  # the graph needs it as it was
            r["logits"] = contrastive_logits(r["z_query"], r["z_key"], queue, self.temperature)  # 6
            r["nce"] = info_nce(r["logits"])
            self.enqueue(s, r["z_key"])
            total = total + r["nce"]
            record |= {f"{name}.{key}": value for key, value in r.items()}
        record["loss"] = record["task.loss"] + self.weight * total  # 7
        return record
