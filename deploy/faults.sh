#!/usr/bin/env bash
# faults.sh: the delivery contract of the running cluster (./cluster.sh up) while its nodes die, at full size: 1,000
# connections in 200 rooms at 2,000 publishes a second. Prints what came of each run, and ends with 1 when one failed.
# About six minutes. What the driver says in full is in artifacts/faults.
set -euo pipefail
cd "$(dirname "$0")/.."

edges=$(./cluster.sh status | sed -n 's/^edges: \(.*\) all of them.*/\1/p' | sed 's/http:/ws:/g; s/ /,/g')
out=artifacts/faults
. deploy/driver.sh
full=(--rooms 200 --connections 1000 --rate 2000)
durable=(--room-prefix durable: --no-disconnects)

build_driver

for silo in 1 2 3; do
  run "kill-silo-$silo" "${full[@]}" "${durable[@]}" --seconds 30 --max-stall 10
  ./cluster.sh kill silo "$silo"
  ./cluster.sh start silo "$silo"
  verdict "kill-silo-$silo" $!
done

run roll "${full[@]}" "${durable[@]}" --seconds 60 --max-stall 5
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
