import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Jdk } from "./find-jdk.ts";
import { cacheFolder, LAB_CODE } from "./lab-paths.ts";
import { runCommand } from "./run-command.ts";

const DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies";
const MARKER = ".complete";
const DOWNLOAD_MS = 15 * 60_000;

/** One set of jars, as its pom under lab/maven names them. `unpack` opens a .tar.gz that came instead of jars. */
interface JarSet {
  name: string;
  excludeGroups?: string;
  unpack?: boolean;
  /** Folder inside, where Connect's plugin path needs a folder of plugin folders. */
  inside?: string;
}

const SETS: Record<"kafka" | "iceberg" | "catalog" | "registry", JarSet> = {
  kafka: { name: "kafka" },
  // Connect itself brings these two: a second copy in the plugin would not be used or would clash.
  iceberg: { name: "iceberg", excludeGroups: "org.apache.kafka,org.slf4j", inside: "iceberg-sink" },
  catalog: { name: "catalog" },
  registry: { name: "registry", unpack: true },
};

/** Folders of jars, complete, plus the folder of our own compiled classes. */
export interface Jars {
  kafka: string;
  iceberg: string;
  catalog: string;
  registry: string;
  classes: string;
}

export async function resolveJars(jdk: Jdk, onStep: (text: string) => void): Promise<Jars> {
  const kafka = await resolveSet(SETS.kafka, jdk, onStep);
  const iceberg = await resolveSet(SETS.iceberg, jdk, onStep);
  const catalog = await resolveSet(SETS.catalog, jdk, onStep);
  const registry = await resolveSet(SETS.registry, jdk, onStep);
  const classes = await compileClasses(jdk, { kafka, iceberg, catalog }, onStep);
  return { kafka, iceberg, catalog, registry, classes };
}

async function resolveSet(set: JarSet, jdk: Jdk, onStep: (text: string) => void): Promise<string> {
  const pom = path.join(LAB_CODE, "maven", set.name, "pom.xml");
  const folder = cached(set.name, hashOf([readFileSync(pom), JSON.stringify(set)]));
  const jars = path.join(folder, set.inside ?? "");
  if (existsSync(path.join(folder, MARKER))) return jars;
  onStep(`Fetching the jars of ${set.name}`);
  await fill(folder, async (aside) => {
    const into = path.join(aside, set.inside ?? "");
    const args = ["-q", "-B", "-f", pom, DEPENDENCY_PLUGIN, `-DoutputDirectory=${into}`, "-DincludeScope=runtime"];
    if (set.excludeGroups) args.push(`-DexcludeGroupIds=${set.excludeGroups}`);
    const maven = await runCommand("mvn", args, DOWNLOAD_MS);
    if (maven.code === 127 && /ENOENT/.test(maven.out)) {
      throw new Error(
        "The lab needs Maven to fetch its jars once. Install it (Debian: apt-get install maven; macOS: brew install maven).",
      );
    }
    if (maven.code !== 0)
      throw new Error(`Maven could not fetch the jars of ${set.name}: ${tail(maven.out)} (JDK ${jdk.major})`);
    if (set.unpack) await unpackArchives(into);
  });
  return jars;
}

async function unpackArchives(folder: string): Promise<void> {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".tar.gz"))) {
    const archive = path.join(folder, name);
    const tar = await runCommand("tar", ["-xzf", archive, "-C", folder], 120_000);
    if (tar.code !== 0) throw new Error(`Could not unpack ${name}: ${tail(tar.out)}`);
    rmSync(archive);
  }
}

async function compileClasses(
  jdk: Jdk,
  jars: Pick<Jars, "kafka" | "iceberg" | "catalog">,
  onStep: (text: string) => void,
): Promise<string> {
  const sources = readdirSync(path.join(LAB_CODE, "java"))
    .filter((file) => file.endsWith(".java"))
    .sort();
  const files = sources.map((file) => path.join(LAB_CODE, "java", file));
  const folder = cached(
    "classes",
    hashOf([...files.map((file) => readFileSync(file)), jars.kafka, jars.iceberg, jars.catalog]),
  );
  if (existsSync(path.join(folder, MARKER))) return folder;
  onStep("Compiling the lab's own classes");
  return fill(folder, async (into) => {
    const classpath = [jars.kafka, jars.catalog, jars.iceberg]
      .map((jarFolder) => path.join(jarFolder, "*"))
      .join(path.delimiter);
    const javac = await runCommand(
      jdk.javac,
      ["--release", "17", "-nowarn", "-cp", classpath, "-d", into, ...files],
      180_000,
    );
    if (javac.code !== 0) throw new Error(`The lab's classes do not compile: ${tail(javac.out)}`);
  });
}

/** Fills a folder aside and moves it into place, so that a marked folder is always whole even when two clones race. */
async function fill(folder: string, work: (into: string) => Promise<void>): Promise<string> {
  const aside = `${folder}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  try {
    await work(aside);
    writeFileSync(path.join(aside, MARKER), `${new Date().toISOString()}\n`);
    if (existsSync(path.join(folder, MARKER))) return folder;
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
    return folder;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function cached(name: string, hash: string): string {
  return path.join(cacheFolder(), `${name}-${hash}`);
}

function hashOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 12);
}

function tail(text: string): string {
  return text.trim().split("\n").slice(-12).join("\n");
}
