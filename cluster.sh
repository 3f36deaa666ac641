#!/usr/bin/env bash
# The topology of docker-compose.yml as processes on this machine: PostgreSQL, three silos, two edges, nginx.
#
#   ./cluster.sh up                 starts everything, and returns when it is ready
#   ./cluster.sh down               stops everything and forgets the data
#   ./cluster.sh status             says what runs and where
#   ./cluster.sh kill silo 2        kills a node without warning (silo N, edge N, postgres)
#   ./cluster.sh stop silo 2        stops a node gracefully
#   ./cluster.sh start silo 2       starts a node again, and returns when it is ready
#   ./cluster.sh roll               restarts all silos, one after another
#   ./cluster.sh test               two clients on different edges, in a room, by user and by connection id
#
# SWITCHBOARD_RUN is where logs and data go; SILOS and EDGES say how many there are (3 and 2).
set -euo pipefail
cd "$(dirname "$0")"

run=${SWITCHBOARD_RUN:-${TMPDIR:-/tmp}/switchboard-$(id -u)}
silos=${SILOS:-3}
edges=${EDGES:-2}
postgres_port=${POSTGRES_PORT:-54329}
http_port=${HTTP_PORT:-8080}
database="Host=127.0.0.1;Port=$postgres_port;Database=switchboard;Username=switchboard"
bin=/usr/lib/postgresql
configuration=${CONFIGURATION:-Release}

die() { echo "cluster.sh: $*" >&2; exit 1; }

# Kestrel's and Orleans' ports of a node, by its number.
silo_port() { echo $((11110 + $1)); }
gateway_port() { echo $((30000 + $1)); }
health_port() { echo $((9080 + $1)); }
edge_port() { echo $((http_port + $1)); }

# Debian's PostgreSQL does not run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; else "$@"; fi
}

