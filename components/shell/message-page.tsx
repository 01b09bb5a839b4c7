import { Brand } from "./brand.tsx";

/** A page outside the console that says one thing and where to go. */
export function MessagePage({
  title,
  children,
  actions,
}: {
  title: string;
  children: React.ReactNode;
  actions: React.ReactNode;
}) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-[560px] content-center justify-items-start gap-4 px-6 py-12">
      <div className="-ml-2">
        <Brand />
      </div>
      <h1 className="text-title font-semibold tracking-tight">{title}</h1>
      <div className="grid gap-2 text-prose text-muted">{children}</div>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </main>
  );
}
