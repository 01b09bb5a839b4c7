/** Where things are in the picture of columns, in CSS pixels. */
export interface Geometry {
  width: number;
  height: number;
  /** Left edge of the water: the scale's numbers stand left of it. */
  axis: number;
  /** Right edge of the water: the gauge stands right of it. */
  end: number;
  top: number;
  bottom: number;
  columns: { x: number; width: number }[];
  y: (seconds: number) => number;
}

export const AXIS = 64;
export const GAUGE = 208;
/** The source needs less room: it has no hold of its own in health. */
const SOURCE_SHARE = 0.66;
const LEAST_COLUMN = 118;
const HEIGHT = 348;
const HEADROOM = 22;
const FOOTROOM = 14;

/** CSS grid columns that the headings and footings share with the drawing. */
export function gridColumns(hops: number): string {
  const rest = hops > 1 ? ` repeat(${hops - 1}, minmax(0, 1fr))` : "";
  return `${AXIS}px minmax(0, ${hops > 1 ? SOURCE_SHARE : 1}fr)${rest} ${GAUGE}px`;
}

/** Narrower than this the picture scrolls sideways. */
export function leastWidth(hops: number): number {
  return AXIS + GAUGE + LEAST_COLUMN * hops;
}

export function columnsGeometry(width: number, hops: number, scale: number): Geometry {
  const unit = (width - AXIS - GAUGE) / (hops > 1 ? hops - 1 + SOURCE_SHARE : 1);
  const first = hops > 1 ? unit * SOURCE_SHARE : unit;
  const bottom = HEIGHT - FOOTROOM;
  return {
    width,
    height: HEIGHT,
    axis: AXIS,
    end: width - GAUGE,
    top: HEADROOM,
    bottom,
    columns: Array.from({ length: hops }, (_, k) =>
      k === 0 ? { x: AXIS, width: first } : { x: AXIS + first + (k - 1) * unit, width: unit },
    ),
    y: (seconds) => HEADROOM + ((bottom - HEADROOM) * seconds) / scale,
  };
}
