"""Cuts the pictures of single lines that `reading.py` and `Training/calibration/fit.py` measure on.

A set is a folder of PNG files and a table `lines.tsv` with file, text and group (writer or difficulty).
Needs numpy and Pillow. Deterministic: every random number comes from a seed given here.
"""
import csv
import json
import pathlib
import random

import numpy as np
from PIL import Image, ImageFilter, ImageOps

PAPERS = [(250, 232, 120), (246, 178, 190), (168, 214, 240), (182, 226, 160), (250, 250, 246), (236, 222, 196)]


def dhsd(folder, split, corrections=None):
    """(file, text, writer) of one split, faults of the labels corrected."""
    folder = pathlib.Path(folder)
    right = {}
    if corrections:
        with open(corrections, encoding="utf-8") as table:
            right = {row["file"]: row["text"] for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)}
    with open(folder / "lines.tsv", encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["split"] == split:
                yield folder / row["file"], right.get(row["file"], row["text"]), row["writer"]


def flat(path):
    """The picture on white."""
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def ink_box(image):
    """The box of what is darker than the paper."""
    grey = np.asarray(image.convert("L"), float)
    dark = grey < np.median(grey) - 40
    rows, columns = np.where(dark.any(1))[0], np.where(dark.any(0))[0]
    if len(rows) == 0:
        return (0, 0) + image.size
    return (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def on_paper(image, generator, least, most):
    """The ink of a line on coloured paper with light falling across, `least` to `most` ink heights of it around."""
    ink = image.crop(ink_box(image))
    height = ink.height
    left, top, right, bottom = (int(generator.uniform(least, most) * height) for _ in range(4))
    width, tall = ink.width + left + right, height + top + bottom
    paper = np.array(generator.choice(PAPERS), float)
    light = np.linspace(generator.uniform(0.85, 1), generator.uniform(0.85, 1), width)[None, :, None]
    sheet = np.broadcast_to(paper, (tall, width, 3)) * light
    noise = np.random.default_rng(generator.randrange(1 << 30)).normal(0, 3, sheet.shape)
    share = np.zeros((tall, width, 1))
    share[top:top + height, left:left + ink.width, 0] = 1 - np.asarray(ink.convert("L"), float) / 255
    pen = np.array(generator.choice([(30, 30, 34), (28, 40, 120), (150, 30, 40), (20, 96, 60)]), float)
    result = (sheet + noise) * (1 - share) + pen * share
    return Image.fromarray(result.clip(0, 255).astype("uint8"))


def distorted(image, generator):
    """A stand-in for bad writing: slanted, squeezed, waved, blurred, pale or fat."""
    ink = image.crop(ink_box(image))
    strength = generator.uniform(0.3, 1)
    grey = ImageOps.expand(ink.convert("L"), 24, 255)
    width, height = grey.size
    slant = generator.uniform(-0.7, 0.9) * strength
    grey = grey.transform((int(width + abs(slant) * height), height), Image.AFFINE,
                          (1, slant, -max(0, slant) * height, 0, 1, 0), Image.BICUBIC, fillcolor=255)
    grey = grey.resize((max(24, int(grey.width * (1 - strength * generator.uniform(0, 0.45)))), height), Image.BICUBIC)
    pixels = np.asarray(grey)
    noise = np.random.default_rng(generator.randrange(1 << 30))
    y, x = np.mgrid[0:pixels.shape[0], 0:pixels.shape[1]].astype(float)
    for _ in range(3):
        period = noise.uniform(18, 70)
        y += strength * noise.uniform(0, 2.6) * np.sin(x / period + noise.uniform(0, 6.3))
        x += strength * noise.uniform(0, 2.6) * np.sin(y / period * 1.7 + noise.uniform(0, 6.3))
    pixels = pixels[y.round().astype(int).clip(0, pixels.shape[0] - 1), x.round().astype(int).clip(0, pixels.shape[1] - 1)]
    grey = Image.fromarray(pixels)
    kind = generator.random()
    if kind < 0.35:
        grey = grey.filter(ImageFilter.MinFilter(3 if strength < 0.75 else 5))
    elif kind < 0.6:
        grey = grey.filter(ImageFilter.GaussianBlur(strength * 2.2))
    elif kind < 0.8:
        grey = grey.point(lambda v: 255 - int((255 - v) * (1 - 0.6 * strength)))
    return on_paper(grey.convert("RGB"), generator, 0.05, 0.3)


def photo_lines(folder, difficulty, margin=0.12):
    """(picture, text, group) of the written lines of the photos of one difficulty, upright."""
    for truth in sorted(pathlib.Path(folder).glob("*.json")):
        data = json.loads(truth.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or data.get("difficulty") != difficulty or data["medium"] == "slide":
            continue
        photo = ImageOps.exif_transpose(Image.open(truth.with_name(data["image"]))).convert("RGB")
        for region in data["regions"]:
            for text, corners in zip(region.get("lines", []), region.get("line_polygons", [])):
                p = np.array(corners, float)
                if not text or p.min() < 0 or (p.max(0) > np.array(photo.size)).any():
                    continue
                width = (np.hypot(*(p[1] - p[0])) + np.hypot(*(p[2] - p[3]))) / 2
                height = (np.hypot(*(p[3] - p[0])) + np.hypot(*(p[2] - p[1]))) / 2
                grow = margin * height
                along, down = (p[1] - p[0]) / width, (p[3] - p[0]) / height
                signs = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
                p = np.array([q + grow * (a * along + b * down) for q, (a, b) in zip(p, signs)])
                scale = min(1, 110 / (height + 2 * grow))
                size = int((width + 2 * grow) * scale), int((height + 2 * grow) * scale)
                if min(size) < 8:
                    continue
                quad = (*p[0], *p[3], *p[2], *p[1])
                if scale < 0.5:
                    big = photo.transform((size[0] * 2, size[1] * 2), Image.QUAD, quad, Image.BICUBIC)
                    picture = big.resize(size, Image.BOX)
                else:
                    picture = photo.transform(size, Image.QUAD, quad, Image.BICUBIC)
                yield picture, text, truth.stem


def write(folder, pictures):
    """Writes (picture or path, text, group) as a set; returns its rows as (path, text, group)."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for index, (picture, text, group) in enumerate(pictures):
        path = picture
        if isinstance(picture, Image.Image):
            path = folder / f"{index:04}.png"
            picture.save(path)
        rows.append((str(path), text, group))
    with open(folder / "lines.tsv", "w", encoding="utf-8") as table:
        for row in rows:
            table.write("\t".join(row) + "\n")
    return rows


def make(dhsd_folder, photos, corrections, into):
    """All sets by name; those called train-* and easy are for choosing, the others for reporting only."""
    into = pathlib.Path(into)
    val = list(dhsd(dhsd_folder, "val", corrections))
    train = list(dhsd(dhsd_folder, "train"))
    chosen = random.Random(11).sample(train, 400)
    worse = random.Random(12).sample(train, 500)
    one, two, three = random.Random(1), random.Random(2), random.Random(3)
    sets = {
        "val": val,
        "val-loose": [(on_paper(flat(p), one, 0.5, 1.5), t, w) for p, t, w in val[::3]],
        "val-tight": [(flat(p).crop(ink_box(flat(p))), t, w) for p, t, w in val[::3]],
        "train": chosen,
        "train-loose": [(on_paper(flat(p), two, 0.0, 1.5), t, w) for p, t, w in chosen[::3]],
        "train-distorted": [(distorted(flat(p), three), t, w) for p, t, w in worse],
    }
    for difficulty in ("easy", "medium", "hard"):
        sets[difficulty] = photo_lines(photos, difficulty)
    return {name: write(into / name, lines) for name, lines in sets.items()}
