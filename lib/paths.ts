/** Every address of the console and of the API it polls. A page that does not exist has no function here. */

type Query = Readonly<Record<string, string | number | null | undefined>>;

function withQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}

export const signOutPath = "/sign-out";
export const feedsPath = (query?: Query) => withQuery("/feeds", query);
export const feedPath = (slug: string, query?: Query) => withQuery(`/feeds/${encodeURIComponent(slug)}`, query);
export const feedContractPath = (slug: string) => `/feeds/${encodeURIComponent(slug)}/contract`;

export const apiFeedsPath = (query?: Query) => withQuery("/api/v1/feeds", query);
export const apiFeedOverviewPath = (slug: string, query?: Query) =>
  withQuery(`/api/v1/feeds/${encodeURIComponent(slug)}/overview`, query);
