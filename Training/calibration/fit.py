#!/usr/bin/env python3
"""Fits the reading calibration (Sources/Recognition/Resources/reading-calibration.json) to recorded evidence.

usage: fit.py CALIBRATION.json --fit NAME=EVIDENCE.jsonl[*WEIGHT[,WEIGHT[,WEIGHT]]]... [--report NAME=EVIDENCE.jsonl...] [--left-out NAME...] [--write]

An evidence file is what `fotoprotokoll read --evidence LINE-IMAGE...` prints, one object a line; the truth of every
picture stands in `lines.tsv` beside the evidence's name or beside the picture (file, text, group; tabs between). A
truth of one zero byte means that nothing on the picture can be read rightly (a line cut wrongly). A second weight is that
of the set where usable is told from gibberish: neat lines, nearly all of which are usable, would only raise it. A third one counts where the threshold is chosen: what is rare on
notes must not set it.
Needs numpy. Deterministic: no random numbers. Without --write nothing is changed.
"""
import argparse
import json
import math
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from scoring import distance, plain  # noqa: E402 (beside this folder)

NAMES = ["meanLogProbability", "logProbability", "margin", "lexiconShare", "logLength", "agreement", "lookAgreement",
         "worst", "lead", "columnsPerCharacter"]
FIRST, COMBINED, TUNED = "neural:small-averaged", "neural:combined", "tesseract:werkstatt"
USABLE = 0.4  # share of wrong characters up to which a reading is no gibberish
KEPT, WEIGHED = 8, 4  # readings of the first look and of the others that are weighed by all, as in CombinedRecognizer


def likeness(a, b):
    a, b = a.lower(), b.lower()
    longer = max(len(a), len(b))
    return 1 if longer == 0 else 1 - distance(a, b) / longer


# The decision, as in Swift ------------------------------------------------------

def combine(evidence, looks, setting):
    """As `CombinedRecognizer.combine`: hypotheses (text, log-probability, share) best first, and the looks' judgement."""
    weights = [1] + [setting["weights"][setting["variants"].index(evidence["looks"][k])]
                                          for k in looks[1:]]
    total, mixture = sum(weights), setting["mixture"]

    def worth(values):
        product = sum(w * v for w, v in zip(weights, values)) / total
        peak = max(values)
        mean = sum(w * math.exp(v - peak) for w, v in zip(weights, values)) / total
        return (1 - mixture) * product + mixture * (peak + math.log(mean))
    groups = {}
    for k in looks:
        own = sorted((r for r in evidence["readings"] if 0 <= r["places"][k] < (KEPT if k == 0 else WEIGHED)),
                     key=lambda r: r["places"][k])
        for reading in own:
            members = groups.setdefault(reading["text"].lower(), [])
            if reading not in members:
                members.append(reading)
    judged = []
    for folded, members in groups.items():
        values = [max(m["values"][k] for m in members) for k in looks]
        score = worth(values) - min(m["cost"] for m in members)
        texts = [(m["text"], min(0, worth([m["values"][k] for k in looks])), m.get("share")) for m in members]
        judged.append((score, folded, texts, values))
    judged.sort(key=lambda g: (-g[0], g[1]))
    if not judged:
        return [], None
    hypotheses = [h for g in judged for h in g[2][:2]][:KEPT]
    best = judged[0]
    firsts = [next((r["text"] for r in evidence["readings"] if r["places"][k] == 0), "") for k in looks[1:]]
    return hypotheses, {
        "agreement": sum(likeness(best[1], t) for t in firsts) / len(firsts) if firsts else 0.5,
        "worst": min(best[3]), "lead": best[0] - judged[1][0] if len(judged) > 1 else 5,
        "columns": evidence["columns"] / max(1, len(best[1]))}


def features(hypotheses, others, judgement=None):
    """As `ReadingFeatures` in Swift."""
    text, value, share = hypotheses[0]
    length = max(1, len(text))
    margin = value - hypotheses[1][1] if len(hypotheses) > 1 else 5
    margin = min(5, max(-5, margin))
    row = [value / length, max(-30, value), margin, 0.5 if share is None else share, math.log(length + 1),
           max([likeness(text, other) for other in others], default=0)]
    if judgement:
        return row + [judgement["agreement"], max(-30, judgement["worst"]), min(5, max(0, judgement["lead"])),
                      min(12, judgement["columns"])]
    return row + [0.5, max(-30, value), max(0, margin), 4]


