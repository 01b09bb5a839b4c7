import { durationParts } from "#lib/display.ts";

/** `7m 58s` with its units dimmer than its numbers. */
export function Duration({ seconds, large = false }: { seconds: number; large?: boolean }) {
  const unit = large ? "mr-[2px] text-[18px] tracking-normal" : "ml-[0.5px]";
  return (
    <span className="whitespace-nowrap">
      {durationParts(seconds).map((part, index) => (
        <span key={part.unit}>
          {index > 0 ? " " : ""}
          {part.value}
          <i className={`font-normal not-italic text-muted ${unit}`}>{part.unit}</i>
        </span>
      ))}
    </span>
  );
}
