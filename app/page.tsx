import { redirect } from "next/navigation";
import { feedsPath } from "#lib/paths.ts";

export default function Home(): never {
  redirect(feedsPath());
}
