#!/usr/bin/env bash
# The arena with one silo and two edges, at http://127.0.0.1:8080 and http://127.0.0.1:8081, or at the port that is given and the
# one after it: samples/arena/run.sh 8090. Ctrl-C ends them, and so does the end of one of them.
set -euo pipefail
cd "$(dirname "$0")/../.."
first=${1:-8080}
echo "building; the first time takes a minute or two"
dotnet build samples/arena/silo -c Release -v q -nologo -clp:ErrorsOnly
dotnet build edge/node -c Release -v q -nologo -clp:ErrorsOnly
page=$PWD/artifacts/arena-page
mkdir -p "$page"
cp samples/arena/page/* clients/js/dist/switchboard.js "$page"
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; wait' EXIT
samples/arena/silo/bin/Release/net10.0/Switchboard.Arena.Silo & started+=($!)
for port in "$first" $((first + 1)); do
  edge/node/bin/Release/net10.0/Switchboard.Node --urls "http://127.0.0.1:$port" --webroot "$page" & started+=($!)
done
wait -n
