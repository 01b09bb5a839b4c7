export function word(state: "late" | "fresh"): string {
  switch (state) {
    case "late":
      return "late";
  }
  return "";
}
