/** The diamond of trouble. */
export function Diamond({ x, y, r, className }: { x: number; y: number; r: number; className: string }) {
  return <path d={`M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`} className={className} />;
}

export function HLine({
  x1,
  x2,
  y,
  className,
  dash,
  width = 1,
}: {
  x1: number;
  x2: number;
  y: number;
  className: string;
  dash?: string | undefined;
  width?: number;
}) {
  return <path d={`M${x1} ${y}H${x2}`} fill="none" className={className} strokeWidth={width} strokeDasharray={dash} />;
}

export function VLine({ x, y1, y2, className }: { x: number; y1: number; y2: number; className: string }) {
  return <path d={`M${x} ${y1}V${y2}`} fill="none" className={className} strokeWidth={1} shapeRendering="crispEdges" />;
}
