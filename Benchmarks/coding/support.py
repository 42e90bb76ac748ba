"""Kappa of coded notes without the cues that only the note itself supports.

    python3 Benchmarks/coding/support.py [NOTES.jsonl] [--program PROGRAM]

Codes the notes and the invented batches beside this file, drops every pattern that gave evidence on exactly one of all
these notes, and codes the notes again: what is left has proved itself on another note, or was written for none.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
BOOK = ROOT / "Sources/ContentCoding/Resources/codebooks/ki-skepsis.json"


def slug(pattern):
    result = ""
    for sign in pattern.split(" :: ")[0].lower():
        if sign.isalnum() or sign in "*+=#@?€%:^$|.":
            result += sign
        elif result and not result.endswith("-"):
            result += "-"
    return result.rstrip("-")


def coded(notes, program, book):
    lines = "\n".join(json.dumps({key: note[key] for key in ("id", "board", "text")}) for note in notes) + "\n"
    done = subprocess.run([program, "code", "-", "--json", "--codebook", str(book)], input=lines, capture_output=True,
                          text=True, check=True)
    return {coding["id"]: coding["codings"] for coding in map(json.loads, done.stdout.splitlines())}


def kappa(notes, result):
    pairs = [(note["labels"][0] if note["labels"] else "-",
              ".".join(result[note["id"]][0]["code"].split(".")[:2]) if result[note["id"]] else "-") for note in notes]
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    rows, columns = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(rows[key] * columns[key] for key in rows) / len(pairs) ** 2
    return f"{len(notes)} notes: agreement {agreed:.3f}, kappa {(agreed - chance) / (1 - chance):.3f}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("notes", nargs="?", default=ROOT / "samples/ki-skepsis/notes.jsonl", type=pathlib.Path)
    parser.add_argument("--program", default=str(ROOT / ".build/release/fotoprotokoll"))
    arguments = parser.parse_args()
    notes = [json.loads(line) for line in arguments.notes.read_text(encoding="utf-8").splitlines()]
    others, board = [], ""
    for path in sorted(HERE.glob("invented-*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if line.startswith("##"):
                board = line[2:].strip()
            elif line.strip():
                others.append({"id": f"{path.stem}:{number}", "board": board, "text": line.partition("\t")[0]})
    with tempfile.TemporaryDirectory() as folder:
        alone = pathlib.Path(shutil.copy(BOOK, folder))  # without the weights that stand beside it
        before = coded(notes + others, arguments.program, alone)
    support = defaultdict(set)
    for note, codings in before.items():
        for coding in codings:
            for evidence in coding["evidence"]:
                support[evidence["cue"]].add(note)
    judged = {note["id"] for note in notes}
    alone = {cue for cue, found in support.items() if len(found) == 1 and found <= judged}
    book = json.loads(BOOK.read_text(encoding="utf-8"))
    dropped = 0
    for entry in book["cues"]:
        if entry.get("kind") in ("board", "rest"):
            continue
        codes = [""] + [":" + code for code in entry.get("codes", {})]
        kept = [p for p in entry["patterns"]
                if not any(f"{entry['id']}/{slug(p)}{code}" in alone for code in codes)]
        dropped += len(entry["patterns"]) - len(kept)
        entry["patterns"] = kept
    book["cues"] = [entry for entry in book["cues"] if entry["patterns"]]
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(book, file, ensure_ascii=False)
        file.flush()
        after = coded(notes, arguments.program, file.name)
    print(f"all cues: {kappa(notes, before)}")
    print(f"without {dropped} patterns of one note: {kappa(notes, after)}")


main()
