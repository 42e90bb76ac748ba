#!/usr/bin/env python3
"""Draws lines of the same recipe for Tesseract: NAME.png and NAME.box (one WordStr line), to be made .lstmf by `tesseract`."""

import argparse
import json
import pathlib

import numpy as np

import lines
from train import words_of


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dhsd", type=pathlib.Path, required=True)
    parser.add_argument("--to", type=pathlib.Path, required=True)
    parser.add_argument("--fonts", nargs="+", required=True)
    parser.add_argument("--words", required=True)
    parser.add_argument("--workshop", required=True)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--unicharset", type=pathlib.Path, required=True, help="what the model can write at all")
    parser.add_argument("--seed", type=int, default=20261125)
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    known = {line.split(" ")[0] for line in arguments.unicharset.read_text(encoding="utf8").splitlines()[1:]} | {" "}
    with (arguments.dhsd / "lines.tsv").open(encoding="utf8") as file:
        writers = {row["writer"] for row in lines.csv.DictReader(file, delimiter="\t") if row["split"] == "train"}
    handwriting = lines.Handwriting(arguments.dhsd, writers - set(lines.SELECTION_WRITERS))
    texts = lines.Texts(words_of(arguments.words), json.loads(pathlib.Path(arguments.workshop).read_text())["words"])
    recipe = lines.Recipe(handwriting, lines.Fonts(arguments.fonts), texts)
    rng = np.random.default_rng(arguments.seed)
    made = 0
    while made < arguments.count:
        text, image = recipe.line(rng)
        if not set(text) <= known:
            continue
        grey = lines.cv2.copyMakeBorder(image, 6, 6, 6, 6, lines.cv2.BORDER_REPLICATE).mean(2).astype(np.uint8)
        name = arguments.to / f"{made:05d}"
        lines.cv2.imwrite(f"{name}.png", grey)
        height, width = grey.shape
        name.with_suffix(".box").write_text(
            f"WordStr 0 0 {width} {height} 0 #{text}\n\t {width} 0 {width + 1} {height} 0\n", encoding="utf8")
        made += 1


if __name__ == "__main__":
    main()
