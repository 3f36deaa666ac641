#!/usr/bin/env bash
# partitions.sh [NAME...]: the delivery contract of the sample cluster while its hosts can't reach one another. Starts
# PostgreSQL, three silos and two edges, as cluster.sh does, each in a network namespace of its own, and drops what some of
# them send each other for 20 seconds, under 500 publishes a second of 200 connections. Without names, all of:
#
#   silo-alone         a silo reaches nobody
#   silo-from-silos    a silo reaches edges and the database, but no other silo
#   silo-with-edge     a silo and an edge reach each other and nobody else
#   edge-from-silos    an edge reaches its clients and the database, but no silo
#   edge-from-silo     an edge and a silo don't reach each other
#   database           no silo reaches the database
#   lossy              nodes reach each other in 50 ms, and one packet in a hundred is lost
#
# Prints what came of each, and ends with 1 when one failed, with 77 where namespaces can't be made. A minute each. What the
# driver and the nodes say in full is in artifacts/partitions. Takes root, and installs iproute2, nftables and postgresql where
# they are missing. CUT is the seconds of a cut, CONFIGURATION (Release) what is built; BUILD=0 where it is built already.
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/nodes.sh

out=artifacts/partitions
edges=
. deploy/driver.sh

run=${TMPDIR:-/tmp}/switchboard-partitions
configuration=${CONFIGURATION:-Release}
cut=${CUT:-20}
nodes=(postgres silo-1 silo-2 silo-3 edge-1 edge-2)
hub=switchboard-hub
network=10.88.0
postgres_port=5432
postgres_clients=$network.0/24
edge_host='*'
names=(silo-alone silo-from-silos silo-with-edge edge-from-silos edge-from-silo database lossy)
load=(--rooms 50 --connections 200 --rate 500)
durable=(--room-prefix durable:)

silo_port() { echo 11111; }
gateway_port() { echo 30000; }
health_port() { echo 9080; }
edge_port() { echo 8080; }

address() {
  case $1 in
    postgres) echo $network.5 ;;
    silo-*) echo "$network.1${1#silo-}" ;;
    edge-*) echo "$network.2${1#edge-}" ;;
  esac
}

inside_of() { inside=(ip netns exec "switchboard-$1"); }

# The wire: a bridge in a namespace of its own, so that nothing of this machine's network is touched. What it forwards
# between addresses of the set "cut" is dropped, as by a cable that is pulled: nobody is told.
make_network() {
  local node
  ip netns add $hub
  ip -n $hub link set lo up
  ip -n $hub link add wire type bridge
  ip -n $hub address add $network.1/24 dev wire
  ip -n $hub link set wire up
  for node in "${nodes[@]}"; do
    ip netns add "switchboard-$node"
    ip -n "switchboard-$node" link set lo up
    ip -n $hub link add "$node" type veth peer name eth0 netns "switchboard-$node"
    ip -n $hub link set "$node" master wire up
    ip -n "switchboard-$node" address add "$(address "$node")/24" dev eth0
    ip -n "switchboard-$node" link set eth0 up
    # As docker-compose.yml has it.
    [[ $node != silo-* ]] || ip netns exec "switchboard-$node" sh -c 'echo 4 >/proc/sys/net/ipv4/tcp_retries2'
  done
  wire -f - <<'END'
table bridge switchboard {
  set cut { type ipv4_addr . ipv4_addr; }
  chain cut { type filter hook forward priority 0; ip saddr . ip daddr @cut drop; }
  chain loss { type filter hook forward priority 1; }
}
END
}

wire() { ip netns exec $hub nft "$@"; }

# cut_off "NODE..." "NODE...": none of the first reaches any of the second, nor the other way round.
cut_off() {
  local one other
  for one in $1; do
    for other in $2; do
      wire add element bridge switchboard cut "{ $(address "$one") . $(address "$other"), $(address "$other") . $(address "$one") }"
    done
  done
  say "cut: $1 from $2"
}

heal() {
  local node
  wire flush set bridge switchboard cut
  wire flush chain bridge switchboard loss
  for node in "${nodes[@]}"; do tc -n $hub qdisc del dev "$node" root 2>/dev/null || true; done
  say healed
}

