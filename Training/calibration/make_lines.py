#!/usr/bin/env python3
"""Makes the pictures of lines that the calibration is fitted to, each set a folder with `lines.tsv` (file, text, group).

usage: make_lines.py --dhsd FOLDER --photos FOLDER --font FILE... --joined-font FILE... --tex-lines FILE --into FOLDER
       make_lines.py --dhsd FOLDER --clean EVIDENCE.jsonl...

Neat, hurried and very hurried lines of the selection writers of DHSD and of the selection fonts (neither trains the
network), coded notes in drawn hands and in the letters of the selection writers, joined hands in a hurry, codes in capitals, lines of the easy dev photos, and lines cut half way between two: nothing on these can be
right. `--clean` drops lines of evidence (in place) whose label belongs to another picture: the reading is nothing like
the label and much like another label of these writers (writer 29 has several). Seeds are given here.
Needs what Training/requirements-training.txt names.
"""
import argparse
import csv
import json
import pathlib
import random
import sys

import cv2
import numpy as np
import onnx
from PIL import Image, ImageOps

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Training"), str(ROOT / "Benchmarks"), str(pathlib.Path(__file__).parent)]
import fit  # noqa: E402
import hands  # noqa: E402
import line_sets  # noqa: E402
import lines  # noqa: E402
import train  # noqa: E402
from network import Network  # noqa: E402
from rewritten import Rewritten  # noqa: E402
from scoring import distance, plain  # noqa: E402

LETTERS = "ABCDEFGHIKLMNOPRSTUVW"
UNREADABLE = "\0"


def write(folder, rows):
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lines.tsv", "w", encoding="utf-8") as table:
        for index, (text, picture, group) in enumerate(rows):
            path = picture
            if not isinstance(picture, (str, pathlib.Path)):
                path = folder / f"{index:04}.png"
                cv2.imwrite(str(path), picture)
            table.write(f"{path}\t{text}\t{group}\n")
    print(folder.name, len(rows))


def photographed(rng, mask, real, times, fast=True):
    for _ in range(times):
        mask = lines.tight(lines.warp(rng, mask, fast))
        if mask is None:
            return None
    return lines.photograph(rng, lines.stroke(rng, mask, real))


def hurried(count, seed, times, draw, real, group):
    rng, rows = np.random.default_rng(seed), []
    while len(rows) < count:
        drawn = draw(rng)
        mask = None if drawn is None else lines.tight(drawn[1])
        picture = None if mask is None else photographed(rng, mask, real, times)
        if picture is not None:
            rows.append((drawn[0], picture, group))
    return rows


def codes(count, seed, fonts, texts, times=1, hurry=0.4):
    """Codes of two to four capitals, some with a digit, some before a word."""
    rng, rows = np.random.default_rng(seed), []
    while len(rows) < count:
        text = "".join(LETTERS[rng.integers(len(LETTERS))] for _ in range(int(rng.integers(2, 5))))
        text += str(rng.integers(1, 10)) if rng.random() < 0.3 else ""
        text += " " + texts.word(rng, "n") if rng.random() < 0.25 else ""
        drawn = fonts.mask(rng, text)
        if drawn is None:
            continue
        picture = photographed(rng, lines.tight(drawn[1]), False, times, rng.random() < hurry)
        if picture is not None:
            rows.append((drawn[0], picture, "code"))
    return rows


def joined(count, seed, fonts, tex_lines, texts):
    """Joined hands in a hurry, half of them set by TeX."""
    recipe = lines.Recipe(None, lines.Fonts(fonts), texts, real=0, fast=1, joined=[hands.TexLines(tex_lines)], connected=0.5)
    rng = np.random.default_rng(seed)
    return [(*recipe.line(rng), "joined") for _ in range(count)]


