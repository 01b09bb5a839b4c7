import { type ChildProcess, spawn } from "node:child_process";

/** What is left to do if this process is killed outright. Groups are stopped first, then single processes, then folders removed. */
export interface Wards {
  stopGroups?: readonly ChildProcess[];
  stopLast?: readonly ChildProcess[];
  remove?: readonly string[];
}

/**
 * A shell that waits for this process to end. If it was not released before, it stops the wards: kill −9 of a runner thus
 * leaves nothing running. SIGINT to a PostgreSQL is its fast shutdown.
 */
const WATCH = `
trap '' INT TERM HUP
last=""
while IFS= read -r last; do :; done
[ "$last" = released ] && exit 0
for pid in $GROUPS_TO_STOP; do kill -TERM -- "-$pid" 2>/dev/null; done
for i in 1 2 3 4 5 6 7 8 9 10; do
  alive=""
  for pid in $GROUPS_TO_STOP; do kill -0 -- "-$pid" 2>/dev/null && alive=1; done
  [ -z "$alive" ] && break
  sleep 1
done
for pid in $GROUPS_TO_STOP; do kill -KILL -- "-$pid" 2>/dev/null; done
for pid in $STOP_LAST; do
  kill -INT "$pid" 2>/dev/null
  for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null || break; sleep 1; done
  kill -QUIT "$pid" 2>/dev/null
done
[ $# -gt 0 ] && rm -rf -- "$@"
exit 0
`;

/** Watches over `wards` until the function it returns is called. */
export function guard(wards: Wards): () => void {
  const pids = (list: readonly ChildProcess[] = []) => list.flatMap((child) => child.pid ?? []).join(" ");
  const watcher = spawn("/bin/sh", ["-c", WATCH, "guard", ...(wards.remove ?? [])], {
    env: { PATH: process.env.PATH, GROUPS_TO_STOP: pids(wards.stopGroups), STOP_LAST: pids(wards.stopLast) },
    stdio: ["pipe", "ignore", "ignore"],
    cwd: "/",
    detached: true,
  });
  watcher.unref();
  watcher.stdin.on("error", () => undefined);
  if ("unref" in watcher.stdin && typeof watcher.stdin.unref === "function") watcher.stdin.unref();
  return () => watcher.stdin.end("released\n");
}
