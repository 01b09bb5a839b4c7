/** A stretch of neighbours, both ends included. */
export interface Run {
  from: number;
  to: number;
}

/** Stretches of indexes for which `holds` is true. */
export function runsOf(length: number, holds: (index: number) => boolean): Run[] {
  const runs: Run[] = [];
  let open: Run | null = null;
  for (let index = 0; index < length; index++) {
    if (!holds(index)) open = null;
    else if (open) open.to = index;
    else runs.push((open = { from: index, to: index }));
  }
  return runs;
}
