"""How a reading is compared with what is written: shared by evaluate.py and calibration/fit.py."""

import unicodedata

FOLDED = (("„", '"'), ("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'"), ("‚", "'"), ("–", "-"), ("—", "-"), ("→", "->"))


def plain(text):
    """Without regard to case, to runs of spaces, and to the shapes of quotes, dashes and arrows."""
    text = unicodedata.normalize("NFC", text)
    for old, new in FOLDED:
        text = text.replace(old, new)
    return " ".join(text.casefold().split())


def distance(a, b):
    """Letters to insert, delete or replace (Levenshtein)."""
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a):
        current = [i + 1]
        for j, y in enumerate(b):
            current.append(min(previous[j + 1] + 1, current[j] + 1, previous[j] + (x != y)))
        previous = current
    return previous[-1]


class Tally:
    """Errors of many lines: characters, whole lines, keywords (words of more than three letters, found anywhere)."""

    def __init__(self):
        self.errors = self.letters = self.exact = self.lines = self.found = self.keywords = 0

    def add(self, wanted, got):
        wanted, got = plain(wanted), plain(got)
        errors = distance(wanted, got)
        self.errors += errors
        self.letters += len(wanted)
        self.exact += errors == 0
        self.lines += 1
        keywords = [w for w in wanted.split() if len(w) > 3]
        self.found += sum(w in got.split() for w in keywords)
        self.keywords += len(keywords)

    @property
    def cer(self):
        return 100 * self.errors / max(1, self.letters)

    def __str__(self):
        keywords = f", keywords {100 * self.found / self.keywords:.1f} %" if self.keywords else ""
        return f"{self.cer:.2f} %, exact {100 * self.exact / max(1, self.lines):.1f} %{keywords}"
