"""The small line reader in PyTorch and back: ONNX in, ONNX out with the same graph, the trained weights put in place."""

import warnings

import numpy as np
import onnx
import onnx2torch
import torch
from onnx import numpy_helper

from convert import ALPHABET

warnings.filterwarnings("ignore", category=UserWarning)


def weights(model):
    """Every float32 tensor of the graph that is more than a handful of numbers, by name."""
    known = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    for node in model.graph.node:
        for attribute in node.attribute:
            if node.op_type == "Constant" and attribute.name == "value":
                known[node.output[0]] = numpy_helper.to_array(attribute.t)
    return {k: v for k, v in known.items() if v.dtype == np.float32 and v.size > 6}


def put(model, values):
    """A copy of `model` with `values` (by name) instead of its own."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    for initializer in copy.graph.initializer:
        if initializer.name in values:
            initializer.CopyFrom(numpy_helper.from_array(values[initializer.name].astype(np.float32), initializer.name))
    for node in copy.graph.node:
        for attribute in node.attribute:
            if node.op_type == "Constant" and attribute.name == "value" and node.output[0] in values:
                attribute.t.CopyFrom(numpy_helper.from_array(values[node.output[0]].astype(np.float32)))
    return copy


def average(first, second, share):
    """`share` of the second model's weights, the rest of the first's."""
    a, b = weights(first), weights(second)
    if a.keys() != b.keys():
        raise SystemExit("the two models have different weights")
    return put(first, {k: (1 - share) * a[k] + share * b[k] for k in a})


def one_gelu(module):
    """The graph with each x / sqrt 2, erf, + 1, times x, times a half as the one operation that they are: an eighth less
    time a step, the same numbers to 1e-4."""
    for erf in [n for n in module.graph.nodes if n.op == "call_module" and str(n.target).startswith("Erf")]:
        x, steps = erf.args[0].args[0], []
        node = erf
        for _ in range(3):
            (node,) = node.users
            steps.append(str(node.target).split("/")[0])
        if steps != ["Add", "Mul", "Mul"]:
            raise SystemExit(f"what follows {erf.target} is no GELU: {steps}")
        with module.graph.inserting_after(node):
            node.replace_all_uses_with(module.graph.call_function(torch.nn.functional.gelu, (x,)))
    module.graph.eliminate_dead_code()
    module.recompile()


class Network:
    """The graph as a PyTorch module; convolutions and matrices train, normalisation stays as it is."""

    def __init__(self, model):
        self.model = model
        self.module = onnx2torch.convert(model).eval()
        one_gelu(self.module)
        for name, buffer in list(self.module.named_buffers()):
            if buffer.dtype == torch.float32 and buffer.numel() > 6:  # onnx2torch takes them for constants
                owner, _, leaf = name.rpartition(".")
                owner = self.module.get_submodule(owner)
                del owner._buffers[leaf]
                owner.register_parameter(leaf, torch.nn.Parameter(buffer.clone()))
        by_value = {}
        for name, value in weights(model).items():
            by_value.setdefault((value.shape, value.tobytes()), []).append(name)
        self.names = {}
        for name, parameter in self.module.named_parameters():
            value = parameter.detach().numpy()
            found = by_value.get((value.shape, value.tobytes()), [])
            # Tensors that only occur in pairs (the fixed shifts of the stem) and layer normalisation stay as they are.
            trains = len(found) == 1 and (parameter.ndim >= 2 or name.endswith("bias"))
            parameter.requires_grad_(trains)
            if trains:
                self.names[name] = found[0]
        self.trained = [p for p in self.module.parameters() if p.requires_grad]

    def exported(self, state):
        """The ONNX model with the parameters of `state` (by the module's names)."""
        return put(self.model, {onnx_name: state[name].detach().numpy() for name, onnx_name in self.names.items()})


def decode(logits):
    previous, text = 0, ""
    for k in logits.argmax(-1):
        if k and k != previous:
            text += ALPHABET[k - 1]
        previous = k
    return text
