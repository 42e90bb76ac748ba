#!/usr/bin/env python3
"""Trains the small line reader further on handwriting.

    python train.py --dhsd DHSD-FOLDER --from line-reader-small-averaged.onnx --to OUT-FOLDER --minutes 40 \
        --words /usr/share/dict/ngerman --workshop ../Sources/Recognition/Resources/workshop-words.json --fonts FILE...

Writes OUT-FOLDER/last.onnx (moving average of the weights) every few minutes and final.onnx at the end. The learning
rate falls along a cosine over `--minutes` (or `--steps`, which alone makes a run repeatable to the bit). One thread for
the network, a second, niced process draws the lines.
"""

import argparse
import json
import math
import os
import pathlib
import time

import numpy as np
import onnx
import torch

import hands
import lines
import rewritten
from network import Network, decode


def shares_of(path):
    """The words of a table of word costs and the share of each in running text."""
    rows = (line.rstrip("\n").split("\t") for line in open(path, encoding="utf8") if not line.startswith("#"))
    return {word: 10 ** -float(cost) for cost, words in rows for word in words.split()}


def words_of(path):
    return [w.strip() for w in pathlib.Path(path).read_text(encoding="utf8").splitlines() if w.strip()]


def drawn(queue, recipe, seed, batch):
    """Batches for ever: lines of similar width together, padded on the right with the line's own paper."""
    os.nice(5)
    torch.set_num_threads(1)
    lines.cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    while True:
        pool = sorted((recipe.line(rng) for _ in range(batch * 12)), key=lambda t: t[1].shape[1])
        groups = [pool[i:i + batch] for i in range(0, len(pool), batch)]
        for k in rng.permutation(len(groups)):
            group = groups[k]
            widest = max(image.shape[1] for _, image in group)
            x = np.empty((len(group), lines.HEIGHT, widest, 3), np.uint8)
            for row, (_, image) in zip(x, group):
                row[:, :image.shape[1]] = image
                row[:, image.shape[1]:] = np.median(image[:, -4:].reshape(-1, 3), axis=0)
            queue.put((x, [t for t, _ in group], [image.shape[1] // 8 for _, image in group]))


def tensor(x):
    """Channels innermost: a step takes a seventh less time."""
    return ((torch.from_numpy(x).float() / 255 - 0.5) / 0.5).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)


def place_letters(network, handwriting):
    """Where the letters of every line are, from the network's own peaks."""
    peaks, wrong = [], 0
    with torch.inference_mode():
        for row, mask in zip(handwriting.rows, handwriting.masks):
            image = lines.to_height(255 - (np.repeat(mask[..., None], 3, 2) * 235).astype(np.uint8))
            logits = network.module(tensor(image[None]))[0].float().numpy()
            best, columns, previous = logits.argmax(1), [], 0
            for t, k in enumerate(best):
                if k and k != previous:
                    columns.append((t + 0.5) * mask.shape[1] / len(best))
                previous = k
            right = decode(logits) == row["text"] and len(columns) == len(row["text"])
            wrong += not right
            peaks.append(columns if right else None)
    handwriting.learn_cuts(peaks)
    print(f"{sum(len(v) for k in handwriting.capitals.values() for v in k.values())} capitals of "
          f"{len(handwriting.capitals)} writers cut out; {len(peaks)} real lines, letters placed in {len(peaks) - wrong}, "
          f"dots found in {sum(d is not None for d in handwriting.dotless)}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dhsd", type=pathlib.Path, required=True)
    parser.add_argument("--from", dest="start", type=pathlib.Path, required=True)
    parser.add_argument("--to", type=pathlib.Path, required=True)
    parser.add_argument("--letters-by", type=pathlib.Path,
                        help="a tuned network that places the letters of real lines, where the start reads too few")
    parser.add_argument("--fonts", nargs="+", required=True)
    parser.add_argument("--strokes", nargs="*", default=[], help="single-stroke SVG fonts")
    parser.add_argument("--tex-lines", type=pathlib.Path, nargs="*", default=[], help="what tex_lines.py wrote")
    parser.add_argument("--real", type=float, default=0.38, help="share of lines written by people")
    parser.add_argument("--rewritten", type=float, default=0.45, help="share of those that say what the writer never wrote")
    parser.add_argument("--connected", type=float, default=0.17, help="share of lines in joined hands")
    parser.add_argument("--drawn", type=float, default=0.25, help="share of lines in hands drawn by their strokes")
    parser.add_argument("--twice", type=float, default=0.3, help="share of the lines in a hurry that are in a great hurry")
    parser.add_argument("--real-codes", type=float, default=0.08, help="share of codes among people's lines that are not put together anew")
    parser.add_argument("--wide", type=float, default=0, help="share of lines that are drawn out")
    parser.add_argument("--words", required=True)
    parser.add_argument("--word-costs", help="table of the words' negative decimal logarithms of their share in running text")
    parser.add_argument("--workshop", required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--steps", type=int, help="instead of minutes")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--bfloat16", action="store_true",
                        help="products in bfloat16: twice as fast as float32 on some processors, far slower on others")
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    network = Network(onnx.load(arguments.start))
    network.module.to(memory_format=torch.channels_last)

    with (arguments.dhsd / "lines.tsv").open(encoding="utf8") as file:
        writers = {row["writer"] for row in lines.csv.DictReader(file, delimiter="\t") if row["split"] == "train"}
    handwriting = lines.Handwriting(arguments.dhsd, writers - set(lines.SELECTION_WRITERS))
    place_letters(Network(onnx.load(arguments.letters_by)) if arguments.letters_by else network, handwriting)
    texts = lines.Texts(words_of(arguments.words), json.loads(pathlib.Path(arguments.workshop).read_text())["words"],
                        shares=shares_of(arguments.word_costs) if arguments.word_costs else None)
    joined = [hands.TexLines(file) for file in arguments.tex_lines]
    if arguments.strokes:
        joined.append(hands.StrokeFonts(arguments.strokes, texts))
    writer = rewritten.Rewritten(handwriting, texts)
    print(f"{len(writer.names)} writers whose letters make other words", flush=True)
    recipe = lines.Recipe(handwriting, lines.Fonts(arguments.fonts), texts, real=arguments.real, joined=joined,
                          connected=arguments.connected, everyday=hands.DrawnHands(texts), drawn=arguments.drawn,
                          rewriter=writer if writer.names else None, rewritten=arguments.rewritten,
                          twice=arguments.twice, real_codes=arguments.real_codes, wide=arguments.wide,
                          widest=832 if arguments.wide else 640)  # pixels; drawn out, a line is longer
    context = torch.multiprocessing.get_context("spawn")  # a fork of a process that has run torch can wait for ever
    queue = context.Queue(maxsize=24)
    painter = context.Process(target=drawn, args=(queue, recipe, arguments.seed, arguments.batch), daemon=True)
    painter.start()

    decays = [p for p in network.trained if p.ndim >= 2]
    optimizer = torch.optim.AdamW(
        [{"params": decays, "weight_decay": 0.01},
         {"params": [p for p in network.trained if p.ndim < 2], "weight_decay": 0.0}], lr=arguments.rate)
    loss_of = torch.nn.CTCLoss(zero_infinity=True)
    mean = {n: p.detach().clone() for n, p in network.module.named_parameters() if n in network.names}
    started = saved = time.monotonic()
    step, smooth, seen = 0, None, 0

    def done():
        if arguments.steps:
            return step / arguments.steps
        return (time.monotonic() - started) / (60 * arguments.minutes)

    def save(name):
        onnx.save(network.exported(mean), arguments.to / name)

    while (progress := done()) < 1:
        rate = arguments.rate * min(1, (step + 1) / 100) * 0.5 * (1 + math.cos(math.pi * progress))
        for group in optimizer.param_groups:
            group["lr"] = rate
        x, labels, widths = queue.get()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=arguments.bfloat16):
            logits = network.module(tensor(x))
        targets = torch.tensor([lines.INDEX[c] for text in labels for c in text])
        loss = loss_of(
            logits.float().log_softmax(-1).transpose(0, 1), targets,
            torch.tensor([min(w, logits.shape[1]) for w in widths]), torch.tensor([len(t) for t in labels]))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.trained, 5.0)
        optimizer.step()
        step += 1
        seen += len(labels)
        decay = min(0.998, step / (step + 20))
        with torch.no_grad():
            for n, p in network.module.named_parameters():
                if n in mean:
                    mean[n].lerp_(p, 1 - decay)
        value = float(loss.detach())
        smooth = value if smooth is None else 0.99 * smooth + 0.01 * value
        if step % 100 == 0:
            print(f"step {step} lines {seen} loss {smooth:.4f} rate {rate:.2e} {time.monotonic() - started:.0f} s", flush=True)
        if time.monotonic() - saved > 240:
            save("last.onnx")
            saved = time.monotonic()
    painter.terminate()
    save("final.onnx")
    print(f"done: {step} steps, {seen} lines, loss {smooth:.4f}", flush=True)


if __name__ == "__main__":
    main()
