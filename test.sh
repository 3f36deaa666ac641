#!/usr/bin/env bash
# Installs what the tests need, builds everything that restores here, runs all tests, and counts the real results.
set -uo pipefail
cd "$(dirname "$0")"

results=$PWD/artifacts/test-results
rm -rf "$results"

finish() { # passed failed skipped
  echo "$1 passed, $2 failed, $3 skipped"
  [ "$2" -eq 0 ] && [ "$1" -gt 0 ]
  exit
}

# Clients of other makes, which the interoperability tests talk to, the database and nginx, of which the tests start their own
# servers, and Prometheus, whose promtool tries the dashboard's queries. A test that misses one fails and says so.
packages=(python3-websockets python3-yaml libwebsockets-dev gcc chromium postgresql haproxy prometheus)
command -v npm >/dev/null || packages+=(nodejs npm)
command -v nginx >/dev/null || packages+=(nginx-light)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "installing ${missing[*]}"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >/dev/null || echo "could not install ${missing[*]}"
fi
for folder in tests/standalone/clients clients/js; do
  (cd "$folder" && npm ci --silent --no-audit --no-fund) || echo "could not install the npm packages of $folder"
done

# Orleans may be out of reach; everything else must not notice.
solution=Cluster.sln
skipped=0
if ! dotnet restore Cluster.sln -v q >/dev/null 2>&1; then
  skipped=$(comm -23 \
    <(grep -oE '"tests[\\/][^"]+\.csproj"' Cluster.sln | tr '\\' '/' | sort) \
    <(grep -oE '"tests[\\/]+[^"]+\.csproj"' Standalone.slnf | sed 's/\\\\/\//g' | sort) | wc -l)
  echo "Orleans does not restore on this machine: $skipped cluster test projects are skipped"
  [ "${SWITCHBOARD_REQUIRE_CLUSTER:-0}" = 1 ] && finish 0 "$skipped" 0
  solution=Standalone.slnf
fi

dotnet build "$solution" -c Release -v q -nologo -clp:ErrorsOnly || finish 0 1 "$skipped"
dotnet test "$solution" -c Release --no-build -nologo -m:1 --logger trx --logger "console;verbosity=minimal" --results-directory "$results" -v q
status=$?

count() { cat "$results"/*.trx 2>/dev/null | grep -o "<UnitTestResult [^>]*outcome=\"$1\"" | wc -l; }
passed=$(count Passed)
failed=$(count Failed)
skipped=$((skipped + $(count NotExecuted)))

# A test host that crashed leaves no failed result behind.
[ $status -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
finish "$passed" "$failed" "$skipped"
