#!/usr/bin/env bash
# The nodes of the sample cluster as processes: what cluster.sh and deploy/partitions.sh share. To be sourced in the checkout's
# folder. Whoever sources it sets run, configuration, postgres_port and settings, says by "address NODE" where others reach a node,
# by silo_port, gateway_port, health_port and edge_port (each of a number) at which ports, and may set
#   inside_of NODE    puts into "inside" the words that go before a program of that node
#   edge_host         where edges listen
#   postgres_clients  a network besides this machine that the database lets in
# shellcheck disable=SC2154,SC2317 # what the sourcing script sets
PATH=$PATH:/usr/sbin
bin=/usr/lib/postgresql
edge_host=127.0.0.1
postgres_clients=

die() { echo "$(basename "$0"): $*" >&2; exit 1; }

inside_of() { inside=(); }

# Debian's PostgreSQL does not run as root.
postgres_identity=()
[ "$(id -u)" -ne 0 ] || postgres_identity=(setpriv --reuid=postgres --regid=postgres --init-groups --)

# install PACKAGE...: from Debian; where that can't be, says what is missing.
install() {
  [ $# -gt 0 ] || return 0
  { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; } || die "install first: $*"
  echo "installing $*"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null
}

# A process's id may be given to another one later; id and start together are never the same again.
started_at() { local fields; fields=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20) && echo "$fields"; }

pid_of() { cut -d ' ' -f 1 "$run/$1.pid" 2>/dev/null || true; }

runs() {
  local pid start
  read -r pid start 2>/dev/null <"$run/$1.pid" || return 1
  [ "$(started_at "$pid")" = "$start" ] && ! grep -q '^State:.Z' "/proc/$pid/status" 2>/dev/null
}

# All that has run here and may run still, by name.
launched() { local file; for file in "$run"/*.pid; do [ -e "$file" ] && basename "$file" .pid; done; return 0; }

# launch NAME PROGRAM ARGUMENTS...: as a process of its own session.
launch() {
  local name=$1
  shift
  setsid "$@" >>"$run/$name.log" 2>&1 </dev/null &
  disown $!
  echo "$! $(started_at $!)" >"$run/$name.pid"
}

# await NAME SECONDS COMMAND...: until the command succeeds, or the process is gone, or time is up.
await() {
  local name=$1 end=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    runs "$name" || { tail -n 5 "$run/$name.log" >&2; die "$name ended; its log is $run/$name.log"; }
    [ $SECONDS -lt "$end" ] || { tail -n 5 "$run/$name.log" >&2; die "$name is not ready; its log is $run/$name.log"; }
    sleep 0.1
  done
}

# finish NAME SIGNAL SECONDS: signals the process and waits for its end. A kill takes its children with it.
finish() {
  local end=$((SECONDS + $3)) pid children=
  if runs "$1"; then
    pid=$(pid_of "$1")
    [ "$2" != KILL ] || children=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null || true)
    # shellcheck disable=SC2086 # any number of ids; one that is gone by now is fine
    kill -s "$2" "$pid" $children 2>/dev/null || true
    while runs "$1"; do
      [ $SECONDS -lt "$end" ] || die "$1 does not end; it is process $pid"
      sleep 0.05
    done
    # PostgreSQL won't start while there is a process of the old one's id, be it only one that nobody has waited for yet.
    while [ -e "/proc/$pid" ] && [ $SECONDS -lt "$end" ]; do sleep 0.05; done
  fi
  rm -f "$run/$1.pid"
}

start_postgres() {
  local program host inside
  inside_of postgres
  host=$(address postgres)
  program=$(compgen -G "$bin/*/bin" | sort -V | tail -n 1)
  if [ ! -d "$run/postgres" ]; then
    mkdir "$run/postgres"
    [ "$(id -u)" -ne 0 ] || chown postgres "$run/postgres"
    "${postgres_identity[@]}" "$program/initdb" -D "$run/postgres/data" -U switchboard --auth=trust --no-sync \
      >"$run/initdb.log" 2>&1 || { cat "$run/initdb.log" >&2; rm -rf "$run/postgres"; die "no database could be made"; }
    [ -z "$postgres_clients" ] || echo "host all all $postgres_clients trust" >>"$run/postgres/data/pg_hba.conf"
  fi
  launch postgres "${inside[@]}" "${postgres_identity[@]}" "$program/postgres" -D "$run/postgres/data" \
    -h "$host" -p "$postgres_port" -c unix_socket_directories= -c max_connections=200
  await postgres 30 "${inside[@]}" "$program/pg_isready" -h "$host" -p "$postgres_port" -U switchboard -d postgres
  "${inside[@]}" "$program/psql" -qtA -h "$host" -p "$postgres_port" -U switchboard -d postgres \
    -c "select 1 from pg_database where datname = 'switchboard'" | grep -q 1 ||
    "${inside[@]}" "$program/createdb" -h "$host" -p "$postgres_port" -U switchboard switchboard
  "${inside[@]}" env "${settings[@]}" dotnet "silo/bin/$configuration/net10.0/Switchboard.Silo.dll" schema apply
}

start_silo() {
  local inside
  inside_of "silo-$1"
  launch "silo-$1" "${inside[@]}" env "${settings[@]}" "Switchboard__Silo__Address=$(address "silo-$1")" \
    "Switchboard__Silo__SiloPort=$(silo_port "$1")" "Switchboard__Silo__GatewayPort=$(gateway_port "$1")" \
    dotnet "silo/bin/$configuration/net10.0/Switchboard.Silo.dll" --urls "http://127.0.0.1:$(health_port "$1")"
}

start_edge() {
  local inside
  inside_of "edge-$1"
  launch "edge-$1" "${inside[@]}" env "${settings[@]}" "Switchboard__Node__Name=edge-$1" \
    dotnet "edge/node/bin/$configuration/net10.0/Switchboard.Node.dll" --urls "http://$edge_host:$(edge_port "$1")"
}

# await_node silo|edge NUMBER: until it is ready.
await_node() {
  local inside
  inside_of "$1-$2"
  case $1 in
    silo) await "silo-$2" 60 "${inside[@]}" deploy/ready.sh "$(health_port "$2")" ;;
    edge) await "edge-$2" 60 "${inside[@]}" deploy/ready.sh "$(edge_port "$2")" ;;
  esac
}

build() {
  local project
  for project in silo edge/node; do
    dotnet build "$project" -c "$configuration" -v q -nologo -clp:ErrorsOnly >"$run/build.log" 2>&1 ||
      { cat "$run/build.log" >&2; die "$project does not build"; }
  done
}
