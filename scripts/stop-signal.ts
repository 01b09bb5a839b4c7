/**
 * Aborted when this process is asked to stop: by a signal, or because whoever started it is gone (its IPC channel closed).
 * From the first call on, signals no longer end the process by themselves, so that everything can be stopped in order.
 */
let controller: AbortController | undefined;

export function stopSignal(): AbortSignal {
  if (controller) return controller.signal;
  const made = new AbortController();
  controller = made;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => made.abort());
  process.once("disconnect", () => made.abort());
  return made.signal;
}

export function stopAsked(): Promise<void> {
  const signal = stopSignal();
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
