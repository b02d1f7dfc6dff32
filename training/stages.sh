# What the pipelines share; to be sourced, from this folder.

# WORK (default: the argument) holds everything between two stages, OUT (default WORK/out) what is to be kept.
workplace() {
  WORK=${WORK:-$1}
  OUT=${OUT:-$WORK/out}
  mkdir -p "$WORK/results" "$OUT"
  export PYTHONUNBUFFERED=1
}

wait_for() { # SECONDS FILE TEXT
  for _ in $(seq "$1"); do
    grep -q "$3" "$2" 2>/dev/null && break
    sleep 1
  done
}