# Into the output of every run that is under way, and of this script.
say() {
  local fd
  echo "  $(date +%T) $*"
  for fd in ${marks[@]+"${marks[@]}"}; do echo "mark $*" >&"$fd"; done
}

# Whatever ended by itself is started again, as docker-compose.yml has it.
keep_up() {
  local node
  for node in "${nodes[@]}"; do
    runs "$node" || { say "$node has ended, and is started again"; "start_${node%-*}" "${node#*-}"; }
  done
}

hold() {
  local end=$((SECONDS + $1))
  while [ $SECONDS -lt $end ]; do
    sleep 1
    keep_up
  done
}

# begin NAME EDGES ARGUMENTS...: a run of the driver that takes marks.
begin() {
  local name=$1 fd
  edges=$2
  shift 2
  mkfifo "$run/$name.marks"
  exec {fd}<>"$run/$name.marks"
  marks+=("$fd")
  stdin=$run/$name.marks
  run "$name" --stdin "$@"
}

# end NAME PROCESS...: for every run; then everybody must be ready again.
end() {
  local fd node
  while [ $# -gt 0 ]; do
    while kill -0 "$2" 2>/dev/null; do hold 1; done
    verdict "$1" "$2"
    shift 2
  done
  for fd in "${marks[@]}"; do exec {fd}>&-; done
  marks=()
  for node in "${nodes[@]:1}"; do await_node "${node%-*}" "${node#*-}"; done
}

both=ws://$(address edge-1):8080,ws://$(address edge-2):8080

# nothing_acknowledged NAME: of what that run published between the marks, but for six seconds: what was under way takes five.
nothing_acknowledged() {
  local count
  count=$(awk '/ ---- cut/ { from = $1 + 6 } / ---- healed/ { from = 0 } from && $1 > from && $3 == "acks" { n += $4 } END { print n + 0 }' \
    "$out/$1.log")
  [ "$count" -eq 0 ] || { echo "$1: FAILED: $count publishes were acknowledged by who was cut off"; failed=1; }
}

# no_errors NAME: nobody was told to try again.
no_errors() {
  grep -q '^errors that may pass    0$' "$out/$1.log" || { echo "$1: FAILED: $(grep '^errors that may pass' "$out/$1.log")"; failed=1; }
}

# cut_silo NAME "NODE...": silo 2 from those, for durable rooms and for some in memory, which may tell that they begin anew.
cut_silo() {
  local all memory
  begin "$1" "$both" "${load[@]}" "${durable[@]}" --seconds $((cut + 25)) --settle 45 --no-disconnects --max-stall 12
  all=$!
  begin "$1-memory" "$both" --rooms 20 --connections 80 --rate 100 --seconds $((cut + 20)) --settle 45 --allow-told --max-stall 12
  memory=$!
  cut_off silo-2 "$2"
  hold "$cut"
  heal
  end "$1" $all "$1-memory" $memory
}

# cut_edge NAME "NODE..." "NODE..." SECONDS: for rooms with clients at both edges, and for some with clients at edge 1 alone, which
# may be silent for so long.
cut_edge() {
  local all away
  begin "$1" "$both" "${load[@]}" "${durable[@]}" --seconds $((cut + 25)) --settle 45 --max-stall 12
  all=$!
  begin "$1-away" "ws://$(address edge-1):8080" --rooms 10 --connections 20 --rate 50 "${durable[@]}" \
    --seconds $((cut + 20)) --settle 45 --max-stall "$4"
  away=$!
  cut_off "$2" "$3"
  hold "$cut"
  heal
  end "$1" $all "$1-away" $away
}

database() {
  local all memory
  begin database "$both" "${load[@]}" "${durable[@]}" --seconds $((cut + 25)) --settle 45 --no-disconnects --max-stall $((cut + 12))
  all=$!
  begin database-memory "$both" --rooms 20 --connections 80 --rate 100 --seconds $((cut + 20)) --no-disconnects --max-stall 3
  memory=$!
  cut_off postgres "silo-1 silo-2 silo-3"
  hold "$cut"
  heal
  end database $all database-memory $memory
  nothing_acknowledged database
  no_errors database-memory
}

# Half of the delay on each way to a node. Where the kernel has no netem, packets are lost and not late.
lossy() {
  local process node
  begin lossy "$both" "${load[@]}" "${durable[@]}" --seconds 45 --settle 45 --no-disconnects --max-stall 12
  process=$!
  wire add rule bridge switchboard loss numgen random mod 100 '<' 1 drop
  if tc -n $hub qdisc add dev silo-1 root netem delay 50ms 2>/dev/null; then
    for node in "${nodes[@]}"; do tc -n $hub qdisc replace dev "$node" root netem delay 50ms; done
    say "cut: 50 ms later, and one packet in a hundred is lost"
  else
    say "cut: one packet in a hundred is lost; delays were SKIPPED, as this kernel has no netem"
  fi
  hold 30
  heal
  end lossy $process
}

scenario() {
  echo "$1"
  case $1 in
    silo-alone) cut_silo "$1" "postgres silo-1 silo-3 edge-1 edge-2" ;;
    silo-from-silos) cut_silo "$1" "silo-1 silo-3" ;;
    silo-with-edge)
      cut_edge "$1" "silo-2 edge-1" "postgres silo-1 silo-3 edge-2" $((cut + 12))
      nothing_acknowledged "$1-away"
      ;;
    edge-from-silos)
      cut_edge "$1" edge-1 "silo-1 silo-2 silo-3" $((cut + 12))
      nothing_acknowledged "$1-away"
      ;;
    edge-from-silo) cut_edge "$1" edge-1 silo-2 20 ;;
    database) database ;;
    lossy) lossy ;;
  esac
}

