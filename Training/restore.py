#!/usr/bin/env python3
"""The way back of convert.py: a weight file as ONNX, in the graph of a network of the same shape, to train on from it.

    python restore.py line-reader-small-averaged.lrm --graph untuned.onnx --to start.onnx

Every weight of the graph is replaced by its own number, the graph is written as convert.py writes it, and what stands
where in the result says where each weight of the file belongs. Batch normalisation is folded, as in the file.
"""

import argparse
import json
import pathlib
import struct

import numpy as np
import onnx
from onnx import numpy_helper

from convert import Graph, fold_batch_norms


def weights_of(path):
    content = path.read_bytes()
    (length,) = struct.unpack("<I", content[4:8])
    start = 8 + length + (-(8 + length) % 64)
    return json.loads(content[8:8 + length]), np.frombuffer(content, "<f2", offset=start).astype(np.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("--graph", type=pathlib.Path, required=True)
    parser.add_argument("--to", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    header, values = weights_of(arguments.weights)
    model = onnx.load(arguments.graph)
    fold_batch_norms(model)
    tensors, next_number = {}, 1
    for initializer in model.graph.initializer:
        value = numpy_helper.to_array(initializer)
        if value.dtype == np.float32 and value.size > 6:
            tensors[initializer.name] = value
            numbers = np.arange(next_number, next_number + value.size, dtype=np.float32).reshape(value.shape)
            next_number += value.size
            initializer.CopyFrom(numpy_helper.from_array(numbers, initializer.name))
    assert next_number < 2**24, "more weights than a float32 can number"
    graph = Graph(model)
    graph.run()
    numbers = np.concatenate(graph.weights).astype(np.int64)
    if numbers.size != values.size or graph.operations != header["operations"]:
        raise SystemExit("the weight file has another graph")
    flat = np.concatenate([v.ravel() for v in tensors.values()])
    placed = np.zeros(flat.size, bool)
    held = numbers > 0
    flat[numbers[held] - 1] = values[held]
    placed[numbers[held] - 1] = True
    print(f"{placed.sum()} of {flat.size} weights come from the file")
    at = 0
    for initializer in model.graph.initializer:
        if initializer.name in tensors:
            shape = tensors[initializer.name].shape
            size = int(np.prod(shape))
            initializer.CopyFrom(numpy_helper.from_array(flat[at:at + size].reshape(shape), initializer.name))
            at += size
    onnx.save(model, arguments.to)


if __name__ == "__main__":
    main()
