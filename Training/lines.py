"""Lines to train on: real handwriting (DHSD's training writers) and synthetic lines, as they look on photographed notes.

Everything random comes from one numpy generator, so a seed gives the same lines with the same packages and fonts.
"""

import csv
import pathlib

import cv2
import numpy as np
from fontTools import agl, t1Lib
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from convert import ALPHABET

HEIGHT = 48
INDEX = {c: i + 1 for i, c in enumerate(ALPHABET)}
# Kept apart: never trained on, chosen by, or looked at before the figures are fixed. The first list is the acceptance
# fonts', the second the hands of the photos on which figures are reported.
KEPT_APART = """annieuseyourtelescope breip cedarvillecursive coveredbyyourgrace delius delphine dkghandwriting
gloriahallelujah handlee indieflower justmeagaindownhere kleeone kristi lovedbytheking neucha overtherainbow rancho
rocksalt schoolbell sueellenfrancisco swankyandmoomoo unkempt walterturncoat zeyada pecita mathilde qtmagicmarker
loveyalikeasister
architectsdaughter badscript calligraffitti comingsoon craftygirls giveyouglory gochihand homemadeapple julee
justanotherhand kalam labelleaurore lemontuesday marckscript nothingyoucoulddo patrickhand permanentmarker reeniebeanie
shadowsintolight shortstack steve sunshiney thegirlnextdoor tomsontalks waitingforthesunrise yuseimagic""".split()
# Training writers whose lines choose (weight of the average), but never train.
SELECTION_WRITERS = ("8", "17", "29")
PAPERS = [(250, 232, 120), (252, 240, 150), (255, 214, 90), (245, 150, 180), (255, 170, 120), (180, 225, 150),
          (150, 205, 235), (200, 180, 225), (245, 245, 242), (250, 246, 230), (228, 228, 228), (225, 205, 170)]
INKS = [(20, 20, 25), (25, 30, 90), (15, 40, 130), (40, 40, 45), (150, 25, 30), (20, 100, 50), (90, 90, 95), (60, 30, 90)]


# Text ------------------------------------------------------------------------

