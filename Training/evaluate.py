#!/usr/bin/env python3
"""Character error rates (without regard to case) of ONNX line readers, by greedy decoding of tight crops.

    python evaluate.py --dhsd DHSD-FOLDER --set validation|selection|cursive|codes|connected|everyday MODEL.onnx...
    python evaluate.py --dhsd DHSD-FOLDER --set validation --program fotoprotokoll [--reader tesseract:deu]
    python evaluate.py --dhsd DHSD-FOLDER --choose NEW.onnx --anchor OLD.onnx --to CHOSEN.onnx --fonts FILE...

Sets: `validation` the three validation writers with the corrected labels; `selection` the training writers that
train.py leaves out; `cursive` 300 synthetic lines in a hurry and `codes` 200 short codes in capitals and digits, both
from the fonts given; `connected` 200 lines of joined hands in a hurry (none of the hands trained on); `everyday` 300 lines in the letter forms
of letters.json, which train as well. `--program` asks the program itself, `fotoprotokoll read --tsv`.
Several models joined by `+` are one reader: the mean of their probabilities.
`--choose` averages the weights of the new and the old network and takes the smallest share of the new one whose error,
on selection, cursive, codes, connected and everyday together, is within 3 % of the best share's: what is not needed is not changed.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import tempfile

import numpy as np
import onnx
import onnxruntime
from PIL import Image

import hands
import lines
from network import average, decode
from scoring import Tally


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


def whole_line(file):
    """The picture as it is, on white."""
    image = Image.open(file).convert("RGBA")
    image = Image.alpha_composite(Image.new("RGBA", image.size, (255, 255, 255, 255)), image).convert("RGB")
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


def dhsd(folder, kind, cut=tight_line):
    corrections = {}
    if kind == "validation":
        path = pathlib.Path(__file__).parent / "dhsd-val-corrections.tsv"
        corrections = {r["file"]: r["text"] for r in csv.DictReader(path.open(encoding="utf8"), delimiter="\t")}
    for row in csv.DictReader((folder / "lines.tsv").open(encoding="utf8"), delimiter="\t"):
        wanted = row["split"] == "val" if kind == "validation" else row["writer"] in lines.SELECTION_WRITERS
        if wanted:
            yield corrections.get(row["file"], row["text"]), cut(folder / row["file"]), row["writer"]


def connected(fonts, tex_lines, words, workshop):
    """200 lines of joined hands, everything in a hurry: half set by TeX, half of fonts. Seed 9."""
    texts = lines.Texts([w.strip() for w in open(words, encoding="utf8")], json.load(open(workshop))["words"], codes=0)
    rng = np.random.default_rng(9)
    for joined, share in (([hands.TexLines(tex_lines)], 1), ((), 0)):
        recipe = lines.Recipe(None, lines.Fonts(fonts), texts, real=0, fast=1, joined=joined, connected=share)
        for _ in range(100):
            text, image = recipe.line(rng)
            yield text, image, "TeX" if joined else "font"


def everyday(words, workshop):
    """300 lines of everyday hands drawn by their strokes, three in ten in a hurry. Seed 10."""
    texts = lines.Texts([w.strip() for w in open(words, encoding="utf8")], json.load(open(workshop))["words"])
    recipe = lines.Recipe(None, None, texts, real=0, fast=0.3, everyday=hands.DrawnHands(texts), drawn=1)
    rng = np.random.default_rng(10)
    for _ in range(300):
        text, image = recipe.line(rng)
        yield text, image, "everyday"


def drawn(kind, fonts, words, workshop):
    """`cursive`: everything in a hurry; `codes`: nothing but codes, three in ten in a hurry. Seeds 7 and 8."""
    codes = kind == "codes"
    texts = lines.Texts([w.strip() for w in open(words, encoding="utf8")], json.load(open(workshop))["words"],
                        codes=1 if codes else 0)
    if codes:
        texts.code = texts.token
    recipe = lines.Recipe(None, lines.Fonts(fonts), texts, real=0, fast=0.3 if codes else 1)
    rng = np.random.default_rng(8 if codes else 7)
    for _ in range(200 if codes else 300):
        text, image = recipe.line(rng)
        yield text, image, kind


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


def measure(read, samples):
    """A tally of all lines and of every writer's; `read` makes the texts of all pictures."""
    table = {}
    for (text, _, writer), got in zip(samples, read([image for _, image, _ in samples]), strict=True):
        for key in ("all", writer):
            table.setdefault(key, Tally()).add(text, got)
    return table


