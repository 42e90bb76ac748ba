"""How far the codes of notes still agree when a share of their characters is misread.

    python3 Benchmarks/coding/noise.py [NOTES.jsonl] [--program PROGRAM] [--codebook FILE] [--seeds N]

Misreadings are drawn from `confusions.json` beside this file: counted by `confusions.py` on recorded readings of the
validation writers of DHSD (487 lines of three writers the reader was not trained on) and of the synthetic dev photos
(436 texts), never from the table the matcher uses. A character is misread in proportion to how often it was; what it
turns into follows what it was read as. Beside the program stands plain word matching: the single words of the code book,
compared letter by letter.
"""
import argparse
import json
import pathlib
import random
import re
import subprocess
from collections import Counter

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
RATES = (0, 0.05, 0.1, 0.2)


class Misreader:
    def __init__(self, path):
        table = json.loads(path.read_text(encoding="utf-8"))["meant"]
        self.read = {meant: row["read"] for meant, row in table.items()}
        # One more than counted, so that a character seen rarely can be misread too.
        self.proneness = {m: (sum(r["read"].values()) + 1) / (r["seen"] + 20) for m, r in table.items()}
        self.any = sum(self.proneness.values()) / len(self.proneness)

    def misread(self, text, rate, generator):
        prone = [self.proneness.get(sign, self.any) for sign in text]
        scale = rate * len(text) / (sum(prone) or 1)
        result = []
        for sign, likelihood in zip(text, prone):
            if generator.random() >= min(0.9, likelihood * scale):
                result.append(sign)
                continue
            choices = self.read.get(sign)
            if not choices:
                continue
            result.append(generator.choices(list(choices), list(choices.values()))[0])
        return "".join(result)


def base(code):
    return ".".join(code.split(".")[:2])


def program_codes(notes, arguments):
    lines = "\n".join(json.dumps({key: note[key] for key in ("id", "board", "text")}) for note in notes) + "\n"
    command = [arguments.program, "code", "-", "--json"]
    if arguments.codebook:
        command += ["--codebook", arguments.codebook]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    codings = [json.loads(line) for line in done.stdout.splitlines()]
    return [base(entry["codings"][0]["code"]) if entry["codings"] else "-" for entry in codings]


def plain_codes(notes, words):
    result = []
    for note in notes:
        sums = Counter()
        for word in re.findall(r"\w+", note["text"].lower()):
            for code, weight in words.get(word, {}).items():
                sums[code] += weight
        result.append(max(sorted(sums), key=lambda code: sums[code]) if sums else "-")
    return result


def plain_words(path):
    words = {}
    for cue in json.loads(path.read_text(encoding="utf-8"))["cues"]:
        if cue.get("kind") in ("board", "rest", "colour", "pattern"):
            continue
        for pattern in cue["patterns"]:
            if not re.fullmatch(r"[=<>]?\w+", pattern):
                continue
            for code, weight in (cue.get("codes") or {cue["code"]: cue.get("weight", 1)}).items():
                if "." in code and not code.startswith(("fear", "consequence")):
                    row = words.setdefault(pattern.lstrip("=<>").lower(), {})
                    row[base(code)] = max(weight, row.get(base(code), weight))
    return words


def figures(notes, codes):
    gold = [note["labels"][0] if note["labels"] else "-" for note in notes]
    agreed = sum(a == b for a, b in zip(gold, codes)) / len(gold)
    rows, columns = Counter(gold), Counter(codes)
    chance = sum(rows[key] * columns[key] for key in rows) / len(gold) ** 2
    return agreed, (agreed - chance) / (1 - chance)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("notes", nargs="?", default=ROOT / "samples/ki-skepsis/notes.jsonl", type=pathlib.Path)
    parser.add_argument("--program", default=str(ROOT / ".build/release/fotoprotokoll"))
    parser.add_argument("--codebook")
    parser.add_argument("--seeds", default=5, type=int)
    arguments = parser.parse_args()
    notes = [json.loads(line) for line in arguments.notes.read_text(encoding="utf-8").splitlines()]
    misreader = Misreader(HERE / "confusions.json")
    book = arguments.codebook or ROOT / "Sources/ContentCoding/Resources/codebooks/ki-skepsis.json"
    words = plain_words(pathlib.Path(book))
    print("| wrong characters | agreement | kappa | lost | plain words: agreement | lost |\n|---|---|---|---|---|---|")
    first = None
    for rate in RATES:
        sums = [0.0, 0.0, 0.0]
        seeds = arguments.seeds if rate else 1
        for seed in range(seeds):
            generator = random.Random(seed)
            noisy = [{**note, "text": misreader.misread(note["text"], rate, generator)} for note in notes]
            agreed, kappa = figures(notes, program_codes(noisy, arguments))
            plain, _ = figures(notes, plain_codes(noisy, words))
            sums = [a + b / seeds for a, b in zip(sums, (agreed, kappa, plain))]
        first = first or sums
        print(f"| {rate:.0%} | {sums[0]:.3f} | {sums[1]:.3f} | {first[0] - sums[0]:.3f} | {sums[2]:.3f} "
              f"| {first[2] - sums[2]:.3f} |", flush=True)


main()