SMALL = """und oder für mit von zu bei im in an auf aus der die das ein eine nicht nur mehr weniger keine kein wie was wer
wo wann warum ist sind hat fehlt fehlen braucht wird werden als auch zum zur nach vor über unter ohne gegen durch noch
schon sehr gut alle alles jede neue neuer gute wir ich man es uns unsere""".split()
SHORT = """z.B. ca. bzw. usw. d.h. inkl. max. min. Nr. Std. Mio. IT KI EU PDF BGM HR PC Q1 Q2 Q3 Q4 AI ToDo MA FK ERP CRM
SAP KPI QM BR GF ROI API DSGVO OKR B2B 24/7 1:1 50% 100% 3x 2x 10€ 500€ 2026 2025 2030 Mo. Di. Mi. Do. Fr. #1 @Team""".split()
FORMS = ["mehr {n}", "keine {n}", "{n} & {n}", "{n} und {n}", "{n} fehlt", "{n} für {n}", "{a} {n}", "{a}e {n}", "{n}: {n}",
         "{n} im {n}", "{n} {v}", "zu viel {n}", "zu wenig {n}", "{n} - {n}", "{n}, {n}", "{n}?", "{n}!", "{n} → {n}",
         "wie {v} wir {n}?", "{n} ({n})", "Was ist {n}?", "{n} / {n}", "{n} {v} und {v}", "bessere {n}", "gute {n}",
         "{n} mit {n} {v}", "{d} {n}", "{n} {d}", "{n} bis {d}", "\"{n}\"", "{n} + {n}", "{n} = {n}", "- {n}", "Angst vor {n}", "{n} ...", "... {n}"]
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Texts:
    """What the synthetic lines say; `codes` of them are short codes in capitals and digits, alone or beside a word.

    Half of the words are taken as often as the square root of their share in running text says, where `shares` (word to
    share) are given; the others all equally often.
    """

    def __init__(self, words, workshop, codes=0.18, shares=None):
        self.codes = codes
        usable = [w for w in words if 1 < len(w) <= 18 and all(c in INDEX for c in w)]
        workshop = [w for w in workshop if all(c in INDEX for c in w)]
        self.nouns = [w for w in usable if w[0].isupper()]
        self.verbs = [w for w in usable if w.endswith("en") and w.islower()]
        self.rest = [w for w in usable if w.islower()]
        known = [(w, s ** 0.5) for w, s in (shares or {}).items() if 1 < len(w) <= 18 and all(c in INDEX for c in w)]
        self.common = {kind: self.weighed([(w, s) for w, s in known if fits(w)]) for kind, fits in (
            ("n", lambda w: w[0].isupper()), ("v", lambda w: w.islower() and w.endswith("en")), ("a", str.islower))} if known else {}
        self.workshop = workshop

    @staticmethod
    def weighed(words):
        """Words, and where each one's share of all ends."""
        ends = np.cumsum([s for _, s in words])
        return [w for w, _ in words], ends / ends[-1]

    def word(self, rng, kind):
        if kind == "n" and rng.random() < 0.45:
            return self.workshop[rng.integers(len(self.workshop))]
        if kind == "d":
            return [f"{rng.integers(1, 32)}.{rng.integers(1, 13)}.", f"{rng.integers(1, 2100)}", f"{rng.integers(1, 100)} %",
                    f"{rng.integers(1, 13)}:{rng.integers(0, 60):02d}", f"{rng.integers(1, 60)} Min.",
                    f"{rng.integers(1, 900)},{rng.integers(0, 100):02d} €", f"{rng.integers(2, 20)} Tage",
                    f"{rng.integers(1, 9)}-{rng.integers(2, 20)}"][rng.integers(8)]
        if self.common and rng.random() < 0.5:
            words, ends = self.common[kind]
            return words[np.searchsorted(ends, rng.random(), side="right")]
        source = {"n": self.nouns, "v": self.verbs, "a": self.rest}[kind]
        return source[rng.integers(len(source))]

    def token(self, rng):
        """A code without inner spaces: any letters, so that the network looks at each instead of knowing the word."""
        letters = "".join(CAPITALS[k] for k in rng.integers(26, size=rng.choice([2, 3, 4, 5], p=[.3, .45, .17, .08])))
        digits = str(rng.integers(10 ** rng.choice([1, 2, 3, 4], p=[.3, .4, .15, .15])))
        draw = rng.random()
        if draw < 0.48:
            return letters
        if draw < 0.58:
            return SHORT[rng.integers(len(SHORT))]
        if draw < 0.72:
            return letters[:rng.integers(1, 3)] + digits[:2]
        if draw < 0.78:
            return digits[:1] + letters[:2]
        if draw < 0.94:
            return digits
        return letters[:2] + "-/&."[rng.integers(4)] + (letters[-2:] if rng.random() < 0.5 else digits[:2])

    def code(self, rng):
        draw = rng.random()
        if draw < 0.60:
            return self.token(rng)
        if draw < 0.70:
            return self.token(rng) + "-" + self.word(rng, "n")
        if draw < 0.80:
            return self.token(rng) + " " + self.word(rng, "n")
        if draw < 0.90:
            return self.word(rng, "n") + " " + self.token(rng)
        return self.token(rng) + [" ", ", ", " / ", "/", " & ", " + "][rng.integers(6)] + self.token(rng)

    def line(self, rng):
        if rng.random() < self.codes:
            text = self.code(rng)
            return "".join(c for c in text if c in INDEX).strip() or "KI"
        draw = rng.random()
        if draw < 0.30:
            text = self.word(rng, "nnva"[rng.integers(4)])
        elif draw < 0.62:
            form = FORMS[rng.integers(len(FORMS))]
            while "{" in form:
                at = form.index("{")
                form = form[:at] + self.word(rng, form[at + 1]) + form[at + 3:]
            text = form
        else:
            parts = []
            for _ in range(rng.integers(1, 5)):
                parts.append([lambda: SMALL[rng.integers(len(SMALL))], lambda: self.word(rng, "n"),
                              lambda: self.word(rng, "v"), lambda: self.word(rng, "a"),
                              lambda: SHORT[rng.integers(len(SHORT))]][rng.choice(5, p=[.4, .25, .1, .15, .1])]())
            text = " ".join(parts)
        if len(text) > 34:
            text = text[:34].rsplit(" ", 1)[0]
        if rng.random() < 0.08:
            text = text.translate(DOTLESS)  # look at the dots, do not guess them
        draw = rng.random()
        if draw < 0.20:
            text = text.replace("ß", "SS").upper()
        elif draw < 0.36 and not text[1:2].isupper():
            text = text[0].lower() + text[1:]
        elif draw < 0.40:
            text = text.rstrip(".-") + "-"  # a word broken at the line's end
        return "".join(c for c in text if c in INDEX).strip() or "und"


