async function load(): Promise<void> {}

export function page(): void {
  load();
}