class Line:
    """One picture: what every stage of the cascade would see."""

    def __init__(self, evidence, truth, group, setting):
        self.truth, self.group = truth, group
        evidence = evidence or {"looks": [FIRST], "columns": 0, "readings": []}
        chosen = [0] + [evidence["looks"].index(v) for v in setting["variants"] if v in evidence["looks"]]
        self.stages = [combine(evidence, [0], setting), combine(evidence, chosen, setting)]
        other = evidence.get("tuned")
        self.tuned = [(other["text"], other["logProbability"], None)] if other and other["text"] else []

    def outcome(self, text):
        """Right but for case, usable, errors, length."""
        if self.truth == "\0":
            return False, False, 0, 0
        wanted, got = plain(self.truth), plain(text)
        errors = distance(wanted, got)
        return errors == 0, errors <= USABLE * max(1, len(wanted)), errors, len(wanted)


def probability(model, x):
    total = model["bias"] + sum(model["weights"].get(n, 0) * v for n, v in zip(NAMES, x))
    return 1 / (1 + math.exp(-max(-60, min(60, total))))


def judge(pair, x):
    right = probability(pair["right"], x)
    return right, max(right, probability(pair["usable"], x))


def decide(line, calibration):
    """As `CombinedRecognizer` within `LineDecision`: text, P(right), P(usable), looks and readers asked."""
    models, asked = calibration["readers"], 1
    hypotheses, judgement = line.stages[0]
    name, looks = FIRST, 1
    if hypotheses:
        right, usable = judge(models[FIRST], features(hypotheses, [], judgement))
        if calibration["looks"]["variants"] and right < calibration["looks"]["below"]:
            hypotheses, judgement = line.stages[1]
            name, looks = COMBINED, 1 + len(calibration["looks"]["variants"])
            right, usable = judge(models[COMBINED], features(hypotheses, [], judgement))
        if right >= calibration["askNextBelow"]:
            return hypotheses[0][0], right, usable, looks, asked
    asked, judged = 2, []
    if hypotheses:
        x = features(hypotheses, [line.tuned[0][0]] if line.tuned else [], judgement)
        judged.append(judge(models[name + "+"], x) + (hypotheses[0][0],))
    if line.tuned:
        x = features(line.tuned, [hypotheses[0][0]] if hypotheses else [])
        judged.append(judge(models[TUNED + "+"], x) + (line.tuned[0][0],))
    if not judged:
        return "", 0, 0, looks, asked
    best = max(enumerate(judged), key=lambda j: (j[1][0], -j[0]))[1]
    return best[2], best[0], best[1], looks, asked


# Fitting ------------------------------------------------------------------------

def logistic(x, y, weight, keep, positive=(), ridge=2.0):
    """Newton's method on the penalised, weighted likelihood; weights of standardised values, turned back at the end.

    What stands in `positive` and gets a weight below zero is left out: more evidence must never mean less trust.
    """
    keep = list(keep)
    while True:
        use = x[:, keep]
        mean, spread = np.average(use, axis=0, weights=weight), use.std(0)
        spread[spread < 1e-6] = 1
        z = np.hstack([np.ones((len(use), 1)), (use - mean) / spread])
        w = np.zeros(z.shape[1])
        penalty = np.diag([1e-6] + [ridge] * (z.shape[1] - 1))
        for _ in range(80):
            p = 1 / (1 + np.exp(-np.clip(z @ w, -40, 40)))
            gradient = z.T @ (weight * (p - y)) + penalty @ w
            step = np.linalg.solve((z * (weight * p * (1 - p) + 1e-9)[:, None]).T @ z + penalty, gradient)
            w -= step
            if np.abs(step).max() < 1e-9:
                break
        bad = [k for k, v in zip(keep, w[1:]) if NAMES[k] in positive and v < 0]
        if not bad:
            break
        keep = [k for k in keep if k not in bad]
    weights = w[1:] / spread
    return {"bias": round(float(w[0] - weights @ mean), 4),
            "weights": {NAMES[k]: round(float(v), 4) for k, v in zip(keep, weights)}}


POSITIVE = tuple(n for n in NAMES if n != "columnsPerCharacter" and n != "logLength")
# Whether all of a line is right hangs on its whole probability; the mean adds a little (cross-validated log-loss 0.2954
# to 0.2933), length and width nothing.
RIGHT = ["logProbability", "meanLogProbability", "margin", "lexiconShare", "lead"]
USABLE_BY = ["meanLogProbability", "logProbability", "margin", "lexiconShare", "logLength", "lead", "columnsPerCharacter"]


