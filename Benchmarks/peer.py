"""One case of the benchmark in plain PyTorch, and what both sides read; compare.py calls it.

    peer.py workload FILE --backbone NAME --size N --batch N --queue K
    peer.py pictures FOLDER --format jpg|png
    peer.py labelled-scenes FOLDER
    peer.py step FILE --backbone NAME --method csg|vanilla --threads N --repeats N [--adapt head|lora] [--device cuda [--record] [--tune]] [--autocast]
    peer.py evaluation FILE --backbone NAME --threads N --repeats N
    peer.py loader FOLDER --size N --threads N --repeats N [--tensors]
    peer.py scene-loader FOLDER --size N --batch N --threads N --repeats N [--tensors]
    peer.py start FOLDER --weights FILE --threads N
    peer.py photographs FOLDER --count N
    peer.py checkpoint FILE --backbone NAME --size N
    peer.py predict FOLDER --weights FILE --backbone NAME --size N --threads N
    peer.py scenes FILE
    peer.py dense FILE --threads N --repeats N
    peer.py scene FILE --threads N --repeats N
    peer.py features FILE --count N
    peer.py energy FILE --threads N --repeats N
    peer.py sgemm --threads N

step, evaluation, dense and scene also take --channels-last and --compile. Where the environment names several processes, as
torchrun does, a step of CSG is one of DistributedDataParallel over Gloo, with --bucket-views as it is fastest.
"""

import argparse
import ctypes
import json
import os
import time
from pathlib import Path

import torch


def status_bytes(key: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1]) * 1024
    raise SystemExit(f"/proc/self/status has no {key}; the benchmark needs Linux.")


def report(options, images: int, work, **more):
    """Does the work and prints the same keys in the same order as the benchmark of this program."""
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")  # VmHWM back to what is resident now
    idle, seconds, cpu_seconds, values = status_bytes("VmRSS"), [], [], []
    for run in range(options.warmup + options.repeats):
        start, cpu_start = time.perf_counter(), time.process_time()
        values.append(work())
        if run >= options.warmup:
            seconds.append(time.perf_counter() - start)
            cpu_seconds.append(time.process_time() - cpu_start)
    result = {
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "images": images,
        "first_value": values[0],
        "idle_memory_bytes": idle,
        "peak_memory_bytes": status_bytes("VmHWM"),
        **more,
    }
    print(json.dumps(result))


def workload(options):
    from peer_csg import Model
    from peer_networks import layer_flops
    from reference import fill
    from safetensors.torch import save_file

    model = fill.fill_module(Model(options.backbone, options.queue))
    state = {
        key: value.contiguous().clone()
        for key, value in model.state_dict().items()
        # The teacher's encoder equals the student's, as at the start of every run.
        if not key.startswith("encoder_k.") or ".fc_csg." in key
    }
    shape = (options.batch, 3, options.size, options.size)
    for view in ("query", "key"):
        state[view] = fill.uniform(view, shape, -2.0, 2.0)
    state["labels"] = fill.labels("labels", options.batch, 12)
    save_file(state, options.place)
    print(json.dumps({"layer_flops": layer_flops(model.encoder_q, state["query"])}))


def load(options, contrasts: bool):
    from peer_csg import Model
    from safetensors.torch import load_file

    state = load_file(options.place)
    batch = [state.pop(key).clone() for key in ("query", "key", "labels")]
    if contrasts:
        model = Model(options.backbone, state["queue3"].shape[1])
        mine = model.state_dict()
        for key in mine:
            state.setdefault(key, state.get(key.replace("encoder_k.", "encoder_q.", 1), mine[key]))
    else:
        model = Model(options.backbone, 0, contrasts=False)
        state = {
            key: value
            for key, value in state.items()
            if key.startswith("encoder_q.") and ".fc_csg." not in key
        }
    model.load_state_dict(state)
    return model, *batch


def placed(options, model, *images) -> list:
    """Images on the device and in the layout that are asked for; the model is moved, and its networks compiled, in place."""
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    model.to(options.device, memory_format=layout)
    if options.compile:
        for encoder in (model.encoder_q, getattr(model, "encoder_k", None)):
            if encoder is not None:
                mode = "reduce-overhead" if options.record else None
                encoder.features = torch.compile(encoder.features, mode=mode)
    return [image.to(options.device, memory_format=layout) for image in images]


def distributed(options, model):
    """The model as each of several processes trains it; the buffers are the same by themselves."""
    from torch.nn.parallel import DistributedDataParallel

    views = options.bucket_views
    return DistributedDataParallel(
        model, broadcast_buffers=False, static_graph=views, gradient_as_bucket_view=views
    )


