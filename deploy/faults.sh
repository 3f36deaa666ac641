#!/usr/bin/env bash
# faults.sh: the delivery contract of the running cluster (./cluster.sh up) while its nodes die, at full size: 1,000
# connections in 200 rooms at 2,000 publishes a second. Prints what came of each run, and ends with 1 when one failed.
# About six minutes. What the driver says in full is in artifacts/faults.
set -euo pipefail
cd "$(dirname "$0")/.."

edges=$(./cluster.sh status | sed -n 's/^edges: \(.*\) all of them.*/\1/p' | sed 's/http:/ws:/g; s/ /,/g')
out=artifacts/faults
full=(--rooms 200 --connections 1000 --rate 2000)
durable=(--room-prefix durable: --no-disconnects)
failed=0

mkdir -p "$out"
dotnet build bench/faults -c Release -v q -nologo -clp:ErrorsOnly >"$out/build.log" || { cat "$out/build.log" >&2; exit 1; }

# run NAME ARGUMENTS...: a run of the driver in the background; returns once it publishes.
run() {
  local name=$1
  shift
  dotnet bench/faults/bin/Release/net10.0/Switchboard.Faults.dll --edges "$edges" --json "$out/$name.json" "$@" \
    >"$out/$name.log" 2>&1 &
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

for silo in 1 2 3; do
  run "kill-silo-$silo" "${full[@]}" "${durable[@]}" --seconds 30 --max-stall 10
  ./cluster.sh kill silo "$silo"
  ./cluster.sh start silo "$silo"
  verdict "kill-silo-$silo" $!
done

run roll "${full[@]}" "${durable[@]}" --seconds 60 --max-stall 10
./cluster.sh roll >"$out/cluster.log"
verdict roll $!

# Half of the connections are on the first edge.
run kill-edge "${full[@]}" --seconds 30 --settle 30 --watch 4 --abandon 100 --max-leave 15
./cluster.sh kill edge 1
verdict kill-edge $!
./cluster.sh start edge 1

# Durable rooms refuse while there is no database; the others don't notice.
run postgres-durable --rooms 100 --connections 500 --rate 1000 "${durable[@]}" --seconds 30
process=$!
run postgres-memory --rooms 100 --connections 500 --rate 1000 --no-disconnects --seconds 30 --max-stall 3
./cluster.sh kill postgres
sleep 5
./cluster.sh start postgres >"$out/cluster.log"
verdict postgres-memory $!
verdict postgres-durable "$process"

exit $failed
