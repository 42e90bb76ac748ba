"""Hands drawn by their strokes: lines that TeX has set (tex_lines.py), single-stroke fonts and everyday hands as a pen goes."""

import json
import pathlib
import re
import xml.etree.ElementTree as ElementTree

import cv2
import numpy as np

import lines

# A height of small letters that all single-stroke fonts are brought to before the pen runs, in pixels.
SMALL = 34


class TexLines:
    """Lines drawn by tex_lines.py."""

    def __init__(self, file):
        stored = np.load(file)
        sizes, ink = stored["sizes"], stored["ink"]
        ends = np.cumsum(sizes[:, 0].astype(np.int64) * sizes[:, 1])
        self.masks = [ink[end - height * width:end].reshape(height, width) for end, (height, width) in zip(ends, sizes)]
        self.texts, self.hands = [str(t) for t in stored["texts"]], [str(h) for h in stored["hands"]]

    def line(self, rng):
        k = int(rng.integers(len(self.texts)))
        return self.texts[k], lines.tight(self.masks[k].astype(np.float32) / 255)


class StrokeFonts:
    """SVG fonts of centre lines: every letter is a path of the pen, which a hurried hand rounds off."""

    def __init__(self, files, texts):
        self.texts, self.fonts = texts, []
        for file in sorted(files):
            plain = "".join(c for c in pathlib.Path(file).stem.lower() if c.isalnum())
            if any(name in plain for name in lines.KEPT_APART):
                raise SystemExit(f"{file} is kept apart")
            glyphs = {}
            for glyph in ElementTree.parse(file).iter("{http://www.w3.org/2000/svg}glyph"):
                letter = glyph.get("unicode", "")
                if len(letter) == 1:
                    glyphs[letter] = (float(glyph.get("horiz-adv-x", 0)), strokes_of(glyph.get("d", "")))
            height = max(p[:, 1].max() for p in glyphs["x"][1]) - min(p[:, 1].min() for p in glyphs["x"][1])
            scale = SMALL / height
            self.fonts.append({c: (width * scale, [p * (scale, -scale) for p in paths]) for c, (width, paths) in glyphs.items()})

    def line(self, rng):
        while True:
            text, font = self.texts.line(rng), self.fonts[rng.integers(len(self.fonts))]
            if all(c == " " or font.get(c, (0, []))[1] for c in text):
                return text, self.drawn(rng, text, font)

    def drawn(self, rng, text, font):
        """The pen's way over the line: letters of uneven size, joined where they nearly touch, corners rounded off."""
        hurried = rng.random() < 0.6
        uneven, reach = (0.10, rng.uniform(0.2, 1.0)) if hurried else (0.04, 0.25)
        paths, x, open_end = [], 0.0, None
        for letter in text:
            width, strokes = font.get(letter, (0.5 * SMALL, []))
            scale, lift = np.exp(rng.normal(0, uneven, 2)), rng.normal(0, uneven * 0.5) * SMALL
            for k, stroke in enumerate(strokes):
                moved = stroke * scale + (x, lift)
                if k == 0 and open_end is not None and np.hypot(*(paths[open_end][-1] - moved[0])) < reach * SMALL:
                    paths[open_end] = np.vstack([paths[open_end], moved])
                    continue
                paths.append(moved)
            x += (width if letter != " " else max(width, 0.4 * SMALL)) * scale[0]
            if letter == " ":
                open_end = None
            elif strokes:  # the stroke that ends furthest to the right goes on into the next letter
                first = max(0, len(paths) - len(strokes))
                open_end = max(range(first, len(paths)), key=lambda k: paths[k][-1][0])
        round_off = rng.uniform(0.02, 0.16) * SMALL if hurried else rng.uniform(0, 0.05) * SMALL
        paths = [smoothed(p, round_off) for p in paths]
        pen = int(np.clip(round(SMALL * np.exp(rng.normal(np.log(0.13), 0.35))), 2, 8))
        return inked(paths, pen)


