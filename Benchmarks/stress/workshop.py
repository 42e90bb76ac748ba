#!/usr/bin/env python3
"""Draws photos of a whole workshop: boards with a heading and coded notes in people's hands, on cards, on sticky notes or
as a list, so that finding, reading and coding are measured together on photos nobody has worked on.

    python3 Benchmarks/stress/workshop.py OUT --coded Benchmarks/coding/invented-14.tsv [--photos 12] [--seed 1] [--hand FONT ...]

`notes.jsonl` with the codes is written beside the photos, where `fotoprotokoll evaluate` looks for it. Hands are Debian's
fonts-sjfonts, -tomsontalks and -kaushanscript and what `--hand` names: none that the reader was trained on. KaushanScript took part in choosing its average and in fitting its
certainty; SteveHand and TomsonTalks are hands of the dev photos.
"""
import argparse
import glob
import json
import math
import os
import pathlib
import random
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

import generate
import rooms

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "coding"))
import measure  # noqa: E402

PENS = [(26, 26, 32), (26, 26, 32), (26, 26, 32), (30, 42, 128), (30, 42, 128), (160, 30, 38), (24, 104, 60)]
HANDS = ["SteveHand", "TomsonTalks", "KaushanScript-Regular"]
PLAIN = {"„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "–": "-", "—": "-", "•": "-", "…": "...", "→": "->"}


def boards(path):
    """The notes of a file by the heading of their board."""
    found = {}
    for note in measure.notes(pathlib.Path(path)):
        found.setdefault(note["board"], []).append(note)
    return found


def drawable(text):
    """A text with plain signs for those that most hands have not."""
    return "".join(PLAIN.get(c, c) for c in text)


def break_lines(text, font, width):
    text, lines = drawable(text), []
    if os.path.basename(font.path).startswith(CAPITALS):
        text = text.upper()
    for part in text.split("\n"):
        line = ""
        for word in part.split():
            trial = (line + " " + word).strip()
            if line and font.getlength(trial) > width:
                lines.append(line)
                line = word
            else:
                line = trial
        lines.append(line)
    return lines


CAPITALS = ("PermanentMarker", "TomsonTalks")  # hands whose small letters are capitals, too


def hand_written(text, font, thickness, rng):
    """A line of writing as a mask: an uneven baseline, a slant and a size of its own, a pen of some width."""
    left, _, right, bottom = font.getbbox(text)
    margin = int(font.size)
    mask = Image.new("L", (right - left + 2 * margin, bottom + 2 * margin))
    ImageDraw.Draw(mask).text((margin - left, margin), text, font=font, fill=255)
    mask = mask.filter(ImageFilter.MaxFilter(2 * thickness + 1))
    slant = rng.gauss(0, 0.06)
    mask = mask.transform(mask.size, Image.AFFINE, (1, slant, -slant * mask.height / 2, 0, 1, 0), Image.BICUBIC)
    pixels = np.asarray(mask)
    wave, phase = rng.uniform(3, 9) * font.size, rng.uniform(0, 6.3)
    rise, swing = rng.gauss(0, 0.012), rng.uniform(0.01, 0.045) * font.size
    x = np.arange(pixels.shape[1])
    shift = (swing * np.sin(x / wave * 6.3 + phase) + rise * (x - x.mean())).astype(int)
    rows = (np.arange(pixels.shape[0])[:, None] + shift[None, :]) % pixels.shape[0]
    return Image.fromarray(pixels[rows, x[None, :]]).filter(ImageFilter.GaussianBlur(font.size / 60))


def paste_lines(image, lines, font, place, pitch, pen, rng, centred_in=None):
    """Writes lines from a place downwards and returns the box of each, in pixels of the image."""
    thickness, boxes = round(font.size / rng.uniform(50, 130)), []
    for number, line in enumerate(lines):
        mask = hand_written(line, font, thickness, rng)
        box = mask.getbbox()
        x = place[0] + rng.uniform(-0.01, 0.03) * font.size * 3
        if centred_in:
            x = place[0] + (centred_in - (box[2] - box[0])) / 2
        margin = int(font.size)
        y = place[1] + number * pitch - margin
        image.paste(pen, (int(x) - box[0], int(y)), mask)
        boxes.append((int(x), int(y) + box[1], int(x) + box[2] - box[0], int(y) + box[3]))
    return boxes


def write_note(note, coded, font_path, rng):
    """Fills a note's sprite with its text, as large as it fits with some room, and keeps what is on which line."""
    w, h = int(note.w), int(note.h)
    shade = np.linspace(rng.uniform(-6, 3), rng.uniform(-3, 6), h)[:, None, None]
    paper = np.clip(np.array(note.colour, float)[None, None, :] + shade + np.zeros((h, w, 1)), 0, 255)
    sprite = Image.fromarray(paper.astype(np.uint8)).convert("RGBA")
    size = h * rng.uniform(0.2, 0.3)
    while True:
        font = ImageFont.truetype(font_path, int(size))
        lines = break_lines(coded["text"], font, 0.88 * w)
        pitch = size * 1.18
        if (len(lines) + 0.4) * pitch < 0.92 * h and max(font.getlength(line) for line in lines) < 0.9 * w:
            break
        size *= 0.94
    top = (h - len(lines) * pitch) / 2 * rng.uniform(0.6, 1.1)
    centred = 0.86 * w if rng.random() < 0.4 else None
    paste_lines(sprite, lines, font, (w * 0.06, top), pitch, rng.choice(PENS), rng, centred)
    note.sprite, note.lines, note.text, note.coded = sprite, lines, " ".join(lines), coded


class Item:
    """An item of a list written on the board itself."""

    def __init__(self, boxes, lines, coded):
        self.box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        self.lines, self.text, self.coded = lines, " ".join(lines), coded
        self.kind, self.cluster = "list-item", None

    def corners(self):
        a, b, c, d = self.box
        return [(a, b), (c, b), (c, d), (a, d)]


def list_items(board, image, texts, font_path, rng):
    """A list with bullets from top to bottom, as many texts as the board has room for."""
    size = rng.uniform(82, 120)
    font, pen = ImageFont.truetype(font_path, int(size)), rng.choice(PENS[:5])
    bullet = rng.choice(["-", "-", "•", "*", ""])
    left, y, items = rng.uniform(0.06, 0.1) * board.w, 0.2 * board.h, []
    for coded in texts:
        indent = font.getlength(bullet + " ") if bullet else 0
        lines = break_lines(coded["text"], font, 0.86 * board.w - indent)
        if y + (len(lines) + 1) * size * 1.25 > 0.95 * board.h or len(items) == 9:
            break
        if bullet:
            paste_lines(image, [drawable(bullet)], font, (left, y), 0, pen, rng)
        boxes = paste_lines(image, lines, font, (left + indent, y), size * 1.22, pen, rng)
        items.append(Item(boxes, lines, coded))
        y += len(lines) * size * 1.22 + size * rng.uniform(0.35, 0.6)
    return items


class Workshop(generate.Board):
    """A board of one kind with a heading and as many notes or items as it has room for."""

    def __init__(self, form, heading, texts, rng, hands):
        self.kind, self.rng, self.hands = "room" if rng.random() < 0.4 else "workshop", rng, hands
        self.ground = rng.choice({"sticky": ["whiteboard", "wall", "flipchart", "felt-grey"],
                                  "cards": ["brown", "felt-blue", "cork", "felt-grey", "green"],
                                  "list": ["whiteboard", "flipchart"]}[form])
        self.colour, self.grain, self.medium = generate.GROUNDS[self.ground]
        if form == "list":
            self.medium = "whiteboard-list" if self.ground == "whiteboard" else "flipchart"
        self.w, self.h = (2600, 3700) if self.ground == "flipchart" else rng.choice([(3600, 2600), (3300, 2900)])
        self.form, self.heading, self.texts = form, heading, texts
        self.notes, self.labels, self.strokes, self.links = [], [], [], []

    def paper(self, x, y, w, h, colour, angle, coded, hand):
        note = generate.Note(x, y, w, h, math.radians(angle), colour, coded["text"])
        write_note(note, coded, hand, self.rng)
        return note

    def picture(self):
        """The board; writing on the board itself is in `labels`, papers are in `notes`."""
        rng = self.rng
        noise = np.random.default_rng(rng.randrange(1 << 30))
        grain = np.kron(noise.normal(0, self.grain, (self.h // 6 + 1, self.w // 6 + 1)), np.ones((6, 6)))
        pixels = np.array(self.colour, float) + grain[: self.h, : self.w, None]
        image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
        hand, light = rng.choice(self.hands), self.ground in ("whiteboard", "wall", "flipchart")
        title = {"id": None, "text": self.heading}
        if light:
            font = ImageFont.truetype(hand, int(rng.uniform(120, 170)))
            boxes = paste_lines(image, [self.heading], font, (0.07 * self.w, 0.025 * self.h), 0, rng.choice(PENS[:5]), rng)
            item = Item(boxes, [self.heading], title)
            item.kind = "heading"
            self.labels.append(item)
        else:
            strip = self.paper(0.34 * self.w, 0.085 * self.h, 0.5 * self.w, 0.1 * self.h, generate.WHITE[0], rng.gauss(0, 1),
                               title, hand)
            strip.kind = "heading"
            self.notes.append(strip)
        if self.form == "list":
            self.labels += list_items(self, image, self.texts, hand, rng)
        else:
            colours = rng.sample(generate.STICKY, rng.randint(1, 4))
            if self.form == "cards" and rng.random() < 0.6:
                colours.append(generate.WHITE[0])
            spots, w, h = places(self, len(self.texts), rng)
            for coded, (x, y) in zip(self.texts, spots):
                self.notes.append(self.paper(x, y, w, h, rng.choice(colours), rng.gauss(0, 2.5), coded,
                                             rng.choice(self.hands)))
        for number, note in enumerate(self.notes):
            note.paper = number
            self.stick(note, image)
        if self.kind == "room" and self.ground == "whiteboard":
            image = rooms.reflect(rng, image)
        return image


def places(board, count, rng):
    """Centres of notes on a loose grid below the heading, and the notes' width and height."""
    ratio = rng.choice([0.48, 0.52]) if board.form == "cards" else rng.choice([1, 1, 0.62])
    room_w, room_h = 0.92 * board.w, 0.8 * board.h
    columns = max(2, round(math.sqrt(count * room_w * ratio / room_h)))
    rows = math.ceil(count / columns)
    w = min(room_w / columns, room_h / rows / ratio) / rng.uniform(1.08, 1.3)
    h = w * ratio
    return [(0.04 * board.w + (c + 0.5) * room_w / columns + rng.uniform(-0.03, 0.03) * w,
             0.17 * board.h + (r + 0.5) * room_h / rows + rng.uniform(-0.03, 0.03) * h)
            for r in range(rows) for c in range(columns)][:count], w, h


def hands(files):
    known = {os.path.basename(path).rsplit(".", 1)[0]: path
             for path in sorted(glob.glob("/usr/share/fonts/**/*.[to]tf", recursive=True))}
    found = [known[name] for name in HANDS if name in known] + files
    if not found:
        raise SystemExit("no hand found: apt-get install fonts-sjfonts fonts-tomsontalks fonts-kaushanscript")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--coded", required=True, help="coded notes, as Benchmarks/coding has them")
    parser.add_argument("--photos", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forms", default="sticky,cards,sticky,list", help="in turn (default: sticky,cards,sticky,list)")
    parser.add_argument("--hand", action="append", default=[], help="a further font file")
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    rng = random.Random(f"workshop/{arguments.seed}")
    rest = boards(arguments.coded)
    for texts in rest.values():
        rng.shuffle(texts)
    shown, forms = [], arguments.forms.split(",")
    for number in range(1, arguments.photos + 1):
        form = forms[(number - 1) % len(forms)]
        count = 9 if form == "list" else rng.randint(9, 22)
        # Boards come up as often as they still have notes, so that all codes are asked for.
        heading = rng.choices(list(rest), [len(texts) for texts in rest.values()])[0]
        texts, rest[heading] = rest[heading][:count], rest[heading][count:]
        board = Workshop(form, heading or "Notizen", texts, rng, hands(arguments.hand))
        sheet = board.picture()
        size = (4000, 3000) if board.w > board.h else (3000, 4000)
        view = generate.camera(*size, (board.w, board.h), *(math.radians(rng.uniform(-a, a)) for a in (14, 7, 3)),
                               rng.uniform(0.8, 0.95))
        image, quality = generate.photograph(board, sheet, rng, size, view, rng.randint(80, 92), rng.uniform(0.4, 1.5),
                                             rng.uniform(0.75, 1.08))
        generate.save(arguments.out, f"workshop-{number:02d}", image, quality, board, view, form, arguments.seed)
        shown += [paper.coded for paper in board.notes + board.labels if paper.coded["id"]]
    with open(os.path.join(arguments.out, "notes.jsonl"), "w", encoding="utf-8") as file:
        for note in shown:
            file.write(json.dumps({key: note[key] for key in ("id", "board", "text", "labels")}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
