import { spawn } from "node:child_process";

/**
 * Outlives this process by design: when it is killed outright, the guard stops what it was told of, so that kill −9 of a runner
 * leaves nothing running. Groups (web, workers, lab) get SIGTERM first; then servers get SIGINT, PostgreSQL's fast shutdown;
 * then folders are removed. After `release`, it does nothing.
 */
export interface Guard {
  watchGroup(leader: { pid?: number | undefined }): void;
  watchServer(server: { pid?: number | undefined }): void;
  removeFolder(folder: string): void;
  release(): void;
}

const WATCH = `
trap '' INT TERM HUP
groups="" servers="" released=""
while read -r verb what; do
  case "$verb" in
    group) groups="$groups $what" ;;
    server) servers="$servers $what" ;;
    remove) set -- "$@" "$what" ;;
    released) released=1 ;;
  esac
done
[ -n "$released" ] && exit 0
for pid in $groups; do kill -s TERM -- "-$pid" 2>/dev/null; done
for i in 1 2 3 4 5 6 7 8 9 10; do
  alive=""
  for pid in $groups; do kill -s 0 -- "-$pid" 2>/dev/null && alive=1; done
  [ -z "$alive" ] && break
  sleep 1
done
for pid in $groups; do kill -s KILL -- "-$pid" 2>/dev/null; done
for pid in $servers; do
  kill -s INT "$pid" 2>/dev/null
  for i in 1 2 3 4 5 6 7 8 9 10; do kill -s 0 "$pid" 2>/dev/null || break; sleep 1; done
  kill -s QUIT "$pid" 2>/dev/null
done
[ $# -gt 0 ] && rm -rf -- "$@"
exit 0
`;

export function startGuard(): Guard {
  const shell = spawn("/bin/sh", ["-c", WATCH, "tidemark-guard"], {
    stdio: ["pipe", "ignore", "ignore"],
    cwd: "/",
    detached: true,
  });
  const input = shell.stdin;
  shell.unref();
  input.on("error", () => undefined);
  (input as typeof input & { unref?: () => void }).unref?.();
  const tell = (verb: string, what: string | number | undefined) => {
    if (what !== undefined) input.write(`${verb} ${what}\n`);
  };
  tell("group", process.pid); // what we started within our own group, when we lead one
  return {
    watchGroup: (leader) => tell("group", leader.pid),
    watchServer: (server) => tell("server", server.pid),
    removeFolder: (folder) => tell("remove", folder),
    release: () => input.end("released now\n"),
  };
}
