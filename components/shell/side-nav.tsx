import { Account, type AccountView } from "./account.tsx";
import { Brand } from "./brand.tsx";
import { NavLinks } from "./nav-links.tsx";

export function SideNav({ account }: { account: AccountView }) {
  return (
    <nav aria-label="Main" className="sticky top-0 flex h-dvh flex-col gap-3 border-r px-2 py-3 narrow:hidden">
      <Brand />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <NavLinks />
      </div>
      <Account account={account} />
    </nav>
  );
}
