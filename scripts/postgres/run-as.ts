import { execFileSync } from "node:child_process";

/** The unprivileged user the server runs as when we are root: PostgreSQL refuses to run as root. */
export interface RunAs {
  user: string;
  uid: number;
  gid: number;
}

/** Null unless we are root. As root: the user `postgres` when there is one, else `tidemark`, made when missing. */
export function getRunAs(): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  const known = process.platform === "darwin" ? ["_postgres", "nobody"] : ["postgres", "tidemark"];
  for (const user of known) {
    const found = findUser(user);
    if (found) return found;
  }
  makeSystemUser("tidemark");
  const made = findUser("tidemark");
  if (!made)
    throw new Error(
      "Could not make the user `tidemark` for the embedded PostgreSQL, which refuses to run as root. Make it, or start as another user, or set DATABASE_URL.",
    );
  return made;
}

function findUser(user: string): RunAs | null {
  try {
    const ask = (flag: string) =>
      Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    return { user, uid: ask("-u"), gid: ask("-g") };
  } catch {
    return null;
  }
}

/** useradd on most systems; adduser in its Debian or BusyBox form elsewhere. */
function makeSystemUser(user: string): void {
  const ways: [string, string[]][] = [
    ["useradd", ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", user]],
    ["adduser", ["--system", "--group", "--no-create-home", user]],
    ["adduser", ["-S", "-D", "-H", user]],
  ];
  for (const [command, args] of ways) {
    try {
      execFileSync(command, args, { stdio: "ignore" });
      return;
    } catch {
      continue;
    }
  }
}
