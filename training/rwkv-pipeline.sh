#!/usr/bin/env bash
# The small RWKV-7 reader on the small language, from random weights, in stages: no command takes long.
#
#   rwkv-pipeline.sh start MINUTES    tokenizer, start values; trains in the background, FIRST (1.5) minutes and so many
#   rwkv-pipeline.sh wait SECONDS     until training has ended or the time is over; shows the log's end
#   rwkv-pipeline.sh export           the reader and its pieces
#   rwkv-pipeline.sh evaluate         needles at 4 and 16 times the chunk, in the background
#   rwkv-pipeline.sh results SECONDS  until that has ended or the time is over; packs it
#
# WORK (default /tmp/smoothreading-rwkv) holds everything in between, OUT (default WORK/out) what is to be kept.
# HIDDEN, LAYERS, HEAD_DIM, LENGTH, ROWS, LR are the run's sizes; MORE is added to train.py's command line.
set -euo pipefail
SELF=$(realpath "$0")
cd "$(dirname "$SELF")"
. ./stages.sh
workplace /tmp/smoothreading-rwkv

start() {
  python3 simple_tokenizer.py --out "$WORK/language"
  python3 rwkv_base.py --tokenizer "$WORK/language" --hidden "${HIDDEN:-256}" --layers "${LAYERS:-4}" \
    --head-dim "${HEAD_DIM:-32}" --out "$WORK/base"
  setsid nohup bash "$SELF" train-now "$1" >"$WORK/train.log" 2>&1 &
  for _ in $(seq 60); do
    sleep 2
    [ "$(cat "$WORK/first/log.jsonl" 2>/dev/null | wc -l)" -ge 8 ] && break
    grep -q Error "$WORK/train.log" && break
  done
  tail -20 "$WORK/train.log"
}

# Copying emerges on texts of at most 60 tokens, then all lengths follow.
train() {
  local run="python3 train.py --stream simple --base $WORK/base --accumulate 1 ${MORE:-}"
  $run --out "$WORK/first" --longest 60 --length 256 --rows 64 --lr 2e-3 --warm-up 100 --minutes "${FIRST:-1.5}" --log-every 25
  $run --init "$WORK/first" --out "$WORK/trained" --length "${LENGTH:-2048}" --rows "${ROWS:-32}" --lr "${LR:-2e-3}" --warm-up 100 \
    --minutes "$1" --every 2
  echo TRAINED
}

evaluate() {
  local run="python3 evaluate.py --model $WORK/reader --task simple --tokens 512 2048 --compute fp32 --misses 6"
  $run --count 120 --mode kept one-round dropped --dump "$WORK/results/rows.jsonl" --out "$WORK/results/niah.json"
  $run --count 60 --no-needle --out "$WORK/results/absent.json"
  echo EVALUATED
}

case ${1:-} in
  start) start "$2" ;;
  wait)
    wait_for "$2" "$WORK/train.log" 'TRAINED\|Error'
    tail -6 "$WORK/train.log"
    cp "$WORK/train.log" "$OUT"/
    for part in first trained; do
      if [ -f "$WORK/$part/log.jsonl" ]; then cp "$WORK/$part/log.jsonl" "$OUT/$part.jsonl"; fi
    done ;;
  export)
    python3 export.py --checkpoint "$WORK/trained" --reader "$WORK/reader" --name rwkv7-simple-reader \
      --version "${VERSION:-0.1.0}" --window 2048 --chunk 128 --round 96
    python3 export.py --reader "$WORK/reader" --pieces "$OUT"
    cp "$WORK"/trained/loss.png "$OUT"/ ;;
  train-now) train "$2" ;;
  evaluate) setsid nohup bash "$SELF" evaluate-now >"$WORK/results/niah.txt" 2>&1 & ;;
  evaluate-now) evaluate ;;
  results)
    wait_for "$2" "$WORK/results/niah.txt" 'EVALUATED\|Error'
    tar czf "$OUT/results.tgz" -C "$WORK/results" .
    grep 'accuracy\|Error' "$WORK/results/niah.txt" | cut -c1-500 ;;
  *) sed -n '2,/^[^#]/{/^#/p}' "$SELF"; exit 2 ;;
esac
