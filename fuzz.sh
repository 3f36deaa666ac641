#!/bin/sh
# Fuzzes everything that reads bytes from a stranger: ./fuzz.sh [inputs] [option ...], see tests/fuzz/FuzzOptions.cs.
set -eu
cd "$(dirname "$0")"
inputs=${1:-10000000}
[ $# -eq 0 ] || shift
dotnet build tests/fuzz -c Release -v q --nologo
exec dotnet tests/fuzz/bin/Release/net10.0/Switchboard.Fuzz.dll --inputs "$inputs" "$@"
