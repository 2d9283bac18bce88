"""Writes events.bin with TensorBoard's own messages and record writer: python make_fixtures.py

Needs the packages `tensorboard` and `numpy`. EventFileWriterTests writes the same entries.
"""

from pathlib import Path

import numpy as np
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.plugins.hparams import api_pb2, metadata, plugin_data_pb2
from tensorboard.plugins.text.metadata import PLUGIN_NAME
from tensorboard.summary.writer.record_writer import RecordWriter
from tensorboard.util.tensor_util import make_tensor_proto

START = 1_700_000_000.25
SCALARS = [
    ("loss", 1.5, 0),
    ("loss", 0.1, 1),
    ("loss", 0.0, 127),
    ("loss", -0.0, 128),
    ("loss", float("nan"), 300),
    ("loss", float("inf"), 2**31),
    ("loss", float("-inf"), 2**40 + 1),
    ("loss", 1e-45, 2**63 - 1),
    ("loss", 1e300, -1),
    ("accuracy/Äpfel 🍎", 0.875, 5),
    ("", 2.0, 6),
    ("t" * 200, 3.0, 7),
]
TEXTS = [
    ("recipe", "seed: 0\nname: „Äpfel“\n", 0),
    ("long", "0123456789" * 2000, 3),
    ("empty", "", 4),
]
SETTINGS = {"seed": 3.0, "method.name": "csg", "data.balance": "pooled", "train.check": True}
METRICS = ["real/mean_class_accuracy", "real/hse_0"]


def text_value(tag, text):
    value = Summary.Value(tag=tag, tensor=make_tensor_proto(np.array(text, dtype=object)))
    value.metadata.plugin_data.plugin_name = PLUGIN_NAME
    return value


def image_value(tag, png, width, height):
    image = Summary.Image(height=height, width=width, colorspace=3, encoded_image_string=png)
    return Summary.Value(tag=tag, image=image)


def hyperparameter_value(tag, data):
    value = Summary.Value(tag=tag, tensor=metadata.NULL_TENSOR)
    value.metadata.plugin_data.plugin_name = metadata.PLUGIN_NAME
    value.metadata.plugin_data.content = data.SerializeToString(deterministic=True)
    return value


def kind(value):
    name = {str: "STRING", bool: "BOOL", float: "FLOAT64"}[type(value)]
    return api_pb2.DataType.Value(f"DATA_TYPE_{name}")


def start(time):
    info = plugin_data_pb2.SessionStartInfo(start_time_secs=time)
    for name, value in SETTINGS.items():
        field = {str: "string_value", bool: "bool_value", float: "number_value"}[type(value)]
        setattr(info.hparams[name], field, value)
    return hyperparameter_value(
        metadata.SESSION_START_INFO_TAG, plugin_data_pb2.HParamsPluginData(session_start_info=info)
    )


def experiment(time):
    info = api_pb2.Experiment(time_created_secs=time)
    for name, value in SETTINGS.items():
        info.hparam_infos.add(name=name, type=kind(value))
    for metric in METRICS:
        info.metric_infos.add(name=api_pb2.MetricName(tag=metric))
    return hyperparameter_value(
        metadata.EXPERIMENT_TAG, plugin_data_pb2.HParamsPluginData(experiment=info)
    )


def end(time):
    info = plugin_data_pb2.SessionEndInfo(status=api_pb2.STATUS_SUCCESS, end_time_secs=time)
    return hyperparameter_value(
        metadata.SESSION_END_INFO_TAG, plugin_data_pb2.HParamsPluginData(session_end_info=info)
    )


events = [Event(wall_time=START, file_version="brain.Event:2")]
values = [(Summary.Value(tag=tag, simple_value=value), step) for tag, value, step in SCALARS]
values += [(text_value(tag, text), step) for tag, text, step in TEXTS]
times = [0.0 if index == 1 else START + index for index in range(len(values))]
# A record's bytes are kept as they are: this is no picture.
values.append((image_value("confusion/real", bytes(range(200)), 320, 240), 9))
values += [(start(START + 50), 0), (experiment(START + 60), 0), (end(START + 60), 0)]
times += [START + 40, START + 50, START + 60, START + 60]
for time, (value, step) in zip(times, values):
    events.append(Event(wall_time=time, step=step, summary=Summary(value=[value])))

with open(Path(__file__).parent / "events.bin", "wb") as file:
    writer = RecordWriter(file)
    for event in events:
        writer.write(event.SerializeToString(deterministic=True))
