#!/usr/bin/env bash
# ready.sh PORT: succeeds where the node that listens on this machine at that port says that it is ready, and prints what
# it says. Needs nothing but bash and coreutils, which the images of .NET have; they have no curl.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" >&3
answer=$(timeout 2 cat <&3)
echo "${answer##*$'\n'}"
[[ $answer == "HTTP/1.1 200 "* ]]
