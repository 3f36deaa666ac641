#!/usr/bin/env bash
# The topology of docker-compose.yml as processes on this machine: PostgreSQL, three silos, two edges, nginx.
#
#   ./cluster.sh up                 starts everything, and returns when it is ready
#   ./cluster.sh down               stops everything and forgets the data
#   ./cluster.sh status             says what runs and where
#   ./cluster.sh kill silo 2        kills a node without warning (silo N, edge N, postgres)
#   ./cluster.sh stop silo 2        stops a node gracefully; data stays
#   ./cluster.sh start silo 2       starts a node again, and returns when it is ready
#   ./cluster.sh roll               restarts all silos, one after another
#   ./cluster.sh test               two clients on different edges, in a room, by user and by connection id
#
# SWITCHBOARD_RUN is where logs and data go; several clusters need one each. "up" also takes SILOS (3) and EDGES (2), the
# ports POSTGRES_PORT (15432) and HTTP_PORT (8080), the bases SILO_PORT (11110), GATEWAY_PORT (30000), HEALTH_PORT (9080)
# and EDGE_PORT (HTTP_PORT), to which a node's number is added, CONFIGURATION (Release), and BUILD=0 for programs that are
# built already. The other commands keep to what "up" was given. The database lets in everybody on this machine.
set -euo pipefail
cd "$(dirname "$0")"
PATH=$PATH:/usr/sbin

run=${SWITCHBOARD_RUN:-${TMPDIR:-/tmp}/switchboard-$(id -u)}
silos=${SILOS:-3}
edges=${EDGES:-2}
postgres_port=${POSTGRES_PORT:-15432}
http_port=${HTTP_PORT:-8080}
edge_base=${EDGE_PORT:-$http_port}
silo_base=${SILO_PORT:-11110}
gateway_base=${GATEWAY_PORT:-30000}
health_base=${HEALTH_PORT:-9080}
configuration=${CONFIGURATION:-Release}
bin=/usr/lib/postgresql

die() { echo "cluster.sh: $*" >&2; exit 1; }

silo_port() { echo $((silo_base + $1)); }
gateway_port() { echo $((gateway_base + $1)); }
health_port() { echo $((health_base + $1)); }
edge_port() { echo $((edge_base + $1)); }

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

install_packages() {
  local missing=()
  compgen -G "$bin/*/bin/initdb" >/dev/null || missing+=(postgresql)
  command -v nginx >/dev/null || missing+=(nginx-light)
  install ${missing[@]+"${missing[@]}"}
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
  local program
  program=$(compgen -G "$bin/*/bin" | sort -V | tail -n 1)
  if [ ! -d "$run/postgres" ]; then
    mkdir "$run/postgres"
    [ "$(id -u)" -ne 0 ] || chown postgres "$run/postgres"
    "${postgres_identity[@]}" "$program/initdb" -D "$run/postgres/data" -U switchboard --auth=trust --no-sync \
      >"$run/initdb.log" 2>&1 || { cat "$run/initdb.log" >&2; rm -rf "$run/postgres"; die "no database could be made"; }
  fi
  launch postgres "${postgres_identity[@]}" "$program/postgres" -D "$run/postgres/data" \
    -h 127.0.0.1 -p "$postgres_port" -c unix_socket_directories= -c max_connections=200
  await postgres 30 "$program/pg_isready" -h 127.0.0.1 -p "$postgres_port" -U switchboard -d postgres
  "$program/psql" -qtA -h 127.0.0.1 -p "$postgres_port" -U switchboard -d postgres \
    -c "select 1 from pg_database where datname = 'switchboard'" | grep -q 1 ||
    "$program/createdb" -h 127.0.0.1 -p "$postgres_port" -U switchboard switchboard
  env "${settings[@]}" dotnet "silo/bin/$configuration/net10.0/Switchboard.Silo.dll" schema apply
}

start_silo() {
  launch "silo-$1" env "${settings[@]}" \
    "Switchboard__Silo__SiloPort=$(silo_port "$1")" "Switchboard__Silo__GatewayPort=$(gateway_port "$1")" \
    dotnet "silo/bin/$configuration/net10.0/Switchboard.Silo.dll" --urls "http://127.0.0.1:$(health_port "$1")"
}

start_edge() {
  launch "edge-$1" env "${settings[@]}" "Switchboard__Node__Name=edge-$1" \
    dotnet "edge/node/bin/$configuration/net10.0/Switchboard.Node.dll" --urls "http://127.0.0.1:$(edge_port "$1")"
}

start_nginx() {
  local addresses=() i
  for i in $(seq "$edges"); do addresses+=("127.0.0.1:$(edge_port "$i")"); done
  launch nginx deploy/nginx.sh "$run" "127.0.0.1:$http_port" "${addresses[@]}"
}

