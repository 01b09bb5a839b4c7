import { writeJson } from "../json-file.ts";
import { writeJournal } from "../journal.ts";
import type { LabContext } from "../lab-context.ts";
import type { LabState } from "../lab-state.ts";
import { CatalogProxy } from "../pieces/catalog-proxy.ts";
import { Piece, type PieceSpec, type PieceStatus } from "./piece.ts";

/** The running lab: its pieces and what is told about them. */
export class Lab {
  readonly context: LabContext;
  readonly incidents = new Set<string>();
  readonly proxy: CatalogProxy;
  private readonly pieces = new Map<string, Piece>();
  private state: Omit<LabState, "pieces" | "incidents">;

  constructor(context: LabContext) {
    this.context = context;
    this.proxy = new CatalogProxy(context);
    this.state = {
      phase: "starting",
      because: null,
      supervisorPid: process.pid,
      controlPort: context.ports.control,
      small: context.small,
      startedAt: new Date().toISOString(),
      upAt: null,
      steps: [],
      jdk: `${context.jdk.major} at ${context.jdk.home}`,
    };
    this.save();
  }

  add(spec: PieceSpec): Piece {
    const piece = new Piece(spec, this.context.paths, (status) => this.noted(status));
    this.pieces.set(spec.name, piece);
    return piece;
  }

  piece(name: string): Piece {
    const piece = this.pieces.get(name);
    if (!piece) throw new Error(`This lab has no piece called ${name}`);
    return piece;
  }

  allPieces(): Piece[] {
    return [...this.pieces.values()];
  }

  step(text: string): void {
    this.state.steps.push({ at: new Date().toISOString(), text });
    this.save();
  }

  become(phase: LabState["phase"], because: string | null = null): void {
    this.state = { ...this.state, phase, because };
    if (phase === "up") this.state.upAt = new Date().toISOString();
    this.journal(`lab ${phase}`, because ? { because } : undefined);
    this.save();
  }

  journal(event: string, details?: Record<string, unknown>): void {
    writeJournal(this.context.paths.journal, event, details);
  }

  snapshot(): LabState {
    return { ...this.state, pieces: this.allPieces().map((piece) => piece.status()), incidents: [...this.incidents] };
  }

  save(): void {
    writeJson(this.context.paths.state, this.snapshot());
  }

  private noted(status: PieceStatus): void {
    if (status.state === "died") this.journal("piece died", { piece: status.name, how: status.because });
    this.save();
  }
}
