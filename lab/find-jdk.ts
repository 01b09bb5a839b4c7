import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { labEnv } from "./lab-paths.ts";
import { runCommand } from "./run-command.ts";

export interface Jdk {
  home: string;
  java: string;
  javac: string;
  major: number;
}

const ACCEPTED = [17, 21];
const USUAL_FOLDERS = [
  "/usr/lib/jvm",
  "/opt/java",
  "/Library/Java/JavaVirtualMachines",
  "/opt/homebrew/opt",
  "/usr/local/opt",
];

/** A JDK 17 or 21: from JAVA_HOME, then PATH, then the usual folders. Throws a sentence when there is none. */
export async function findJdk(): Promise<Jdk> {
  const seen: string[] = [];
  for (const home of candidateHomes()) {
    const major = await javacVersion(path.join(home, "bin", "javac"));
    if (major === null) continue;
    if (ACCEPTED.includes(major)) return jdkAt(home, major);
    seen.push(`${major} at ${home}`);
  }
  const found = seen.length ? `Found only JDK ${seen.join(", ")}. ` : "None was found. ";
  throw new Error(
    `The lab needs a JDK 17 or 21 (with javac). ${found}` +
      `Install one (Debian: apt-get install openjdk-17-jdk-headless maven; macOS: brew install openjdk@21 maven) or set JAVA_HOME to it.`,
  );
}

function jdkAt(home: string, major: number): Jdk {
  return { home, major, java: path.join(home, "bin", "java"), javac: path.join(home, "bin", "javac") };
}

function* candidateHomes(): Generator<string> {
  const named = labEnv("JAVA_HOME");
  if (named) yield named;
  for (const folder of (labEnv("PATH") ?? "").split(path.delimiter)) {
    if (folder && existsSync(path.join(folder, "javac"))) yield path.dirname(folder);
  }
  for (const folder of USUAL_FOLDERS) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) {
      if (!/java|jdk|temurin|corretto|zulu/i.test(name)) continue;
      for (const inside of ["", "Contents/Home", "libexec/openjdk.jdk/Contents/Home"]) {
        const home = path.join(folder, name, inside);
        if (existsSync(path.join(home, "bin", "javac"))) yield home;
      }
    }
  }
}

async function javacVersion(javac: string): Promise<number | null> {
  if (!existsSync(javac)) return null;
  const { code, out } = await runCommand(javac, ["-version"], 20_000);
  const major = /javac (\d+)/.exec(out)?.[1];
  return code === 0 && major ? Number(major) : null;
}