install_packages() {
  local missing=()
  compgen -G "$bin/*/bin/initdb" >/dev/null || missing+=(postgresql)
  command -v nginx >/dev/null || missing+=(nginx-light)
  command -v curl >/dev/null || missing+=(curl)
  [ ${#missing[@]} -eq 0 ] && return
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || die "install first: ${missing[*]}"
  echo "installing ${missing[*]}"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null
}

pid_of() { cat "$run/$1.pid" 2>/dev/null || true; }

runs() { local pid; pid=$(pid_of "$1"); [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; }

# launch NAME PROGRAM ARGUMENTS...: a process of its own session, whose end is noticed by its id.
launch() {
  local name=$1
  shift
  setsid "$@" >>"$run/$name.log" 2>&1 </dev/null &
  echo $! >"$run/$name.pid"
}

# await NAME SECONDS COMMAND...: until the command succeeds, or the process is gone, or time is up.
await() {
  local name=$1 end=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    runs "$name" || { tail -n 5 "$run/$name.log" >&2; die "$name ended; its log is $run/$name.log"; }
    [ $SECONDS -lt $end ] || { tail -n 5 "$run/$name.log" >&2; die "$name is not ready; its log is $run/$name.log"; }
    sleep 0.1
  done
}

gone() { ! runs "$1"; }

# finish NAME SIGNAL SECONDS: signals the process and waits for its end.
finish() {
  local pid end=$((SECONDS + $3))
  pid=$(pid_of "$1")
  runs "$1" || return 0
  kill -s "$2" "$pid"
  until gone "$1"; do
    [ $SECONDS -lt $end ] || die "$1 does not end"
    sleep 0.05
  done
  rm -f "$run/$1.pid"
}

ready() { curl -fsS --max-time 2 "http://127.0.0.1:$1/readyz"; }

start_postgres() {
  local program
  program=$(ls -d $bin/*/bin | sort -V | tail -n 1)
  if [ ! -d "$run/postgres" ]; then
    mkdir -p "$run/postgres"
    [ "$(id -u)" -eq 0 ] && chown postgres "$run/postgres"
    as_postgres "$program/initdb" -D "$run/postgres/data" -U switchboard --auth=trust --no-sync >"$run/initdb.log" 2>&1
  fi
  launch postgres $( [ "$(id -u)" -eq 0 ] && echo setpriv --reuid=postgres --regid=postgres --init-groups -- ) \
    "$program/postgres" -D "$run/postgres/data" -k "$run/postgres" -h 127.0.0.1 -p "$postgres_port" -c max_connections=200
  await postgres 30 "$program/pg_isready" -h 127.0.0.1 -p "$postgres_port" -U switchboard -d postgres
  as_postgres "$program/psql" -qtA -h 127.0.0.1 -p "$postgres_port" -U switchboard -d postgres \
    -c "select 1 from pg_database where datname = 'switchboard'" | grep -q 1 ||
    as_postgres "$program/createdb" -h 127.0.0.1 -p "$postgres_port" -U switchboard switchboard
  Switchboard__Cluster__ConnectionString=$database dotnet "silo/bin/$configuration/net10.0/Switchboard.Silo.dll" schema apply
}


start_silo() {
  export -n DOTNET_gcServer 2>/dev/null || true
  launch "silo-$1" env $(grep -v '^#' deploy/cluster.env | xargs) \
    "Switchboard__Cluster__ConnectionString=$database" \
    "Switchboard__Silo__SiloPort=$(silo_port "$1")" "Switchboard__Silo__GatewayPort=$(gateway_port "$1")" \
    dotnet "silo/bin/$configuration/net10.0/Switchboard.Silo.dll" --urls "http://127.0.0.1:$(health_port "$1")"
}

start_edge() {
  launch "edge-$1" env $(grep -v '^#' deploy/cluster.env | xargs) \
    "Switchboard__Cluster__ConnectionString=$database" "Switchboard__Node__Name=edge-$1" \
    dotnet "edge/node/bin/$configuration/net10.0/Switchboard.Node.dll" --urls "http://127.0.0.1:$(edge_port "$1")"
}

start_nginx() {
  local servers="" i
  for i in $(seq "$edges"); do servers+="    server 127.0.0.1:$(edge_port "$i");\\n"; done
  sed -e "s|@RUN@|$run|g; s|@LOG@|$run/nginx.log|; s|@LISTEN@|127.0.0.1:$http_port|; s|@EDGES@|${servers%\\n}|" \
    deploy/nginx.conf.template >"$run/nginx.conf"
  setsid nginx -c "$run/nginx.conf" >>"$run/nginx.log" 2>&1
}

await_node() {
  case $1 in
    silo) await "silo-$2" 60 ready "$(health_port "$2")" ;;
    edge) await "edge-$2" 60 ready "$(edge_port "$2")" ;;
  esac
}

node() {
  case "${1:-} ${2:-}" in
    "silo "[1-9] | "edge "[1-9]) echo "$1-$2" ;;
    "postgres ") echo postgres ;;
    *) die "name a node: silo N, edge N or postgres" ;;
  esac
}

up() {
  runs silo-1 && die "it runs already; ./cluster.sh down first"
  install_packages
  mkdir -p "$run"
  chmod 755 "$run"
  for project in silo edge/node; do
    dotnet build "$project" -c "$configuration" -v q -nologo -clp:ErrorsOnly >"$run/build.log" 2>&1 || { cat "$run/build.log" >&2; exit 1; }
  done
  start_postgres
  local i
  for i in $(seq "$silos"); do start_silo "$i"; done
  for i in $(seq "$edges"); do start_edge "$i"; done
  for i in $(seq "$silos"); do await_node silo "$i"; done
  for i in $(seq "$edges"); do await_node edge "$i"; done
  start_nginx
  status
}

down() {
  local i
  [ -f "$run/nginx.pid" ] && finish nginx QUIT 10
  for i in $(seq "$edges"); do finish "edge-$i" KILL 10; done
  for i in $(seq "$silos"); do finish "silo-$i" KILL 10; done
  finish postgres INT 30
  rm -rf "$run"
}

status() {
  local i
  for i in postgres $(seq -f 'silo-%g' "$silos") $(seq -f 'edge-%g' "$edges") nginx; do
    if runs "$i"; then echo "$i runs as process $(pid_of "$i")"; else echo "$i does not run"; fi
  done
  echo "edges: $(for i in $(seq "$edges"); do printf 'http://127.0.0.1:%s ' "$(edge_port "$i")"; done)all of them: http://127.0.0.1:$http_port"
}

roll() {
  local i
  for i in $(seq "$silos"); do
    finish "silo-$i" TERM 90
    start_silo "$i"
    await_node silo "$i"
    echo "silo $i was restarted"
  done
}

case "${1:-}" in
  up) up ;;
  down) down ;;
  status) status ;;
  kill) name=$(node "${2:-}" "${3:-}"); finish "$name" KILL 10 ;;
  stop) name=$(node "${2:-}" "${3:-}"); if [ "$name" = postgres ]; then finish postgres INT 30; else finish "$name" TERM 90; fi ;;
  start)
    name=$(node "${2:-}" "${3:-}")
    runs "$name" && die "$name runs already"
    case $2 in
      postgres) start_postgres ;;
      silo) start_silo "$3"; await_node silo "$3" ;;
      edge) start_edge "$3"; await_node edge "$3" ;;
    esac
    ;;
  roll) roll ;;
  test) exec python3 deploy/two-clients.py "ws://127.0.0.1:$(edge_port 1)/ws" "ws://127.0.0.1:$(edge_port 2)/ws" ;;
  *) sed -n '2,14s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