await_node() {
  case $1 in
    silo) await "silo-$2" 60 deploy/ready.sh "$(health_port "$2")" ;;
    edge) await "edge-$2" 60 deploy/ready.sh "$(edge_port "$2")" ;;
    nginx) await nginx 20 deploy/ready.sh "$http_port" ;;
  esac
}

node() {
  case "${1:-} ${2:-}" in
    "silo "[1-9] | "edge "[1-9]) echo "$1-$2" ;;
    "postgres ") echo postgres ;;
    *) die "name a node: silo N, edge N or postgres" ;;
  esac
}

# free PORT VARIABLE: says which variable moves a port that somebody listens on.
free() {
  { [ "$1" -ge 1 ] && [ "$1" -le 65535 ]; } 2>/dev/null || die "$1 is no port; correct $2"
  ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || die "port $1 is taken; set $2 to another one"
}

check_ports() {
  local i
  free "$postgres_port" POSTGRES_PORT
  free "$http_port" HTTP_PORT
  for i in $(seq "$silos"); do
    free "$(silo_port "$i")" SILO_PORT
    free "$(gateway_port "$i")" GATEWAY_PORT
    free "$(health_port "$i")" HEALTH_PORT
  done
  for i in $(seq "$edges"); do free "$(edge_port "$i")" EDGE_PORT; done
}

# A folder that is not ours is neither filled nor, later, removed.
make_run() {
  mkdir -p "$run"
  [ -O "$run" ] || die "$run belongs to somebody else; set SWITCHBOARD_RUN to another folder"
  [ -f "$run/settings" ] || [ -z "$(ls -A "$run")" ] || die "$run is not empty; set SWITCHBOARD_RUN to another folder"
  chmod 755 "$run"
  declare -p silos edges postgres_port http_port edge_base silo_base gateway_base health_base configuration >"$run/settings"
}

build() {
  local project
  for project in silo edge/node; do
    dotnet build "$project" -c "$configuration" -v q -nologo -clp:ErrorsOnly >"$run/build.log" 2>&1 ||
      { cat "$run/build.log" >&2; die "$project does not build"; }
  done
}

up() {
  local i name
  for name in $(launched); do ! runs "$name" || die "$name runs already; ./cluster.sh down first"; done
  [[ $silos == [1-9] && $edges == [1-9] ]] || die "SILOS and EDGES must be 1 to 9, but are $silos and $edges"
  check_ports
  install_packages
  make_run
  [ "${BUILD:-1}" = 0 ] || build
  start_postgres
  for i in $(seq "$silos"); do start_silo "$i"; done
  for i in $(seq "$edges"); do start_edge "$i"; done
  for i in $(seq "$silos"); do await_node silo "$i"; done
  for i in $(seq "$edges"); do await_node edge "$i"; done
  start_nginx
  await_node nginx
  status
}

down() {
  local name
  for name in $(launched); do [ "$name" = postgres ] || finish "$name" KILL 10; done
  finish postgres INT 30
  [ ! -f "$run/settings" ] || rm -rf "$run"
}

status() {
  local i name
  for name in postgres $(seq -f 'silo-%g' "$silos") $(seq -f 'edge-%g' "$edges") nginx; do
    if runs "$name"; then echo "$name runs as process $(pid_of "$name")"; else echo "$name does not run"; fi
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

two_clients() {
  /usr/bin/python3 -c 'import websockets' 2>/dev/null || install python3-websockets
  exec /usr/bin/python3 deploy/two-clients.py "ws://127.0.0.1:$(edge_port 1)/ws" "ws://127.0.0.1:$(edge_port "$edges")/ws"
}

command=${1:-}
if [ -f "$run/settings" ] && { [ "$command" != up ] || [ -n "$(launched)" ]; }; then
  [ -O "$run/settings" ] || die "$run belongs to somebody else; set SWITCHBOARD_RUN to another folder"
  # shellcheck source=/dev/null # written by make_run
  . "$run/settings"
elif [[ $command =~ ^(kill|stop|start|roll|test)$ ]]; then
  die "nothing was started in $run; ./cluster.sh up first"
fi
mapfile -t settings < <(grep -v '^#' deploy/cluster.env)
settings+=("Switchboard__Cluster__ConnectionString=Host=127.0.0.1;Port=$postgres_port;Database=switchboard;Username=switchboard")

case $command in
  up) up ;;
  down) down ;;
  status) status ;;
  kill) name=$(node "${2:-}" "${3:-}"); finish "$name" KILL 10 ;;
  stop) name=$(node "${2:-}" "${3:-}"); if [ "$name" = postgres ]; then finish postgres INT 30; else finish "$name" TERM 90; fi ;;
  start)
    name=$(node "${2:-}" "${3:-}")
    ! runs "$name" || die "$name runs already"
    case $2 in
      postgres) start_postgres ;;
      silo) start_silo "$3"; await_node silo "$3" ;;
      edge) start_edge "$3"; await_node edge "$3" ;;
    esac
    ;;
  roll) roll ;;
  test) two_clients ;;
  *) sed -n '2,16s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
