#!/usr/bin/env python3
"""Draws photos of boards that are hard to search, with ground truth that `fotoprotokoll evaluate` reads.

    python3 Benchmarks/stress/generate.py OUT [--seed 1] [--photos 6] [--kinds overlap,pale]

Needs Pillow and numpy; handwriting fonts are taken from the system where Debian's packages fonts-breip,
fonts-dkg-handwriting, fonts-sjfonts, fonts-humor-sans, fonts-klaudia-berenika or fonts-comic-neue are installed.
The kind of a photo is written as its `difficulty`, so that the report has a line for each.
"""
import argparse
import glob
import io
import json
import math
import os
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

import layouts
import rooms

FONTS = ["breipfont", "dkg", "SteveHand", "Delphine", "Humor-Sans", "Klaudia", "ComicNeue-Regular", "DejaVuSans"]
WORDS = """Zeit fehlt Angst Kontrolle Daten sicher Schulung Leitung redet offen Budget klein Kunden fragen Technik alt
Vertrauen wächst langsam Regeln klar Team mitnehmen Pausen Fehler erlauben Nutzen zeigen Beispiel Betrieb Wissen
teilen Probe Projekt starten Rechte prüfen Haftung unklar Nachwuchs Arbeit weniger Druck Ziele gemeinsam Übung
morgen beginnen Hilfe holen Messe besuchen Förderung nutzen Verein gründen""".split()
STICKY = [(252, 226, 88), (246, 140, 172), (140, 206, 112), (120, 190, 232), (250, 168, 72), (190, 150, 220),
          (90, 200, 190), (238, 96, 80), (214, 232, 90)]
PALE = [(248, 244, 214), (246, 226, 230), (226, 240, 224), (224, 236, 246), (246, 234, 218), (236, 230, 244)]
WHITE = [(246, 246, 243), (240, 241, 240), (250, 248, 242)]
GROUNDS = {  # name: (colour, grain, medium)
    "whiteboard": ((232, 234, 234), 1, "sticky-whiteboard"), "wall": ((222, 216, 204), 3, "sticky-wall"),
    "felt-grey": ((128, 134, 140), 6, "pinboard"), "felt-blue": ((72, 96, 140), 6, "pinboard"),
    "cork": ((186, 142, 94), 16, "pinboard"), "brown": ((190, 150, 108), 4, "pinboard"),
    "green": ((84, 120, 96), 5, "pinboard"), "flipchart": ((240, 240, 236), 1, "sticky-flipchart"),
    "dark-wood": ((64, 44, 32), 8, "cards"), "black": ((34, 34, 36), 3, "cards"),
}
KINDS = ["overlap", "cutoff", "small", "white-on-white", "pale", "empty", "messenger", "oblique", "dark-table", "pairs",
         "plain", "states", "twins", "groups", "arrows", "room"]


def fonts():
    found = {os.path.basename(p).rsplit(".", 1)[0]: p for p in sorted(glob.glob("/usr/share/fonts/**/*.[to]tf",
                                                                                recursive=True))}
    usable = [found[name] for name in FONTS if name in found]
    if not usable:
        raise SystemExit("no font found: apt-get install fonts-dkg-handwriting fonts-breip fonts-sjfonts")
    return usable


class Note:
    """One paper in board pixels: centre, size, turn and what is on it."""

    def __init__(self, x, y, w, h, angle, colour, text):
        self.x, self.y, self.w, self.h, self.angle, self.colour, self.text = x, y, w, h, angle, colour, text
        self.lines = []
        self.paper, self.sprite = None, None
        self.kind, self.cluster, self.coded = None, None, None
        self.outline = None  # in shares of the paper, where it has not four corners

    def points(self):
        """Its outline: of a round or torn paper more than the corners."""
        c, s = math.cos(self.angle), math.sin(self.angle)
        return [(self.x + c * u * self.w - s * v * self.h, self.y + s * u * self.w + c * v * self.h)
                for u, v in [(x - 0.5, y - 0.5) for x, y in self.outline or [(0, 0), (1, 0), (1, 1), (0, 1)]]]

    def corners(self):
        c, s = math.cos(self.angle), math.sin(self.angle)
        return [(self.x + c * dx - s * dy, self.y + s * dx + c * dy) for dx, dy in
                [(-self.w / 2, -self.h / 2), (self.w / 2, -self.h / 2), (self.w / 2, self.h / 2),
                 (-self.w / 2, self.h / 2)]]


