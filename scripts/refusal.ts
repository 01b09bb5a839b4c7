/** An expected reason not to go on: its message says what to do, so it is printed without a stack. */
export class Refusal extends Error {}
