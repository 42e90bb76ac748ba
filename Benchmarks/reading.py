#!/usr/bin/env python3
"""Measures the line reader on pictures of single lines, set by set and writer by writer.

usage: reading.py PROGRAM --dhsd FOLDER --photos FOLDER --work FOLDER [--sets NAME...] [--writers] [-- OPTION...]

Calls `PROGRAM read ... --json` and prints a table: CER without case, lines right without case, share shown (coverage),
share of the shown that is gibberish (more than 40 % of the characters wrong), expected calibration error, mean CPU per
line, how many readers were asked; with `--median` the median CPU too, of every fifth line, each read ten times in one
call. `lines.tsv` of DHSD, photos with ground truth: see line_sets.py.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys

import line_sets

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Training"))
from scoring import distance, plain  # noqa: E402 (beside this folder)

CORRECTIONS = pathlib.Path(__file__).resolve().parent.parent / "Training/dhsd-val-corrections.tsv"


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read(program, rows, options):
    """One result for each row, and CPU seconds a line without the start of the program."""
    def call(files):
        before = cpu()
        run = subprocess.run([program, "read", "--json", *options, *files], capture_output=True, text=True,
                             env={**os.environ, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"})
        return [json.loads(line) for line in run.stdout.splitlines()], cpu() - before
    files = [path for path, _, _ in rows]
    _, start = call(files[:1])
    results, used = [], 0
    for index in range(0, len(files), 400):
        part, seconds = call(files[index:index + 400])
        results, used = results + part, used + seconds - start
    found = {result["file"]: result for result in results}
    return [found.get(path) for path in files], max(0, used) / len(files)


def median(program, rows):
    """Median CPU seconds a line."""
    def call(files):
        before = cpu()
        subprocess.run([program, "read", "--json", *files], capture_output=True,
                       env={**os.environ, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"})
        return cpu() - before
    times = [(call([path] * 11) - call([path])) / 10 for path, _, _ in rows[::5]]
    return sorted(times)[len(times) // 2]


def calibration_error(pairs, bins=10):
    total = 0
    for k in range(bins):
        inside = [(p, y) for p, y in pairs if min(bins - 1, int(p * bins)) == k]
        total += abs(sum(p for p, _ in inside) - sum(y for _, y in inside))
    return total / len(pairs)


def figures(rows, results):
    errors = length = exact = shown = gibberish = 0
    pairs = []
    for (_, text, _), result in zip(rows, results):
        wanted = plain(text)
        wrong = distance(wanted, plain(result["text"] if result else ""))
        errors, length, exact = errors + wrong, length + len(wanted), exact + (wrong == 0)
        pairs.append((result["confidence"] if result else 0, wrong == 0))
        if result and result["legible"]:
            shown += 1
            gibberish += wrong > 0.4 * max(1, len(wanted))
    n = len(rows)
    return (f"{n:5} lines  CER {100 * errors / length:5.2f} %  right {100 * exact / n:5.1f} %  shown {100 * shown / n:5.1f} %"
            f"  gibberish {100 * gibberish / max(1, shown):4.1f} %  ECE {calibration_error(pairs):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--dhsd", required=True)
    parser.add_argument("--photos", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--sets", nargs="*", default=["val", "val-loose", "val-tight", "easy", "medium", "hard"])
    parser.add_argument("--writers", action="store_true")
    parser.add_argument("--median", action="store_true")
    parser.add_argument("--diagram", action="store_true", help="print the reliability of the confidences, bin by bin")
    parser.add_argument("options", nargs="*", help="options for `read`, after --")
    own, options = sys.argv[1:], []
    if "--" in own:
        options = own[own.index("--") + 1:]
        own = own[:own.index("--")]
    arguments = parser.parse_args(own)
    work = pathlib.Path(arguments.work)
    if not (work / "hard/lines.tsv").exists():
        line_sets.make(arguments.dhsd, arguments.photos, CORRECTIONS, work)
    for name in arguments.sets:
        table = (work / name / "lines.tsv").read_text(encoding="utf-8")
        rows = [tuple(line.split("\t")) for line in table.splitlines()]
        results, seconds = read(arguments.program, rows, options)
        asked = [result.get("asked", 1) for result in results if result]
        steps = ", ".join(f"{k} readers {100 * asked.count(k) / len(asked):.0f} %" for k in sorted(set(asked)))
        print(f"{name:16} {figures(rows, results)}  {1000 * seconds:.0f} ms  {steps}", flush=True)
        if arguments.median:
            print(f"    median {1000 * median(arguments.program, rows):.0f} ms")
        if arguments.writers:
            for group in sorted({group for _, _, group in rows}):
                inside = [k for k, row in enumerate(rows) if row[2] == group]
                print(f"    {group:12} {figures([rows[k] for k in inside], [results[k] for k in inside])}")
        if arguments.diagram:
            for k in range(10):
                inside = [(r["confidence"], distance(plain(t), plain(r["text"])) == 0) for (_, t, _), r in
                          zip(rows, results) if r and min(9, int(10 * r["confidence"])) == k]
                if inside:
                    print(f"    {k / 10:.1f}-{(k + 1) / 10:.1f}: {len(inside):4} lines, said "
                          f"{sum(p for p, _ in inside) / len(inside):.2f}, right {sum(y for _, y in inside) / len(inside):.2f}")


main()
