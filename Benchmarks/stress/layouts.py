"""Boards with structure for generate.py: groups of notes, and notes that arrows join."""
import math

from PIL import ImageDraw, ImageFont

MARKERS = [(24, 24, 30), (30, 44, 140), (170, 30, 40), (20, 110, 60)]


class Stroke:
    """Ink on the board itself: points to join, width and colour, in pixels of the board."""

    def __init__(self, points, width, colour):
        self.points, self.width, self.colour = points, width, colour

    def draw(self, draw):
        draw.line(self.points, fill=self.colour, width=self.width, joint="curve")
        r = self.width / 2
        for x, y in (self.points[0], self.points[-1]):
            draw.ellipse((x - r, y - r, x + r, y + r), fill=self.colour)


class Blot(Stroke):
    """A filled shape, such as the head of an arrow."""

    def draw(self, draw):
        draw.polygon(self.points, fill=self.colour)


class Label:
    """Writing on the board itself that heads a group."""

    kind, coded = "cluster-heading", None

    def __init__(self, x, y, text, size, font_path, colour):
        self.lines = [text]
        self.text, self.colour, self.font = text, colour, ImageFont.truetype(font_path, int(size))
        box = self.font.getbbox(text)
        self.place = (x, y)
        self.box = (x + box[0], y + box[1], x + box[2], y + box[3])

    def draw(self, draw):
        draw.text(self.place, self.text, font=self.font, fill=self.colour, stroke_width=2, stroke_fill=self.colour)

    def corners(self):
        a, b, c, d = self.box
        return [(a, b), (c, b), (c, d), (a, d)]