class Spoken:
    """The lines of coded notes in their order, drawn as `lines.Texts` is: what people do write on notes."""

    def __init__(self, file, longest=24):
        self.texts, self.next = [], 0
        for note in open(file, encoding="utf-8"):
            line = ""
            for word in json.loads(note)["text"].replace("\u2013", "-").split():
                if line and len(line) + len(word) >= longest:
                    self.texts.append(line)
                    line = ""
                line = f"{line} {word}".strip()
            self.texts.append(line)
        self.texts = [t for t in self.texts if len(t) > 1 and all(c in lines.INDEX for c in t)]

    def line(self, rng):
        self.next += 1
        return self.texts[(self.next - 1) % len(self.texts)]


def notes(count, seed, fonts, joined_fonts, spoken):
    """What stands on notes, in the selection fonts, in joined hands and in everyday hands, in turn, most in a hurry."""
    everyday = hands.DrawnHands(spoken, capitals=0)
    kinds = [lines.Recipe(None, lines.Fonts(fonts), spoken, real=0, fast=0.7),
             lines.Recipe(None, lines.Fonts(joined_fonts), spoken, real=0, fast=1),
             lines.Recipe(None, lines.Fonts(fonts), spoken, real=0, fast=0.7, everyday=everyday, drawn=1)]
    rng = np.random.default_rng(seed)
    return [(*kinds[k % 3].line(rng), ("font", "joined", "everyday")[k % 3]) for k in range(count)]


def rewritten(count, seed, people, network, spoken):
    """What stands on notes in the hands of `people`, who never wrote it; half of it in a hurry."""
    train.place_letters(Network(onnx.load(network)), people)
    writer, rng, rows = Rewritten(people, spoken), np.random.default_rng(seed), []
    while len(rows) < count:
        text, mask = writer.line(rng)
        picture = photographed(rng, mask, True, 1, len(rows) % 2 == 1)
        if picture is not None:
            rows.append((text, picture, "hurried" if len(rows) % 2 else "neat"))
    return rows


def cut_wrongly(photos, seed):
    """Crops between two lines of the easy dev photos; their group holds both texts, to tell what can be read of them."""
    chance = random.Random(seed)
    for truth in sorted(pathlib.Path(photos).glob("*.json")):
        data = json.loads(truth.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or data.get("difficulty") != "easy" or data["medium"] == "slide":
            continue
        photo = ImageOps.exif_transpose(Image.open(truth.with_name(data["image"]))).convert("RGB")
        for region in data["regions"]:
            places = [np.array(p, float) for p in region.get("line_polygons", [])]
            for upper, lower, texts in zip(places, places[1:], zip(region["lines"], region["lines"][1:])):
                p = (upper + lower) / 2
                if p.min() < 0 or (p.max(0) > np.array(photo.size)).any() or chance.random() < 0.4:
                    continue
                width, height = np.hypot(*(p[1] - p[0])), np.hypot(*(p[3] - p[0]))
                scale = min(1, 110 / height)
                size = int(width * scale), int(height * scale)
                if min(size) >= 8:
                    picture = photo.transform(size, Image.QUAD, (*p[0], *p[3], *p[2], *p[1]), Image.BICUBIC)
                    yield UNREADABLE, np.asarray(picture)[:, :, ::-1].copy(), " | ".join(texts)


def selection_rows(dhsd):
    with open(pathlib.Path(dhsd) / "lines.tsv", encoding="utf-8") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["writer"] in lines.SELECTION_WRITERS]


