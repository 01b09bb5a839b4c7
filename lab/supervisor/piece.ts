import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { inheritedEnv, LAB_CODE, type LabPaths } from "../lab-paths.ts";
import { waitUntil } from "../wait-until.ts";
import { RotatingLog } from "./rotating-log.ts";

/** How one process of the lab is run. */
export interface PieceSpec {
  name: string;
  program: string;
  args: string[];
  env?: Record<string, string>;
  beforeStart?: () => void;
  /** Resolves when the piece serves; called again until then. */
  isReady: () => Promise<boolean>;
  readyWithinMs: number;
  stopWithinMs: number;
}

export type PieceState = "stopped" | "starting" | "up" | "frozen" | "died";

export interface PieceStatus {
  name: string;
  state: PieceState;
  pid: number | null;
  /** Why it is not up, when it is not. */
  because: string | null;
}

const LOGS = new Map<string, RotatingLog>();

/** One supervised process, started through guard.sh so that it never outlives us. Nothing restarts by itself. */
export class Piece {
  readonly spec: PieceSpec;
  private readonly paths: LabPaths;
  private readonly onChange: (status: PieceStatus) => void;
  private guard: ChildProcess | null = null;
  private state: PieceState = "stopped";
  private because: string | null = "not started";
  private wanted = false;

  constructor(spec: PieceSpec, paths: LabPaths, onChange: (status: PieceStatus) => void) {
    this.spec = spec;
    this.paths = paths;
    this.onChange = onChange;
  }

  status(): PieceStatus {
    return {
      name: this.spec.name,
      state: this.state,
      pid: this.pid(),
      because: this.state === "up" ? null : this.because,
    };
  }

  isUp(): boolean {
    return this.state === "up";
  }

  async start(): Promise<void> {
    if (this.guard) return this.thaw();
    this.wanted = true;
    this.become("starting", null);
    rmSync(this.pidFile(), { force: true });
    this.spec.beforeStart?.();
    const guard = spawn(
      "/bin/sh",
      [path.join(LAB_CODE, "guard.sh"), this.pidFile(), this.spec.program, ...this.spec.args],
      {
        stdio: ["pipe", "pipe", "pipe"],
        env: inheritedEnv(this.spec.env),
      },
    );
    this.guard = guard;
    const log = this.log();
    guard.stdout.on("data", (chunk: Buffer) => log.write(chunk));
    guard.stderr.on("data", (chunk: Buffer) => log.write(chunk));
    guard.once("error", (error) => this.ended(guard, error.message));
    guard.once("exit", (code, signal) => this.ended(guard, signal ? `signal ${signal}` : `exit code ${code}`));
    await this.becomeReady(guard);
  }

  /** Asks it to end, then ends it. */
  async stop(): Promise<void> {
    this.wanted = false;
    const pid = this.pid();
    if (!this.guard) return;
    if (pid !== null) {
      signalPid(pid, "SIGCONT");
      signalPid(pid, "SIGTERM");
    } else this.guard.kill("SIGTERM");
    const ended = await waitUntil(() => this.guard === null, this.spec.stopWithinMs, 50);
    if (!ended) await this.kill();
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.wanted = false;
    const pid = this.pid();
    if (pid !== null) signalPid(pid, "SIGKILL");
    await waitUntil(() => this.guard === null, 5_000, 20);
  }

  freeze(): void {
    const pid = this.pid();
    if (pid === null) throw new Error(`${this.spec.name} is not running`);
    signalPid(pid, "SIGSTOP");
    this.become("frozen", "stopped by SIGSTOP");
  }

  thaw(): void {
    const pid = this.pid();
    if (this.state !== "frozen" || pid === null) return;
    signalPid(pid, "SIGCONT");
    this.become("up", null);
  }

  /** A plain signal the program understands. */
  signal(signal: NodeJS.Signals): void {
    const pid = this.pid();
    if (pid === null) throw new Error(`${this.spec.name} is not running`);
    signalPid(pid, signal);
  }

  private async becomeReady(guard: ChildProcess): Promise<void> {
    const isOver = (): boolean => this.guard !== guard;
    const ready = await waitUntil(async () => isOver() || (await this.spec.isReady()), this.spec.readyWithinMs, 150);
    if (isOver()) throw new Error(`${this.spec.name} ended while starting (${this.because}). See ${this.logFile()}`);
    if (!ready)
      throw new Error(
        `${this.spec.name} did not serve within ${this.spec.readyWithinMs / 1000} s. See ${this.logFile()}`,
      );
    this.become("up", null);
  }

  private ended(guard: ChildProcess, how: string): void {
    if (this.guard !== guard) return;
    this.guard = null;
    this.log().write(`[lab] ${this.spec.name} ended: ${how}\n`);
    this.become(this.wanted ? "died" : "stopped", how);
  }

  private become(state: PieceState, because: string | null): void {
    this.state = state;
    this.because = because;
    this.onChange(this.status());
  }

  private pid(): number | null {
    if (!this.guard || !existsSync(this.pidFile())) return null;
    return Number(readFileSync(this.pidFile(), "utf8").trim()) || null;
  }

  private pidFile(): string {
    return path.join(this.paths.pids, `${this.spec.name}.pid`);
  }

  private logFile(): string {
    return path.join(this.paths.logs, `${this.spec.name}.log`);
  }

  private log(): RotatingLog {
    const known = LOGS.get(this.logFile());
    if (known) return known;
    const log = new RotatingLog(this.logFile());
    LOGS.set(this.logFile(), log);
    return log;
  }
}

function signalPid(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile: its guard tells.
  }
}
