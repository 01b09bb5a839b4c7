import { isServiceError, messageOf, type ServiceError } from "#lib/errors.ts";
import { COMMANDS, type Command } from "./commands.ts";
import { UsageError } from "./usage-error.ts";

/** Exit codes: 0 done, 1 refused or wrong, 2 not understood. */
const EXIT = { done: 0, refused: 1, usage: 2 } as const;

process.exit(await main(process.argv.slice(2)));

async function main(words: readonly string[]): Promise<number> {
  if (words.length === 0 || ["help", "--help", "-h"].includes(words[0] ?? "")) {
    console.log(usage());
    return words.length === 0 ? EXIT.usage : EXIT.done;
  }
  const found = findCommand(words);
  if (found === null) {
    console.error(`Unknown: ${words.slice(0, 2).join(" ")}\n\n${usage()}`);
    return EXIT.usage;
  }
  try {
    return (await found.command.run(found.rest)) ? EXIT.done : EXIT.refused;
  } catch (error) {
    if (error instanceof UsageError || isArgumentError(error)) {
      console.error(`${messageOf(error)}\n\n  npx tidemark ${found.command.usage}`);
      return EXIT.usage;
    }
    console.error(isServiceError(error) ? describe(error) : messageOf(error));
    return EXIT.refused;
  }
}

function findCommand(words: readonly string[]): { command: Command; rest: string[] } | null {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const command = COMMANDS.find((one) => one.name === name);
    if (command !== undefined) return { command, rest: words.slice(length) };
  }
  return null;
}

function isArgumentError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

/** The sentence, then one line for each thing at fault: where, what, what to do. */
function describe(error: ServiceError): string {
  const lines = error.issues.map((issue) => {
    const line = "line" in issue && typeof issue.line === "number" ? `line ${issue.line}: ` : "";
    const path = issue.path !== "" && !issue.message.includes(issue.path) ? `${issue.path}: ` : "";
    return `  ${line}${path}${issue.message}.${issue.remedy === null ? "" : ` ${issue.remedy}`}`;
  });
  return [error.message, ...lines].join("\n");
}

function usage(): string {
  const lines = COMMANDS.map(({ usage: text, does }) => `  ${text}\n      ${does}`);
  return `npx tidemark …\n\n${lines.join("\n")}`;
}
