"""What cleaning does to readings: character error before and after, and right words that it spoils.

    python3 Benchmarks/cleaning.py PROGRAM --photos FOLDER --stock OUT --shipped OUT [--names lines.tsv]

OUT is the folder of a run over the photos: one with stock Tesseract alone (`usesNetwork`, `usesTunedTesseract` and
`usesLexicon` of `text.recognize` off), one as shipped. Every reading is cleaned by `code --clean`, also those that are
held back as not legible. CER without regard to case, over the notes found.
"""
import argparse
import csv
import difflib
import json
import pathlib
import re
import subprocess


def distance(first, second):
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


def box(polygon):
    xs, ys = zip(*polygon)
    return min(xs), min(ys), max(xs), max(ys)


def overlap(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    area = lambda c: (c[2] - c[0]) * (c[3] - c[1])
    return width * height / (area(a) + area(b) - width * height)


def readings(out, photos):
    """(reading, truth) of every region found that the ground truth has, by the overlap of their boxes."""
    protocol = json.loads((pathlib.Path(out) / "protocol.json").read_text(encoding="utf-8"))
    pairs = []
    for photo in protocol["photos"]:
        truth = json.loads((pathlib.Path(photos) / photo["file"]).with_suffix(".json").read_text(encoding="utf-8"))
        wanted = [(box(r["polygon"]), r["text"]) for r in truth["regions"] if r.get("text")]
        for region in photo["regions"]:
            if not (region.get("text") and region["text"]["raw"]):
                continue
            best = max(wanted, key=lambda w: overlap(box(region["polygon"]), w[0]), default=None)
            if best and overlap(box(region["polygon"]), best[0]) >= 0.5:
                pairs.append((region["text"]["raw"], best[1]))
    return pairs


def cleaned(program, texts, reader):
    lines = "".join(json.dumps({"id": str(i), "text": text, "reader": reader}) + "\n" for i, text in enumerate(texts))
    out = subprocess.run([program, "code", "-", "--clean"], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line)["text"] for line in out.stdout.splitlines()]


def plain(text):
    return " ".join(text.replace("-\n", "").replace("→", "->").replace("–", "-").split()).lower()


def words(text):
    return re.findall(r"[^\W\d_]{2,}", text)


def harmed(before, truth, after):
    """(words read right, those of them that are missing in the cleaned text)."""
    right = []
    a, b = words(before), words(truth)
    for tag, i, j, k, _ in difflib.SequenceMatcher(a=[w.lower() for w in a], b=[w.lower() for w in b],
                                                   autojunk=False).get_opcodes():
        if tag == "equal":
            right += a[i:j]
    left = [w.lower() for w in words(after)]
    lost = []
    for word in right:
        if word.lower() in left:
            left.remove(word.lower())
        else:
            lost.append(word)
    return len(right), lost


def report(name, program, pairs, shows, reader="network"):
    after = cleaned(program, [raw for raw, _ in pairs], reader)
    length = sum(len(plain(truth)) for _, truth in pairs)
    was = sum(distance(plain(raw), plain(truth)) for raw, truth in pairs)
    now = sum(distance(plain(text), plain(truth)) for text, (_, truth) in zip(after, pairs))
    count, lost = 0, []
    for text, (raw, truth) in zip(after, pairs):
        n, spoiled = harmed(raw.replace("-\n", ""), truth.replace("-\n", ""), text)
        count += n
        lost += spoiled
    print(f"{name}: {len(pairs)} notes, CER {was / length:.4f} -> {now / length:.4f}, "
          f"ratio {now / max(was, 1):.3f}; {count} words read right, {len(lost)} spoiled ({len(lost) / count:.2%})")
    if shows:
        for text, (raw, truth) in zip(after, pairs):
            change = distance(plain(text), plain(truth)) - distance(plain(raw), plain(truth))
            if change > 0 or plain(text) != plain(raw):
                print(f"  {change:+d}  {plain(raw)}  ->  {plain(text)}  |  {plain(truth)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--photos", required=True)
    parser.add_argument("--stock")
    parser.add_argument("--shipped")
    parser.add_argument("--names", help="DHSD's lines.tsv: its labels, places and streets, are cleaned as they stand")
    parser.add_argument("--typed", nargs="*", default=[], help="tables of typed notes, text first, cleaned as they stand")
    parser.add_argument("--show", action="store_true", help="print every text that is changed")
    options = parser.parse_args()
    if options.stock:
        report("stock Tesseract", options.program, readings(options.stock, options.photos), options.show, "tesseract")
    if options.shipped:
        report("shipped readers", options.program, readings(options.shipped, options.photos), options.show)
    truths = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(pathlib.Path(options.photos).glob("*.json"))]
    texts = [r["text"] for t in truths for r in t.get("regions", []) if r.get("text")]
    report("as written", options.program, [(text, text) for text in texts], options.show)
    for path in options.typed:
        lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
        typed = [line.split("\t")[0].replace(" / ", "\n") for line in lines if line and not line.startswith("##")]
        report(f"typed, {pathlib.Path(path).name}", options.program, [(text, text) for text in typed], options.show)
    if options.names:
        with open(options.names, encoding="utf-8") as table:
            names = sorted({row["text"] for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)})
        report("names of places", options.program, [(name, name) for name in names], options.show)


if __name__ == "__main__":
    main()