def step(options):
    rank, size = (int(os.environ.get(name, default)) for name, default in (("RANK", 0), ("WORLD_SIZE", 1)))
    model, query, key, labels = load(options, options.method == "csg")
    query, key, labels = (tensor.chunk(size)[rank].clone() for tensor in (query, key, labels))
    if options.adapt != "full":
        from peer_transformers import adapt

        adapt(model.encoder_q, options.adapt)
    query, key = placed(options, model, query, key)
    labels = labels.to(options.device)
    optimizer = model.optimizer()
    network = model
    if size > 1:
        torch.distributed.init_process_group("gloo")
        network = distributed(options, model)

    def one_step():
        torch.compiler.cudagraph_mark_step_begin()
        optimizer.zero_grad()
        with torch.autocast(options.device, torch.bfloat16, enabled=options.autocast):
            if options.method == "csg":
                loss = network(query, key, labels)
            else:
                loss, _ = model.task(query, labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    trained = [p for group in optimizer.param_groups for p in group["params"]]
    report(options, len(labels), one_step, gradient_bytes=sum(4 * p.numel() for p in trained))
    if size > 1:
        torch.distributed.destroy_process_group()


def evaluation(options):
    from peer_csg import pooled

    model, query, _, _ = load(options, False)
    (query,) = placed(options, model, query)
    encoder = model.encoder_q

    def predict(images):
        return torch.sigmoid(encoder.fc_new(pooled(encoder.features(images))))

    @torch.inference_mode()
    def both():
        probabilities = (predict(query) + predict(query.flip(3))) / 2
        probabilities.argmax(1).tolist()
        return probabilities.mean().item()

    report(options, len(query), both)


def scenes(options):
    """Weights of a segmenter with its teacher, two crops in two views, and an image as large as Cityscapes'."""
    from peer_segmentation import CLASSES, model
    from reference import fill
    from safetensors.torch import save_file

    state = {k: v.contiguous().clone() for k, v in fill.fill_module(model()).state_dict().items()}
    state["query"], state["key"] = fill.image_views("crops", 2, 256)
    state["labels"] = fill.labels("labels", 2 * 256 * 256, CLASSES).reshape(2, 256, 256)
    state["image"] = fill.image_views("image", 1, 2048)[0][:, :, :1024].contiguous()
    save_file(state, options.place)
    print(json.dumps({"scenes": 1}))


def load_scenes(options):
    from peer_segmentation import model
    from safetensors.torch import load_file

    state = load_file(options.place)
    tensors = {key: state.pop(key).clone() for key in ("query", "key", "labels", "image")}
    network = model()
    network.load_state_dict(state)
    return network, tensors


def dense(options):
    from peer_segmentation import optimizer

    model, tensors = load_scenes(options)
    query, key = placed(options, model, tensors["query"], tensors["key"])
    descent = optimizer(model)

    def one_step():
        descent.zero_grad()
        loss = model(query, key, tensors["labels"])["loss"]
        loss.backward()
        descent.step()
        return loss.item()

    report(options, 2, one_step)


def scene(options):
    from peer_segmentation import class_map

    model, tensors = load_scenes(options)
    (image,) = placed(options, model, tensors["image"])
    report(options, 1, lambda: class_map(model, image)[1])


def pictures(options):
    from peer_pictures import make_pictures

    print(json.dumps({"pictures": make_pictures(Path(options.place), options.format)}))


def photographs(options):
    from peer_pictures import make_photographs

    print(json.dumps({"pictures": make_photographs(Path(options.place), options.count)}))


def checkpoint(options):
    from peer_predict import make_checkpoint

    make_checkpoint(options.place, options.backbone, options.size)
    print(json.dumps({"checkpoints": 1}))


def predict(options):
    from peer_predict import predict

    # As many readers as threads: fewer leave the network waiting.
    predict(options.place, options.weights, options.backbone, options.size, options.threads)


def labelled_scenes(options):
    from peer_pictures import make_scenes

    print(json.dumps({"scenes": make_scenes(Path(options.place))}))


def load_batches(options, loader):
    def batches():
        while True:
            yield from loader(options.place, options.size, options.batch)

    stream = batches()
    report(options, options.batch, lambda: len(next(stream)[1]))


def loading(options):
    if options.tensors:
        from peer_data_tensors import loader
    else:
        from peer_data import loader

    load_batches(options, loader)


def scene_loading(options):
    if options.tensors:
        from peer_scene_data_tensors import loader
    else:
        from peer_scene_data import loader

    load_batches(options, loader)


def start(options):
    """From the start of the process to the first finished step of the demo's recipe, as a script does it."""
    from peer_csg import Model
    from peer_data import loader

    data = loader(options.place, 96, 32, workers=2, mean=(0.5,) * 3, deviation=(0.5,) * 3)
    model = Model("efficientnet-lite0", 512)
    published = torch.load(options.weights, map_location="cpu", weights_only=True)
    for encoder in (model.encoder_q, model.encoder_k):
        encoder.load_state_dict(published, strict=False)
    optimizer = model.optimizer()
    (query, key), labels = next(iter(data))
    loss = model.loss(query, key, labels)
    loss.backward()
    optimizer.step()
    print(json.dumps({"first_value": loss.item()}), flush=True)


def features(options):
    """Features of 2048 numbers, none below 0, in groups that differ in length."""
    from safetensors.torch import save_file

    numbers = torch.Generator().manual_seed(3)
    rows = torch.randn(options.count, 2048, generator=numbers).relu_()
    rows += 0.5 * torch.rand(8, 2048, generator=numbers).repeat(options.count // 8, 1)
    save_file({"features": rows}, options.place)
    print(json.dumps({"features": options.count}))


def energy(options):
    """mean(−log d²), mean(1/d) and mean(1/d²) over all pairs, in float32 products of blocks."""
    from safetensors.torch import load_file

    rows = load_file(options.place)["features"].clone()

    @torch.inference_mode()
    def energies():
        unit, block = torch.nn.functional.normalize(rows), 4096
        sums = torch.zeros(3, dtype=torch.float64)
        for start in range(0, len(unit), block):
            for other in range(start, len(unit), block):
                squared = (2 - 2 * unit[start : start + block] @ unit[other : other + block].T).clamp_(1e-8)
                if start == other:
                    places = torch.triu_indices(*squared.shape, offset=1)
                    squared = squared[places[0], places[1]]
                sums[0] -= squared.log().sum(dtype=torch.float64)
                sums[1] += squared.rsqrt().sum(dtype=torch.float64)
                sums[2] += squared.reciprocal().sum(dtype=torch.float64)
        return (sums / (len(unit) * (len(unit) - 1) / 2))[0].item()

    report(options, len(rows), energies)


def sgemm(options):
    """The rate at products of 2048 × 2048 float32 matrices, in FLOP/s: the median of 15."""
    a, b = torch.rand(2048, 2048), torch.rand(2048, 2048)
    seconds = []
    for _ in range(18):
        begin = time.perf_counter()
        a @ b
        seconds.append(time.perf_counter() - begin)
    print(json.dumps({"flops_per_second": 2 * 2048**3 / sorted(seconds[3:])[7]}))


CASES = {
    "workload": workload,
    "pictures": pictures,
    "labelled-scenes": labelled_scenes,
    "photographs": photographs,
    "checkpoint": checkpoint,
    "predict": predict,
    "step": step,
    "evaluation": evaluation,
    "loader": loading,
    "scene-loader": scene_loading,
    "start": start,
    "scenes": scenes,
    "dense": dense,
    "scene": scene,
    "features": features,
    "energy": energy,
    "sgemm": sgemm,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case", choices=CASES)
    parser.add_argument("place", nargs="?")
    parser.add_argument("--backbone")
    parser.add_argument("--format", choices=("jpg", "png"))
    parser.add_argument("--method", choices=("csg", "vanilla"))
    parser.add_argument("--adapt", choices=("full", "head", "lora"), default="full")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--autocast", action="store_true", help="bfloat16 where autocast takes it")
    parser.add_argument("--channels-last", action="store_true", help="networks and images")
    parser.add_argument("--compile", action="store_true", help="the backbones, by torch.compile")
    parser.add_argument("--tune", action="store_true", help="cuDNN tries its kernels and takes the fastest")
    parser.add_argument("--record", action="store_true", help="what is compiled, as CUDA graphs")
    parser.add_argument("--bucket-views", action="store_true", help="gradients in their buckets, a static graph")
    parser.add_argument("--tensors", action="store_true", help="torchvision.io and transforms v2")
    parser.add_argument("--size", type=int)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--queue", type=int)
    parser.add_argument("--count", type=int)
    parser.add_argument("--weights")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.backends.cudnn.benchmark = options.tune
    CASES[options.case](options)


main()