tear_down() {
  local name space pid
  for name in $(launched); do [ "$name" = script ] || (finish "$name" KILL 10) || true; done
  for space in $(ip netns list 2>/dev/null | cut -d ' ' -f 1 | grep '^switchboard-'); do
    for pid in $(ip netns pids "$space"); do kill -s KILL "$pid" 2>/dev/null || true; done
    ip netns del "$space"
  done
}

leave() {
  tear_down
  mkdir -p "$out"
  cp "$run"/*.log "$out" 2>/dev/null || true
  rm -rf "$run"
}

skip() { echo "partitions.sh: skipped: $*" >&2; exit 77; }

[ $# -gt 0 ] || set -- "${names[@]}"
for name; do [[ " ${names[*]} " == *" $name "* ]] || die "there is no $name; there are ${names[*]}"; done
[ "$(id -u)" -eq 0 ] || skip "only root makes network namespaces"
missing=()
command -v ip >/dev/null || missing+=(iproute2)
command -v nft >/dev/null || missing+=(nftables)
compgen -G "$bin/*/bin/initdb" >/dev/null || missing+=(postgresql)
install ${missing[@]+"${missing[@]}"}

mkdir -p "$run"
[ -O "$run" ] || die "$run belongs to somebody else"
! runs script || die "runs already, as process $(pid_of script)"
tear_down
rm -rf "$run"
mkdir "$run"
echo "$$ $(started_at $$)" >"$run/script.pid"
trap leave EXIT
trap 'exit 130' INT TERM HUP
ip netns add $hub 2>/dev/null || skip "no network namespace can be made: that takes CAP_SYS_ADMIN and CAP_NET_ADMIN"
ip netns del $hub
make_network

mapfile -t settings < <(grep -v '^#' deploy/cluster.env)
settings+=(
  "Switchboard__Cluster__ConnectionString=Host=$(address postgres);Port=$postgres_port;Database=switchboard;Username=switchboard"
  Logging__Console__FormatterName=simple
  "Logging__Console__FormatterOptions__TimestampFormat=HH:mm:ss.fff "
  Switchboard__Gateway__Access__DevelopmentIdentity=Always
  Switchboard__Gateway__Access__Hosts__0=127.0.0.1
  "Switchboard__Gateway__Access__Hosts__1=$(address edge-1)"
  "Switchboard__Gateway__Access__Hosts__2=$(address edge-2)"
)
driver=(ip netns exec "$hub")
marks=()

[ "${BUILD:-1}" = 0 ] || build
build_driver
start_postgres
for node in "${nodes[@]:1}"; do "start_${node%-*}" "${node#*-}"; done
for node in "${nodes[@]:1}"; do await_node "${node%-*}" "${node#*-}"; done
for name; do scenario "$name"; done
exit $failed
