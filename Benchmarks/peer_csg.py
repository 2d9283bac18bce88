"""CSG's step in plain PyTorch: batch norm in evaluation mode, torch.optim.SGD."""

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn

from peer_networks import BACKBONES
from reference.csg import attention, attentional_pool, contrastive_logits, head, info_nce

STAGES, DIMENSION, HIDDEN, CLASSES = (3, 4), 128, 512, 12
TEMPERATURE, MOMENTUM, WEIGHT = 0.07, 0.999, 0.1


def gathered(keys):
    """The keys of all processes, so that their queues stay the same."""
    if not dist.is_initialized():
        return keys
    everyone = [torch.empty_like(keys) for _ in range(dist.get_world_size())]
    dist.all_gather(everyone, keys.contiguous())
    return torch.cat(everyone)


def pooled(maps):
    """The vector that stands for an image: a transformer's class token, or the mean of the last map."""
    return maps["summary"] if "summary" in maps else maps["layer4"].mean(dim=(2, 3))


class Model(nn.Module):
    """Student, teacher and queues under the interchange names; for vanilla only the student."""

    def __init__(self, backbone: str, queue: int, contrasts: bool = True):
        super().__init__()
        self.encoder_q = BACKBONES[backbone]()
        channels = self.encoder_q.channels
        self.encoder_q.fc_new = head(channels["layer4"], HIDDEN, CLASSES)
        if contrasts:
            self.encoder_k = BACKBONES[backbone]()
            for encoder in (self.encoder_q, self.encoder_k):
                encoder.fc_csg = nn.ModuleDict(
                    {
                        f"stage{s}": head(channels[f"layer{s}"], channels[f"layer{s}"], DIMENSION)
                        for s in STAGES
                    }
                )
            self.encoder_k.requires_grad_(False)
            for s in STAGES:
                self.register_buffer(f"queue{s}", torch.zeros(DIMENSION, queue))
                self.register_buffer(f"queue_ptr{s}", torch.zeros(1, dtype=torch.int64))
        for classifier in ("_fc", "fc", "head"):
            getattr(self.encoder_q, classifier, nn.Identity()).requires_grad_(False)
        self.eval()

    def optimizer(self, lr: float = 1e-6) -> torch.optim.SGD:
        """The rate is so small that made-up weights stay finite; it does not change the work."""
        named = [(n, p) for n, p in self.encoder_q.named_parameters() if p.requires_grad]
        new = [p for n, p in named if n.startswith(("fc_new.", "fc_csg."))]
        old = [p for n, p in named if not n.startswith(("fc_new.", "fc_csg."))]
        groups = [{"params": old, "lr": 0.1 * lr}, {"params": new}]
        return torch.optim.SGD(groups, lr=lr, momentum=0.9, weight_decay=5e-4)

    def task(self, x, labels):
        maps = self.encoder_q.features(x)
        logits = self.encoder_q.fc_new(pooled(maps))
        return F.cross_entropy(logits, labels), maps

    def loss(self, x_query, x_key, labels):
        loss, student = self.task(x_query, labels)
        with torch.no_grad():
            slow, fast = self.encoder_k.fc_csg.parameters(), self.encoder_q.fc_csg.parameters()
            for kept, new in zip(slow, fast):
                kept.lerp_(new, 1 - MOMENTUM)
            watched = self.encoder_q.features(x_key)
            teacher = self.encoder_k.features(x_key)
        for s in STAGES:
            stage = f"layer{s}"
            pooled = attentional_pool(student[stage], attention(student[stage]))
            z_query = F.normalize(self.encoder_q.fc_csg[f"stage{s}"](pooled), dim=1)
            with torch.no_grad():
                pooled = attentional_pool(teacher[stage], attention(watched[stage]))
                z_key = F.normalize(self.encoder_k.fc_csg[f"stage{s}"](pooled), dim=1)
            queue = getattr(self, f"queue{s}").clone()  # the graph needs it as it was
            loss = loss + WEIGHT * info_nce(contrastive_logits(z_query, z_key, queue, TEMPERATURE))
            self.enqueue(s, gathered(z_key))
        return loss

    forward = loss  # what DistributedDataParallel calls

    @torch.no_grad()
    def enqueue(self, stage: int, z_key):
        queue, pointer = getattr(self, f"queue{stage}"), getattr(self, f"queue_ptr{stage}")
        start, length = int(pointer), queue.shape[1]
        places = (start + torch.arange(len(z_key))) % length
        queue[:, places] = z_key.T.to(queue.dtype)  # autocast may leave bfloat16
        pointer[0] = (start + len(z_key)) % length