def make(arguments):
    into = arguments.into
    words = [w.strip() for w in open("/usr/share/dict/ngerman", encoding="utf-8")]
    workshop = json.loads((ROOT / "Sources/Recognition/Resources/workshop-words.json").read_text(encoding="utf-8"))
    texts, fonts = lines.Texts(words, workshop["words"]), lines.Fonts(arguments.font)
    people = lines.Handwriting(arguments.dhsd, lines.SELECTION_WRITERS)

    def drawn(rng):
        return fonts.mask(rng, texts.line(rng))
    write(into / "hurry", hurried(250, 101, 1, drawn, False, "font"))
    write(into / "hurry2", hurried(200, 102, 2, drawn, False, "font"))
    write(into / "sel-fast", hurried(250, 103, 1, people.line, True, "hand"))
    write(into / "sel-fast2", hurried(200, 104, 2, people.line, True, "hand"))
    write(into / "codes", codes(250, 105, fonts, texts))
    write(into / "codes2", codes(200, 108, fonts, texts, 2, 1))
    if arguments.tex_lines:
        write(into / "joined", joined(200, 109, arguments.joined_font, arguments.tex_lines, texts))
    if arguments.notes:
        write(into / "notes", notes(360, 110, arguments.font, arguments.joined_font, Spoken(arguments.notes)))
        if arguments.letters_by:
            write(into / "rewritten", rewritten(360, 111, people, arguments.letters_by, Spoken(arguments.notes)))
    write(into / "miscut", list(cut_wrongly(arguments.photos, 106)))
    rows = selection_rows(arguments.dhsd)
    random.Random(107).shuffle(rows)
    write(into / "sel-plain", [(r["text"], arguments.dhsd / r["file"], r["writer"]) for r in rows[:160]])
    write(into / "easy", [(text, np.asarray(picture)[:, :, ::-1].copy(), group)
                          for picture, text, group in line_sets.photo_lines(arguments.photos, "easy")])


def reading_of(evidence):
    best = sorted((r for r in evidence["readings"] if r["places"][0] == 0), key=lambda r: r["text"]) if evidence else []
    return best[0]["text"] if best else ""


def belongs_elsewhere(reading, truth, labels):
    for word in (w for w in reading.split() if len(w) >= 5):
        own = max([fit.likeness(word, part) for part in truth.split()] + [fit.likeness(reading, truth)])
        other = max(fit.likeness(word, label) for label in labels)
        if own < 0.45 and other >= 0.6 and other > own + 0.25:
            return True
    return False


def is_readable(reading, texts):
    """Whether a line cut wrongly was read after all: the reading is a stretch of one of its two lines."""
    got = plain(reading)
    for text in map(plain, texts.split(" | ")):
        starts = range(max(1, len(text) - len(got) + 1))
        if min(distance(got, text[i:i + len(got)]) for i in starts) <= fit.USABLE * max(1, len(got)):
            return True
    return False


def clean(arguments):
    labels = {word for row in selection_rows(arguments.dhsd) for word in row["text"].split() if len(word) >= 5}
    for file in arguments.evidence:
        kept, every = [], file.read_text(encoding="utf-8").splitlines(True)
        truths = fit.truths(file, [json.loads(line)["file"] for line in every])
        for line in every:
            row = json.loads(line)
            reading, (truth, group) = reading_of(row.get("evidence")), truths[row["file"]]
            wrong = is_readable(reading, group) if truth == UNREADABLE else belongs_elsewhere(reading, truth, labels)
            if not wrong:
                kept.append(line)
        print(f"{file.name}: {len(every) - len(kept)} of {len(every)} dropped")
        file.write_text("".join(kept), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--dhsd", type=pathlib.Path, required=True)
    parser.add_argument("--photos", type=pathlib.Path)
    parser.add_argument("--font", nargs="*", default=[])
    parser.add_argument("--joined-font", nargs="*", default=[])
    parser.add_argument("--tex-lines", type=pathlib.Path)
    parser.add_argument("--notes", type=pathlib.Path, help="coded notes (notes.jsonl), whose words are drawn")
    parser.add_argument("--letters-by", type=pathlib.Path,
                        help="a network (ONNX) that finds the letters of real lines, for the set `rewritten`")
    parser.add_argument("--into", type=pathlib.Path)
    parser.add_argument("--clean", dest="evidence", type=pathlib.Path, nargs="*", default=[])
    arguments = parser.parse_args()
    if arguments.into:
        make(arguments)
    clean(arguments)


if __name__ == "__main__":
    main()
