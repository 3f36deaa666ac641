#!/bin/sh
# nginx.sh FOLDER LISTEN EDGE...: nginx before the edges, in the foreground. LISTEN and EDGE are like 127.0.0.1:8080; what
# nginx writes goes to FOLDER.
set -eu
folder=$1
listen=$2
shift 2
servers=
for edge; do servers="$servers server $edge;"; done
sed -e "s|@RUN@|$folder|g; s|@LISTEN@|$listen|; s|@EDGES@|$servers|" "$(dirname "$0")/nginx.conf.template" >"$folder/nginx.conf"
exec nginx -e stderr -c "$folder/nginx.conf" -g 'daemon off;'
