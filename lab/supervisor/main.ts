import { findJson } from "../json-file.ts";
import type { LabContext } from "../lab-context.ts";
import { bringUp } from "./bring-up.ts";
import { serveControl } from "./control-server.ts";
import { Lab } from "./lab.ts";

/** The lab's one parent process. Argument: a file with the LabContext. It ends with everything it started. */
async function main(): Promise<void> {
  const context = findJson<LabContext>(process.argv[2] ?? "");
  if (!context) throw new Error("The supervisor is started by `npm run lab -- up`");
  const lab = new Lab(context);
  const end = async (code: number): Promise<never> => {
    lab.become("stopping");
    await takeDown(lab);
    lab.become("down");
    process.exit(code);
  };
  process.on("SIGTERM", () => void end(0));
  process.on("SIGINT", () => void end(0));
  await serveControl(lab, () => void end(0));
  try {
    await bringUp(lab);
    lab.become("up");
  } catch (error) {
    // Stopped while it came up: what failed, failed for that reason.
    if (lab.snapshot().phase === "stopping") return;
    console.error(error);
    const because = error instanceof Error ? error.message : String(error);
    lab.become("failed", because);
    await takeDown(lab);
    lab.save();
    process.exit(1);
  }
}

/** Those that use the brokers first, the brokers last. */
async function takeDown(lab: Lab): Promise<void> {
  const pieces = lab.allPieces();
  const isBroker = (name: string): boolean => name.startsWith("broker-");
  await Promise.all(pieces.filter((piece) => !isBroker(piece.spec.name)).map((piece) => piece.stop()));
  await Promise.all(pieces.filter((piece) => isBroker(piece.spec.name)).map((piece) => piece.stop()));
}

process.on("unhandledRejection", (reason) => console.error("unhandled", reason));
await main();
