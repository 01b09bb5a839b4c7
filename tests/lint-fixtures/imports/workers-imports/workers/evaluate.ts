import { value } from "../components/panel.ts";

export const seen = value;
