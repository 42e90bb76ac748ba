#!/usr/bin/env python3
"""Searches photos and altered copies of them and prints how far the two results agree.

    python3 Benchmarks/metamorphic.py PHOTOS [--program .build/release/fotoprotokoll] [--work DIR] [--only scale]

Each alteration is applied to the upright photo: a quarter turn with its EXIF tag and without one, scale 0.4 to 1.5,
brightness 20 % up and down, lamps warmer and colder than the 5500 K taken for the photo, a greenish tube, JPEG quality 60.
Regions of the copy are mapped back and matched with those of the original (IoU 0.5); F1 counts notes, cards and list
items, all photos together. Nothing is read but which way is up where no tag says it, and no ground truth is needed.
Needs Pillow and numpy.
"""
import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image, ImageOps

COUNTED = {"note", "card", "list-item"}


def white(kelvin):
    """Linear sRGB of a black body, by Kim et al. (2002) for the locus and the inverse of IEC 61966-2-1's matrix."""
    t = 1000 / kelvin
    if kelvin < 4000:
        x = -0.2661239 * t ** 3 - 0.2343589 * t ** 2 + 0.8776956 * t + 0.179910
        y = -0.9549476 * x ** 3 - 1.37418593 * x ** 2 + 2.09137015 * x - 0.16748867
    else:
        x = -3.0258469 * t ** 3 + 2.1070379 * t ** 2 + 0.2226347 * t + 0.240390
        y = 3.0817580 * x ** 3 - 5.87338670 * x ** 2 + 3.75112997 * x - 0.37001483
    xyz = np.array([x / y, 1, (1 - x - y) / y])
    matrix = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    return matrix @ xyz


def tinted(image, kelvin):
    return lit(image, white(kelvin) / white(5500))


def lit(image, gain):
    """The picture with its linear red, green and blue multiplied by a gain, green kept."""
    values = np.arange(256) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    table = []
    for g in gain / gain[1]:
        light = np.clip(linear * g, 0, 1)
        coded = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
        table += list(np.round(255 * coded).astype(int))
    return image.point(table)


def scaled(image, factor):
    return image.resize((round(image.width * factor), round(image.height * factor)), Image.LANCZOS)


def same(x, y):
    return x, y


def by(factor):
    return lambda x, y: (x / factor, y / factor)


UPRIGHT, TURNED = 1, 8  # EXIF 274: as stored; stored a quarter clockwise
ALTERATIONS = {  # name: (picture, way back of a point of the upright copy, JPEG quality, EXIF orientation)
    "turned 90, tag": (lambda i: i.transpose(Image.ROTATE_270), same, 92, TURNED),
    "turned 90, no tag": (lambda i: i.transpose(Image.ROTATE_270), same, 92, None),
    "scale 0.4": (lambda i: scaled(i, 0.4), by(0.4), 92, UPRIGHT),
    "scale 0.7": (lambda i: scaled(i, 0.7), by(0.7), 92, UPRIGHT),
    "scale 1.5": (lambda i: scaled(i, 1.5), by(1.5), 92, UPRIGHT),
    "darker 20 %": (lambda i: i.point(lambda v: v * 0.8), same, 92, UPRIGHT),
    "brighter 20 %": (lambda i: i.point(lambda v: min(255, v * 1.2)), same, 92, UPRIGHT),
    "4000 K": (lambda i: tinted(i, 4000), same, 92, UPRIGHT),
    "7000 K": (lambda i: tinted(i, 7000), same, 92, UPRIGHT),
    "3200 K": (lambda i: tinted(i, 3200), same, 92, UPRIGHT),
    "10000 K": (lambda i: tinted(i, 10000), same, 92, UPRIGHT),
    "green tube": (lambda i: lit(i, np.array([0.8, 1, 0.76])), same, 92, UPRIGHT),
    "quality 60": (lambda i: i, same, 60, UPRIGHT),
}


def save(image, path, quality, orientation):
    exif = Image.Exif()
    if orientation:
        exif[274] = orientation
    image.save(path, quality=quality, exif=exif)