def fit_pair(samples, right, usable):
    x = np.array([s[0] for s in samples])
    weight, hard = (np.array([s[3][k] for s in samples]) for k in (0, 1))
    index = {n: k for k, n in enumerate(NAMES)}
    return {"right": logistic(x, np.array([s[1] for s in samples], float), weight, [index[n] for n in right], POSITIVE),
            "usable": logistic(x, np.array([s[2] for s in samples], float), hard, [index[n] for n in usable], POSITIVE)}


def fit(parts, calibration):
    lines = [(line, weight) for _, part, weight in parts for line in part]

    def samples(get, name=lambda line: True):
        rows = []
        for line, weight in lines:
            hypotheses, others, judgement = get(line)
            if hypotheses and name(line):
                right, usable, _, _ = line.outcome(hypotheses[0][0])
                rows.append((features(hypotheses, others, judgement), right, usable, weight))
        return rows

    models = calibration["readers"]
    models[FIRST] = fit_pair(samples(lambda l: (l.stages[0][0], [], l.stages[0][1])), RIGHT, USABLE_BY)

    def doubtful(line):
        return line.stages[0][0] and judge(
            models[FIRST], features(line.stages[0][0], [], line.stages[0][1]))[0] < calibration["looks"]["below"]

    looked = ["lookAgreement", "worst"]
    models[COMBINED] = fit_pair(samples(lambda l: (l.stages[1][0], [], l.stages[1][1]), doubtful), RIGHT + looked,
                                USABLE_BY + looked)

    def last(line):
        return line.stages[1] if calibration["looks"]["variants"] and doubtful(line) else line.stages[0]

    def unsure(line):
        # Twice the threshold: with fewer lines nothing can be fitted.
        hypotheses, judgement = last(line)
        name = COMBINED if hypotheses is line.stages[1][0] else FIRST
        return not hypotheses or judge(models[name], features(hypotheses, [], judgement))[0] \
            < min(1, 2 * calibration["askNextBelow"])

    def beside(line):
        hypotheses, judgement = last(line)
        return hypotheses, [h[0] for h in line.tuned[:1]], judgement
    models[COMBINED + "+"] = fit_pair(samples(beside, unsure), RIGHT + looked + ["agreement"],
                                      USABLE_BY + looked + ["agreement"])
    models[FIRST + "+"] = fit_pair(samples(lambda l: (l.stages[0][0], [h[0] for h in l.tuned[:1]], l.stages[0][1]), unsure),
                                   RIGHT + ["agreement"], USABLE_BY + ["agreement"])
    for other in (TUNED, "*"):
        models[other] = fit_pair(samples(lambda l: (l.tuned, [], None)), ["logProbability"],
                                 ["meanLogProbability", "logProbability", "logLength"])
        models[other + "+"] = fit_pair(samples(lambda l: (l.tuned, [h[0] for h in last(l)[0][:1]], None), unsure),
                                       ["logProbability", "agreement"],
                                       ["meanLogProbability", "logProbability", "logLength", "agreement"])


def threshold(parts, calibration, gibberish, most=0.9):
    """The lowest P(usable) from which on at most `gibberish` of the shown lines, by weight, are unusable."""
    shown = []
    for _, part, weight in parts:
        for line in part:
            text, _, usable, _, _ = decide(line, calibration)
            if text:
                shown.append((usable, not line.outcome(text)[1], weight[2]))
    for step in range(40, int(100 * most) + 1):
        above = [(bad, w) for u, bad, w in shown if u >= step / 100]
        if sum(w for bad, w in above if bad) <= gibberish * sum(w for _, w in above):
            return step / 100
    return most


# Reporting ------------------------------------------------------------------------

def expected_calibration_error(p, y, bins=10):
    p, y = np.array(p), np.array(y, float)
    total = 0
    for k in range(bins):
        inside = (p >= k / bins) & ((p < (k + 1) / bins) | (k == bins - 1))
        if inside.any():
            total += inside.sum() * abs(p[inside].mean() - y[inside].mean())
    return total / len(p)


def left_out(name, parts, calibration):
    """Every line of a fit set with a calibration that was fitted without its group (its writer)."""
    pairs = []
    for group in sorted({line.group for part in parts if part[0] == name for line in part[1]}):
        own = json.loads(json.dumps(calibration))
        fit([(n, [line for line in part if n != name or line.group != group], weight) for n, part, weight in parts], own)
        pairs += [(line, own) for part in parts if part[0] == name for line in part[1] if line.group == group]
    return pairs


