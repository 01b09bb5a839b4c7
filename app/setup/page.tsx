import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "#components/ui/button-class.ts";
import { isFirstAdminLinkOpen, LINK_CLOSED } from "#lib/services/users/create-first-admin.ts";
import { EntryPage } from "../sign-in/entry-page.tsx";
import { SetupForm } from "./setup-form.tsx";

export const metadata: Metadata = { title: "First run" };

interface Props {
  searchParams: Promise<{ token?: string | string[] }>;
}

/** First run: whoever holds the link printed at the start makes the first administrator. */
export default async function SetupPage({ searchParams }: Props) {
  const { token } = await searchParams;
  if (typeof token !== "string" || !(await isFirstAdminLinkOpen(token, new Date()))) {
    return (
      <EntryPage title="This link is closed" lead={LINK_CLOSED}>
        <Link href="/sign-in" className={buttonClass()}>
          Sign in
        </Link>
      </EntryPage>
    );
  }
  return (
    <EntryPage title="Welcome to Tidemark" lead="Make the first account. It is the administrator's.">
      <SetupForm token={token} />
    </EntryPage>
  );
}
