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
. deploy/nodes.sh

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

address() { echo 127.0.0.1; }
silo_port() { echo $((silo_base + $1)); }
gateway_port() { echo $((gateway_base + $1)); }
health_port() { echo $((health_base + $1)); }
edge_port() { echo $((edge_base + $1)); }

install_packages() {
  local missing=()
  compgen -G "$bin/*/bin/initdb" >/dev/null || missing+=(postgresql)
  command -v nginx >/dev/null || missing+=(nginx-light)
  install ${missing[@]+"${missing[@]}"}
}

start_nginx() {
  local addresses=() i
  for i in $(seq "$edges"); do addresses+=("127.0.0.1:$(edge_port "$i")"); done
  launch nginx deploy/nginx.sh "$run" "127.0.0.1:$http_port" "${addresses[@]}"
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
  await nginx 20 deploy/ready.sh "$http_port"
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
