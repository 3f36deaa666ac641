#!/usr/bin/env bash
# Runs of the fault driver (bench/faults) in the background, for deploy/faults.sh and deploy/partitions.sh. To be sourced in the
# checkout's folder by what sets out (the folder for what the driver says) and edges (its --edges), and may set
#   driver    the words that go before the driver
#   stdin     where its standard input comes from
# After a run that failed, failed is 1.
# shellcheck disable=SC2034,SC2154 # what the sourcing script sets or reads
driver=()
stdin=/dev/null
failed=0

build_driver() {
  mkdir -p "$out"
  dotnet build bench/faults -c Release -v q -nologo -clp:ErrorsOnly >"$out/build.log" || { cat "$out/build.log" >&2; exit 1; }
}

# run NAME ARGUMENTS...: a run of the driver in the background; returns once it publishes.
run() {
  local name=$1
  shift
  "${driver[@]}" dotnet bench/faults/bin/Release/net10.0/Switchboard.Faults.dll --edges "$edges" --json "$out/$name.json" "$@" \
    >"$out/$name.log" 2>&1 <"$stdin" &
  until grep -qs '^ready: ' "$out/$name.log"; do
    kill -0 $! 2>/dev/null || { cat "$out/$name.log" >&2; exit 1; }
    sleep 0.2
  done
  sleep 5
}

# verdict NAME PROCESS: waits for a run's end, and prints what came of it.
verdict() {
  local held=held
  wait "$2" || { held=FAILED; failed=1; }
  echo "$1: $held; $(grep '^longest stall' "$out/$1.log" | tr -s ' ')"
  [ $held = held ] || sed -n '/^FAILED/,$p' "$out/$1.log"
  sed -n 's/^drop to leave event */  drop to leave event: /p; s/^back in the room */  back in the room: /p' "$out/$1.log"
}
