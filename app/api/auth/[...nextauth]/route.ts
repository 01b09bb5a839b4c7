import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { isSameOrigin } from "#lib/auth/same-origin.ts";
import { ServiceError } from "#lib/errors.ts";
import { problem } from "../../problem.ts";
import { authOptions } from "./options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };
type Handler = (request: NextRequest, context: Context) => Promise<Response>;

/** Made at the first request: a build has no secrets. */
function handle(request: NextRequest, context: Context): Promise<Response> {
  return (NextAuth(authOptions()) as Handler)(request, context);
}

export function GET(request: NextRequest, context: Context): Promise<Response> {
  return handle(request, context);
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  if (!isSameOrigin(request.headers)) {
    return problem(new ServiceError("forbidden", "Sign in from Tidemark's own page."));
  }
  return handle(request, context);
}
