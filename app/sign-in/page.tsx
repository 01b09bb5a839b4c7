import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { findViewer } from "#lib/auth/viewer.ts";
import { safeNext } from "#lib/auth/path-header.ts";
import { EntryPage } from "./entry-page.tsx";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

interface Props {
  searchParams: Promise<{ next?: string | string[]; email?: string | string[]; made?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: Props) {
  const { next, email, made } = await searchParams;
  const goTo = safeNext(typeof next === "string" ? next : null);
  if ((await findViewer()) !== null) redirect(goTo);
  return (
    <EntryPage title="Sign in" lead={made === "1" ? "Your account is made. Sign in with it." : null}>
      <SignInForm next={goTo} email={typeof email === "string" ? email.slice(0, 320) : ""} />
    </EntryPage>
  );
}
