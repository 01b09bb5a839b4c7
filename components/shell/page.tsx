import { TopBar, type Crumb } from "./top-bar.tsx";

/** A page of the console: its bar and its main. */
export function Page({
  crumbs,
  here,
  children,
}: {
  crumbs?: readonly Crumb[];
  here: string;
  children: React.ReactNode;
}) {
  return (
    <div className="min-w-0">
      <TopBar here={here} {...(crumbs ? { crumbs } : {})} />
      <main
        id="main"
        tabIndex={-1}
        className="grid max-w-[1248px] grid-cols-[minmax(0,1fr)] content-start gap-4 px-6 pt-5 pb-12 outline-none narrow:gap-3 narrow:px-3 narrow:pt-4"
      >
        {children}
      </main>
    </div>
  );
}