def groups(board, note_of, palette, paper_headings):
    """Notes in columns or blocks with clearly more room between groups than within, some alone.

    Headings are none, strips of paper or, on light boards, ink. Distances are shares of a note's width and height."""
    rng = board.rng
    size, ratio = rng.uniform(230, 330), rng.choice([1, 0.62, 0.55])
    w, h = size / math.sqrt(ratio), size * math.sqrt(ratio)
    columns = rng.random() < 0.5
    gap_x, gap_y = rng.uniform(0.03, 0.16) * w, rng.uniform(0.04, 0.3) * h
    apart_x = max(2.2 * gap_x, rng.uniform(0.3, 0.8) * w) if not columns else max(
        2 * gap_y, rng.uniform(0.2, 0.8) * w)
    apart_y = max(2.2 * gap_y, rng.uniform(0.5, 1.0) * h)
    light = board.ground in ("whiteboard", "wall", "flipchart")
    heads = rng.choice(["none", "none", "paper", "ink" if light else "paper"])
    one_colour = rng.random() < 0.4
    room = {"none": 0, "paper": 0.85 * h, "ink": 0.6 * h}[heads]
    pen, font_path = rng.choice(MARKERS[:3]), rng.choice(board.fonts)
    notes, labels = [], []
    heading_colour = rng.choice(paper_headings)
    x, y, tallest, number = 0.08 * board.w, 0.1 * board.h, 0, 0
    while number < 8:
        wide = 1 if columns else rng.randint(1, 3)
        count = rng.randint(3, 5) if columns else rng.randint(2, 6)
        rows = math.ceil(count / wide)
        width, height = wide * w + (wide - 1) * gap_x, rows * h + (rows - 1) * gap_y
        if x + width > 0.94 * board.w:
            x, y, tallest = 0.08 * board.w, y + tallest + apart_y, 0
        if y + room + height > 0.94 * board.h:
            break
        cluster, colour = f"c{number}", rng.choice(palette)
        if heads == "paper":
            strip = note_of(x + width / 2, y + 0.3 * h, rng.uniform(1.0, 1.15) * w, 0.55 * h, heading_colour, True)
            strip.kind, strip.cluster = "cluster-heading", cluster
            notes.append(strip)
        elif heads == "ink":
            label = Label(x + 0.1 * w, y + 0.05 * h, rng.choice(board.words), 0.3 * h, font_path, pen)
            label.cluster = cluster
            labels.append(label)
        for place in range(count):
            note = note_of(x + (place % wide + 0.5) * w + place % wide * gap_x,
                           y + room + (place // wide + 0.5) * h + place // wide * gap_y, w, h,
                           colour if one_colour else rng.choice(palette), False)
            note.cluster = cluster
            notes.append(note)
        tallest = max(tallest, room + height)
        x, number = x + width + apart_x, number + 1
    for _ in range(40):
        if sum(1 for n in notes if n.cluster is None) >= 2:
            break
        cx, cy = rng.uniform(0.1, 0.9) * board.w, rng.uniform(0.12, 0.9) * board.h
        far = all(abs(n.x - cx) > (n.w + w) / 2 + 0.8 * w or abs(n.y - cy) > (n.h + h) / 2 + 0.9 * h for n in notes)
        if far and all(not (a - w < cx < c + w and b - h < cy < d + h) for a, b, c, d in (m.box for m in labels)):
            notes.append(note_of(cx, cy, w, h, rng.choice(palette), False))
    return notes, labels


def curve(a, b, bow, rng, steps=24):
    """Points of a bowed, slightly shaky line from a to b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy)
    nx, ny = -dy / length, dx / length
    points = []
    for i in range(steps + 1):
        t = i / steps
        off = bow * 4 * t * (1 - t) * length + rng.gauss(0, 1.2)
        points.append((a[0] + t * dx + nx * off, a[1] + t * dy + ny * off))
    return points


def border(note, towards):
    """Where the line from a note's middle to another point leaves the note."""
    dx, dy = towards[0] - note.x, towards[1] - note.y
    scale = min(note.w / 2 / max(abs(dx), 1e-9), note.h / 2 / max(abs(dy), 1e-9))
    return note.x + dx * scale, note.y + dy * scale


def head(tip, before, size, width, colour, rng):
    """An open or a filled head."""
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    spread = math.radians(rng.uniform(24, 38))
    ends = [(tip[0] - size * math.cos(angle + s * spread), tip[1] - size * math.sin(angle + s * spread))
            for s in (-1, 1)]
    if rng.random() < 0.25:
        return Blot([tip] + ends, width, colour)
    return Stroke([ends[0], tip, ends[1]], width, colour)


def arrow(a, b, rng, width, colour, has_head=True):
    """The strokes of an arrow from a to b."""
    points = curve(a, b, rng.uniform(-0.12, 0.12), rng)
    strokes = [Stroke(points, width, colour)]
    if has_head:
        length = math.hypot(b[0] - a[0], b[1] - a[1])
        size = min(max(rng.uniform(3.5, 6) * width, 0.1 * length), 0.4 * length)
        strokes.append(head(points[-1], points[-4], size, width, colour, rng))
    return strokes


def arrows(board, note_of, palette):
    """Notes with room between, some joined by arrows; and ink that joins nothing: rays, frames, underlines, doodles."""
    rng = board.rng
    size, ratio = rng.uniform(260, 380), rng.choice([1, 0.62, 0.55])
    w, h = size / math.sqrt(ratio), size * math.sqrt(ratio)
    step_x, step_y = w * rng.uniform(1.5, 2.0), h * rng.uniform(1.6, 2.2)
    columns, rows = int(0.9 * board.w / step_x), int(0.9 * board.h / step_y)
    grid = {}
    for row in range(rows):
        for column in range(columns):
            if rng.random() < 0.25:
                continue
            x = board.w / 2 + (column - (columns - 1) / 2) * step_x + rng.uniform(-0.08, 0.08) * w
            y = board.h / 2 + (row - (rows - 1) / 2) * step_y + rng.uniform(-0.08, 0.08) * h
            grid[column, row] = note_of(x, y, w, h, rng.choice(palette), False)
    width, colour = rng.randint(7, 14), rng.choice(MARKERS)
    strokes, links, used = [], [], set()
    pairs = [(a, (a[0] + dx, a[1] + dy)) for a in grid for dx, dy in
             [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)]]
    rng.shuffle(pairs)

    def free(a, b):
        return frozenset((a, b)) not in used and not any(
            {a, b} == {(x, y + 1), (x + 1, y)} or {a, b} == {(x, y), (x + 1, y + 1)}
            for k in used if len(k) == 2 for x, y in [(min(p[0] for p in k), min(p[1] for p in k))]
            if all(abs(p[0] - q[0]) == 1 and abs(p[1] - q[1]) == 1 for p in k for q in k if p != q))

    for a, b in pairs:
        if b not in grid or not free(a, b) or len(used) > len(grid) * 0.7:
            continue
        used.add(frozenset((a, b)))
        start, end = border(grid[a], (grid[b].x, grid[b].y)), border(grid[b], (grid[a].x, grid[a].y))
        # Some stop short of the notes, some touch them.
        lack = [rng.uniform(0.06, 0.16) if rng.random() < 0.6 else rng.uniform(0, 0.05) for _ in range(2)]
        p = tuple(s + lack[0] * (e - s) for s, e in zip(start, end))
        q = tuple(e - lack[1] * (e - s) for s, e in zip(start, end))
        kind = rng.random()
        if kind < 0.6:
            strokes += arrow(p, q, rng, width, colour)
            links.append((grid[a], grid[b]))
        elif kind < 0.72:  # a ray: away from a note, to nothing
            q = tuple(s + 0.45 * (e - s) for s, e in zip(start, end))
            strokes += arrow(p, q, rng, width, colour)
        elif kind < 0.84:  # a doodle between the two
            cx, cy, r = (p[0] + q[0]) / 2, (p[1] + q[1]) / 2, min(w, h) * 0.14
            turns = rng.choice([1, 3])
            strokes.append(Stroke(
                [(cx + r * (0.3 + 0.7 * i / 50 if turns > 1 else 1) * math.cos(turns * math.tau * i / 50),
                  cy + r * (0.3 + 0.7 * i / 50 if turns > 1 else 1) * math.sin(turns * math.tau * i / 50))
                 for i in range(51)], width, colour))
    for note in rng.sample(list(grid.values()), min(3, len(grid))):
        left, right, low = note.x - note.w * 0.5, note.x + note.w * 0.5, note.y + note.h * 0.62
        if rng.random() < 0.5:
            strokes.append(Stroke(curve((left, low), (right, low), 0.01, rng), width, colour))
        else:
            dx, dy = note.w * 0.6, note.h * 0.62
            strokes.append(Stroke(
                [(note.x + dx * math.copysign(abs(math.cos(t)) ** 0.3, math.cos(t)),
                  note.y + dy * math.copysign(abs(math.sin(t)) ** 0.3, math.sin(t)))
                 for t in (math.tau * i / 80 for i in range(81))], width, colour))
    return list(grid.values()), strokes, links
