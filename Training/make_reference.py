#!/usr/bin/env python3
"""Makes the tensors that the tests compare the Swift executor with: a drawn line and what onnxruntime makes of it.

    python make_reference.py /tmp/small-rounded.onnx "Schulung für alle" ../Tests/RecognitionTests/Fixtures/line-reader-small-averaged.ref

The model must be the one with rounded weights that `convert.py --reference` writes. File, all little endian:
"REF1", UInt32 width, UInt32 columns, UInt32 classes, 48 x width x 3 bytes (blue, green, red), columns x classes float32.
The line is set in the font that Pillow brings along, so nothing but the pinned packages is needed.
"""

import pathlib
import struct
import sys

import numpy as np
import onnxruntime
from PIL import Image, ImageDraw, ImageFont


def line(text):
    font = ImageFont.load_default(size=34)
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("RGB", (right - left + 8, 48), (250, 226, 120))
    drawing = ImageDraw.Draw(image)
    drawing.text((4 - left, (48 - (bottom - top)) / 2 - top), text, font=font, fill=(30, 34, 90))
    return np.asarray(image)[:, :, ::-1]


def main():
    model, text, to = sys.argv[1:4]
    pixels = np.ascontiguousarray(line(text))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    x = ((pixels.astype(np.float32) / 255 - 0.5) / 0.5).transpose(2, 0, 1)[None]
    logits = session.run(None, {"x": x})[0][0]
    pathlib.Path(to).write_bytes(
        b"REF1" + struct.pack("<III", pixels.shape[1], *logits.shape) + pixels.tobytes()
        + logits.astype("<f4").tobytes())
    print(to, pixels.shape, logits.shape, float(np.abs(logits).max()))
    from convert import ALPHABET
    previous, out = 0, ""
    for k in logits.argmax(1):
        if k and k != previous:
            out += ALPHABET[k - 1]
        previous = k
    print(repr(out))


if __name__ == "__main__":
    main()
