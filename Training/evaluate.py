#!/usr/bin/env python3
"""Character error rates (without regard to case) of ONNX line readers, by greedy decoding of tight crops.

    python evaluate.py --dhsd DHSD-FOLDER --set validation|selection|cursive MODEL.onnx...
    python evaluate.py --dhsd DHSD-FOLDER --choose NEW.onnx --anchor OLD.onnx --to CHOSEN.onnx --fonts FILE...

Sets: `validation` the three validation writers with the corrected labels; `selection` the training writers that
train.py leaves out; `cursive` synthetic lines in a hurry, from the fonts given (none of them trained on).
Several models joined by `+` are one reader: the mean of their probabilities.
`--choose` averages the weights of the new and the old network and takes the smallest share of the new one whose error,
on selection and cursive together, is within 3 % of the best share's: what is not needed is not changed.
"""

import argparse
import csv
import json
import pathlib
import unicodedata

import numpy as np
import onnx
import onnxruntime
from PIL import Image

import lines
from network import average, decode


def plain(text):
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def distance(a, b):
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a):
        current = [i + 1]
        for j, y in enumerate(b):
            current.append(min(previous[j + 1] + 1, current[j] + 1, previous[j] + (x != y)))
        previous = current
    return previous[-1]


def tight_line(file):
    """The picture cut to its ink with a margin of 6 % of the ink's height, as the program cuts lines."""
    image = Image.open(file).convert("RGBA")
    image = Image.alpha_composite(Image.new("RGBA", image.size, (255, 255, 255, 255)), image).convert("RGB")
    pixels = np.asarray(image)[:, :, ::-1]
    grey = pixels.mean(2)
    low, high = np.percentile(grey, 0.7), np.percentile(grey, 70)
    found = (grey < high - 0.35 * (high - low)).astype(np.uint8)
    count, labels, stats, _ = lines.cv2.connectedComponentsWithStats(found, connectivity=8)
    kept = np.isin(labels, [k for k in range(1, count) if stats[k, 4] >= 6])
    if not kept.any():
        return lines.to_height(pixels)
    rows, columns = np.flatnonzero(kept.any(1)), np.flatnonzero(kept.any(0))
    pad = max(1, round(0.06 * (rows[-1] - rows[0] + 1)))
    box = pixels[max(0, rows[0] - pad):rows[-1] + 1 + pad, max(0, columns[0] - pad):columns[-1] + 1 + pad]
    return lines.to_height(np.ascontiguousarray(box))


def dhsd(folder, kind):
    corrections = {}
    if kind == "validation":
        path = pathlib.Path(__file__).parent / "dhsd-val-corrections.tsv"
        corrections = {r["file"]: r["text"] for r in csv.DictReader(path.open(encoding="utf8"), delimiter="\t")}
    for row in csv.DictReader((folder / "lines.tsv").open(encoding="utf8"), delimiter="\t"):
        wanted = row["split"] == "val" if kind == "validation" else row["writer"] in lines.SELECTION_WRITERS
        if wanted:
            yield corrections.get(row["file"], row["text"]), tight_line(folder / row["file"]), row["writer"]


def cursive(fonts, words, workshop, count=300, seed=7):
    texts = lines.Texts([w.strip() for w in open(words, encoding="utf8")], json.load(open(workshop))["words"])
    recipe = lines.Recipe(None, lines.Fonts(fonts), texts, real=0, fast=1)
    rng = np.random.default_rng(seed)
    for _ in range(count):
        text, image = recipe.line(rng)
        yield text, image, "fast"


class Reader:
    def __init__(self, models):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.sessions = [
            onnxruntime.InferenceSession(m if isinstance(m, bytes) else str(m), options, ["CPUExecutionProvider"])
            for m in models]

    def __call__(self, image):
        x = ((image.astype(np.float32) / 255 - 0.5) / 0.5).transpose(2, 0, 1)[None]
        total = 0
        for session in self.sessions:
            logits = session.run(None, {"x": x})[0][0]
            p = np.exp(logits - logits.max(-1, keepdims=True))
            total = total + p / p.sum(-1, keepdims=True)
        return decode(total)


def measure(reader, samples):
    """CER and share of lines read exactly, overall and by writer."""
    table = {}
    for text, image, writer in samples:
        wanted, got = plain(text), plain(reader(image))
        for key in ("all", writer):
            row = table.setdefault(key, [0, 0, 0, 0])
            error = distance(wanted, got)
            row[0] += error
            row[1] += len(wanted)
            row[2] += error == 0
            row[3] += 1
    return {k: (100 * e / n, 100 * right / count) for k, (e, n, right, count) in table.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*")
    parser.add_argument("--dhsd", type=pathlib.Path, required=True)
    parser.add_argument("--set", dest="kinds", action="append", default=[])
    parser.add_argument("--choose", type=pathlib.Path)
    parser.add_argument("--anchor", type=pathlib.Path)
    parser.add_argument("--to", type=pathlib.Path)
    parser.add_argument("--fonts", nargs="*", default=[])
    parser.add_argument("--words", default="/usr/share/dict/ngerman")
    parser.add_argument(
        "--workshop", default=str(pathlib.Path(__file__).parent / "../Sources/Recognition/Resources/workshop-words.json"))
    arguments = parser.parse_args()

    def samples(kind):
        if kind == "cursive":
            return list(cursive(arguments.fonts, arguments.words, arguments.workshop))
        return list(dhsd(arguments.dhsd, kind))

    for kind in arguments.kinds:
        rows = samples(kind)
        for name in arguments.models:
            table = measure(Reader(name.split("+")), rows)
            print(kind, " + ".join(pathlib.Path(n).name for n in name.split("+")),
                  "  ".join(f"{k} {cer:.2f} % ({exact:.1f})" for k, (cer, exact) in sorted(table.items())), flush=True)
    if arguments.choose:
        new, old = onnx.load(arguments.choose), onnx.load(arguments.anchor)
        sets = [samples("selection"), samples("cursive")]
        figures = {}
        for share in (0.4, 0.6, 0.8, 1.0):
            reader = Reader([average(old, new, share).SerializeToString()])
            figures[share] = [measure(reader, rows)["all"][0] for rows in sets]
            print(f"share {share}: selection {figures[share][0]:.2f} %, cursive {figures[share][1]:.2f} %", flush=True)
        best = min(sum(f) for f in figures.values())
        share = min(s for s, f in figures.items() if sum(f) <= 1.03 * best)
        print(f"chosen: {share}")
        onnx.save(average(old, new, share), arguments.to)


if __name__ == "__main__":
    main()
