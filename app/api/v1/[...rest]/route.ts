import { findActorOfRequest } from "#lib/auth/find-actor.ts";
import { ServiceError } from "#lib/errors.ts";
import { notSignedIn, problem } from "../../problem.ts";

/** Every address of the API that isn't one: told as problem details, and to nobody unknown. */
async function refuse(request: Request): Promise<Response> {
  try {
    if ((await findActorOfRequest(request.headers)) === null) throw notSignedIn();
    throw new ServiceError("not_found", "The API has no such address. See /api/v1/openapi.json.");
  } catch (error) {
    return problem(error);
  }
}

export const GET = refuse;
export const POST = refuse;
export const PUT = refuse;
export const PATCH = refuse;
export const DELETE = refuse;
