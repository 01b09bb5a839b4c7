const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of a duration that the contract's schema has accepted (`2m` → 120000). Throws on any other text. */
export function durationMs(text: string): number {
  let total = 0;
  let read = 0;
  for (const part of text.matchAll(/(\d+)(ms|s|m|h|d|w)/g)) {
    total += Number(part[1]) * (UNIT_MS[part[2] ?? ""] ?? Number.NaN);
    read += part[0].length;
  }
  if (read === 0 || read !== text.length) throw new RangeError(`Not a duration: ${text}`);
  return total;
}

/** The shortest way to write a number of milliseconds that reads back the same: 120000 → `2m`, 90000 → `90s`. */
export function durationText(ms: number): string {
  for (const unit of ["d", "h", "m", "s"]) {
    const size = UNIT_MS[unit] ?? 1;
    if (ms >= size && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}

/** `99.5%` → 0.995. Computed in decimal, so 99.9% is the double nearest to 0.999 and not a hair beside it. */
export function fractionOf(percentage: string): number {
  return Number(`${percentage.replace("%", "")}e-2`);
}

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** Bytes per second of an accepted rate: `5MB/s` → 5000000. */
export function bytesPerSecond(rate: string): number {
  const [, amount, unit] = /^([\d.]+)([A-Za-z]+)\/s$/.exec(rate) ?? [];
  const size = BYTES[unit ?? ""];
  if (amount === undefined || size === undefined) throw new RangeError(`Not a byte rate: ${rate}`);
  return Number(amount) * size;
}