# Ink masks: float32, 0 paper ... 1 ink ---------------------------------------

def tight(mask, level=0.3):
    ink = mask > level
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    if rows.size == 0:
        return None
    return mask[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]


def german_digit(rng, digit, height, pen):
    """The ink of a 1 or a 7 as they are written in German schools: a long upstroke, a bar through the stem.

    Fonts have the other forms nearly all, and a reader that never saw these takes the 1 for an A.
    """
    if digit == "1":
        width = height * rng.uniform(0.22, 0.55)
        strokes = [[(0, height * rng.uniform(0.3, 1.0)), (width, 0), (width + rng.normal(0, 0.05) * height, height)]]
    else:
        width = height * rng.uniform(0.4, 0.65)
        foot, level = width * rng.uniform(0.15, 0.5), height * rng.uniform(0.42, 0.6)
        strokes = [[(0, height * rng.uniform(0, 0.12)), (width, 0), (foot, height)],
                   [(width * rng.uniform(0, 0.25), level), (width * rng.uniform(0.75, 1.0), level - rng.uniform(0, 0.08) * height)]]
    edge = pen + 2
    image = np.zeros((int(height) + 2 * edge, int(width * 1.3) + 2 * edge), np.uint8)
    for points in strokes:
        bent = []
        for a, b in zip(points[:-1], points[1:]):  # no hand draws a straight line
            middle = ((a[0] + b[0]) / 2 + rng.normal(0, 0.02) * height, (a[1] + b[1]) / 2 + rng.normal(0, 0.02) * height)
            bent += [a, middle]
        bent.append(points[-1])
        cv2.polylines(image, [np.round(np.array(bent) + edge).astype(np.int32)], False, 255, pen, cv2.LINE_AA)
    return tight(image.astype(np.float32) / 255)


def letters_of(file):
    """The characters of a font file; Type 1 fonts name them, all others have a table."""
    if str(file).endswith(".pfb"):
        font = t1Lib.T1Font(file)
        font.parse()
        return {agl.toUnicode(name) for name in font.font["CharStrings"].keys()}
    return {chr(c) for c in TTFont(file, fontNumber=0, lazy=True).getBestCmap()}


