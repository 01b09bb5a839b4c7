import { PrismaPg } from "@prisma/adapter-pg";

export const seen = PrismaPg;