def write(note, font_path, rng, contrast=1.0):
    """The paper with its writing, as a sprite."""
    w, h = max(8, int(note.w)), max(8, int(note.h))
    shade = np.linspace(rng.uniform(-5, 3), rng.uniform(-3, 5), h)[:, None, None]
    paper = np.clip(np.array(note.colour, float)[None, None, :] + shade + np.zeros((h, w, 1)), 0, 255)
    sprite = Image.fromarray(paper.astype(np.uint8)).convert("RGBA")
    if note.text:
        draw = ImageDraw.Draw(sprite)
        size = h * rng.uniform(0.2, 0.27)
        font = ImageFont.truetype(font_path, max(6, int(size)))
        lines, line = [], ""
        for word in note.text.split():
            trial = (line + " " + word).strip()
            if font.getlength(trial) > 0.86 * w and line:
                lines.append(line)
                line = word
            else:
                line = trial
        lines = (lines + [line])[:3]
        note.lines = lines
        pen = rng.choice([(24, 24, 30), (24, 24, 30), (28, 40, 120), (150, 30, 36)])
        pen = tuple(int(p * contrast + c * (1 - contrast)) for p, c in zip(pen, note.colour))
        top = h / 2 - len(lines) * size * 0.6
        for number, text in enumerate(lines):
            draw.text((w * 0.07 + rng.uniform(0, 0.03) * w, top + number * size * 1.2), text, font=font, fill=pen,
                      stroke_width=max(0, int(size / 34)), stroke_fill=pen)
    return sprite


def camera(width, height, board, yaw, pitch, roll, fill, shift=(0, 0)):
    """3x3 from board pixels to photo pixels."""
    bw, bh = board
    cy, sy, cp, sp, cr, sr = (f(a) for a in (yaw, pitch, roll) for f in (math.cos, math.sin))
    rotation = (np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]]) @ np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
                @ np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]]))
    focal = 0.85 * max(width, height)
    distance = focal * max(bw / width, bh / height) / fill
    plane = np.array([[1, 0, -bw / 2], [0, 1, -bh / 2], [0, 0, 0]])
    points = rotation @ plane
    points[2, 2] += distance
    intrinsics = np.array([[focal, 0, width / 2 + shift[0]], [0, focal, height / 2 + shift[1]], [0, 0, 1]])
    h = intrinsics @ points
    return h / h[2, 2]


def project(h, points):
    out = []
    for x, y in points:
        p = h @ np.array([x, y, 1])
        out.append([round(float(p[0] / p[2]), 1), round(float(p[1] / p[2]), 1)])
    return out


