#!/usr/bin/env bash
# One training run in stages, for a machine on which no command may take long. Run from the repository's root.
#
#   pipeline.sh start MINUTES FIRST   join FIRST's pieces (export.py --pieces), train in the background from that reader
#   pipeline.sh wait SECONDS          until training has ended or the time is over; shows the log's end
#   pipeline.sh export                the reader, and the pieces of the file that changed
#   pipeline.sh evaluate              all evaluations side by side, in the background
#   pipeline.sh results SECONDS       until they have ended or the time is over; packs them
#
# WORK (default /tmp/smoothreading-training) holds everything in between, OUT (default WORK/out) what is to be kept.
set -euo pipefail
SELF=$(realpath "$0")
[ "${1:-}" = start ] && FIRST=$(realpath "$3")
cd "$(dirname "$SELF")"
. ./stages.sh
workplace /tmp/smoothreading-training

start() {
  python3 export.py --join "$2" --reader "$WORK/first"
  python3 export.py --reader "$WORK/first" --unpack "$WORK/base"
  # The second shard (layers 17 to 29) stays as it is.
  setsid nohup python3 train.py --base "$WORK/base" --init "$WORK/first" --out "$WORK/trained" --minutes "$1" \
    --freeze 'layers\.(1[7-9]|2\d)\.' --lr 3e-4 --warm-up 60 >"$WORK/train.log" 2>&1 &
  for _ in $(seq 70); do
    sleep 2
    [ "$(cat "$WORK/trained/log.jsonl" 2>/dev/null | wc -l)" -ge 6 ] && break
    pgrep -f train.py >/dev/null || break
  done
  tail -20 "$WORK/train.log"
}

evaluate() {
  local run="python3 evaluate.py --model $WORK/reader --workers 4 --misses 6"
  local at="$WORK/results"
  $run --tokens 65536 --count 64 --rows 64 --out "$at/niah-64k.json" >"$at/niah-64k.txt" 2>&1 &
  $run --tokens 8192 --count 192 --rows 64 --out "$at/niah-8k.json" >"$at/niah-8k.txt" 2>&1 &
  $run --tokens 300 8192 --count 96 --no-needle --out "$at/absent.json" >"$at/absent.txt" 2>&1 &
  { $run --tokens 8192 --count 96 --mode dropped one-round --out "$at/modes.json"
    $run --tokens 16384 --count 48 --chunk 4096 --out "$at/c-twice-w.json"; } >"$at/modes.txt" 2>&1 &
  $run --task questions --tokens 0 8192 --count 384 --rows 64 --out "$at/questions.json" >"$at/questions.txt" 2>&1 &
  $run --task books --count 200 --rows 64 --out "$at/books.json" >"$at/books.txt" 2>&1 &
  $run --task several --kind keys queries hops --tokens 32768 --count 120 --out "$at/several.json" >"$at/several.txt" 2>&1 &
  wait
  echo EVALUATED
}

case ${1:-} in
  start) start "$2" "$FIRST" ;;
  wait) wait_for "$2" "$WORK/train.log" '^saved\|Error'; tail -6 "$WORK/train.log"; cp "$WORK"/train.log "$WORK"/trained/log.jsonl "$OUT"/ ;;
  export)
    python3 export.py --checkpoint "$WORK/trained" --start "$WORK/first" --reader "$WORK/reader" --version "${VERSION:-0.2.0}"
    sha256sum "$WORK"/reader/*.safetensors
    mkdir -p "$WORK/changed"
    cp "$WORK/reader/model-00001-of-00002.safetensors" "$WORK/changed/"
    python3 export.py --reader "$WORK/changed" --pieces "$WORK/pieces"
    cp "$WORK/trained/log.jsonl" "$WORK/trained/loss.png" "$WORK/pieces/manifest.json" "$OUT"/ ;;
  evaluate) setsid nohup bash "$SELF" evaluate-now >"$WORK/evaluate.log" 2>&1 & ;;
  evaluate-now) evaluate ;;
  results) wait_for "$2" "$WORK/evaluate.log" EVALUATED; tar czf "$OUT/results.tgz" -C "$WORK/results" .; tail -n 4 "$WORK"/results/*.txt | cut -c1-500 ;;
  *) sed -n '2,/^[^#]/{/^#/p}' "$SELF"; exit 2 ;;
esac
