/** The environment a child process gets: ours, with `changes` (null removes a name). */
export function inheritedEnv(changes: Readonly<Record<string, string | null>> = {}): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete env[name];
    else env[name] = value;
  }
  return env;
}
