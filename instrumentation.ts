import type { Instrumentation } from "next";

// Next also compiles this file for its edge runtime, where none of ours runs; it removes what stands behind this condition.
// eslint-disable-next-line no-restricted-properties
const node = process.env.NEXT_RUNTIME === "nodejs" ? () => import("./instrumentation-node.ts") : null;

export async function register(): Promise<void> {
  (await node?.())?.checkSettings();
}

export const onRequestError: Instrumentation.onRequestError = async (...failure) => {
  await (await node?.())?.logFailedPage(...failure);
};