def program(path, reader):
    """Readings of the program, in one call, from pictures without loss."""
    def read(images):
        with tempfile.TemporaryDirectory() as folder:
            files = [str(pathlib.Path(folder) / f"{k:05}.png") for k in range(len(images))]
            for file, image in zip(files, images):
                Image.fromarray(image[:, :, ::-1]).save(file)
            command = [path, "read", "--tsv", *(["--reader", reader] if reader else []), *files]
            output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        rows = [line.split("\t") for line in output.splitlines()]
        texts = {row[0]: row[1] for row in rows if len(row) == 5}
        return [texts[f] if f in texts else texts[pathlib.Path(f).name] for f in files]
    return read


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*")
    parser.add_argument("--dhsd", type=pathlib.Path, required=True)
    parser.add_argument("--set", dest="kinds", action="append", default=[])
    parser.add_argument("--choose", type=pathlib.Path)
    parser.add_argument("--anchor", type=pathlib.Path)
    parser.add_argument("--to", type=pathlib.Path)
    parser.add_argument("--program")
    parser.add_argument("--reader", default="", help="one reader of the program alone")
    parser.add_argument("--fonts", nargs="*", default=[])
    parser.add_argument("--joined-fonts", nargs="*", default=[], help="fonts of the set `connected`")
    parser.add_argument("--tex-lines", type=pathlib.Path, help="what tex_lines.py wrote, for the set `connected`")
    parser.add_argument("--words", default="/usr/share/dict/ngerman")
    parser.add_argument(
        "--workshop", default=str(pathlib.Path(__file__).parent / "../Sources/Recognition/Resources/workshop-words.json"))
    arguments = parser.parse_args()

    def samples(kind, cut=tight_line):
        if kind == "connected":
            return list(connected(arguments.joined_fonts, arguments.tex_lines, arguments.words, arguments.workshop))
        if kind == "everyday":
            return list(everyday(arguments.words, arguments.workshop))
        if kind in ("cursive", "codes"):
            return list(drawn(kind, arguments.fonts, arguments.words, arguments.workshop))
        return list(dhsd(arguments.dhsd, kind, cut))

    def show(kind, name, table):
        for writer, tally in sorted(table.items()):
            print(f"{kind} {writer} ({tally.lines} lines) {name}: {tally}", flush=True)

    for kind in arguments.kinds:
        rows = samples(kind)
        for name in arguments.models:
            reader = Reader(name.split("+"))
            table = measure(lambda images: [reader(image) for image in images], rows)
            show(kind, " + ".join(pathlib.Path(n).name for n in name.split("+")), table)
        if arguments.program:
            table = measure(program(arguments.program, arguments.reader), samples(kind, whole_line))
            show(kind, arguments.reader or "program", table)
    if arguments.choose:
        new, old = onnx.load(arguments.choose), onnx.load(arguments.anchor)
        kinds = ("selection", "cursive", "codes", "connected", "everyday")
        sets = [samples(kind) for kind in kinds]
        figures = {}
        for share in (0.2, 0.4, 0.6, 0.8, 1.0):
            reader = Reader([average(old, new, share).SerializeToString()])
            figures[share] = [measure(lambda images: [reader(image) for image in images], rows)["all"].cer for rows in sets]
            print(f"share {share}: " + ", ".join(f"{k} {f:.2f} %" for k, f in zip(kinds, figures[share])), flush=True)
        best = min(sum(f) for f in figures.values())
        share = min(s for s, f in figures.items() if sum(f) <= 1.03 * best)
        print(f"chosen: {share}")
        onnx.save(average(old, new, share), arguments.to)


if __name__ == "__main__":
    main()
