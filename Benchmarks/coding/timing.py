"""CPU time of coding typed notes: by number of notes, and by size of the code book.

    python3 Benchmarks/coding/timing.py [--program PROGRAM] [--notes 10000 100000] [--books]

Notes are those beside this file, each with two words changed for those of another note, so that texts differ. The generated
code books hold the words and pairs of words of the bundled one, dealt out to so many codes: 20 codes with 300 cues and
100 codes with 5,000. Times are user and system time of the whole process; what an empty run costs is told apart.
"""
import argparse
import json
import pathlib
import random
import re
import resource
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
BOOK = ROOT / "Sources/ContentCoding/Resources/codebooks/ki-skepsis.json"


def texts():
    found = []
    for path in sorted(HERE.glob("invented-*.tsv")):
        board = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("##"):
                board = line[2:].strip()
            elif line.strip():
                found.append((board, line.partition("\t")[0]))
    return found


def write_notes(count, path):
    generator, known = random.Random(7), texts()
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            board, text = known[number % len(known)]
            words = text.split()
            for word in generator.sample(generator.choice(known)[1].split() + ["und", "auch"], 2):
                words[generator.randrange(len(words))] = word
            file.write(json.dumps({"id": str(number), "board": board, "text": " ".join(words)}) + "\n")


def write_book(codes, cues, path):
    bundled = json.loads(BOOK.read_text(encoding="utf-8"))
    patterns = sorted({p for entry in bundled["cues"] if entry.get("kind") not in ("board", "rest", "pattern")
                       for p in entry["patterns"] if re.fullmatch(r"\w+( \w+)?", p)})
    random.Random(3).shuffle(patterns)
    patterns = patterns[:cues]
    book = {
        "schema": 1, "id": "generated", "version": "1", "title": "Generated", "source": "timing.py",
        "codes": [{"id": "code", "label": {"de": "Code"}, "isCodable": False}]
        + [{"id": f"code.c{n}", "label": {"de": f"C{n}"}, "parent": "code"} for n in range(codes)],
        "cues": [{"id": f"c{n}", "code": f"code.c{n}", "weight": 2, "patterns": patterns[n::codes]}
                 for n in range(codes)],
    }
    path.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")
    return len(patterns)


def seconds(program, notes, book=None):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [program, "code", str(notes), "--json"] + (["--codebook", str(book)] if book else [])
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=str(ROOT / ".build/release/fotoprotokoll"))
    parser.add_argument("--notes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--books", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write_notes(1, folder / "one.jsonl")
        start = seconds(arguments.program, folder / "one.jsonl")
        print(f"one note: {start:.2f} s of CPU", flush=True)
        for count in arguments.notes:
            write_notes(count, folder / "notes.jsonl")
            whole = seconds(arguments.program, folder / "notes.jsonl")
            print(f"{count} notes: {whole:.2f} s, {(whole - start) / count * 1e6:.0f} microseconds a note", flush=True)
        if not arguments.books:
            return
        write_notes(10_000, folder / "notes.jsonl")
        for codes, cues in ((20, 300), (100, 5_000)):
            count = write_book(codes, cues, folder / "book.json")
            start = seconds(arguments.program, folder / "one.jsonl", folder / "book.json")
            whole = seconds(arguments.program, folder / "notes.jsonl", folder / "book.json")
            print(f"{codes} codes, {count} cues: one note {start:.2f} s, 10000 notes {whole:.2f} s", flush=True)


main()
