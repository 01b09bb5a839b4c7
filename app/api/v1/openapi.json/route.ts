import { answer } from "../../answer.ts";
import { openApiDocument } from "./openapi-document.ts";

export function GET(request: Request): Promise<Response> {
  return answer(request, [], () => Promise.resolve(openApiDocument()));
}
