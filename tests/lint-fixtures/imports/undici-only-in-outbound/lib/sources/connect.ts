import { request } from "undici";

export const seen = request;
