#!/bin/sh
# guard.sh PIDFILE COMMAND...
# Runs COMMAND and dies with its supervisor. Our stdin is a pipe that the supervisor holds open and never writes to:
# it ends when the supervisor is gone, kill -9 included, and then COMMAND is killed. Plain POSIX, so it works on macOS too.
pidfile=$1
shift
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
echo "$child" >"$pidfile"
trap 'kill -TERM "$child"' TERM
(
  trap - TERM
  while read -r _; do :; done <&3
  kill -KILL "$child" 2>/dev/null
) >/dev/null 2>&1 &
watcher=$!
wait "$child"
code=$?
# A trapped signal ends `wait` early: wait for the child's own end.
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  code=$?
done
kill "$watcher" 2>/dev/null
rm -f "$pidfile"
exit "$code"
