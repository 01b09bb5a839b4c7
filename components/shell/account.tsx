import { signOutPath } from "#lib/paths.ts";

export interface AccountView {
  name: string;
  role: string;
}

/** Who is signed in, and the way out. */
export function Account({ account }: { account: AccountView }) {
  return (
    <div className="grid gap-1 px-2 text-meta text-muted">
      <span className="truncate font-medium text-ink" title={account.name}>
        {account.name}
      </span>
      <span>{account.role}</span>
      <form action={signOutPath} method="post" data-act="sign-out">
        <button type="submit" className="quiet-button">
          Sign out
        </button>
      </form>
      <span className="pt-1">All times in UTC</span>
    </div>
  );
}
