import { CSPProvider } from "@base-ui/react/csp-provider";
import { cookies } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { ClockProvider } from "#components/live/clock.tsx";
import { QueryProvider } from "#components/live/query-provider.tsx";
import { ConsoleProvider } from "#components/shell/console-context.tsx";
import { SideNav } from "#components/shell/side-nav.tsx";
import { parseTheme, THEME_COOKIE } from "#components/shell/theme.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { requireViewer } from "#lib/auth/viewer.ts";
import { wordsOf } from "#lib/display.ts";

/** The signed-in shell. Nobody gets past it without a session. */
export default async function ConsoleLayout({ children }: { children: React.ReactNode }) {
  const account = accountOf(await requireViewer());
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <CSPProvider disableStyleElements>
      <NuqsAdapter>
        <ClockProvider serverNow={startOfSecond()}>
          <QueryProvider>
            <ConsoleProvider view={{ account, theme }}>
              <a
                href="#main"
                className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-40 focus:rounded focus:bg-raised focus:p-2"
              >
                Skip to the page
              </a>
              <div className="grid min-h-dvh grid-cols-[192px_minmax(0,1fr)] narrow:grid-cols-[minmax(0,1fr)]">
                <SideNav account={account} />
                {children}
              </div>
            </ConsoleProvider>
          </QueryProvider>
        </ClockProvider>
      </NuqsAdapter>
    </CSPProvider>
  );
}

const startOfSecond = (): number => Math.floor(Date.now() / 1000) * 1000;

function accountOf(actor: Actor): { name: string; role: string } {
  return { name: actor.name, role: actor.kind === "system" ? "system" : wordsOf(actor.role.replaceAll("_", "-")) };
}
