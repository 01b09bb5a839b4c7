import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { findJdk } from "./find-jdk.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(os.tmpdir(), "lab-jdk-"))));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function fakeJdk(name: string, version: string): string {
  const home = path.join(folder, name);
  mkdirSync(path.join(home, "bin"), { recursive: true });
  writeFileSync(path.join(home, "bin", "javac"), `#!/bin/sh\necho "javac ${version}"\n`, { mode: 0o755 });
  return home;
}

it("takes JAVA_HOME before PATH", async () => {
  const chosen = fakeJdk("chosen", "21.0.4");
  vi.stubEnv("JAVA_HOME", chosen);
  vi.stubEnv("PATH", path.join(fakeJdk("other", "17.0.2"), "bin"));
  expect(await findJdk()).toMatchObject({ home: chosen, major: 21, java: path.join(chosen, "bin", "java") });
});

it("passes over versions it can't use, wherever they are named", async () => {
  const chosen = fakeJdk("chosen", "17.0.2");
  vi.stubEnv("JAVA_HOME", fakeJdk("too-new", "25"));
  vi.stubEnv("PATH", `${path.join(fakeJdk("too-old", "11.0.20"), "bin")}${path.delimiter}${path.join(chosen, "bin")}`);
  expect(await findJdk()).toMatchObject({ home: chosen, major: 17 });
});
