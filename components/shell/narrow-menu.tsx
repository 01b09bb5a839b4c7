"use client";
import { Dialog } from "@base-ui/react/dialog";
import { Menu as MenuIcon, X } from "lucide-react";
import { useState } from "react";
import { Account, type AccountView } from "./account.tsx";
import { Brand } from "./brand.tsx";
import { NavLinks } from "./nav-links.tsx";

/** On narrow screens the side navigation is behind a button. */
export function NarrowMenu({ account }: { account: AccountView }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        aria-label="Menu"
        className="grid size-9 flex-none place-items-center rounded text-muted wide:hidden"
      >
        <MenuIcon size={18} aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-shade" />
        <Dialog.Popup
          aria-label="Menu"
          className="fixed inset-y-0 left-0 z-20 flex w-64 flex-col gap-3 border-r bg-canvas px-2 py-3"
        >
          <div className="flex items-center justify-between">
            <Brand />
            <Dialog.Close aria-label="Close the menu" className="grid size-9 place-items-center rounded text-muted">
              <X size={18} aria-hidden />
            </Dialog.Close>
          </div>
          <nav aria-label="Main" className="flex-1">
            <NavLinks onGo={() => setOpen(false)} />
          </nav>
          <Account account={account} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
