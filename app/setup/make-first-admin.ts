"use server";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { isSameOrigin } from "#lib/auth/same-origin.ts";
import { isServiceError } from "#lib/errors.ts";
import { createFirstAdmin } from "#lib/services/users/create-first-admin.ts";

/** What the form shows again: the sentence, what is wrong by field, and what was typed (never the password). */
export interface SetupState {
  message: string | null;
  fields: Readonly<Record<string, string>>;
  typed: { name: string; email: string };
}

export async function makeFirstAdmin(token: string, _before: SetupState, data: FormData): Promise<SetupState> {
  const typed = { name: text(data, "name"), email: text(data, "email") };
  if (!isSameOrigin(await headers())) {
    return { message: "Open the link in this browser and use its own form.", fields: {}, typed };
  }
  let email: string;
  try {
    ({ email } = await createFirstAdmin(String(token), { ...typed, password: text(data, "password") }, new Date()));
  } catch (error) {
    if (!isServiceError(error)) throw error;
    const fields = Object.fromEntries(error.issues.map(({ path, message }) => [path, message]));
    return { message: error.message, fields, typed };
  }
  redirect(`/sign-in?made=1&email=${encodeURIComponent(email)}`);
}

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value.slice(0, 4096) : "";
}
