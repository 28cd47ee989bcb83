#!/usr/bin/env bash
# A throw-away PostgreSQL 15+ cluster from Debian's packages, for tests and trials; nothing in it is ever kept.
#
#   tools/postgres.sh run -- COMMAND…   a cluster of its own for COMMAND, removed when it ends
#   tools/postgres.sh start             a cluster that stays; prints the line that sets GONGKAI_DATABASE_URL
#   tools/postgres.sh stop              stops and removes that one
#
# It listens on a socket in its own folder alone and trusts whoever may enter there. `start` keeps its folder in
# ${GONGKAI_POSTGRES:-/tmp/gongkai-postgres}. Nothing is flushed to disk: never for data that matters.
set -euo pipefail

kept=${GONGKAI_POSTGRES:-/tmp/gongkai-postgres}
usage() { sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 64; }

find_programs() {
  bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin -path '*/1[5-9]/*' 2>/dev/null | sort -V | tail -1)
  if [ -z "$bin" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql-15 >/dev/null
    bin=/usr/lib/postgresql/15/bin
  fi
  [ -n "$bin" ] && [ -x "$bin/initdb" ] || { echo "PostgreSQL 15 is not installed: apt-get install postgresql-15" >&2; exit 69; }
}

# The server refuses to run as root; the user that Debian's package makes runs it then.
as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/ LC_ALL=C.UTF-8 "$@"); else "$@"; fi
}

start_in() {
  local folder=$1
  find_programs
  mkdir -p "$folder" && chmod 755 "$folder"
  [ "$(id -u)" != 0 ] || chown postgres:postgres "$folder"
  as_owner "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2; exit 70; }
  as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -s \
    -o "-c listen_addresses='' -k '$folder' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60" start ||
    { cat "$folder/server.log" >&2; exit 70; }
  as_owner "$bin/createdb" -h "$folder" -U postgres gongkai
}

stop_in() {
  local folder=$1
  find_programs
  [ ! -e "$folder/data/postmaster.pid" ] || as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -w -s stop || true
  rm -rf "$folder"
}

url_of() { echo "postgresql://postgres@/gongkai?host=$1"; }

case "${1:-}" in
run)
  shift
  [ "${1:-}" = -- ] && shift
  [ $# -gt 0 ] || usage
  folder=$(mktemp -d "${TMPDIR:-/tmp}/gongkai-postgres.XXXXXX")
  trap 'stop_in "$folder"' EXIT
  trap 'exit 130' INT TERM
  start_in "$folder"
  GONGKAI_DATABASE_URL=$(url_of "$folder") "$@"
  ;;
start)
  [ ! -e "$kept" ] || { echo "$kept is there already: tools/postgres.sh stop" >&2; exit 73; }
  start_in "$kept"
  echo "export GONGKAI_DATABASE_URL='$(url_of "$kept")'"
  ;;
stop) stop_in "$kept" ;;
*) usage ;;
esac