class Fonts:
    """Handwriting fonts; umlauts that a font lacks are set as its own letter with two dots, ß is never invented.

    Six in ten of the digits 1 and 7 are drawn as they are written in German schools.
    """

    GERMAN = 0.6

    BASE = {"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U"}

    def __init__(self, files):
        self.fonts = []
        for file in sorted(files):
            plain = "".join(c for c in pathlib.Path(file).stem.lower() if c.isalnum())
            if any(name in plain for name in KEPT_APART):
                raise SystemExit(f"{file} is kept apart")
            glyphs = letters_of(file)
            font = ImageFont.truetype(file, 60)
            known = {c for c in ALPHABET if c in glyphs and (c == " " or font.getmask(c).getbbox())}
            if not set("abcdefghijklmnopqrstuvwxyz") <= known:
                raise SystemExit(f"{file} lacks letters")
            height = {c: font.getbbox(c)[3] - font.getbbox(c)[1] for c in "xX"}
            self.fonts.append((str(file), known, height["x"] > 0.93 * height["X"]))  # capitals only
        self.cache = {}
        self.pens = {}

    def mask(self, rng, text, which=None):
        """The text as written (some fonts have capitals only) and its ink; None where the font lacks a letter."""
        file, known, capitals = self.fonts[rng.integers(len(self.fonts)) if which is None else which]
        if capitals:
            text = text.replace("ß", "SS").upper()
        if any(c not in known and self.BASE.get(c) not in known for c in text):
            return None
        size = 72
        font = self.cache.setdefault(file, ImageFont.truetype(file, size))
        plain = "".join(c if c in known else self.BASE[c] for c in text)
        # Letters that stand apart, as capitals often do, are no words: their spaces grow with them.
        loose = size * rng.uniform(0.03, 0.30) if rng.random() < (0.5 if text.upper() == text else 0.08) else 0
        offsets = [loose * (k + 1.2 * plain[:k].count(" ")) for k in range(len(plain))]
        left, top, right, bottom = font.getbbox(plain)
        digits = {}
        for k, c in enumerate(plain):
            if c in "17" and rng.random() < self.GERMAN:
                box = font.getbbox("H")
                digits[k] = (box[1], german_digit(rng, c, (box[3] - box[1]) * rng.uniform(0.85, 1.05), self.pen(file, font)))
                more = digits[k][1].shape[1] + size * rng.uniform(0.03, 0.12) - font.getlength(c)
                offsets = [offset + (more if j > k else 0) for j, offset in enumerate(offsets)]
                right += max(0, int(more))
                top, bottom = min(top, box[1]), max(bottom, box[3] + 8)
        if loose:
            right += int(offsets[-1])
        if right - left < 4 or right - left > 3000:
            return None
        image = Image.new("L", (right - left + 60, bottom - top + 80), 0)
        drawing = ImageDraw.Draw(image)
        x, y = 30 - left, 55 - top
        if loose or digits:
            for k, c in enumerate(plain):
                place = x + font.getlength(plain[:k]) + offsets[k]
                if k in digits:
                    above, digit = digits[k]
                    image.paste(255, (int(place), int(y + above)), Image.fromarray((digit * 255).astype(np.uint8)))
                else:
                    drawing.text((place, y), c, font=font, fill=255)
        else:
            drawing.text((x, y), plain, font=font, fill=255)
        for i, c in enumerate(text):
            if c in known or c not in self.BASE:
                continue
            a, b = font.getlength(plain[:i]), font.getlength(plain[:i + 1])
            peak = font.getbbox(plain[i])[1]
            radius, middle = size * rng.uniform(0.025, 0.045), x + offsets[i] + (a + b) / 2 + rng.uniform(-2, 4)
            for side in (-1, 1):
                cx, cy = middle + side * size * rng.uniform(0.07, 0.11), y + peak - size * rng.uniform(0.06, 0.14)
                drawing.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=255)
        return text, np.asarray(image, np.float32) / 255

    def pen(self, file, font):
        """Width of the font's strokes in pixels."""
        if file not in self.pens:
            drawn = Image.new("L", (200, 200), 0)
            ImageDraw.Draw(drawn).text((60, 60), "l", font=font, fill=255)
            inside = cv2.distanceTransform((np.asarray(drawn) > 100).astype(np.uint8), cv2.DIST_L2, 3)
            ridge = inside[inside > 0.9]
            self.pens[file] = max(2, int(round(2 * float(np.percentile(ridge, 70))))) if ridge.size else 4
        return self.pens[file]


