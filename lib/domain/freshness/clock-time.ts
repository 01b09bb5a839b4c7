/** The time of day of an instant (ms), as notes and reasons word it: "14:02:10 UTC". */
export const clockTime = (at: number): string => `${new Date(at).toISOString().slice(11, 19)} UTC`;