def report(name, pairs, diagram):
    """Figures of lines, each judged by the calibration beside it."""
    p, y, u, v, errors, length, looks, second, shown, gibberish = [], [], [], [], 0, 0, 0, 0, 0, 0
    for line, calibration in pairs:
        text, right, usable, looked, asked = decide(line, calibration)
        a, b, e, n = line.outcome(text)
        errors, length, looks, second = errors + e, length + n, looks + (looked > 1), second + (asked > 1)
        p, y, u, v = p + [right], y + [a], u + [usable], v + [b]
        if text and usable >= calibration["legibleFrom"]:
            shown, gibberish = shown + 1, gibberish + (not b)
    n = len(pairs)
    print(f"{name:16} {n:4} lines  CER {100 * errors / max(1, length):5.2f} %  right {100 * np.mean(y):5.1f} %  ECE "
          f"{expected_calibration_error(p, y):.3f}, usable {expected_calibration_error(u, v):.3f}  shown "
          f"{100 * shown / n:5.1f} %  gibberish {100 * gibberish / max(1, shown):4.1f} %  looked again "
          f"{100 * looks / n:.0f} %  asked Tesseract {100 * second / n:.0f} %")
    if diagram:
        for k in range(10):
            inside = [i for i in range(n) if min(9, int(10 * p[i])) == k]
            if inside:
                print(f"    {k / 10:.1f}-{(k + 1) / 10:.1f}: {len(inside):4} lines, said "
                      f"{np.mean([p[i] for i in inside]):.2f}, right {np.mean([y[i] for i in inside]):.2f}")


def truths(path, files):
    """Text and group by picture, from the tables beside the evidence's name or the pictures."""
    found = {}
    for folder in [path.with_suffix("")] + sorted({pathlib.Path(file).parent for file in files}):
        if (folder / "lines.tsv").exists():
            for line in (folder / "lines.tsv").read_text(encoding="utf-8").split("\n"):
                fields = line.split("\t")
                if len(fields) == 3:
                    found.setdefault(fields[0], fields[1:])
    return found


def load(argument, setting):
    name, path = argument.split("=", 1)
    path, _, weights = path.partition("*")
    weight, usable, threshold_weight = (weights.split(",") + ["", ""])[:3]
    path = pathlib.Path(path)
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    known = truths(path, [row["file"] for row in rows])
    return name, [Line(row.get("evidence"), *known[row["file"]], setting) for row in rows], (
        float(weight or 1), float(usable or weight or 1), float(threshold_weight or usable or weight or 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("calibration", type=pathlib.Path)
    parser.add_argument("--fit", nargs="*", default=[])
    parser.add_argument("--report", nargs="*", default=[])
    parser.add_argument("--gibberish", type=float, default=0.02, help="greatest share of the shown lines that is gibberish")
    parser.add_argument("--hard", nargs="*", default=[], help="the fit sets on which the threshold is chosen (default: all)")
    parser.add_argument("--left-out", nargs="*", default=[], help="fit sets to report by leaving each group out in turn")
    parser.add_argument("--below", type=float, help="look again below this P(right) (default: as it is)")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--diagram", action="store_true")
    arguments = parser.parse_args()
    calibration = json.loads(arguments.calibration.read_text(encoding="utf-8"))
    if arguments.below is not None:
        calibration["looks"]["below"] = arguments.below
    parts = [load(argument, calibration["looks"]) for argument in arguments.fit]
    shown = [load(argument, calibration["looks"]) for argument in arguments.report]
    if parts:
        fit(parts, calibration)
        calibration["legibleFrom"] = threshold(
            [part for part in parts if part[0] in (arguments.hard or [part[0]])], calibration, arguments.gibberish)
        print("legible from", calibration["legibleFrom"])
        calibration.update(version=calibration["version"] + 1, source="fitted by Training/calibration/fit.py to " + ", ".join(
            f"{name} ({len(part)} lines, weight {weight[0]:g}{f', {weight[1]:g} for what is usable' if weight[1] != weight[0] else ''})"
            for name, part, weight in parts))
    for name, part, _ in parts + shown:
        report(name, [(line, calibration) for line in part], arguments.diagram)
    for name in arguments.left_out:
        report(name + " left out", left_out(name, parts, calibration), arguments.diagram)
    if arguments.write:
        arguments.calibration.write_text(
            json.dumps(calibration, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
