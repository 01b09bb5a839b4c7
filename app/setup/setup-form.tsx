"use client";
import { useActionState } from "react";
import { buttonClass } from "#components/ui/button-class.ts";
import { EntryError } from "../sign-in/entry-error.tsx";
import { EntryField } from "../sign-in/entry-field.tsx";
import { makeFirstAdmin, type SetupState } from "./make-first-admin.ts";

const UNTOUCHED: SetupState = { message: null, fields: {}, typed: { name: "", email: "" } };

export function SetupForm({ token }: { token: string }) {
  const [state, action, busy] = useActionState(makeFirstAdmin.bind(null, token), UNTOUCHED);
  return (
    <form action={action} className="grid gap-4" aria-busy={busy}>
      <EntryError message={state.message} />
      <EntryField
        name="name"
        label="Name"
        type="text"
        autoComplete="name"
        value={state.typed.name}
        error={state.fields["name"]}
      />
      <EntryField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        value={state.typed.email}
        error={state.fields["email"]}
      />
      <EntryField
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        help="At least 12 characters. A few words you remember do well."
        error={state.fields["password"]}
      />
      <button type="submit" className={buttonClass("primary")} disabled={busy}>
        {busy ? "Making the account…" : "Make the account"}
      </button>
    </form>
  );
}
