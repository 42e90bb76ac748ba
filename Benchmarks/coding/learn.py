"""Learns the weights that ship with the code book from the coded notes of the repository, and checks what they are worth.

    python3 Benchmarks/coding/learn.py               writes the weights beside the bundled code book
    python3 Benchmarks/coding/learn.py --leave-out   kappa of every writer, with the weights of the others

Learned from: the invented batches, and the 200 notes of the samples but for those of `held-back.txt`. The cues were written
after batches 1 and 2 and after the 140 notes, so that of these only the words count (`codebook learn --known`). Batch 23 was
written to show what is off the topic and what only looks so (`--chosen`). Batches named in TESTS are never learned from.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import tempfile

import measure

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
BOOK = ROOT / "Sources/ContentCoding/Resources/codebooks/ki-skepsis.json"
VERSION = "1.2.0"
SOURCE = "140 notes of the samples and the invented batches 1 to 12, 16 to 20 and 23 of Benchmarks/coding, by the program's own learner"
KNOWN = ("invented-1", "invented-2")
CHOSEN = ("invented-23",)
TESTS = ("invented-13", "invented-14", "invented-15", "invented-21", "invented-22")
WRITERS = ("invented-7", "invented-8", "invented-9", "invented-10", "invented-11", "invented-16", "invented-17",
           "invented-18", "invented-19", "invented-20")


def samples():
    held = set((HERE / "held-back.txt").read_text(encoding="utf-8").split())
    lines = (ROOT / "samples/ki-skepsis/notes.jsonl").read_text(encoding="utf-8").splitlines()
    return [note for note in map(json.loads, lines) if note["id"] not in held]


def write(notes, path):
    keys = ("id", "board", "text", "labels")
    path.write_text("".join(json.dumps({key: note[key] for key in keys}) + "\n" for note in notes), encoding="utf-8")


def weights(folder, book, without=()):
    batches = {path.stem: measure.notes(path) for path in HERE.glob("invented-*.tsv") if path.stem not in TESTS}
    order = sorted(batches, key=lambda name: int(name.split("-")[1]))
    write([note for name in order if name not in KNOWN + CHOSEN and name not in without for note in batches[name]],
          folder / "notes.jsonl")
    write(samples() + [note for name in order if name in KNOWN for note in batches[name]], folder / "known.jsonl")
    write([note for name in CHOSEN for note in batches[name]], folder / "chosen.jsonl")
    command = [measure.PROGRAM, "codebook", "learn", folder / "notes.jsonl", "--known", folder / "known.jsonl",
               "--chosen", folder / "chosen.jsonl",
               "--codebook", book, "--version", VERSION, "--source", SOURCE]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--leave-out", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        book = folder / "book.json"
        shutil.copy(BOOK, book)
        if not arguments.leave_out:
            BOOK.with_suffix(".weights.tsv").write_text(weights(folder, book), encoding="utf-8")
            return
        for writer in WRITERS:
            (folder / "book.weights.tsv").write_text(weights(folder, book, (writer,)), encoding="utf-8")
            found = measure.notes(HERE / f"{writer}.tsv")
            print(f"{writer}: {measure.figures(found, measure.coded(found, book))}", flush=True)


main()
