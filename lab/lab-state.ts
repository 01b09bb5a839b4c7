import type { PieceStatus } from "./supervisor/piece.ts";

/** What the supervisor tells, and keeps in <home>/lab/state.json. */
export interface LabState {
  phase: "starting" | "up" | "failed" | "stopping" | "down";
  /** Why it failed. */
  because: string | null;
  supervisorPid: number;
  controlPort: number;
  small: boolean;
  startedAt: string;
  upAt: string | null;
  /** What it is at, newest last. */
  steps: { at: string; text: string }[];
  pieces: PieceStatus[];
  /** Incidents that are on. */
  incidents: string[];
  jdk: string;
}
