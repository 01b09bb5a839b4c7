import type { HopNow } from "#lib/views/feed-now.ts";

/** How the position of a hop is read, call by call. */
export function sourceCall(hop: HopNow): string {
  switch (hop.kind) {
    case "source":
      return `ListOffsets (latest) on ${hop.subject}, and Fetch of the records whose event time is needed`;
    case "processor":
      return `OffsetFetch of group ${hop.subject}, then ListOffsets on what it reads`;
    case "connector":
      return `OffsetFetch of the connector's group, ListOffsets on what it reads, and GET status of ${hop.subject}`;
    case "topic":
      return `ListOffsets of ${hop.subject}: last stable offset against high watermark`;
    case "table":
      return hop.proof === "exact"
        ? `Records of the control topic, and the snapshots of ${hop.subject} from its catalog`
        : `The snapshots of ${hop.subject} from its catalog`;
    case "query":
      return `The contract's query on ${hop.subject}`;
  }
}
