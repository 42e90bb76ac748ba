#!/usr/bin/env python3
"""Fits the reading calibration (Sources/Recognition/Resources/reading-calibration.json) to recorded evidence.

usage: fit.py OUT.json --fit NAME=EVIDENCE.jsonl... [--report NAME=EVIDENCE.jsonl...]

An evidence file holds one JSON object a line, as the target `reading-evidence` prints it:
{"file", "text", "group", "readers": {reader: {"h": [{"t": text, "l": log-probability, "x": lexicon share or -1}]}}}
A text with \\x01 in it stands for several possible truths; the nearest to the first reading counts.
Needs numpy. Deterministic: no random numbers.
"""
import json
import math
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from scoring import distance, plain  # noqa: E402 (beside this folder)

NAMES = ["meanLogProbability", "logProbability", "margin", "lexiconShare", "logLength", "agreement"]
ASK_NEXT_BELOW = 0.35
USABLE = 0.4  # share of wrong characters up to which a reading is no gibberish


def likeness(a, b):
    a, b = a.lower(), b.lower()
    longer = max(len(a), len(b))
    return 1 if longer == 0 else 1 - distance(a, b) / longer


def features(hypotheses, others):
    """As `ReadingFeatures` in Swift."""
    best = hypotheses[0]
    length = max(1, len(best["t"]))
    margin = best["l"] - hypotheses[1]["l"] if len(hypotheses) > 1 else 5
    share = best["x"] if best["x"] >= 0 else 0.5
    return [best["l"] / length, max(-30, best["l"]), min(5, max(-5, margin)), share, math.log(length + 1),
            max([likeness(best["t"], other) for other in others], default=0)]


def truth(row, text):
    return min(row["text"].split("\x01"), key=lambda t: (distance(plain(t), plain(text)), t))


def outcomes(row, text):
    wanted, got = plain(truth(row, text)), plain(text)
    errors = distance(wanted, got)
    return errors == 0, errors <= USABLE * max(1, len(wanted)), errors, len(wanted)


def samples(rows, reader, partner):
    """Feature rows of `reader` alone (partner None) or beside `partner`."""
    x, right, usable = [], [], []
    for row in rows:
        own = row["readers"].get(reader, {}).get("h", [])
        if not own:
            continue
        others = []
        if partner:
            theirs = row["readers"].get(partner, {}).get("h", [])
            others = [theirs[0]["t"]] if theirs else []
        x.append(features(own, others))
        a, b, _, _ = outcomes(row, own[0]["t"])
        right.append(a)
        usable.append(b)
    return np.array(x), np.array(right, float), np.array(usable, float)


def logistic(x, y, keep, ridge=2.0):
    """Newton's method on the penalised likelihood; weights of standardised values, turned back at the end."""
    use = x[:, keep]
    mean, spread = use.mean(0), use.std(0)
    spread[spread < 1e-6] = 1
    z = np.hstack([np.ones((len(use), 1)), (use - mean) / spread])
    # Platt's targets keep the probabilities away from 0 and 1.
    positives = y.sum()
    target = np.where(y > 0, (positives + 1) / (positives + 2), 1 / (len(y) - positives + 2))
    w = np.zeros(z.shape[1])
    penalty = np.diag([1e-6] + [ridge] * (z.shape[1] - 1))
    for _ in range(60):
        p = 1 / (1 + np.exp(-z @ w))
        gradient = z.T @ (p - target) + penalty @ w
        hessian = (z * (p * (1 - p) + 1e-9)[:, None]).T @ z + penalty
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    weights = w[1:] / spread
    return {"bias": round(float(w[0] - weights @ mean), 4),
            "weights": {NAMES[k]: round(float(v), 4) for k, v in zip(keep, weights)}}


def probability(model, x):
    total = model["bias"] + sum(model["weights"].get(n, 0) * v for n, v in zip(NAMES, x))
    return 1 / (1 + math.exp(-max(-60, min(60, total))))


def expected_calibration_error(p, y, bins=10):
    p, y = np.array(p), np.array(y, float)
    total = 0
    for k in range(bins):
        inside = (p >= k / bins) & ((p < (k + 1) / bins) | (k == bins - 1))
        if inside.any():
            total += inside.sum() * abs(p[inside].mean() - y[inside].mean())
    return total / len(p)


