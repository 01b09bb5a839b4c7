import type { Lab } from "../supervisor/lab.ts";

/** Something that goes wrong for real, and its repair. */
export interface Incident {
  /** Brings it about; what it answers goes to the journal. */
  begin: (lab: Lab) => Promise<Record<string, unknown> | void>;
  /** Undoes it. Runs at every heal, so it looks at what is there and may find nothing to do. */
  undo: (lab: Lab) => Promise<void>;
}