class DrawnHands:
    """Everyday hands in the letter forms of letters.json, printed or half joined; fonts lack many of these forms.

    A line is of one hand: mostly one form of each letter, one height of small letters, one habit of joining.
    """

    HEIGHT = 60  # of a capital, in pixels
    DOTTED = {"Ä": "A", "Ö": "O", "Ü": "U", "ä": "a", "ö": "o", "ü": "u"}

    def __init__(self, texts, file=pathlib.Path(__file__).parent / "letters.json", capitals=0.4):
        self.texts, self.capitals = texts, capitals
        forms = json.loads(file.read_text(encoding="utf8"))["letters"]
        self.forms = {c: [[pen_way(stroke) for stroke in form] for form in forms[c]] for c in forms}

    def text(self, rng):
        """Codes and words in capitals in `capitals` of the lines, whatever notes say in the others."""
        while True:
            if rng.random() < self.capitals:
                text = self.texts.code(rng) if rng.random() < 0.7 else self.texts.word(rng, "n")
                text = text.replace("ß", "SS").upper()
            else:
                text = self.texts.line(rng)
            if all(c == " " or self.DOTTED.get(c, c) in self.forms for c in text):
                return text

    def line(self, rng):
        text = self.text(rng)
        return text, self.drawn(rng, text)

    def drawn(self, rng, text):
        uneven = 0.09 if rng.random() < 0.5 else 0.04
        small, breadth = rng.uniform(0.36, 0.62), np.exp(rng.normal(0, 0.15))
        spaced = text.upper() == text
        gap = np.clip(rng.normal(0.2, 0.08) if spaced else rng.normal(0.1, 0.04), 0.04, 0.5)
        joins = 0 if spaced else rng.choice([0, rng.uniform(0.3, 1)])
        habit, paths, x, open_end = {}, [], 0.0, None
        for letter in text:
            if letter == " ":
                x, open_end = x + gap + rng.uniform(0.25, 0.6), None
                continue
            plain = self.DOTTED.get(letter, letter)
            forms = self.forms[plain]
            habit.setdefault(plain, rng.integers(len(forms)))
            form = forms[habit[plain] if rng.random() < 0.85 else rng.integers(len(forms))]
            wide, tall = np.exp(rng.normal(0, uneven, 2))
            lift = 1 - tall + rng.normal(0, 0.6 * uneven)
            ends = []
            for stroke, curved in form:
                moved = stroke + rng.normal(0, 0.015 + 0.3 * uneven, stroke.shape) + rng.normal(0, 0.2 * uneven, 2)
                if letter.islower():  # the halves above and below the top of small letters are as high as the hand has them
                    moved[:, 1] = np.where(moved[:, 1] < 0.5, moved[:, 1] * 2 * (1 - small),
                                           1 - small + (moved[:, 1] - 0.5) * 2 * small)
                moved = moved * (breadth * wide * (0.6 + small if letter.islower() else 1), tall) + (x, lift)
                moved = (curve(moved) if curved else moved) * self.HEIGHT
                start = len(ends) == 0 and open_end is not None and rng.random() < joins
                if start and np.hypot(*(paths[open_end][-1] - moved[0])) < 0.55 * self.HEIGHT:
                    paths[open_end] = np.vstack([paths[open_end], moved])
                    ends.append(open_end)
                else:
                    ends.append(len(paths))
                    paths.append(moved)
            right = max(stroke[:, 0].max() for stroke, _ in form) * breadth * wide * (0.6 + small if letter.islower() else 1)
            if letter in self.DOTTED:
                top = 1 - small if letter.islower() else 0
                paths += [dot * self.HEIGHT for dot in dots(rng, x + right / 2, lift + top)]
            open_end = max(ends, key=lambda k: paths[k][-1][0]) if letter.islower() else None
            x += right + max(0.02, gap + rng.normal(0, 0.5 * uneven))
        soft = rng.uniform(0.01, 0.07) * self.HEIGHT if joins else rng.uniform(0, 0.04) * self.HEIGHT
        pen = int(np.clip(round(self.HEIGHT * np.exp(rng.normal(np.log(0.09), 0.35))), 2, 14))
        return inked([smoothed(path, soft) for path in paths], pen)


def dots(rng, middle, top):
    """The dots of an umlaut over a letter: two points, two short strokes or, one time in seven, a bar."""
    above, apart = top - rng.uniform(0.12, 0.3), rng.uniform(0.08, 0.2)
    if rng.random() < 0.15:
        return [np.array([[middle - apart, above], [middle + apart, above + rng.uniform(-0.05, 0.03)]])]
    tall = rng.uniform(0, 0.14)
    return [np.array([[0, -tall / 2], [rng.uniform(-0.03, 0.03), tall / 2 + 0.01]]) + (middle + side * apart, above)
            for side in (-1, 1)]


def pen_way(description):
    """The points of one stroke of letters.json, and whether it is a curve."""
    points = description.removeprefix("~").split()
    return np.array([point.split(",") for point in points], float), description.startswith("~")


def curve(points):
    """A Catmull-Rom spline through the points, eight steps from one to the next."""
    p = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    parts = [0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2 + (3 * b - a - 3 * c + d) * t ** 3)
             for a, b, c, d in zip(p, p[1:], p[2:], p[3:])]
    return np.vstack([*parts, points[-1:]])


def inked(paths, pen):
    """The ink of the paths, drawn with a round pen of that many pixels."""
    low, high = np.min([p.min(0) for p in paths], 0), np.max([p.max(0) for p in paths], 0)
    size = np.ceil(high - low).astype(int) + 2 * pen + 4
    image = np.zeros((size[1], size[0]), np.uint8)
    for path in paths:
        points = np.round((path - low + pen + 2) * 16).astype(np.int32)
        cv2.polylines(image, [points], False, 255, pen, cv2.LINE_AA, 4)
    return lines.tight(image.astype(np.float32) / 255)


def strokes_of(description):
    """The polylines of a path that knows M and L only."""
    strokes = []
    for command, numbers in re.findall(r"([MLZmlz])([^MLZmlz]*)", description):
        points = np.array(re.findall(r"-?[\d.]+(?:e[-+]?\d+)?", numbers), float).reshape(-1, 2)
        if command == "M":
            strokes.append(points)
        elif command == "L" and strokes:
            strokes[-1] = np.vstack([strokes[-1], points])
    return [s for s in strokes if len(s)]


def smoothed(path, width):
    """The path at even steps of a pixel and a half, each point the mean of its neighbours; its ends stay."""
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    if len(path) < 2 or lengths[-1] < 3:
        return path if len(path) > 1 else np.vstack([path, path + 0.1])
    steps = np.linspace(0, lengths[-1], max(3, int(lengths[-1] / 1.5)))
    even = np.stack([np.interp(steps, lengths, path[:, k]) for k in (0, 1)], 1)
    if width < 0.5:
        return even
    sigma = width / 1.5
    reach = min(len(even) - 1, max(1, int(3 * sigma)))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    # Mirrored about the end points, so that the ends stay where they are.
    padded = np.vstack([2 * even[0] - even[reach:0:-1], even, 2 * even[-1] - even[-2:-reach - 2:-1]])
    return np.stack([np.convolve(padded[:, k], kernel, "valid") for k in (0, 1)], 1)
