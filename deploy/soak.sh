#!/usr/bin/env bash
# soak.sh [MINUTES]: ten minutes, or as many (3 to 99), of a steady load on a cluster of its own (cluster.sh, with its ports). Prints what
# is resident of each process and how large its managed heap is, at the start, in the middle and at the end, and ends with 1 when
# one has grown between the first and the last by more than GROWTH percent (15) and 16 MiB, or when the driver found the contract
# broken. The start is after 90 seconds: until then histories and the keys of a minute fill, and code is compiled.
set -euo pipefail
cd "$(dirname "$0")/.."

minutes=${1:-10}
growth=${GROWTH:-15}
slack=$((16 * 1024 * 1024))
heap_port=${HEAP_PORT:-14318}
out=artifacts/soak
export SWITCHBOARD_RUN=${TMPDIR:-/tmp}/switchboard-soak
export Switchboard__Telemetry__Endpoint=http://127.0.0.1:$heap_port Switchboard__Telemetry__Period=00:00:05
export Switchboard__Telemetry__Traces=false Switchboard__Telemetry__Logs=false
feed=Switchboard__Backplane__Rooms__Default__Feed
export "${feed}__MaxAge=00:01:00" "${feed}__IdempotencyWindow=00:01:00"
{ [[ $minutes =~ ^[0-9]{1,2}$ ]] && [ "$minutes" -ge 3 ]; } || { echo "soak.sh: 3 to 99 minutes, not $minutes" >&2; exit 1; }

# shellcheck source=deploy/driver.sh
. deploy/driver.sh

# shellcheck disable=SC2317 # called by the trap
leave() {
  ./cluster.sh down
  kill "$receiver" 2>/dev/null || true
}

# The name of a process in cluster.sh, its id, and what the program calls itself.
processes() {
  ./cluster.sh status | sed -n 's/^\(silo\|edge\)-\([0-9]\) runs as process \([0-9]*\)$/\1 \2 \3/p' | while read -r kind number id; do
    if [ "$kind" = silo ]; then echo "silo-$number $id 127.0.0.1:$((${SILO_PORT:-11110} + number))"; else echo "edge-$number $id edge-$number"; fi
  done
}

# measure WHEN: a line a process, "WHEN NAME RESIDENT HEAP" in bytes.
measure() {
  local name id own resident heap
  processes | while read -r name id own; do
    resident=$(($(sed -n 's/^VmRSS:\s*\([0-9]*\) kB$/\1/p' "/proc/$id/status") * 1024))
    heap=$(awk -v own="$own" '$1 == own { print $2 }' "$out/heaps.txt")
    [ -n "$heap" ] || { echo "soak.sh: $name has not said how large its heap is" >&2; exit 1; }
    echo "$1 $name $resident $heap"
  done | tee -a "$out/memory.txt" | awk '{ printf "%-7s %-7s resident %5.0f MiB   heap %5.0f MiB\n", $1, $2, $3 / 1048576, $4 / 1048576 }'
}

# Says who has grown, and fails.
check() {
  awk -v growth="$growth" -v slack="$slack" '
    function grown(what, from, to) {
      if (to > from * (1 + growth / 100) && to > from + slack) {
        printf "FAILED: the %s of %s has grown from %.0f to %.0f MiB\n", what, $2, from / 1048576, to / 1048576
        failed = 1
      }
    }
    $1 == "start" { resident[$2] = $3; heap[$2] = $4 }
    $1 == "end" { grown("resident memory", resident[$2], $3); grown("heap", heap[$2], $4) }
    END { exit failed }' "$out/memory.txt"
}

build_driver
rm -f "$out/memory.txt" "$out/heaps.txt"
python3 deploy/heap.py "$heap_port" "$out/heaps.txt" &
receiver=$!
trap leave EXIT
trap 'exit 130' INT TERM
./cluster.sh up
edges=$(./cluster.sh status | sed -n 's/^edges: \(.*\) all of them.*/\1/p' | sed 's/http:/ws:/g; s/ /,/g')

half=$((minutes * 30 - 45))
run soak --rooms 50 --connections 200 --rate 1000 --seconds $((minutes * 60 + 20)) --no-disconnects
process=$!
sleep 90
measure start
sleep $half
measure middle
sleep $half
measure end
check || failed=1
verdict soak $process
exit $failed
