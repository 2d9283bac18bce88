"""Writes events.bin with TensorBoard's own messages and record writer: python make_fixtures.py

Needs the packages `tensorboard` and `numpy`. EventFileWriterTests writes the same entries.
"""

from pathlib import Path

import numpy as np
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
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


def text_value(tag, text):
    value = Summary.Value(tag=tag, tensor=make_tensor_proto(np.array(text, dtype=object)))
    value.metadata.plugin_data.plugin_name = PLUGIN_NAME
    return value


events = [Event(wall_time=START, file_version="brain.Event:2")]
values = [(Summary.Value(tag=tag, simple_value=value), step) for tag, value, step in SCALARS]
values += [(text_value(tag, text), step) for tag, text, step in TEXTS]
for index, (value, step) in enumerate(values):
    wall_time = 0.0 if index == 1 else START + index
    events.append(Event(wall_time=wall_time, step=step, summary=Summary(value=[value])))

with open(Path(__file__).parent / "events.bin", "wb") as file:
    writer = RecordWriter(file)
    for event in events:
        writer.write(event.SerializeToString(deterministic=True))
