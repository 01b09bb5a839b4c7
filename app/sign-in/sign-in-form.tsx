"use client";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { buttonClass } from "#components/ui/button-class.ts";
import { EntryError } from "./entry-error.tsx";
import { EntryField } from "./entry-field.tsx";

/** Signs in without leaving the page, so that a failure keeps what was typed. */
export function SignInForm({ next, email }: { next: string; email: string }) {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setBusy(true);
    setError(null);
    const failure = await trySignIn(text(data, "email"), text(data, "password"));
    if (failure === null) {
      // A whole load: what was rendered for nobody is thrown away.
      window.location.assign(next);
      return;
    }
    setBusy(false);
    setError(failure);
    form.querySelector<HTMLInputElement>("#password")?.select();
  }

  return (
    <form onSubmit={submit} className="grid gap-4" aria-busy={busy}>
      <EntryError message={error} />
      <EntryField name="email" label="E-mail" type="email" autoComplete="username" value={email} />
      <EntryField name="password" label="Password" type="password" autoComplete="current-password" />
      <button type="submit" className={buttonClass("primary")} disabled={busy}>
        {busy ? "Signing in…" : "Sign in"}
      </button>
    </form>
  );
}

/** Null when it went through, else the sentence to show. */
async function trySignIn(email: string, password: string): Promise<string | null> {
  try {
    const result = await signIn("credentials", { email, password, redirect: false });
    if (result?.ok) return null;
    return result?.error ?? "Signing in did not work. Try again.";
  } catch {
    return "Tidemark does not answer. Check that it runs, and try again.";
  }
}

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
}