def decide(row, order, models):
    """The cascade of `LineDecision`."""
    asked = []
    best = None
    for reader in order:
        asked.append(reader)
        judged = []
        for one in asked:
            own = row["readers"].get(one, {}).get("h", [])
            if not own:
                continue
            others = [row["readers"][o]["h"][0]["t"] for o in asked if o != one and row["readers"].get(o, {}).get("h")]
            pair = models.get(one + ("+" if len(asked) > 1 else "")) or models["*"]
            x = features(own, others)
            judged.append((probability(pair["right"], x), probability(pair["usable"], x), one, own[0]["t"]))
        best = max(judged, key=lambda j: (j[0], -asked.index(j[2]))) if judged else None
        if best and best[0] >= ASK_NEXT_BELOW:
            break
    return best, len(asked)


def load(argument):
    name, path = argument.split("=", 1)
    return name, [json.loads(line) for line in open(path, encoding="utf-8")]


def report(name, rows, order, models):
    p, y, u, v, errors, length, second = [], [], [], [], 0, 0, 0
    for row in rows:
        best, asked = decide(row, order, models)
        second += asked > 1
        text = best[3] if best else ""
        a, b, e, n = outcomes(row, text)
        errors += e
        length += n
        p.append(best[0] if best else 0)
        u.append(best[1] if best else 0)
        y.append(a)
        v.append(b)
    print(f"{name}: {len(rows)} lines, CER-ci {errors / length:.4f}, exact {np.mean(y):.3f}, ECE right "
          f"{expected_calibration_error(p, y):.3f}, ECE usable {expected_calibration_error(u, v):.3f}, "
          f"second reader asked for {second / len(rows):.2f}")
    for reader in sorted({r for row in rows for r in row["readers"]}):
        e = n = exact = 0
        for row in rows:
            own = row["readers"].get(reader, {}).get("h", [])
            a, _, wrong, wanted = outcomes(row, own[0]["t"] if own else "")
            e, n, exact = e + wrong, n + wanted, exact + a
        print(f"    {reader} alone: CER-ci {e / n:.4f}, exact {exact / len(rows):.3f}")


def main():
    out, arguments = sys.argv[1], sys.argv[2:]
    fit, shown, mode = [], [], None
    for argument in arguments:
        if argument.startswith("--"):
            mode = argument
        else:
            (fit if mode == "--fit" else shown).append(load(argument))
    rows = [row for _, part in fit for row in part]
    neural = next(r for r in sorted(rows[0]["readers"]) if r.startswith("neural"))
    tuned, stock = "tesseract:werkstatt", "tesseract:deu"
    everything = list(range(len(NAMES)))
    alone = everything[:-1]
    # Whether all of a line is right hangs on its whole probability; with the mean or the length beside it the fit to
    # phrases no longer held for single names.
    whole = [1, 2, 3]
    models = {}
    for reader, partner in ((neural, tuned), (tuned, neural), (stock, neural)):
        x, right, usable = samples(rows, reader, None)
        keep = [k for k in alone if x[:, k].std() > 1e-6]
        models[reader] = {"right": logistic(x, right, [k for k in whole if k in keep]), "usable": logistic(x, usable, keep)}
        x, right, usable = samples(rows, reader, partner)
        keep = [k for k in everything if x[:, k].std() > 1e-6]
        models[reader + "+"] = {"right": logistic(x, right, [k for k in whole + [5] if k in keep]), "usable": logistic(x, usable, keep)}
    models["*"] = models[tuned]
    models["*+"] = models[tuned + "+"]
    previous = json.load(open(out, encoding="utf-8"))
    previous.update(version=previous["version"] + 1, readers=models, askNextBelow=ASK_NEXT_BELOW,
                    source="fitted by Training/calibration/fit.py to " + ", ".join(
                        f"{name} ({len(part)} lines)" for name, part in fit))
    with open(out, "w", encoding="utf-8") as file:
        json.dump(previous, file, indent=2, sort_keys=True, ensure_ascii=False)
        file.write("\n")
    for name, part in fit + shown:
        report(name, part, [neural, tuned], models)


main()
