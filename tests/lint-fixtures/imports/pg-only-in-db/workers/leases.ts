import pg from "pg";

export const seen = pg;
