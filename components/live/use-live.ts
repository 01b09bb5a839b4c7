"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { fetchLive } from "./fetch-live.ts";
import { reportLive } from "./live-status.ts";

const POLL_MS = 5000;

export interface Live<T> {
  data: T;
  /** The address asked is another than the one shown: its answer is on the way. */
  loading: boolean;
  /** Why the newest try failed; the data is then as old as `updatedAt`. */
  failure: string | null;
  updatedAt: number;
}

/**
 * A body of the API that goes on being read every 5 s while the page is visible. The server's own render seeds it, so
 * the first paint asks nothing.
 */
export function useLive<T extends object>(url: string, seed: { url: string; data: T; at: number }): Live<T> {
  const client = useQueryClient();
  const query = useQuery<T>({
    queryKey: [url],
    queryFn: ({ signal }) => fetchLive<T>(url, client.getQueryData<T>([url]), signal),
    ...(url === seed.url ? { initialData: seed.data, initialDataUpdatedAt: seed.at } : {}),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: "always",
    staleTime: POLL_MS,
    structuralSharing: false,
    retry: false,
  });
  const failure = query.error?.message ?? null;
  const updatedAt = query.isPlaceholderData || query.dataUpdatedAt === 0 ? seed.at : query.dataUpdatedAt;
  useEffect(() => reportLive({ updatedAt, failure }), [updatedAt, failure]);
  useEffect(() => () => reportLive(null), []);
  return { data: query.data ?? seed.data, loading: query.isPlaceholderData && failure === null, failure, updatedAt };
}
