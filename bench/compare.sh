#!/usr/bin/env bash
# Measures Switchboard against other servers on this machine: bench/README.md says what and how.
# Usage: bench/compare.sh echo|idle|fanout|slow|cluster|telemetry|all [--rounds N] [--check] [--seconds S] [--inflight N] [--connections N]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Nchan is compared with where it is installed; only root's packages are touched, and no service is started.
install_nchan() {
    local policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' > "$policy"
        chmod +x "$policy"
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx libnginx-mod-nchan; } \
        >/dev/null 2>&1 || echo "nginx with Nchan could not be installed" >&2
    if [ -n "$(trap -p EXIT)" ]; then
        rm -f "$policy"
        trap - EXIT
    fi
}

case "${1:-}" in
fanout | all)
    if [ ! -e /usr/lib/nginx/modules/ngx_nchan_module.so ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        install_nchan
    fi
    ;;
esac

projects=(bench/load)
[ "${1:-}" = cluster ] || projects+=(edge/standalone)
[ "${1:-}" = cluster ] || [ "${1:-}" = telemetry ] || projects+=(bench/baselines/aspnet-echo bench/baselines/signalr)
for project in "${projects[@]}"; do
    dotnet build "$root/$project" -c Release -v q --nologo >&2
done
case "${1:-}" in
cluster | telemetry | all)
    # The cluster takes Orleans: where that can't be had, its rows are skipped.
    for project in silo edge/node; do
        dotnet build "$root/$project" -c Release -v q --nologo >&2 || echo "$project does not build here" >&2
    done
    ;;
esac
exec dotnet "$root/bench/load/bin/Release/net10.0/Switchboard.Load.dll" compare --root "$root" "$@"
