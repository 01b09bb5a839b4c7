/** The place of what is on its way, in its final size; shown only when it takes longer than 200 ms. */
export function Skeleton({ className }: { className: string }) {
  return (
    <div
      aria-hidden="true"
      className={`rounded border border-hair bg-surface opacity-0 [animation:appear_1ms_linear_200ms_forwards] ${className}`}
    />
  );
}