class Handwriting:
    """DHSD's lines as ink masks, with the places where a line may be cut between two letters."""

    def __init__(self, folder, writers, faulty=()):
        self.rows = []
        for row in csv.DictReader((folder / "lines.tsv").open(encoding="utf8"), delimiter="\t"):
            if row["writer"] in writers and row["file"] not in faulty and all(c in INDEX for c in row["text"]):
                self.rows.append(row)
        self.masks = [ink(folder / row["file"]) for row in self.rows]
        self.by_writer = {}
        for i, row in enumerate(self.rows):
            self.by_writer.setdefault(row["writer"], []).append(i)
        self.cuts = [{} for _ in self.rows]
        self.dotless = [None] * len(self.rows)
        self.columns = [None] * len(self.rows)
        self.capitals = {}

    def learn_cuts(self, peaks):
        """`peaks[i]`: column in the tight mask of every letter of line i, or None where the reader disagreed."""
        self.columns = peaks
        for i, columns in enumerate(peaks):
            if columns is None:
                continue
            self.dotless[i] = without_dots(self.masks[i], self.rows[i]["text"], columns)
            free = (self.masks[i] > 0.3).sum(0) == 0
            for k in range(len(columns) - 1):
                a, b = int(columns[k]), int(columns[k + 1])
                gaps = np.flatnonzero(free[a:b])
                if gaps.size and (np.diff(gaps) == 1).all():  # exactly one gap between the two letters
                    self.cuts[i][k + 1] = a + int(gaps.mean())
            self.learn_capitals(i)

    def learn_capitals(self, i):
        text, cuts, width = self.rows[i]["text"], self.cuts[i], self.masks[i].shape[1]
        edges = {0: 0, len(text): width, **cuts}
        for k, c in enumerate(text):
            if c in CAPITALS and k in edges and k + 1 in edges and c not in "QJ":  # these may hang below the line
                letter = tight(self.masks[i][:, edges[k]:edges[k + 1]])
                if letter is not None and letter.shape[0] > 0.5 * self.masks[i].shape[0]:
                    self.capitals.setdefault(self.rows[i]["writer"], {}).setdefault(c, []).append(letter)

    def code(self, rng):
        """A code of two to five capitals of one writer, letters cut from anywhere in their lines, and drawn digits."""
        writers = [w for w, known in self.capitals.items() if len(known) >= 5]
        if not writers:
            return self.line(rng)
        known = self.capitals[writers[rng.integers(len(writers))]]
        letters = sorted(known)
        text = "".join(letters[k] for k in rng.integers(len(letters), size=rng.choice([2, 3, 4, 5], p=[.3, .4, .2, .1])))
        height, parts = 80, []
        spacing = rng.uniform(0.03, 0.3)
        for c in text:
            letter = known[c][rng.integers(len(known[c]))]
            tall = int(height * np.clip(rng.normal(0.95, 0.04), 0.8, 1.0))
            letter = cv2.resize(letter, (max(3, round(letter.shape[1] * tall / letter.shape[0])), tall),
                                interpolation=cv2.INTER_AREA)
            below = int(rng.integers(0, height - tall + 1))
            gap = max(1, int(height * (spacing + rng.normal(0, 0.03))))
            parts.append(np.pad(letter, ((height - tall - below, below), (0, gap))))
        pen = int(rng.integers(4, 10))
        while rng.random() < 0.45:  # digits are not in the real lines; these two look like none of a font
            digit = "17"[rng.integers(2)]
            drawn = german_digit(rng, digit, height * rng.uniform(0.75, 0.95), pen)
            gap = max(1, int(height * (spacing + abs(rng.normal(0, 0.03)))))
            parts.append(np.pad(drawn[:height], ((max(0, height - drawn.shape[0]), 0), (0, gap))))
            text += digit
        return text, tight(np.hstack(parts))

    def piece(self, rng, i, lower):
        """A whole line, or a part of it cut between letters (so that lines also start in lower case)."""
        text, mask = self.rows[i]["text"], self.masks[i]
        if self.dotless[i] is not None and rng.random() < 0.2:
            text, mask = text.translate(DOTLESS), self.dotless[i]
        cuts = self.cuts[i]
        if not lower or not cuts:
            return text, mask
        starts = [k for k in cuts if len(text) - k >= 2 and text[k] != " "]
        if not starts:
            return text, mask
        start = starts[rng.integers(len(starts))] if rng.random() < 0.7 else 0
        ends = [k for k in cuts if k - start >= 2]
        end = ends[rng.integers(len(ends))] if ends and (start == 0 or rng.random() < 0.3) else len(text)
        part = mask[:, cuts.get(start, 0):cuts.get(end, mask.shape[1])]
        words = text[start:end]
        part = tight(part)
        return (words.strip(), part) if part is not None and words.strip() else (text, mask)

    def line(self, rng):
        i = int(rng.integers(len(self.rows)))
        draw = rng.random()
        text, mask = self.piece(rng, i, draw < 0.35)
        while rng.random() < 0.28 and len(text) < 22:
            others = self.by_writer[self.rows[i]["writer"]]
            more, other = self.piece(rng, others[rng.integers(len(others))], rng.random() < 0.6)
            height = max(mask.shape[0], other.shape[0])
            gap = np.zeros((height, int(height * rng.uniform(0.22, 0.8))), np.float32)

            def stand(m):
                spare = height - m.shape[0]
                above = int(spare * rng.uniform(0.3, 0.8))
                return np.pad(m, ((above, spare - above), (0, 0)))
            mask, text = np.hstack([stand(mask), gap, stand(other)]), text + " " + more
        return text, mask


DOTLESS = str.maketrans("äöüÄÖÜ", "aouAOU")


