#!/usr/bin/env python3
"""Converts a line reader from ONNX to the program's own weight file, and checks nothing by trust.

    python convert.py line-reader-small.onnx --name small --to ../Sources/Recognition/Resources/line-reader-small.lrm \
        --reference /tmp/small-rounded.onnx

The weight file: "LRM1", UInt32 length of the header (little endian), the header as JSON, zeros up to a multiple of 64,
then the weights as float16 (little endian). Tensors are rows x columns x channels; a convolution's weights are stored
height x width x in x out (the matrix that the product wants), a depthwise one's height x width x channels.
Batch normalisation is folded before the weights are rounded. `--reference` writes the ONNX model with exactly the
rounded weights, which is what the Swift executor must agree with.

Understood are the operations of the two PP-OCRv6 line readers; anything else is refused, never guessed.
"""

import argparse
import json
import pathlib
import struct
import sys

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.reference import ReferenceEvaluator

ALPHABET = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüÄÖÜß0123456789.,:;!?-+&%/()\"'=<>#@*€_→ "
)


def attributes(node):
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def constants(model):
    """Every value of the graph that does not depend on the input, by name."""
    known = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    for node in model.graph.node:
        inputs = [i for i in node.input if i]
        if all(i in known for i in inputs):
            graph = onnx.helper.make_graph(
                [node], "one", [],
                [onnx.helper.make_empty_tensor_value_info(o) for o in node.output],
                [numpy_helper.from_array(np.asarray(known[i]), i) for i in inputs])
            one = onnx.helper.make_model(graph, opset_imports=model.opset_import)
            for name, value in zip(node.output, ReferenceEvaluator(one).run(None, {})):
                known[name] = np.asarray(value)
    return known


def fold_batch_norms(model):
    """Multiplies batch normalisation into the convolution before it, in the graph itself."""
    known = constants(model)
    producer = {o: n for n in model.graph.node for o in n.output}
    initializers = {i.name: i for i in model.graph.initializer}
    for node in [n for n in model.graph.node if n.op_type == "BatchNormalization"]:
        gamma, beta, mean, variance = (known[i] for i in node.input[1:5])
        factor = gamma / np.sqrt(variance + attributes(node).get("epsilon", 1e-5))
        before = producer[node.input[0]]
        while before.op_type in ("Squeeze", "Unsqueeze"):
            before = producer[before.input[0]]
        if before.op_type != "Conv":
            raise SystemExit(f"batch normalisation after {before.op_type} is not understood")
        weight = known[before.input[1]]
        bias = known[before.input[2]] if len(before.input) > 2 else np.zeros_like(mean)
        folded = (weight * factor.reshape(-1, *[1] * (weight.ndim - 1))).astype(np.float32)
        initializers[before.input[1]].CopyFrom(numpy_helper.from_array(folded, before.input[1]))
        name = before.output[0] + ".bias"
        model.graph.initializer.append(
            numpy_helper.from_array(((bias - mean) * factor + beta).astype(np.float32), name))
        while len(before.input) > 2:
            before.input.pop()
        before.input.append(name)
        for other in model.graph.node:
            for index, value in enumerate(other.input):
                if value == node.output[0]:
                    other.input[index] = node.input[0]
        model.graph.node.remove(node)


def round_weights(model):
    """Rounds every weight to float16; scalars (epsilons, factors) stay, they go into the header."""
    for initializer in model.graph.initializer:
        value = numpy_helper.to_array(initializer)
        if value.dtype == np.float32 and value.size > 6:
            rounded = value.astype(np.float16).astype(np.float32)
            if not np.isfinite(rounded).all():
                raise SystemExit(f"{initializer.name} does not fit into float16")
            initializer.CopyFrom(numpy_helper.from_array(rounded, initializer.name))