def area(points):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))) / 2


def shared(subject, clip):
    """Area that two convex polygons share (Sutherland and Hodgman)."""
    turn = 1 if sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(clip, clip[1:] + clip[:1])) > 0 else -1
    for a, b in zip(clip, clip[1:] + clip[:1]):
        def side(p):
            return turn * ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))
        out = []
        for p, q in zip(subject, subject[1:] + subject[:1]):
            dp, dq = side(p), side(q)
            if dp >= 0:
                out.append(p)
            if (dp >= 0) != (dq >= 0):
                t = dp / (dp - dq)
                out.append((p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])))
        if not out:
            return 0
        subject = out
    return area(subject)


def matches(one, other):
    pairs = []
    for i, p in enumerate(one):
        for j, q in enumerate(other):
            both = shared(p, q)
            if both > 0:
                pairs.append((both / (area(p) + area(q) - both), i, j))
    left, right, count = set(), set(), 0
    for overlap, i, j in sorted(pairs, key=lambda t: (-t[0], t[1], t[2])):
        if overlap >= 0.5 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            count += 1
    return count


def found(program, folder, out):
    subprocess.run([program, "run", folder, "--into", out, "--store", os.path.join(out, "store"), "--only-find"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    result = {}
    for photo in json.load(open(os.path.join(out, "found.json")))["photos"]:
        regions = [[tuple(p) for p in r["polygon"]] for r in photo["regions"] if r["kind"] in COUNTED]
        # The same bytes under two names are one photo.
        for name in [photo["file"]] + photo.get("otherNames", []):
            result[os.path.splitext(os.path.basename(name))[0]] = regions
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos")
    parser.add_argument("--program", default=".build/release/fotoprotokoll")
    parser.add_argument("--work", help="folder for the copies (default: a temporary one)")
    parser.add_argument("--only", default="", help="alterations whose name starts with this")
    parser.add_argument("--every", type=int, default=1, help="every how manyth photo to take")
    arguments = parser.parse_args()
    temporary = tempfile.TemporaryDirectory()
    work = arguments.work or temporary.name
    files = sorted(f for f in glob.glob(os.path.join(arguments.photos, "*"))
                   if f.lower().endswith((".jpg", ".jpeg", ".png")))[::arguments.every]
    if not files:
        sys.exit("no photos found")
    stems = []
    plain = os.path.join(work, "plain")
    os.makedirs(plain, exist_ok=True)
    for file in files:
        image = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
        stem = os.path.splitext(os.path.basename(file))[0]
        stems.append(stem)
        save(image, os.path.join(plain, stem + ".jpg"), 92, UPRIGHT)
    reference = found(arguments.program, plain, os.path.join(work, "out-plain"))
    print(f"{len(files)} photos, {sum(len(r) for r in reference.values())} regions\n")
    print("| alteration | regions | agree | F1 | least photo |\n|---|---|---|---|---|")
    for name, (alter, back, quality, orientation) in ALTERATIONS.items():
        if not name.startswith(arguments.only):
            continue
        folder = os.path.join(work, name.replace(" ", "-").replace("%", "pc"))
        os.makedirs(folder, exist_ok=True)
        for stem in stems:
            image = Image.open(os.path.join(plain, stem + ".jpg"))
            save(alter(image), os.path.join(folder, stem + ".jpg"), quality, orientation)
        altered = found(arguments.program, folder, folder + "-out")
        total, agree, scores = 0, 0, []
        for stem in stems:
            regions = [[back(x, y) for x, y in polygon] for polygon in altered[stem]]
            own = reference[stem]
            both = matches(own, regions)
            agree += both
            total += len(own) + len(regions)
            scores.append((2 * both / max(1, len(own) + len(regions)), stem))
        print(f"| {name} | {sum(len(altered[s]) for s in stems)} | {agree} | {2 * agree / max(1, total):.3f} | "
              f"{min(scores)[0]:.3f} ({min(scores)[1]}) |", flush=True)


if __name__ == "__main__":
    main()