def without_dots(mask, text, columns):
    """The line with every umlaut's dots wiped out, as some writers leave them out; None where they are not found.

    Without such lines the network learns from place names where dots belong, instead of looking.
    """
    if not any(c in "äöüÄÖÜ" for c in text):
        return None
    height = mask.shape[0]
    count, labels, stats, centres = cv2.connectedComponentsWithStats((mask > 0.2).astype(np.uint8), connectivity=8)
    result = mask.copy()

    def above_ink(c):
        left, top, width, tall = stats[c, :4]
        return (mask[top + tall + 1:, left:left + width] > 0.3).any(1).sum() >= 3

    for k, letter in enumerate(text):
        if letter not in "äöüÄÖÜ":
            continue
        near = [c for c in range(1, count) if abs(centres[c][0] - columns[k]) < 0.35 * height
                and stats[c, 1] + stats[c, 3] < 0.62 * height and stats[c, 3] < 0.35 * height and stats[c, 2] < 0.5 * height and above_ink(c)]
        near = sorted(near, key=lambda c: abs(centres[c][0] - columns[k]))[:2]
        if len(near) == 2 and abs(centres[near[0]][1] - centres[near[1]][1]) > 0.18 * height:
            near = near[:1]
        if not near or (len(near) == 1 and stats[near[0], 2] < 0.13 * height):
            return None
        for c in near:
            wiped = cv2.dilate((labels == c).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
            result[wiped] = 0
    return result


def ink(file):
    image = Image.open(file)
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(paper, image)
    grey = np.asarray(image.convert("L"), np.float32)
    low, high = np.percentile(grey, 0.7), np.percentile(grey, 70)
    mask = np.clip((high - grey) / max(20, high - low) * 1.1 - 0.05, 0, 1)
    found = tight(mask)
    return mask if found is None else found


# Looks ------------------------------------------------------------------------

def field(rng, shape, cell, amount):
    rows, columns = max(2, int(shape[0] / cell) + 2), max(2, int(shape[1] / cell) + 2)
    return cv2.resize(rng.normal(0, amount, (rows, columns)).astype(np.float32), (shape[1], shape[0]),
                      interpolation=cv2.INTER_CUBIC)


def move_together(rng, mask):
    """Narrows the gaps between letters, which makes separate letters look written in one go."""
    free = (mask > 0.25).sum(0) == 0
    keep = np.ones(mask.shape[1], bool)
    share, start = rng.uniform(0.5, 1.0), None
    for x in range(mask.shape[1] + 1):
        inside = x < mask.shape[1] and free[x]
        if inside and start is None:
            start = x
        elif not inside and start is not None:
            if x - start < 0.2 * mask.shape[0]:
                keep[start:start + int((x - start) * share)] = False
            start = None
    return mask[:, keep]


def join(rng, mask):
    """Draws the strokes that join separate letters when the pen is not lifted; wide gaps stay, they part words."""
    solid = mask > 0.3
    free = ~solid.any(0)
    height = mask.shape[0]
    edges = np.flatnonzero(np.diff(free.astype(np.int8)))
    inside = cv2.distanceTransform(solid.astype(np.uint8), cv2.DIST_L2, 3)
    pen = max(1, int(round(2 * np.median(inside[inside > 0.9])))) if solid.any() else 1
    drawn = np.zeros(mask.shape, np.uint8)
    for a, b in zip(edges[:-1], edges[1:]):
        if not free[a + 1] or b - a > 0.28 * height or rng.random() < 0.15:
            continue
        before, after = max(0, a - int(0.08 * height)), min(mask.shape[1], b + 1 + int(0.08 * height))
        left, right = np.argwhere(solid[:, before:a + 1]), np.argwhere(solid[:, b + 1:after])
        if not len(left) or not len(right):
            continue
        start = left[left[:, 0].argmax()]  # the foot of the letter before
        if start[0] < 0.4 * height:  # a comma at the top, a dot: nothing to join
            continue
        to = right[np.abs(right[:, 0] - start[0] + rng.uniform(0, 0.3) * height).argmin()]
        p, q = (before + int(start[1]), int(start[0]) - pen // 2), (b + 1 + int(to[1]), int(to[0]))
        middle = ((p[0] + q[0]) // 2, min(height - 1, max(p[1], q[1]) + int(rng.uniform(0, 0.06) * height)))
        cv2.polylines(drawn, [np.array([p, middle, q], np.int32)], False, 255, pen, cv2.LINE_AA)
    return np.maximum(mask, drawn.astype(np.float32) / 255 * min(1.0, float(mask.max())))


def warp(rng, mask, fast, flowing=False, joining=0.35):
    """Slant, squeeze, uneven baseline and elastic variation in one sampling; `fast`: as in a hurry.

    `flowing`: letters joined by the pen. In a hurry these lie over further, are drawn out or squeezed, and parts of a
    word flatten to little more than a wave. Of other letters in a hurry a share `joining` is joined by drawn strokes.
    """
    # Work at 96 rows: a letter is then about 40 pixels high.
    scale = 96 / mask.shape[0]
    mask = cv2.resize(mask, (max(8, int(mask.shape[1] * scale)), 96), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    if rng.random() < (0.6 if fast else 0.15):
        mask = move_together(rng, mask)
    if fast and not flowing and rng.random() < joining:
        mask = join(rng, mask)
    slant = rng.normal(0.25 if flowing else 0.12, 0.3) if fast else rng.normal(0, 0.13)
    slant = float(np.clip(slant, -0.55, 0.85))
    squeeze = rng.uniform(0.5, 1.25 if flowing else 1.0) if fast else np.exp(rng.normal(0, 0.16))
    squeeze = float(np.clip(squeeze, 0.5, 1.5))
    side, top = int(abs(slant) * 60) + 16, 26
    height, width = 96 + 2 * top, int(mask.shape[1] * squeeze) + 2 * side
    v, u = np.mgrid[0:height, 0:width].astype(np.float32)
    strength = rng.uniform(1.0, 3.2) if fast else rng.uniform(0.3, 1.8)
    x = (u - side) / squeeze + slant * (v - height / 2) + field(rng, (height, width), 30, strength)
    y = v - top + field(rng, (height, width), 34, strength)
    wave = field(rng, (1, width), rng.uniform(60, 160), rng.uniform(0, 5.0 if fast else 2.0))
    y = y + wave + (u - width / 2) * rng.normal(0, 0.02 if fast else 0.012)
    if fast and rng.random() < 0.4:  # letters that flatten towards the end
        y = (y - 60) * (1 + rng.uniform(0, 0.5) * u / width) + 60
    if fast and flowing:  # about the foot of the small letters: some stand high, some lie flat
        sizes = field(rng, (1, width), rng.uniform(40, 110), rng.uniform(0.05, 0.22))
        y = (y - 68) * np.exp(np.clip(sizes, -0.25, 0.5)) + 68
    return cv2.remap(mask, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderValue=0)


def stroke(rng, mask, real):
    draw = rng.random()
    if draw < 0.35:
        size = int(rng.integers(2, 5 if real else 4))
        mask = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    elif draw < 0.5:
        mask = cv2.erode(mask, np.ones((2, 2), np.uint8))
    if rng.random() < 0.2:  # pressure comes and goes
        mask = mask * np.clip(0.85 + field(rng, mask.shape, rng.uniform(12, 40), 0.25), 0.25, 1)
    if rng.random() < 0.25:  # marker: streaks, flat nib
        mask = mask * (1 - rng.uniform(0, 0.4) * rng.random((mask.shape[0], 1)).astype(np.float32))
        if rng.random() < 0.5:
            mask = cv2.dilate(mask, np.ones((int(rng.integers(1, 4)), int(rng.integers(1, 6))), np.uint8))
    return np.clip(mask, 0, 1)


def photograph(rng, mask):
    """The mask as a photographed line, tight or less so, 48 rows, blue-green-red bytes."""
    mask = tight(mask)
    if mask is None or mask.shape[0] < 6 or mask.shape[1] < 4:
        return None
    height = mask.shape[0]
    if rng.random() < 0.82:
        pads = np.clip(rng.normal(0.06, 0.04, 4), 0, 0.2)
    else:
        pads = rng.uniform(0, 0.45, 4)
    top, bottom, left, right = (pads * height + 1).astype(int)
    mask = np.pad(mask, ((top, bottom), (left, right)))
    rows = int(np.clip(np.exp(rng.normal(np.log(50), 0.35)), 22, 96))  # how large it was photographed
    columns = max(8, int(round(mask.shape[1] * rows / mask.shape[0])))
    mask = cv2.resize(mask, (columns, rows), interpolation=cv2.INTER_AREA)
    if rng.random() < 0.8:
        paper = np.array(PAPERS[rng.integers(len(PAPERS))], np.float32)[::-1] + rng.normal(0, 10, 3)
    else:
        paper = rng.uniform(120, 255, 3)
    colour = np.array(INKS[rng.integers(len(INKS))], np.float32)[::-1] + rng.normal(0, 12, 3)
    opacity = rng.uniform(0.75, 1.0) if rng.random() < 0.85 else rng.uniform(0.35, 0.75)
    if rng.random() < 0.08:  # squared or lined paper; the lines never turn with the writing
        cell, ruled = rng.uniform(0.25, 0.9) * rows, np.zeros((rows, columns), np.float32)
        for at in np.arange(rng.uniform(0, cell), rows, cell):
            ruled[int(at)] = 1
        if rng.random() < 0.7:
            for at in np.arange(rng.uniform(0, cell), columns, cell):
                ruled[:, int(at)] = 1
        paper = paper + ((rng.uniform(0.6, 0.92) - 1) * ruled)[..., None] * paper
    light = rng.uniform(0.65, 1.1) * (1 + field(rng, (rows, columns), 60, 0.05))
    image = (paper + (colour - paper) * (mask * opacity)[..., None]) * light[..., None]
    if rng.random() < 0.5:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.022 * rows + 0.35))
    image = image + rng.normal(0, rng.uniform(0, 6), image.shape)
    image = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(40, 95))])[1], 1)
    return to_height(image)


