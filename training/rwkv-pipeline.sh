#!/usr/bin/env bash
# The small RWKV-7 reader on the small language, from random weights, in stages: no command takes long.
#
#   rwkv-pipeline.sh start MINUTES    tokenizer, start values; trains in the background
#   rwkv-pipeline.sh wait SECONDS     until training has ended or the time is over; shows the log's end
#   rwkv-pipeline.sh export           the reader and its pieces
#   rwkv-pipeline.sh evaluate         needles at 4 and 16 times the chunk, in the background
#   rwkv-pipeline.sh results SECONDS  until that has ended or the time is over; packs it
#
# WORK (default /tmp/smoothreading-rwkv) holds everything in between, OUT (default WORK/out) what is to be kept.
# HIDDEN, LAYERS, HEAD_DIM, LENGTH, ROWS, LR, WARM_UP are the run's sizes; MORE is added to train.py's command line.
set -euo pipefail
SELF=$(realpath "$0")
cd "$(dirname "$SELF")"
WORK=${WORK:-/tmp/smoothreading-rwkv}
OUT=${OUT:-$WORK/out}
mkdir -p "$WORK/results" "$OUT"
export PYTHONUNBUFFERED=1

start() {
  python3 simple_tokenizer.py --out "$WORK/language"
  python3 rwkv_base.py --tokenizer "$WORK/language" --hidden "${HIDDEN:-256}" --layers "${LAYERS:-4}" \
    --head-dim "${HEAD_DIM:-64}" --out "$WORK/base"
  # shellcheck disable=SC2086
  setsid nohup python3 train.py --stream simple --base "$WORK/base" --out "$WORK/trained" --minutes "$1" \
    --length "${LENGTH:-2048}" --rows "${ROWS:-32}" --accumulate 1 --lr "${LR:-2e-3}" --warm-up "${WARM_UP:-200}" \
    ${MORE:-} >"$WORK/train.log" 2>&1 &
  local trainer=$!
  for _ in $(seq 60); do
    sleep 2
    [ "$(cat "$WORK/trained/log.jsonl" 2>/dev/null | wc -l)" -ge 6 ] && break
    kill -0 $trainer 2>/dev/null || break
  done
  tail -20 "$WORK/train.log"
}

wait_for() { # SECONDS FILE TEXT
  for _ in $(seq "$1"); do
    grep -q "$3" "$2" 2>/dev/null && break
    sleep 1
  done
}

evaluate() {
  local run="python3 evaluate.py --model $WORK/reader --task simple --tokens 512 2048 --misses 6"
  $run --count 120 --mode kept one-round dropped --dump "$WORK/results/rows.jsonl" --out "$WORK/results/niah.json"
  $run --count 60 --no-needle --out "$WORK/results/absent.json"
  echo EVALUATED
}

case ${1:-} in
  start) start "$2" ;;
  wait)
    wait_for "$2" "$WORK/train.log" '^saved\|Error'
    tail -6 "$WORK/train.log"
    cp "$WORK/train.log" "$WORK/trained/log.jsonl" "$OUT"/ ;;
  export)
    python3 export.py --checkpoint "$WORK/trained" --reader "$WORK/reader" --name rwkv7-simple-reader \
      --version "${VERSION:-0.1.0}" --window 2048 --chunk 128 --round 96
    python3 export.py --reader "$WORK/reader" --pieces "$OUT"
    cp "$WORK"/trained/loss.png "$OUT"/ ;;
  evaluate) setsid nohup bash "$SELF" evaluate-now >"$WORK/results/niah.txt" 2>&1 & ;;
  evaluate-now) evaluate ;;
  results)
    wait_for "$2" "$WORK/results/niah.txt" 'EVALUATED\|Error'
    tar czf "$OUT/results.tgz" -C "$WORK/results" .
    grep 'accuracy\|Error' "$WORK/results/niah.txt" | cut -c1-500 ;;
  *) sed -n '2,12p' "$0"; exit 2 ;;
esac