class Board:
    """Everything on one board, in pixels of the board."""

    def __init__(self, kind, rng, font_paths):
        self.kind, self.rng, self.fonts = kind, rng, font_paths
        names = {"white-on-white": ["whiteboard", "wall", "flipchart"], "dark-table": ["dark-wood", "black"],
                 "arrows": ["whiteboard", "flipchart", "brown", "wall"],  # what people write on
                 "pale": ["whiteboard", "wall", "flipchart", "felt-grey", "brown"]}.get(kind, list(GROUNDS)[:8])
        self.ground = rng.choice(names)
        self.colour, self.grain, self.medium = GROUNDS[self.ground]
        self.w, self.h = rng.choice([(3600, 2600), (2600, 3400), (3300, 2900)])
        if self.ground == "flipchart":
            self.w, self.h = 2600, 3700
        self.words, self.labels, self.strokes, self.links = WORDS, [], [], []
        self.notes = {"groups": self.grouped, "arrows": self.joined}.get(kind, self.layout)()
        for number, note in enumerate(self.notes):
            note.paper = number

    def change(self, kind):
        """The board later. `states`: a fifth of its notes replaced by others of the same colour, a sixth moved a little,
        a sixth gone. `twins`: another board that has its layout and colours, and not one of its papers."""
        rng, kept = self.rng, []
        for note in self.notes:
            fate = 0 if kind == "twins" else rng.random()
            if fate < 0.2:
                note.text, note.sprite, note.paper = self.text(), None, note.paper + 1000
            elif fate < 0.36:
                note.x, note.y = note.x + rng.uniform(-0.2, 0.2) * note.w, note.y + rng.uniform(-0.2, 0.2) * note.h
            if fate < 0.84:
                kept.append(note)
        self.notes = kept

    def text(self):
        return " ".join(self.rng.sample(WORDS, self.rng.randint(2, 5)))

    def note(self, x, y, w, h, colour, is_heading):
        """A note that is stuck on a little askew."""
        x, y = x + self.rng.uniform(-0.02, 0.02) * w, y + self.rng.uniform(-0.02, 0.02) * h
        text = self.rng.choice(WORDS) if is_heading else self.text()
        return Note(x, y, w, h, math.radians(self.rng.gauss(0, 2)), colour, text)

    def grouped(self):
        palette = self.rng.sample(STICKY, self.rng.randint(1, 4))
        notes, self.labels = layouts.groups(self, self.note, palette, [c for c in STICKY + WHITE if c not in palette])
        return notes

    def joined(self):
        palette = self.rng.sample(STICKY, self.rng.randint(1, 4))
        notes, self.strokes, self.links = layouts.arrows(self, self.note, palette)
        return notes

    def layout(self):
        rng, notes = self.rng, []
        size = {"small": rng.uniform(70, 150), "dark-table": rng.uniform(420, 620)}.get(self.kind, rng.uniform(260, 460))
        ratio = rng.choice([1, 1, 0.62, 0.55])
        palette = {"white-on-white": WHITE, "pale": PALE}.get(self.kind, rng.sample(STICKY, rng.randint(1, 5)))
        if self.kind == "room":
            palette = rng.sample(STICKY + rooms.NEON + (rooms.KRAFT if self.ground != "brown" else []), rng.randint(2, 5))
        if self.ground in ("felt-grey", "felt-blue", "cork", "brown", "green", "dark-wood", "black") and \
                self.kind != "pale" and rng.random() < 0.5:
            palette = palette + WHITE[:1]
        w, h = size / math.sqrt(ratio), size * math.sqrt(ratio)
        gap = rng.uniform(1.12, 1.5)
        columns, rows = int((self.w - 0.5 * w) / (w * gap)), int((self.h - 0.5 * h) / (h * gap))
        for row in range(rows):
            for column in range(columns):
                if rng.random() < 0.25 or len(notes) > 60:
                    continue
                x = self.w / 2 + (column - (columns - 1) / 2) * w * gap + rng.uniform(-0.05, 0.05) * w
                y = self.h / 2 + (row - (rows - 1) / 2) * h * gap + rng.uniform(-0.05, 0.05) * h
                angle = math.radians(rng.gauss(0, 2.5))
                text = "" if self.kind == "empty" and rng.random() < 0.5 else self.text()
                notes.append(Note(x, y, w * rng.uniform(0.96, 1.04), h, angle, rng.choice(palette), text))
                if self.kind == "overlap" and rng.random() < 0.45:
                    share = rng.uniform(0.1, 0.5)
                    down = rng.random() < 0.5
                    dx, dy = (rng.uniform(-0.1, 0.1) * w, h * (1 - share)) if down else (w * (1 - share), 0.05 * h)
                    notes.append(Note(x + dx, y + dy, w, h, math.radians(rng.gauss(0, 5)), rng.choice(palette),
                                      self.text()))
        inside = [n for n in notes if all(30 < x < self.w - 30 and 30 < y < self.h - 30 for x, y in n.corners())]
        if self.kind == "overlap":
            inside = self.without_buried(inside)
        return inside

    def without_buried(self, notes):
        """Without notes of which later ones hide more than half."""
        kept = []
        for i, note in enumerate(notes):
            hidden = np.zeros((40, 40), bool)
            c, s = math.cos(note.angle), math.sin(note.angle)
            u, v = np.meshgrid((np.arange(40) + 0.5) / 40 - 0.5, (np.arange(40) + 0.5) / 40 - 0.5)
            px, py = note.x + c * u * note.w - s * v * note.h, note.y + s * u * note.w + c * v * note.h
            for other in notes[i + 1:]:
                co, so = math.cos(other.angle), math.sin(other.angle)
                qx, qy = px - other.x, py - other.y
                hidden |= (abs(co * qx + so * qy) < other.w / 2) & (abs(-so * qx + co * qy) < other.h / 2)
            if hidden.mean() < 0.52:
                kept.append(note)
        return kept

    def stick(self, note, image):
        """Puts a paper on the board, with its shadow."""
        rng = self.rng
        turned = note.sprite.rotate(-math.degrees(note.angle), Image.BICUBIC, expand=True)
        place = (int(note.x - turned.width / 2), int(note.y - turned.height / 2))
        soft = max(2, int(note.w / 50))
        mask = Image.new("L", (turned.width + 6 * soft, turned.height + 6 * soft))
        mask.paste(turned.getchannel("A").point(lambda a: a * 2 // 5), (3 * soft, 3 * soft))
        mask = mask.filter(ImageFilter.GaussianBlur(soft))
        image.paste((20, 20, 24), (place[0] - 3 * soft + soft, place[1] - 3 * soft + soft * 3 // 2), mask)
        image.paste(turned, place, turned)
        if self.kind == "room" and rng.random() < 0.2:
            rooms.tape(rng, ImageDraw.Draw(image), note)

    def picture(self, contrast=1.0):
        rng = self.rng
        noise = np.random.default_rng(rng.randrange(1 << 30))
        coarse = noise.normal(0, self.grain, (self.h // 6 + 1, self.w // 6 + 1))
        grain = np.kron(coarse, np.ones((6, 6)))[: self.h, : self.w, None]
        image = Image.fromarray(np.clip(np.array(self.colour, float) + grain, 0, 255).astype(np.uint8))
        draw = ImageDraw.Draw(image)
        for ink in self.strokes + self.labels:
            ink.draw(draw)
        font_by_writer = rng.sample(self.fonts, min(4, len(self.fonts)))
        for note in self.notes:
            if note.sprite is None:
                note.sprite = write(note, rng.choice(font_by_writer), rng, contrast)
                if self.kind == "room" and rng.random() < 0.15:
                    note.outline = rooms.shape(rng, note.sprite)
            self.stick(note, image)
        if self.kind == "room" and self.ground == "whiteboard":
            image = rooms.reflect(rng, image)
        if self.medium != "cards" and self.ground not in ("wall", "flipchart"):
            ImageDraw.Draw(image).rectangle((0, 0, self.w - 1, self.h - 1), outline=(150, 152, 156), width=24)
        return image


def photograph(board, sheet, rng, size, view, quality, soft, light):
    """The board through a camera: room, perspective, light, blur, noise, JPEG."""
    width, height = size
    room = np.array(rng.choice([(196, 194, 188), (168, 176, 182), (208, 200, 186), (120, 122, 126)]), float)
    if board.medium == "cards":
        room = np.array(board.colour, float)
    if board.ground == "wall":
        room = np.array(board.colour, float)
    back = Image.fromarray(np.full((height, width, 3), room, np.uint8))
    if board.medium != "cards" and rng.random() < 0.6:
        draw = ImageDraw.Draw(back)
        for _ in range(rng.randint(1, 4)):
            x = rng.choice([0, width - width // 9])
            y = rng.randrange(height)
            draw.rectangle((x, y, x + width // 9, y + height // 5), fill=tuple(rng.randrange(40, 220) for _ in range(3)))
        back = back.filter(ImageFilter.GaussianBlur(6))
    if board.kind == "room":
        back = rooms.background(rng, size)
    inverse = np.linalg.inv(view)
    inverse = inverse / inverse[2, 2]
    warped = sheet.convert("RGBA").transform(size, Image.PERSPECTIVE, inverse.flatten()[:8], Image.BICUBIC)
    back.paste(warped, (0, 0), warped)
    if board.kind == "room":
        outlines = [project(view, shown.corners()) for shown in board.notes + board.labels]
        back = rooms.before(rng, back, [(min(x for x, _ in o), min(y for _, y in o), max(x for x, _ in o),
                                         max(y for _, y in o)) for o in outlines])
    pixels = np.asarray(back, np.float32)
    x = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :, None]
    y = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None, None]
    gain = light * (1 + rng.uniform(-0.3, 0.3) * x + rng.uniform(-0.25, 0.25) * y)
    warm = rng.uniform(-0.2, 0.3) if board.kind == "room" else rng.uniform(-0.08, 0.08)
    pixels = pixels * gain * np.array([1 + warm, 1, 1 - warm], np.float32)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if soft > 0:
        image = image.filter(ImageFilter.GaussianBlur(soft))
    noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0, rng.uniform(1.5, 4), (height, width, 1))
    pixels = np.clip(np.asarray(image, np.float32) + noise.astype(np.float32), 0, 255).astype(np.uint8)
    return Image.fromarray(pixels), quality


def area(points):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))) / 2


def clipped(points, width, height):
    """The part of a polygon on the photo (Sutherland and Hodgman)."""
    for axis, bound, sign in [(0, 0, 1), (0, width, -1), (1, 0, 1), (1, height, -1)]:
        out = []
        for a, b in zip(points, points[1:] + points[:1]):
            da, db = sign * (a[axis] - bound), sign * (b[axis] - bound)
            if da >= 0:
                out.append(a)
            if (da >= 0) != (db >= 0):
                t = da / (da - db)
                out.append([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
        points = out
        if not points:
            return []
    return points


def save(folder, name, image, quality, board, view, kind, seed, exif=True):
    width, height = image.size
    regions = []
    card = board.medium in ("pinboard", "cards")
    for number, note in enumerate(board.notes):
        polygon = project(view, note.points())
        inside = clipped(polygon, width, height)
        # What shows less than half of itself is not asked for; where it shows more, its visible part is.
        if not inside or area(inside) < 0.5 * area(polygon):
            continue
        whole = area(inside) > 0.999 * area(polygon)
        regions.append({
            "id": f"r{number:03d}", "paper": note.paper, "kind": note.kind or ("card" if card else "note"),
            "polygon": polygon if whole else [[round(x, 1), round(y, 1)] for x, y in inside], "fully_inside": whole,
            "text": " ".join(note.lines), "lines": note.lines, "cluster_id": note.cluster,
            "gold_note_id": note.coded and note.coded["id"], "reading_order": None})
    for number, label in enumerate(board.labels):
        regions.append({"id": f"h{number:03d}", "kind": label.kind, "polygon": project(view, label.corners()),
                        "fully_inside": True, "text": label.text, "lines": label.lines,
                        "cluster_id": label.cluster, "gold_note_id": label.coded and label.coded["id"],
                        "reading_order": None})
    shown = {region["id"] for region in regions}
    names = {id(note): f"r{number:03d}" for number, note in enumerate(board.notes)}
    links = [{"from": names[id(a)], "to": names[id(b)]} for a, b in board.links
             if names[id(a)] in shown and names[id(b)] in shown]
    truth = {"format": "workshop-render-gt", "image": name + ".jpg", "board_id": f"{kind}-{seed}", "medium": board.medium, "surface": board.ground,
             "difficulty": kind, "seed": seed, "upright_size": [width, height], "stored_size": [width, height],
             "exif_orientation": 1 if exif else None, "clusters": [], "links": links,
             "regions": regions}
    data = io.BytesIO()
    image.save(data, "JPEG", quality=quality, subsampling=2)
    open(os.path.join(folder, name + ".jpg"), "wb").write(data.getvalue())
    json.dump(truth, open(os.path.join(folder, name + ".json"), "w"), ensure_ascii=False, indent=1)


def make(kind, number, seed, folder, font_paths):
    rng = random.Random(f"{kind}/{number}/{seed}")
    board = Board(kind, rng, font_paths)
    sheet = board.picture()
    wide = board.w > board.h
    size = (4000, 3000) if wide else (3000, 4000)
    degrees = math.radians

    def view(fill, limit, shift=(0, 0)):
        yaw = degrees(rng.uniform(-limit, limit))
        return camera(*size, (board.w, board.h), yaw, degrees(rng.uniform(-limit, limit) / 2),
                      degrees(rng.uniform(-3, 3)), fill, shift)

    if kind == "pairs":
        views = [("overview", view(0.86, 8))]
        for part in range(2):
            shift = (rng.choice([-1, 1]) * rng.uniform(0.5, 0.7) * size[0], rng.uniform(-0.5, 0.5) * size[1])
            views.append((f"close{part + 1}", view(rng.uniform(1.7, 2.1), 12, shift)))
    elif kind == "oblique":
        yaw = rng.choice([-1, 1]) * degrees(rng.uniform(35, 40))
        views = [("", camera(*size, (board.w, board.h), yaw, degrees(rng.uniform(-8, 8)), degrees(rng.uniform(-3, 3)),
                             rng.uniform(0.75, 0.9)))]
    elif kind == "cutoff":
        shift = (rng.choice([-1, 1]) * rng.uniform(0.12, 0.3) * size[0], rng.uniform(-0.12, 0.12) * size[1])
        views = [("", view(rng.uniform(0.95, 1.15), 10, shift))]
    elif kind == "small":
        views = [("", view(0.97, 6))]
    elif kind in ("states", "twins"):
        views = [(part, view(rng.uniform(0.7, 0.93), 12)) for part in ("before", "later")]
    else:
        views = [("", view(rng.uniform(0.8, 0.93), 14))]
    for part, matrix in views:
        if part == "later":
            board.change(kind)
            sheet = board.picture()
        image, quality = photograph(board, sheet, rng, size, matrix, rng.randint(80, 92), rng.uniform(0.4, 1.6),
                                    rng.uniform(0.75, 1.08))
        name = f"{kind}-{number:02d}" + (f"-{part}" if part else "")
        exif = True
        if kind == "messenger":
            factor = 1600 / max(size)
            image = image.resize((round(size[0] * factor), round(size[1] * factor)), Image.LANCZOS)
            matrix, quality, exif = np.diag([factor, factor, 1]) @ matrix, 60, False
        save(folder, name, image, quality, board, matrix, kind, seed, exif)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--photos", type=int, default=6, help="photos of each kind (default: 6)")
    parser.add_argument("--kinds", default=",".join(KINDS))
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    font_paths = fonts()
    for kind in arguments.kinds.split(","):
        for number in range(1, arguments.photos + 1):
            make(kind, number, arguments.seed, arguments.out, font_paths)


if __name__ == "__main__":
    main()
