#!/usr/bin/env python3
"""Draws lines in connected hands that TeX knows how to join: German school scripts and French cursive (Metafont).

    python tex_lines.py --texmf texmf-dist --use training|selection --to FOLDER \
        --words /usr/share/dict/ngerman --workshop ../Sources/Recognition/Resources/workshop-words.json

Writes FOLDER/lines.npz: ink of every line, its text, its hand. Needs `latex` and `dvipng` (Debian: texlive-latex-base,
dvipng) and the fonts of texlive-fonts-extra below `--texmf` (the package's /usr/share/texlive/texmf-dist, unpacked or
installed). How a letter joins the next is written in the fonts' ligature tables, so only TeX can set them.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile

import numpy as np
from PIL import Image

import lines

# TeX font names. schulschriften (LPPL): wela = Lateinische Ausgangsschrift, weva = Vereinfachte Ausgangsschrift, wedn =
# Deutsche Normalschrift, wesa = Schulausgangsschrift; sb, bx, eb are wider pens, sl is slanted. frcursive (LPPL): French
# school cursive. Suetterlin is left out: hardly anybody writes it, and its letters are others.
HANDS = {
    "training": "wela14 welasl14 welabxsl14 welaeb14 weva14 wevasl14 wevabx14 wevaebsl14 wedn14 wednsl14 wednbxsl14 "
                "frcr10 frcsl10 frcbx14 frcslbx14".split(),
    "selection": "wesa14 wesasl14 wesabxsl14 wesaeb14".split()}
SIGNS = {c: c for c in " .,:;!?-/()+=*" + lines.CAPITALS + lines.CAPITALS.lower() + "0123456789äöüÄÖÜ"}
SIGNS |= {"ß": "{\\ss}", "&": "\\&", "%": "\\%"}
LACKING = {"frc": "ß%&+=*"}


def typeset(hand, texts, folder, resolution):
    """The ink of every text in one hand, by one run of TeX."""
    page = "\\shipout\\vbox{\\hbox{\\f %s}}"
    body = "\n".join(page % "".join(SIGNS[c] for c in text) for text in texts)
    (folder / "lines.tex").write_text(
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage[utf8]{inputenc}\\begin{document}"
        f"\\font\\f={hand} at 14pt\\fontencoding{{T1}}\\selectfont\n{body}\n\\end{{document}}\n", encoding="utf8")
    subprocess.run(["latex", "-interaction=batchmode", "lines.tex"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["dvipng", "-q", "-D", str(resolution), "-T", "tight", "-o", "line%d.png", "lines.dvi"], cwd=folder,
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for k in range(len(texts)):
        yield 255 - np.asarray(Image.open(folder / f"line{k + 1}.png").convert("L"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texmf", type=pathlib.Path, required=True)
    parser.add_argument("--use", choices=sorted(HANDS), required=True)
    parser.add_argument("--to", type=pathlib.Path, required=True)
    parser.add_argument("--words", required=True)
    parser.add_argument("--workshop", required=True)
    parser.add_argument("--each", type=int, default=400, help="lines of every hand")
    parser.add_argument("--resolution", type=int, default=500, help="dots per inch: small letters are then 30 pixels high")
    parser.add_argument("--seed", type=int, default=20261125)
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    os.environ["TEXMFHOME"] = str(arguments.texmf.resolve())
    os.environ["VARTEXFONTS"] = str((arguments.to / "fonts").resolve())
    words = [w.strip() for w in pathlib.Path(arguments.words).read_text(encoding="utf8").splitlines()]
    texts = lines.Texts(words, json.loads(pathlib.Path(arguments.workshop).read_text(encoding="utf8"))["words"], codes=0.06)
    rng = np.random.default_rng([arguments.seed, sorted(HANDS).index(arguments.use)])
    kept, masks, hands = [], [], []
    for hand in HANDS[arguments.use]:
        usable = set(SIGNS) - set(LACKING.get(hand[:3], ""))
        chosen = []
        while len(chosen) < arguments.each:
            text = texts.line(rng)
            # Words all in capitals are not written with joined letters.
            if set(text) <= usable and not (text.upper() == text and len(text) > 4):
                chosen.append(text)
        with tempfile.TemporaryDirectory() as folder:
            for text, mask in zip(chosen, typeset(hand, chosen, pathlib.Path(folder), arguments.resolution)):
                kept.append(text)
                masks.append(mask)
                hands.append(hand)
        print(hand, len(chosen), flush=True)
    sizes = np.array([m.shape for m in masks], np.int32)
    np.savez_compressed(arguments.to / "lines.npz", ink=np.concatenate([m.ravel() for m in masks]), sizes=sizes,
                        texts=np.array(kept), hands=np.array(hands))


if __name__ == "__main__":
    main()