class Graph:
    """Walks the ONNX graph once, forward, and writes operations; names map to symbols of what they stand for."""

    def __init__(self, model):
        self.model = model
        self.known = constants(model)
        self.symbol = {model.graph.input[0].name: ("tensor", 0)}
        self.operations = []
        self.weights = []
        self.count = 0
        self.next_tensor = 1
        self.dead = set()

    # Symbols -----------------------------------------------------------------

    def tensor(self, symbol):
        kind, identifier = symbol[0], symbol[1]
        if kind != "tensor" or identifier in self.dead:
            raise SystemExit(f"{symbol} is used in a way that is not understood")
        return identifier

    def store(self, values):
        values = np.ascontiguousarray(values, dtype=np.float32).ravel()
        offset = self.count
        padding = -values.size % 16  # every block starts at a multiple of 64 bytes once widened
        self.weights.append(np.concatenate([values, np.zeros(padding, np.float32)]))
        self.count += values.size + padding
        return offset

    def emit(self, **operation):
        operation["output"] = self.next_tensor
        self.next_tensor += 1
        self.operations.append(operation)
        return ("tensor", operation["output"])

    def producer(self, identifier):
        for operation in self.operations:
            if operation["output"] == identifier:
                return operation
        return None

    def fuse(self, symbol, key, value, kinds=("convolution", "depthwise")):
        """Adds an activation, bias or residual to the operation that makes `symbol`, if nothing else saw it yet."""
        identifier = self.tensor(symbol)
        operation = self.producer(identifier)
        if operation is None or operation["kind"] not in kinds or operation.get(key) is not None:
            return None
        order = ["bias", "activation", "residual"]
        if any(operation.get(later) is not None for later in order[order.index(key):]):
            return None
        for other in self.operations:
            if identifier in other["inputs"] or other.get("residual") == identifier:
                return None
        operation[key] = value
        self.dead.add(identifier)
        operation["output"] = self.next_tensor
        self.next_tensor += 1
        return ("tensor", operation["output"])

    def activate(self, symbol, name):
        fused = self.fuse(symbol, "activation", name)
        if fused is None:
            raise SystemExit(f"the activation {name} does not follow a convolution")
        return fused

    # Walk --------------------------------------------------------------------

    def run(self):
        for node in self.model.graph.node:
            if node.output[0] in self.known:
                continue
            handler = getattr(self, "do_" + node.op_type, None)
            arguments = [("const", self.known[i]) if i in self.known else self.symbol[i] for i in node.input]
            if arguments and all(a[0] in ("const", "shape") for a in arguments):
                self.symbol[node.output[0]] = ("shape",)
                continue
            if handler is None:
                raise SystemExit(f"the operation {node.op_type} is not understood")
            result = handler(arguments, attributes(node))
            if result is None:
                raise SystemExit(f"{node.op_type} {node.name} of {[a[:1] for a in arguments]} is not understood")
            self.symbol[node.output[0]] = result
        return self.tensor(self.symbol[self.model.graph.output[0].name])

    def do_Shape(self, a, _):
        return ("shape",)

    def do_Pad(self, a, _):
        pads = a[1][1].ravel().tolist()
        return ("padded", self.tensor(a[0]), [int(pads[2]), int(pads[3]), int(pads[6]), int(pads[7])])

    @staticmethod
    def window(symbol, attribute):
        top, left, bottom, right = attribute.get("pads", [0, 0, 0, 0])
        pads = [top, left, bottom, right]
        if symbol[0] == "padded":
            pads = [p + q for p, q in zip(pads, symbol[2])]
        return pads

    def do_Conv(self, a, attribute):
        weight = a[1][1]
        out, inner, height, width = weight.shape
        group = attribute.get("group", 1)
        if any(d != 1 for d in attribute.get("dilations", [1, 1])):
            return None
        operation = {
            "inputs": [a[0][1]], "kernel": [height, width], "stride": list(attribute.get("strides", [1, 1])),
            "padding": self.window(a[0], attribute),
        }
        if group == 1:
            operation |= {
                "kind": "convolution", "channels": [inner, out], "weight": self.store(weight.transpose(2, 3, 1, 0))}
        elif group == out and inner == 1:
            operation |= {
                "kind": "depthwise", "channels": [out, out], "weight": self.store(weight[:, 0].transpose(1, 2, 0))}
        else:
            return None
        if a[0][0] != "padded":
            self.tensor(a[0])
        if len(a) > 2:
            operation["bias"] = self.store(a[2][1])
        return self.emit(**operation)

    def do_MatMul(self, a, _):
        if a[1][0] == "const":
            matrix = a[1][1]
            return self.emit(
                kind="convolution", inputs=[self.tensor(a[0])], kernel=[1, 1], stride=[1, 1], padding=[0, 0, 0, 0],
                channels=list(matrix.shape), weight=self.store(matrix))
        if a[0][0] == "part" and a[1][0] == "part" and (a[0][2], a[1][2]) == (0, 1) and a[0][1] == a[1][1]:
            return ("scores", a[0][1], a[0][3])
        if a[0][0] == "weights" and a[1][0] == "part" and a[1][2] == 2 and a[0][1] == a[1][1]:
            (tensor, heads, size) = a[0][1]
            return self.emit(
                kind="attention", inputs=[tensor], heads=heads, channels=[3 * heads * size, heads * size], factor=a[0][2])
        return None

    def do_Softmax(self, a, _):
        return ("weights",) + a[0][1:] if a[0][0] == "scores" else None

    def do_Reshape(self, a, _):
        if a[0][0] == "tensor" and a[1][0] == "const" and a[1][1].size == 5:
            _, _, three, heads, size = (int(v) for v in a[1][1])
            return ("qkv", (self.tensor(a[0]), heads, size)) if three == 3 else None
        return a[0]

    def do_Slice(self, a, _):
        return ("part", a[0][1], int(a[1][1].ravel()[0]), 1.0) if a[0][0] == "qkv" else None

    def alias(self, a, _):
        return a[0]

    # Around the tokens height is 1 and rows x columns x channels is already the order wanted.
    do_Squeeze = do_Unsqueeze = do_Transpose = do_Identity = alias

    def do_Concat(self, a, attribute):
        if attribute["axis"] != 1:
            return None
        return self.emit(kind="concatenation", inputs=[self.tensor(s) for s in a])

    def do_Relu(self, a, _):
        return self.activate(a[0], "relu")

    def do_Sigmoid(self, a, _):
        return ("sigmoid", self.tensor(a[0]))

    def do_Div(self, a, _):
        if a[1][0] == "const" and abs(float(a[1][1]) - 2**0.5) < 1e-6:
            return ("gelu-argument", self.tensor(a[0]))
        if a[0][0] == "centred" and a[1][0] == "deviation":
            return ("normal", a[0][1], a[1][2])
        return None

    def do_Erf(self, a, _):
        return ("erf", a[0][1]) if a[0][0] == "gelu-argument" else None

    def do_Sub(self, a, _):
        return ("centred", a[0][1]) if a[1] == ("mean", a[0][1]) else None

    def do_Pow(self, a, _):
        return ("square", a[0][1]) if a[0][0] == "centred" and float(a[1][1]) == 2 else None

    def do_Sqrt(self, a, _):
        return ("deviation",) + a[0][1:] if a[0][0] == "variance" else None

    def do_ReduceMean(self, a, attribute):
        axes = list(attribute["axes"])
        if axes == [2, 3]:
            return self.emit(kind="mean", inputs=[self.tensor(a[0])])
        if axes == [-1]:
            return ("variance", a[0][1], 0.0) if a[0][0] == "square" else ("mean", self.tensor(a[0]))
        return None

    def do_Clip(self, a, _):
        bounds = (float(a[1][1]), float(a[2][1]))
        return ("hard-sigmoid", a[0][1]) if a[0][0] == "sixth-half" and bounds == (0, 1) else None

    def do_Add(self, a, _):
        if a[1][0] != "const" and a[0][0] == "const":
            a = [a[1], a[0]]
        if a[1][0] == "const":
            value = a[1][1]
            if a[0][0] == "erf" and float(value) == 1:
                return ("erf-1", a[0][1])
            if a[0][0] == "sixth" and float(value) == 0.5:
                return ("sixth-half", a[0][1])
            if a[0][0] == "variance":
                return ("variance", a[0][1], float(value))
            if a[0][0] == "scaled-normal":
                return self.emit(
                    kind="layerNorm", inputs=[a[0][1]], epsilon=a[0][2], weight=self.store(a[0][3]),
                    bias=self.store(value), channels=[value.size, value.size])
            return self.fuse(a[0], "bias", self.store(value)) if a[0][0] == "tensor" else None
        left, right = self.tensor(a[0]), self.tensor(a[1])
        for conv, other in ((a[1], left), (a[0], right)):
            operation = self.producer(conv[1])
            made_before = other == 0 or self.operations.index(self.producer(other)) < (
                self.operations.index(operation) if operation else -1)
            if operation and made_before:
                fused = self.fuse(conv, "residual", other)
                if fused is not None:
                    return fused
        return self.emit(kind="sum", inputs=[left, right])

    def do_Mul(self, a, _):
        if a[0][0] == "const":
            a = [a[1], a[0]]
        if a[1][0] == "const":
            value = a[1][1]
            if value.size == 1:
                factor = float(value.ravel()[0])
                if a[0][0] == "gelu-2":
                    return self.activate(("tensor", a[0][1]), "gelu") if factor == 0.5 else None
                if a[0][0] == "part":
                    return a[0][:3] + (a[0][3] * factor,)
                return ("sixth", self.tensor(a[0])) if abs(factor - 1 / 6) < 1e-6 else None
            return ("scaled-normal",) + a[0][1:] + (value,) if a[0][0] == "normal" else None
        if a[0][0] != "tensor":
            a = [a[1], a[0]]
        identifier = self.tensor(a[0])
        if a[1] == ("erf-1", identifier):
            return ("gelu-2", identifier)
        if a[1] == ("sigmoid", identifier):
            return self.activate(a[0], "silu")
        if a[1] == ("hard-sigmoid", identifier):
            return self.activate(a[0], "hardSwish")
        if a[1][0] == "hard-sigmoid":
            gate = self.activate(("tensor", a[1][1]), "hardSigmoid")
            return self.emit(kind="scale", inputs=[identifier, gate[1]])
        return None

    def do_MaxPool(self, a, attribute):
        return self.pool("maximum", a, attribute)

    def do_AveragePool(self, a, attribute):
        return self.pool("average", a, attribute)

    def pool(self, kind, a, attribute):
        if attribute.get("ceil_mode", 0):
            return None
        padding = self.window(a[0], attribute)
        if kind == "average" and any(padding):
            return None
        return self.emit(
            kind=kind, inputs=[a[0][1]], kernel=list(attribute["kernel_shape"]), stride=list(attribute["strides"]),
            padding=padding)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--name", required=True, help="the reader's name in results, such as small-averaged")
    parser.add_argument("--to", type=pathlib.Path, required=True)
    parser.add_argument("--reference", type=pathlib.Path, help="write the ONNX model with the rounded weights")
    arguments = parser.parse_args()

    model = onnx.load(arguments.model)
    fold_batch_norms(model)
    round_weights(model)
    if arguments.reference:
        onnx.save(model, arguments.reference)
    graph = Graph(model)
    output = graph.run()
    header = {
        "name": arguments.name, "dtype": "float16", "count": graph.count, "height": 48, "channels": 3,
        "alphabet": ALPHABET, "output": output, "operations": graph.operations,
    }
    encoded = json.dumps(header, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    content = b"LRM1" + struct.pack("<I", len(encoded)) + encoded
    content += bytes(-len(content) % 64)
    content += np.concatenate(graph.weights).astype("<f2").tobytes()
    arguments.to.write_bytes(content)
    kinds = {}
    for operation in graph.operations:
        kinds[operation["kind"]] = kinds.get(operation["kind"], 0) + 1
    print(f"{arguments.to.name}: {len(content)} bytes, {graph.count} weights, {kinds}", file=sys.stderr)


if __name__ == "__main__":
    main()
