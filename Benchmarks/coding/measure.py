"""Codes the invented notes beside this file with the built program and prints how far the codes agree.

    python3 Benchmarks/coding/measure.py [FILE.tsv ...]

A file has a line `## heading of the board`, then a line a note: text, tab, short codes (first = primary, none = off
topic); ` / ` in a text is a line break on the note.
"""
import json
import pathlib
import subprocess
import sys
from collections import Counter

HERE = pathlib.Path(__file__).parent
PROGRAM = HERE.parent.parent / ".build/release/fotoprotokoll"
CODES = {
    "co": "cause.competence", "re": "cause.resources", "le": "cause.legal", "ex": "cause.examples",
    "te": "cause.technostress", "ro": "cause.role", "pa": "cause.participation", "ot": "cause.other",
    "in": "measure.information", "pp": "measure.participation", "rl": "measure.relief", "mo": "measure.other",
    "fr": "fear.replacement", "fg": "fear.growth", "fb": "fear.bias", "fp": "fear.privacy", "fd": "fear.disinformation",
    "ce": "consequence.existential", "ca": "consequence.autonomy", "ct": "consequence.trust",
    "cs": "consequence.surveillance", "csc": "consequence.scepticism", "qr": "question.regional",
    "qp": "question.policy", "rt": "reflection.takeaway", "rr": "reflection.roles",
}


def notes(path):
    board, found = "", []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("##"):
            board = line[2:].strip()
        elif line.strip():
            text, _, codes = line.partition("\t")
            found.append({"id": f"n{number}", "board": board, "text": text.replace(" / ", "\n"),
                          "labels": [CODES[code] for code in codes.split()]})
    return found


def coded(found, book=None):
    lines = "\n".join(json.dumps({key: note[key] for key in ("id", "board", "text")}) for note in found) + "\n"
    command = [PROGRAM, "code", "-", "--json"] + (["--codebook", book] if book else [])
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    result = {}
    for line in done.stdout.splitlines():
        coding = json.loads(line)
        codes = [".".join(entry["code"].split(".")[:2]) for entry in coding["codings"]]
        result[coding["id"]] = list(dict.fromkeys(codes))
    return result


def figures(found, result):
    pairs, hits, extra, missed = Counter(), 0, 0, 0
    for note in found:
        labels, codes = note["labels"], result[note["id"]]
        pairs[labels[0] if labels else "-", codes[0] if codes else "-"] += 1
        wanted, given = set(labels[1:]), set(codes[1:])
        hits, extra, missed = hits + len(wanted & given), extra + len(given - wanted), missed + len(wanted - given)
    total = sum(pairs.values())
    agreed = sum(count for (a, b), count in pairs.items() if a == b) / total
    rows, columns = Counter(), Counter()
    for (a, b), count in pairs.items():
        rows[a] += count
        columns[b] += count
    chance = sum(rows[key] * columns[key] for key in rows) / total**2
    off = sum(count for (a, _), count in pairs.items() if a == "-")
    return (f"{total} notes: primary agreement {agreed:.3f}, kappa {(agreed - chance) / (1 - chance):.3f}, "
            f"further codes F1 {2 * hits / max(1, 2 * hits + extra + missed):.3f}, "
            f"off topic left out {pairs['-', '-']} of {off}")


if __name__ == "__main__":
    for path in [pathlib.Path(name) for name in sys.argv[1:]] or sorted(HERE.glob("invented-*.tsv")):
        found = notes(path)
        print(f"{path.name}: {figures(found, coded(found))}")
