/** Everything that answers without a session or a token. A path that is not here leads to sign-in, or is a 401. */
const OPEN: readonly RegExp[] = [
  /^\/sign-in$/,
  /^\/sign-out$/,
  /^\/setup$/,
  /^\/healthz$/,
  /^\/readyz$/,
  /^\/api\/auth\/(?:csrf|providers|session|callback\/credentials|signin(?:\/credentials)?|signout|error|_log)$/,
  /^\/_next\/(?:static|image)(?:\/|$)/,
  /^\/(?:icon|apple-icon|favicon|manifest|robots)[A-Za-z0-9._-]*$/,
];

export function isOpenPath(pathname: string): boolean {
  return OPEN.some((pattern) => pattern.test(pathname));
}

/** Whether a path answers programs: they get a 401 rather than the sign-in page. */
export function isApiPath(pathname: string): boolean {
  return /^\/(?:api|metrics)(?:\/|$)/.test(pathname);
}
