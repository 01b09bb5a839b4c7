import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { isApiPath, isOpenPath } from "#lib/auth/open-paths.ts";
import { PATH_HEADER } from "#lib/auth/path-header.ts";
import { mayChange } from "#lib/auth/same-origin.ts";
import { contentSecurityPolicy, securityHeaders } from "#lib/auth/security-headers.ts";
import { isSecure, sessionCookieName } from "#lib/auth/session-cookie.ts";
import { env } from "#lib/env.ts";

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * In front of every answer: security headers with a fresh nonce, the same-origin check of everything that changes, and, for
 * people alone, the way to sign-in. It guards nothing by itself: every view and service asks who is there (lib/auth).
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (!SAFE_METHODS.has(request.method) && !mayChange(request.headers)) {
    return withHeaders(
      NextResponse.json({ code: "forbidden", detail: "This must come from Tidemark's own page." }, { status: 403 }),
    );
  }
  if (!isOpenPath(pathname) && !isApiPath(pathname) && !request.cookies.has(sessionCookieName())) {
    return withHeaders(toSignIn(request));
  }
  const nonce = randomBytes(18).toString("base64");
  const policy = contentSecurityPolicy(nonce, { development: env.NODE_ENV === "development", https: isSecure() });
  const headers = new Headers(request.headers);
  // Next reads the nonce of its own scripts from the policy on the request.
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  headers.set(PATH_HEADER, pathname + search);
  const response = withHeaders(NextResponse.next({ request: { headers } }));
  response.headers.set("content-security-policy", policy);
  return response;
}

/** To the address people use where it is configured, else to the one this request came to. */
function toSignIn(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const to = new URL(`/sign-in?next=${encodeURIComponent(pathname + search)}`, env.TIDEMARK_PUBLIC_URL ?? request.url);
  return NextResponse.redirect(to, { headers: { "cache-control": "no-store" } });
}

function withHeaders(response: NextResponse): NextResponse {
  for (const [name, value] of Object.entries(securityHeaders(isSecure()))) response.headers.set(name, value);
  return response;
}
