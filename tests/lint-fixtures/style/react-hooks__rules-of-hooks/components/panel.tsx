import { useState } from "react";

export function Panel({ open }: { open: boolean }) {
  if (!open) return null;
  const [shown] = useState(true);
  return <p>{String(shown)}</p>;
}
