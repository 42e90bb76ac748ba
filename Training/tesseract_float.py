#!/usr/bin/env python3
"""Makes an integer Tesseract LSTM (best2int) trainable again: every int8 matrix becomes a matrix of doubles.

    combine_tessdata -e deu.traineddata deu.lstm && python tesseract_float.py deu.lstm deu-float.lstm

An integer matrix is stored as a byte of flags (1 integer, 4 Adam, 128 scales are doubles), rows, columns, one empty
value, rows x columns int8, the number of scales and the scales (the greatest weight of each row). The float matrix has
the same head without the integer flag, and value x scale / 127. The file is scanned for that pattern, which checks
itself: the number of scales must equal the rows. The recogniser's own integer flag is 28 bytes before the end.
"""

import pathlib
import struct
import sys

import numpy as np


def matrix_at(data, at):
    """(end, rows, columns, values, flags) of an integer matrix that starts at `at`, or None."""
    flags = data[at]
    if flags & 0x81 != 0x81 or flags & ~0x85 or at + 10 > len(data):
        return None
    rows, columns = struct.unpack_from("<II", data, at + 1)
    if not (1 <= rows <= 4096 and 2 <= columns <= 4096):
        return None
    start = at + 10
    after = start + rows * columns
    if after + 4 + 8 * rows > len(data) or struct.unpack_from("<I", data, after)[0] != rows:
        return None
    values = np.frombuffer(data, np.int8, rows * columns, start).reshape(rows, columns).astype(np.float64)
    scales = np.frombuffer(data, "<f8", rows, after + 4)
    if not (np.isfinite(scales).all() and (scales >= 0).all() and scales.max() < 1000):
        return None
    return after + 4 + 8 * rows, values * scales[:, None] / 127, flags & ~1


def main():
    data = pathlib.Path(sys.argv[1]).read_bytes()
    out, at, copied, count = bytearray(), 0, 0, 0
    while at < len(data):
        found = matrix_at(data, at)
        if found is None:
            at += 1
            continue
        end, values, flags = found
        out += data[copied:at] + bytes([flags]) + struct.pack("<II", *values.shape) + bytes(8) + values.astype("<f8").tobytes()
        at = copied = end
        count += values.size
    if not count:
        sys.exit("no integer matrix found")
    out += data[copied:]
    (flags,) = struct.unpack_from("<i", out, len(out) - 28)
    if not flags & 1:
        sys.exit("the recogniser is no integer one")
    struct.pack_into("<i", out, len(out) - 28, flags & ~1)
    pathlib.Path(sys.argv[2]).write_bytes(bytes(out))
    print(f"{count} weights", file=sys.stderr)


if __name__ == "__main__":
    main()