def to_height(image):
    width = int(np.clip(round(image.shape[1] * HEIGHT / image.shape[0]), 16, 2400))
    mode = cv2.INTER_AREA if image.shape[0] > HEIGHT else cv2.INTER_LINEAR
    return cv2.resize(image, (width, HEIGHT), interpolation=mode)


class Recipe:
    """Lines in the shares of the recipe: `real` from people, `connected` from joined hands, `drawn` in everyday hands
    drawn by their strokes, the rest from fonts.

    `rewritten` of the real lines say what their writers never wrote, `real_codes` of the others are codes. Four in
    ten of all lines are in a hurry, six in ten of the joined and the rewritten ones; `twice` of these in a great hurry.
    `wide` of the pictures are drawn out to 1.1 to 1.5 times their width, as the program looks at doubtful lines again.
    """

    def __init__(self, handwriting, fonts, texts, real=0.5, fast=0.4, widest=640, real_codes=0.08, joined=(), connected=0.25,
                 everyday=None, drawn=0.25, rewriter=None, rewritten=0.45, twice=0, wide=0):
        self.wide = wide
        self.rewriter, self.rewritten = rewriter, rewritten if rewriter else 0
        self.twice = twice
        self.handwriting, self.fonts, self.texts = handwriting, fonts, texts
        self.real, self.fast, self.widest, self.real_codes = real, fast, widest, real_codes
        self.joined, self.connected = list(joined), connected if joined else 0
        self.everyday, self.share_drawn = everyday, drawn if everyday else 0

    def drawn(self, rng):
        """Text, ink (either may be None where a font lacks a letter), from a person, with joined letters, put together anew."""
        # Fonts alone: nothing is drawn by lot here, so that the sets that choose stay those of earlier runs.
        draw = rng.random() if self.handwriting is not None or self.connected or self.share_drawn else 0
        if self.handwriting is not None and draw < self.real:
            source = self.handwriting.code if rng.random() < self.real_codes else self.handwriting.line
            if self.rewritten and rng.random() < self.rewritten:
                # Half of what these say is written as if in one go.
                return *self.rewriter.line(rng), True, bool(rng.random() < 0.5), True
            return *source(rng), True, False, False
        if draw > 1 - self.connected:
            return *self.joined[rng.integers(len(self.joined))].line(rng), False, True, False
        if draw > 1 - self.connected - self.share_drawn:
            return *self.everyday.line(rng), False, False, False
        drawn = self.fonts.mask(rng, self.texts.line(rng))
        return (None, None, False, False, False) if drawn is None else (drawn[0], tight(drawn[1]), False, False, False)

    def line(self, rng):
        while True:
            text, mask, real, flowing, anew = self.drawn(rng)
            if mask is None:
                continue
            fast = rng.random() < (max(self.fast, 0.6) if flowing or anew else self.fast)
            joining = 0.6 if anew else 0.35
            mask = warp(rng, mask, fast, flowing, joining)
            if fast and self.twice and rng.random() < self.twice and (again := tight(mask)) is not None:
                mask = warp(rng, again, True, flowing, joining)
            image = photograph(rng, stroke(rng, mask, real))
            if image is not None and self.wide and rng.random() < self.wide:
                size = (round(image.shape[1] * rng.uniform(1.1, 1.5)), image.shape[0])
                image = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
            # The network needs a column of 8 pixels for every letter, and one between equal ones.
            needed = len(text) + sum(a == b for a, b in zip(text, text[1:]))
            if image is not None and image.shape[1] <= self.widest and image.shape[1] // 8 >= needed:
                return text, image
