/** Height of the chart, room above its plot, and room for its time axis. CSS pixels. */
export const STACK_HEIGHT = 220;
export const STACK_TOP = 12;
export const STACK_FOOT = 24;
