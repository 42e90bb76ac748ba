"""Counts which characters a reader takes for which others, from recorded readings beside the truth.

    python3 Benchmarks/coding/confusions.py READINGS.tsv ... > Benchmarks/coding/confusions.json

A line of a file: truth, tab, reading as recorded. Both are aligned character by character (least edits); every edit is
counted by the character that was meant, insertions by the character before which they stand. Only counts are kept.
"""
import json
import pathlib
import sys
from collections import Counter, defaultdict


def edits(truth, reading):
    """The edits of a least-cost alignment: (meant, read) with '' for nothing; insertions carry the next character."""
    rows = [[0] * (len(reading) + 1) for _ in range(len(truth) + 1)]
    for i in range(len(truth) + 1):
        for j in range(len(reading) + 1):
            if i == 0 or j == 0:
                rows[i][j] = i + j
            else:
                rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1,
                                 rows[i - 1][j - 1] + (truth[i - 1] != reading[j - 1]))
    i, j, found = len(truth), len(reading), []
    while i or j:
        if i and j and rows[i][j] == rows[i - 1][j - 1] + (truth[i - 1] != reading[j - 1]):
            i, j = i - 1, j - 1
            if truth[i] != reading[j]:
                found.append((truth[i], reading[j]))
        elif i and rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
            found.append((truth[i], ""))
        else:
            j -= 1
            following = truth[i] if i < len(truth) else "$"
            found.append((following, reading[j] + following if following != "$" else reading[j]))
    return found


def main():
    seen, changed = Counter(), defaultdict(Counter)
    for name in sys.argv[1:]:
        for line in pathlib.Path(name).read_text(encoding="utf-8").splitlines():
            truth, _, reading = line.partition("\t")
            seen.update(truth)
            seen["$"] += 1
            for meant, read in edits(truth, reading):
                changed[meant][read] += 1
    print("{")
    print(f'  "characters": {sum(seen.values()) - seen["$"]}, "edits": {sum(sum(c.values()) for c in changed.values())},')
    print('  "meant": {')
    rows = []
    for meant in sorted(changed):
        row = {"seen": seen[meant], "read": dict(sorted(changed[meant].items(), key=lambda item: (-item[1], item[0])))}
        rows.append(f"    {json.dumps(meant, ensure_ascii=False)}: {json.dumps(row, ensure_ascii=False)}")
    print(",\n".join(rows))
    print("  }\n}")


main()
