import { createLoader, parseAsStringLiteral } from "nuqs/server";

/** How far back the age is drawn. The names are those of the API. */
export const RANGES = ["1h", "3h", "24h"] as const;

export const overviewParsers = { range: parseAsStringLiteral(RANGES).withDefault("1h") };

export const loadOverviewParams = createLoader(overviewParsers);
