"""Exported networks beside onnxruntime, for every backbone and head; Scripts/test-python.sh calls it.

    test_export.py [--backbones NAME,…]

Each network has made-up weights, written by `export-samples` with the logits that this program computes for made-up images.
`syn2real export` must give a graph that `onnx.checker` accepts, infers the same shapes for, and onnxruntime computes
to the same logits: |difference| ≤ 1e-5 · max(1, largest |logit|), which is float32's precision over a whole network. Instance
norms (IBN) divide by the deviation of a few places and magnify the rounding before them: there it is 5e-5.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy
import onnx
import onnxruntime
from safetensors.numpy import load_file

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / ".build/release"
HEADS = ("classifier", "aspp", "deeplab-v2")
# The others differ in nothing that the backbone decides, so that some backbones are enough.
MORE_HEADS = {
    name: ("deeplab-v3-plus", "segformer", "linear")
    for name in ("resnet18", "efficientnet-lite0", "deit-tiny-16")
}
CLASSES = ["apple", "boat, small", "=cup", "Dächer", "egg"]
TEMPERATURE = 1.75


def tolerance(backbone: str) -> float:
    return 5e-5 if "-ibn-" in backbone else 1e-5


def run(*command, expects: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run([str(part) for part in command], text=True, capture_output=True)
    assert done.returncode == expects, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Threads that wait for each other are slow beside other programs.
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def softmax(logits: numpy.ndarray) -> numpy.ndarray:
    powers = numpy.exp(logits.astype(numpy.float64) - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def difference(found: numpy.ndarray, expected: numpy.ndarray) -> float:
    """The largest difference as a share of the largest value, of values above 1."""
    assert found.shape == expected.shape, (found.shape, expected.shape)
    return float(numpy.abs(found - expected).max() / max(1, numpy.abs(expected).max()))


def check_graph(path: Path, backbone: str, is_segmenter: bool):
    """What a user can read in the file, and that no norm is left where one can be folded."""
    model = onnx.load(str(path))
    onnx.checker.check_model(model, full_check=True)
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    assert json.loads(metadata["classes"]) == CLASSES, metadata
    assert float(metadata["temperature"]) == TEMPERATURE, metadata
    assert metadata["backbone"] == backbone.split("+")[0], metadata
    assert metadata["task"] == ("segmentation" if is_segmenter else "classification"), metadata
    preprocessing = json.loads(metadata["preprocessing"])
    sizes = [dimension.dim_param for dimension in model.graph.input[0].type.tensor_type.shape.dim]
    assert ("image_size" in preprocessing) == ("height" not in sizes), metadata
    assert is_segmenter or "height" not in sizes, metadata
    assert ("mean" in preprocessing) == (path.name == "plain.onnx"), metadata
    assert ("class_table" in metadata) == is_segmenter, metadata
    operations = {node.op_type for node in model.graph.node}
    assert "BatchNormalization" not in operations, f"{backbone}: a batch norm is not folded"


def check(backbone: str, head: str, folder: Path) -> float:
    """The largest difference of the logits, and of the probabilities with preprocessing in the graph."""
    run(BUILD / "export-samples", backbone, head, folder)
    checkpoint, samples = folder / "checkpoint.safetensors", load_file(folder / "samples.safetensors")
    plain, whole = folder / "plain.onnx", folder / "whole.onnx"
    run(BUILD / "syn2real", "export", checkpoint, plain)
    run(BUILD / "syn2real", "export", checkpoint, whole, "--with-preprocessing")
    worst = 0.0
    for path in (plain, whole):
        check_graph(path, backbone, head != "classifier")
        network = session(path)
        for number in range(2):
            logits = samples[f"logits.{number}"]
            assert numpy.abs(logits).max() > 1, f"{backbone} {head}: logits too small to be compared"
            images = samples[f"{'pixels' if path == whole else 'images'}.{number}"]
            (found,) = network.run(None, {"images": images})
            expected = softmax(logits / TEMPERATURE) if path == whole else logits
            worst = max(worst, difference(found, expected))
            # Otherwise a graph that ignores its input would pass.
            if number == 1 and path == plain:
                assert difference(found[:1], found[1:2]) > 1e-4, (backbone, head)
    allowed = tolerance(backbone)
    assert worst <= allowed, f"{backbone} {head}: {worst:.2e} above {allowed:.0e}"
    for path in folder.iterdir():
        path.unlink()
    return worst


def check_weights(folder: Path):
    """Student and head alone: smaller, and the same network for `predict` and `export`."""
    run(BUILD / "export-samples", "resnet18", "classifier", folder)
    checkpoint = folder / "checkpoint.safetensors"
    weights, again = folder / "model.safetensors", folder / "again.safetensors"
    archive = folder / "model.pth"
    run(BUILD / "syn2real", "export", checkpoint, weights)
    run(BUILD / "syn2real", "export", checkpoint, archive)
    run(BUILD / "syn2real", "export", archive, again)
    first, second = load_file(weights), load_file(again)
    assert "encoder_q.fc_new.2.weight" in first and first.keys() == second.keys()
    assert all((first[key] == second[key]).all() for key in first)
    graphs = [folder / name for name in ("a.onnx", "b.onnx", "c.onnx")]
    for source, graph in zip((checkpoint, weights, archive), graphs):
        run(BUILD / "syn2real", "export", source, graph)
    assert len({graph.read_bytes() for graph in graphs}) == 1
    refused = run(BUILD / "syn2real", "export", checkpoint, folder / "x.txt", expects=1)
    assert ".onnx" in refused.stderr, refused.stderr
    run(BUILD / "syn2real", "export", checkpoint, weights, "--with-preprocessing", expects=64)
    check_archive(archive, first)


def check_archive(archive: Path, expected: dict):
    """`torch.load` with nothing but weights; only where PyTorch is installed, as `make bench` does."""
    try:
        import torch
    except ImportError:
        print("torch.load: no PyTorch in this environment, left to 'make bench'", file=sys.stderr)
        return
    loaded = torch.load(archive, weights_only=True)
    state = loaded["state_dict"]
    assert json.loads(loaded["classes"]) == CLASSES
    assert set(state) == set(expected)
    assert all((state[key].numpy() == expected[key]).all() for key in expected)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backbones", help="the backbones to check, by commas; all by default")
    options = parser.parse_args()
    begin = time.perf_counter()
    registered = run(BUILD / "export-samples", "list").stdout.split()
    assert len(registered) >= 16, registered
    chosen = options.backbones.split(",") if options.backbones else registered
    with tempfile.TemporaryDirectory() as folder:
        for backbone in chosen:
            for head in HEADS + MORE_HEADS.get(backbone, ()):
                worst = check(backbone, head, Path(folder))
                print(f"{backbone:20} {head:11} {worst:.1e}", flush=True)
        check_weights(Path(folder))
    print(f"exported networks agree with onnxruntime {onnxruntime.__version__}: "
          f"{len(chosen)} backbones, {time.perf_counter() - begin:.0f} s")


main()
