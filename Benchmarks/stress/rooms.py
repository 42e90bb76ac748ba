"""What stands around, in front of and on real boards: bricks, boards of wood, curtains, windows, lamps, screens, arms,
tape and reflections. Used by the kind `room` of generate.py."""
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

KRAFT = [(184, 148, 108), (198, 164, 122)]
NEON = [(255, 60, 150), (255, 110, 60), (190, 255, 60), (255, 240, 40), (60, 230, 240)]
ROOMS = ["bricks", "planks", "curtain", "window", "plain", "shelf"]


def noise(rng, shape, deviation, cell):
    source = np.random.default_rng(rng.randrange(1 << 30))
    small = source.normal(0, deviation, (shape[0] // cell[0] + 2, shape[1] // cell[1] + 2))
    return np.kron(small, np.ones(cell))[: shape[0], : shape[1], None]


def background(rng, size):
    """A wall of one of the kinds in ROOMS."""
    width, height = size
    kind = rng.choice(ROOMS)
    colour = np.array(rng.choice([(150, 82, 64), (96, 66, 46), (196, 186, 172), (70, 82, 104), (168, 158, 140)]), float)
    pixels = np.zeros((height, width, 3)) + colour
    if kind == "planks":
        board = rng.randint(160, 420)
        tones = [rng.uniform(-22, 22) for _ in range(height // board + 2)]
        pixels += np.repeat(tones, board)[:height, None, None] + noise(rng, (height, width), 9, (5, 240))
        pixels[np.arange(height) % board < 7] *= 0.5
    pixels += noise(rng, (height, width), 5, (6, 6))
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    if kind == "bricks":
        h, w = rng.randint(90, 150), rng.randint(280, 420)
        for row in range(height // h + 1):
            for column in range(-1, width // w + 1):
                x = column * w + (row % 2) * w // 2
                tone = tuple(int(max(0, min(255, c + rng.uniform(-25, 25)))) for c in colour)
                draw.rectangle((x, row * h, x + w - 16, row * h + h - 14), fill=tone)
    elif kind == "curtain":
        other, step = tuple(rng.randrange(60, 230) for _ in range(3)), rng.randint(90, 260)
        for x in range(0, width, step):
            draw.rectangle((x, 0, x + step // 2, height), fill=other)
            for y in range(x % step, height, step):
                draw.ellipse((x + step // 2, y, x + step // 2 + step // 4, y + step // 4), fill=other)
    elif kind == "window":
        pane = rng.randint(700, 1100)
        for x in range(rng.randint(-400, 0), width, pane):
            for y in range(rng.randint(-300, 0), height, pane):
                draw.rectangle((x, y, x + pane - 90, y + pane - 90), fill=(222, 232, 244))
                draw.rectangle((x, y + pane // 2, x + pane - 90, y + pane - 90), fill=(104, 138, 84))
    elif kind == "shelf":
        for y in range(rng.randint(0, 300), height, 560):
            draw.rectangle((0, y, width, y + 40), fill=(112, 84, 58))
            x = 0
            while x < width:
                w = rng.randint(40, 130)
                draw.rectangle((x, y + rng.randint(120, 240), x + w - 4, y + 560),
                               fill=tuple(rng.randrange(30, 240) for _ in range(3)))
                x += w
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(3, 14)))


def before(rng, image, boxes):
    """What stands in front of the board or hangs beside it, never on more than a corner of a note."""
    width, height = image.size
    draw = ImageDraw.Draw(image)

    def free(box):
        return all(box[2] < b[0] or box[0] > b[2] or box[3] < b[1] or box[1] > b[3] for b in boxes)

    for _ in range(rng.randint(1, 4)):  # lamps at the ceiling, lit screens, switches, posters
        w, h = rng.randint(140, 700), rng.randint(90, 420)
        x, y = rng.randrange(width - w), rng.choice([rng.randrange(0, height // 6), rng.randrange(height - h)])
        if not free((x, y, x + w, y + h)):
            continue
        kind = rng.choice(["lamp", "screen", "poster"])
        fill = {"lamp": (255, 255, 250), "screen": (38, 44, 52), "poster": (238, 236, 230)}[kind]
        draw.rectangle((x, y, x + w, y + h), fill=fill, outline=(60, 60, 62), width=0 if kind == "lamp" else 10)
        if kind == "screen":
            draw.rectangle((x + 16, y + 16, x + w - 16, y + h - 16), fill=(206, 222, 244))
        if kind != "lamp":
            for line in range(y + 50, y + h - 40, 34):
                draw.rectangle((x + 40, line, x + w - rng.randint(50, w // 2), line + 8), fill=(90, 96, 110))
    if rng.random() < 0.6:  # an arm with a sleeve
        x, y = rng.choice([-80, width + 80]), rng.uniform(0.5, 1) * height
        reach = rng.uniform(0.08, 0.3) * width * (1 if x < 0 else -1)
        tip = (x + reach, y - rng.uniform(0.1, 0.3) * height)
        if free((min(x, tip[0]) - 90, min(y, tip[1]) - 90, max(x, tip[0]) + 90, max(y, tip[1]) + 90)):
            draw.line((x, y, *tip), fill=(206, 152, 124), width=150)
            draw.ellipse((tip[0] - 110, tip[1] - 110, tip[0] + 110, tip[1] + 110), fill=(206, 152, 124))
            draw.line((x, y, (x + tip[0]) / 2, (y + tip[1]) / 2), fill=tuple(rng.randrange(20, 120) for _ in range(3)),
                      width=210)
    return image


def reflect(rng, sheet):
    """Lamps and a window mirrored in a shiny board: soft, light, across notes and writing."""
    width, height = sheet.size
    shine = Image.new("L", sheet.size)
    draw = ImageDraw.Draw(shine)
    for _ in range(rng.randint(1, 3)):
        x, y = rng.randrange(width), rng.randrange(height)
        w, h = rng.uniform(0.05, 0.25) * width, rng.uniform(0.03, 0.12) * height
        draw.ellipse((x - w, y - h, x + w, y + h), fill=rng.randint(40, 150))
    shine = shine.resize((width // 8, height // 8)).filter(ImageFilter.GaussianBlur(width / 8 / 50)).resize(sheet.size)
    return Image.composite(Image.new("RGB", sheet.size, (255, 255, 255)), sheet, shine)


def tape(rng, draw, note):
    """Masking tape over a corner or the upper edge of a note."""
    colour = rng.choice([(226, 210, 160), (236, 230, 214), (120, 160, 200)])
    a, b = note.corners()[:2]
    place = rng.choice([a, b, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)])
    length, broad = rng.uniform(0.2, 0.35) * note.w, rng.uniform(0.08, 0.12) * note.w
    turn = rng.uniform(0, math.pi)
    c, s = math.cos(turn), math.sin(turn)
    draw.polygon([(place[0] + c * u * length / 2 - s * v * broad / 2, place[1] + s * u * length / 2 + c * v * broad / 2)
                  for u, v in [(-1, -1), (1, -1), (1, 1), (-1, 1)]], fill=colour)


def shape(rng, sprite):
    """Cuts a sprite to a round card or tears its lower edge; returns its outline in shares of the sprite."""
    w, h = sprite.size
    mask = Image.new("L", sprite.size)
    if rng.random() < 0.5:
        outline = [(0.5 + 0.5 * math.cos(t * math.pi / 16), 0.5 + 0.5 * math.sin(t * math.pi / 16)) for t in range(32)]
    else:
        steps = 14
        outline = [(0, 0), (1, 0)] + [(1 - i / steps, 1 - rng.uniform(0, 0.07)) for i in range(steps + 1)]
    ImageDraw.Draw(mask).polygon([(x * w, y * h) for x, y in outline], fill=255)
    sprite.putalpha(mask)
    return outline
