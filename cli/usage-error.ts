/** The command was not understood: its usage is shown with what was wrong. */
export class UsageError extends Error {}
