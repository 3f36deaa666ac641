#!/usr/bin/env bash
# What attacks on Switchboard do to others on the same server: bench/README.md says what and how.
# Usage: bench/attacks.sh [--seconds S] [--only NAME] [--check]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
for project in bench/load edge/standalone; do
    dotnet build "$root/$project" -c Release -v q --nologo >&2
done
exec dotnet "$root/bench/load/bin/Release/net10.0/Switchboard.Load.dll" attacks --root "$root" "$@"
