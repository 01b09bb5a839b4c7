export interface Command {
  name: string;
  usage: string;
  does: string;
  /** False: it was understood, and the answer is no. */
  run: (args: string[]) => Promise<boolean>;
}

/** Each is loaded when asked for: `contract validate` in CI needs no database. */
export const COMMANDS: readonly Command[] = [
  {
    name: "token create",
    usage: "token create --role ROLE [--name NAME] [--expires 90d] [--feed SLUG]",
    does: "makes an API token and prints it alone; it is shown this once",
    run: async (args) => (await import("./token.ts")).createTokenCommand(args),
  },
  {
    name: "token revoke",
    usage: "token revoke ID",
    does: "ends a token at once",
    run: async (args) => (await import("./token.ts")).revokeTokenCommand(args),
  },
  {
    name: "user create",
    usage: "user create --email EMAIL --name NAME --role ROLE",
    does: "makes an account and prints its random password alone",
    run: async (args) => (await import("./user.ts")).createUserCommand(args),
  },
  {
    name: "user disable",
    usage: "user disable EMAIL",
    does: "closes an account and ends its sessions",
    run: async (args) => (await import("./user.ts")).disableUserCommand(args),
  },
  {
    name: "connection apply",
    usage: "connection apply -f tidemark.yaml",
    does: "makes clusters, connects, registries, catalogs and teams what the file says",
    run: async (args) => (await import("./connection.ts")).applyConnectionsCommand(args),
  },
  {
    name: "contract validate",
    usage: "contract validate FILE…",
    does: "tells everything that is wrong with feed contracts; for CI",
    run: async (args) => (await import("./contract.ts")).validateCommand(args),
  },
  {
    name: "contract apply",
    usage: "contract apply -f FILE…",
    does: "puts feed contracts in force as their next version",
    run: async (args) => (await import("./contract.ts")).applyCommand(args),
  },
  {
    name: "contract export",
    usage: "contract export SLUG",
    does: "prints the contract in force as YAML",
    run: async (args) => (await import("./contract.ts")).exportCommand(args),
  },
  {
    name: "contract schema",
    usage: "contract schema",
    does: "prints the JSON Schema of a feed contract, for editors",
    run: async () => (await import("./contract.ts")).schemaCommand(),
  },
  {
    name: "audit verify",
    usage: "audit verify [--head HASH]",
    does: "recomputes the audit trail; --head also shows an end that was cut off",
    run: async (args) => (await import("./audit.ts")).verifyCommand(args),
  },
  {
    name: "doctor",
    usage: "doctor",
    does: "tells what is configured, what answers, and how fresh each connection's newest sample is",
    run: async () => (await import("./doctor.ts")).doctorCommand(),
  },
];
