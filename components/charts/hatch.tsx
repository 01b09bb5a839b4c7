"use client";
import { useId } from "react";

/** Patterns of one drawing: `unmeasured` for what is not known, `over` for what is beyond the objective. */
export interface Hatches {
  unmeasured: string;
  over: string;
  defs: React.ReactNode;
}

/** Ids are per drawing: two charts on a page must not share one that the other may unmount. */
export function useHatches(): Hatches {
  const id = useId().replace(/[^a-zA-Z0-9]/g, "");
  const defs = (
    <defs>
      <pattern id={`${id}u`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="6" className="stroke-control" strokeWidth="1" opacity=".55" />
      </pattern>
      <pattern id={`${id}o`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="5" className="stroke-bad" strokeWidth="1.5" />
      </pattern>
    </defs>
  );
  return { unmeasured: `url(#${id}u)`, over: `url(#${id}o)`, defs };
}
