/** An expected failure: its message is the whole answer, without a stack. */
export class Failure extends Error {}
