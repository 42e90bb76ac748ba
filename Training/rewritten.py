"""What people wrote, put together anew: letters and groups of letters of one writer make words that the writer never wrote.

DHSD's lines are place names. A network that sees real ink saying place names alone learns their spelling with the ink.
"""

import cv2
import numpy as np

import hands
import lines

# All pieces are brought to this height of small letters, in pixels.
SMALL = 34
FLAT = set("acemnorsuvwxz")
ON_LINE = set("abcdehiklmnorstuvwxzäöüABCDEFGHIKLMNOPRSTUVWXZÄÖÜ")


class Piece:
    """Ink of one to four letters: `ink` with its `foot`, the row of the baseline, and the rows at which the pen came in
    and left (None where the letter before or after was not joined)."""

    def __init__(self, ink, foot, before, after):
        self.ink, self.foot, self.before, self.after = ink, foot, before, after


def bounds(mask, columns):
    """Where the line can be parted before each letter: column, row of the stroke that joins there or None."""
    solid = mask > 0.3
    found = {0: (0, None), len(columns): (mask.shape[1], None)}
    for k in range(1, len(columns)):
        a, b = int(columns[k - 1]) + 1, int(columns[k])
        if b - a < 2:
            continue
        amount = solid[:, a:b].sum(0)
        free = np.flatnonzero(amount == 0)
        if free.size:
            if (np.diff(free) == 1).all():
                found[k] = (a + int(free.mean()), None)
            continue
        away = np.abs(np.arange(b - a) - (b - a) / 2) / (b - a)
        at = int(np.argmin(amount + 0.1 * mask.shape[0] * away))
        rows = np.flatnonzero(solid[:, a + at])
        if away[at] < 0.3 and rows[-1] - rows[0] + 1 == rows.size <= 0.17 * mask.shape[0]:
            found[k] = (a + at, float(rows.mean()))
    return found


def fits(text, top, foot, height):
    """Whether ink from row `top` to row `foot` above the baseline (in heights of small letters) can be the text."""
    if set(text) <= ON_LINE and not -0.3 < foot < 0.25:
        return False
    if set(text) <= FLAT:
        return 0.7 < top < 1.45
    if set(text) <= set(".,"):
        return top < 0.6
    return 0.8 < top < 3.2 and height < 4


def pen_of(pieces):
    """Width of a writer's strokes in pixels, the middle of up to 60 pieces."""
    widths = []
    for known in list(pieces.values())[:60]:
        inside = cv2.distanceTransform((known[0].ink > 76).astype(np.uint8), cv2.DIST_L2, 3)
        if (inside > 0.9).any():
            widths.append(2 * float(np.median(inside[inside > 0.9])))
    return int(np.clip(round(np.median(widths)), 2, 12)) if widths else 4


