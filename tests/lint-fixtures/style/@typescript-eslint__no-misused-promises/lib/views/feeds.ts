async function isLate(): Promise<boolean> {
  return false;
}

export function page(): string {
  if (isLate()) return "late";
  return "fresh";
}