class Rewritten:
    """Lines of words of `texts` in the hands of `handwriting`, whose letters must have been placed (`learn_cuts`).

    Digits and signs that a writer never wrote are drawn by the strokes of letters.json, as wide as the writer's own.
    """

    def __init__(self, handwriting, texts):
        self.texts, self.writers = texts, {}
        self.signs = {c: forms for c, forms in hands.DrawnHands(texts).forms.items() if not c.isalpha()}
        for row, mask, columns in zip(handwriting.rows, handwriting.masks, handwriting.columns):
            if columns is not None:
                self.learn(self.writers.setdefault(row["writer"], {}), row["text"], mask, columns)
        self.writers = {w: pieces for w, pieces in self.writers.items() if sum(len(t) == 1 for t in pieces) >= 20}
        self.names = sorted(self.writers)
        self.pens = {w: pen_of(pieces) for w, pieces in self.writers.items()}

    def learn(self, pieces, text, mask, columns):
        if (mask[-max(2, mask.shape[0] // 20):] > 0.3).any(0).mean() > 0.6:
            return  # a rule under the line, which would be taken for the foot of every letter
        at = bounds(mask, columns)
        cuts = sorted(at)
        feet, heights = [], []
        for i, j in zip(cuts[:-1], cuts[1:]):
            rows = np.flatnonzero((mask[:, at[i][0]:at[j][0]] > 0.3).any(1))
            if rows.size and set(text[i:j]) <= ON_LINE:
                feet.append(((at[i][0] + at[j][0]) / 2, rows[-1] + 1))
                if set(text[i:j]) <= FLAT:
                    heights.append(rows[-1] + 1 - rows[0])
        if len(feet) < 3 or len(heights) < 2:
            return
        x, y = np.array(feet, float).T
        slope = float(np.median([(y[b] - y[a]) / (x[b] - x[a]) for a in range(len(x)) for b in range(a + 1, len(x))]))
        foot = float(np.median(y - slope * x))
        scale = SMALL / float(np.median(heights))
        if not 0.15 < scale < 4:
            return
        # Letters are joined at their feet; a thin stroke further up is the arch of an n or h.
        level = {k: foot + slope * at[k][0] - 0.45 * SMALL / scale for k in at}
        cuts = [k for k in sorted(at) if at[k][1] is None or at[k][1] > level[k]]
        for n, i in enumerate(cuts[:-1]):
            for j in cuts[n + 1:n + 4]:
                if " " in text[i:j] or j - i > 4:
                    break
                part = mask[:, at[i][0]:at[j][0]]
                rows = np.flatnonzero((part > 0.3).any(1))
                if not rows.size or part.shape[1] < 2:
                    continue
                base = (foot + slope * (at[i][0] + at[j][0]) / 2 - rows[0]) * scale
                top, under = base / SMALL, (base - (rows[-1] + 1 - rows[0]) * scale) / SMALL
                if not fits(text[i:j], top, under, top - under):
                    continue
                size = (max(2, round(part.shape[1] * scale)), max(2, round((rows[-1] + 1 - rows[0]) * scale)))
                drawn = cv2.resize(part[rows[0]:rows[-1] + 1], size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
                ends = [None if at[k][1] is None else (at[k][1] - rows[0]) * scale - base for k in (i, j)]
                pieces.setdefault(text[i:j], []).append(Piece((drawn * 255).astype(np.uint8), base, *ends))

    def sign(self, rng, character, pen):
        """A digit or sign as a piece with room to either side."""
        forms, tall = self.signs[character], SMALL * rng.uniform(1.4, 2.2)
        size = (tall * np.exp(rng.normal(0, 0.15)), tall)
        paths = []
        for stroke, curved in forms[rng.integers(len(forms))]:
            moved = stroke + rng.normal(0, 0.03, stroke.shape)
            paths.append((hands.curve(moved) if curved else moved) * size)
        ink = (hands.inked([hands.smoothed(p, rng.uniform(0, 0.06) * tall) for p in paths], pen) * 255).astype(np.uint8)
        room = [(0, 0), tuple(int(SMALL * rng.uniform(0.02, 0.25)) for _ in range(2))]
        return Piece(np.pad(ink, room), tall - min(p[:, 1].min() for p in paths) + pen / 2, None, None)

    def cover(self, rng, pieces, word, pen):
        """Pieces that spell the word, or None where the writer lacks a letter. Longer pieces are not preferred."""
        chosen, k = [], 0
        while k < len(word):
            lengths = [n for n in (1, 2, 3, 4) if word[k:k + n] in pieces and k + n <= len(word)]
            if not lengths and word[k] in self.signs:
                chosen.append(self.sign(rng, word[k], pen))
                k += 1
                continue
            if not lengths:
                return None
            n = lengths[rng.integers(len(lengths))]
            known = pieces[word[k:k + n]]
            options = [known[rng.integers(len(known))] for _ in range(4)]
            before = chosen[-1].after if chosen else None
            # Where the letter before ends in a joining stroke, one that begins with such a stroke at that height.
            chosen.append(min(options, key=lambda p: (p.before is None) != (before is None)
                              or (before is not None and abs(p.before - before) > 0.4 * SMALL)))
            k += n
        return chosen

    def line(self, rng):
        while True:
            name = self.names[rng.integers(len(self.names))]
            pieces = self.writers[name]
            text, words = self.texts.line(rng), []
            for word in text.split():
                covered = self.cover(rng, pieces, word, self.pens[name])
                if covered is not None:
                    words.append((word, covered))
            if sum(len(w) for w, _ in words) >= 2:
                return " ".join(w for w, _ in words), self.drawn(rng, [c for _, c in words])

    def drawn(self, rng, words):
        placed, x, end = [], 0.0, None
        for n, word in enumerate(words):
            x += SMALL * rng.uniform(0.45, 1.3) if n else 0
            end = None
            for piece in word:
                lift = rng.normal(0, 0.03) * SMALL
                if end is not None and piece.before is not None:
                    lift = float(np.clip(end - piece.before, -0.25 * SMALL, 0.25 * SMALL))
                placed.append((int(x), piece, lift, end))
                end = None if piece.after is None else piece.after + lift
                x += piece.ink.shape[1] + (0 if end is not None else rng.normal(0, 0.03) * SMALL)
        above = max(p.foot - lift for _, p, lift, _ in placed)
        below = max(p.ink.shape[0] - p.foot + lift for _, p, lift, _ in placed)
        image = np.zeros((int(above + below) + 8, int(x) + max(p.ink.shape[1] for _, p, _, _ in placed) + 8), np.float32)
        for left, piece, lift, end in placed:
            top, left = max(0, round(above + lift - piece.foot) + 3), max(0, left)
            height, width = piece.ink.shape
            spot = image[top:top + height, left:left + width]
            np.maximum(spot, piece.ink[:spot.shape[0], :spot.shape[1]].astype(np.float32) / 255, out=spot)
            if end is not None and piece.before is not None and abs(end - piece.before - lift) > 2:
                line = np.zeros(image.shape, np.uint8)
                points = [(left - 2, round(above + 3 + end)), (left + 2, round(above + 3 + piece.before + lift))]
                cv2.polylines(line, [np.array(points, np.int32)], False, 255, 4, cv2.LINE_AA)
                np.maximum(image, line.astype(np.float32) / 255, out=image)
        return lines.tight(image)
