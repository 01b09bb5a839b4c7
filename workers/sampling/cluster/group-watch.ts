import type { GroupStateRow } from "#lib/db/samples/cluster-rows.ts";
import type { ClusterReader } from "#lib/sources/kafka/cluster-reader.ts";
import type { Deadline } from "#lib/sources/kafka/deadline.ts";
import type { GroupListing } from "#lib/sources/kafka/read-groups.ts";
import { asSourceError, type SourceError } from "#lib/sources/source-error.ts";

/** Groups are listed this often, and those that contracts name are described this often, ms. */
const LIST_EVERY_MS = 30_000;
const DESCRIBE_EVERY_MS = 9_000;

export interface GroupsSeen {
  rows: GroupStateRow[];
  error: SourceError | null;
}

/** Looks at groups' types, states and members in a rhythm slower than the tick's. */
export class GroupWatch {
  private readonly reader: ClusterReader;
  /** Why the last listing is not whole. */
  private error: SourceError | null = null;
  private listed = new Map<string, GroupListing>();
  private listedAt = Number.NEGATIVE_INFINITY;
  private describedAt = Number.NEGATIVE_INFINITY;

  constructor(reader: ClusterReader) {
    this.reader = reader;
  }

  /** What is new: nothing between two looks. A group that no broker knows any more is Dead. */
  async look(wanted: readonly string[], deadline: Deadline): Promise<GroupsSeen> {
    try {
      return { rows: await this.lookNow(wanted, deadline), error: this.error };
    } catch (error) {
      return { rows: [], error: asSourceError(error) };
    }
  }

  private async lookNow(wanted: readonly string[], deadline: Deadline): Promise<GroupStateRow[]> {
    const rows = new Map<string, GroupStateRow>();
    if (performance.now() - this.listedAt >= LIST_EVERY_MS)
      for (const row of await this.list(deadline)) rows.set(row.groupId, row);
    if (performance.now() - this.describedAt >= DESCRIBE_EVERY_MS) {
      for (const row of await this.describe(wanted, deadline)) rows.set(row.groupId, row);
    }
    return [...rows.values()];
  }

  private async list(deadline: Deadline): Promise<GroupStateRow[]> {
    const { groups, errors } = await this.reader.listGroups(deadline);
    const found = new Map(groups.map((group) => [group.groupId, group]));
    // A broker that did not answer may hold what is missing.
    this.listed = errors.length === 0 ? found : new Map([...this.listed, ...found]);
    this.error = errors[0] ?? null;
    this.listedAt = performance.now();
    const observedAt = new Date();
    return groups.map(({ groupId, type, state }) => ({ groupId, type, state, members: null, observedAt }));
  }

  private async describe(wanted: readonly string[], deadline: Deadline): Promise<GroupStateRow[]> {
    const asked = wanted.map((groupId) => ({ groupId, type: this.listed.get(groupId)?.type ?? ("classic" as const) }));
    const answers = await this.reader.describeGroups(asked, deadline);
    this.describedAt = performance.now();
    const observedAt = new Date();
    return [...answers].flatMap(([groupId, answer]) => {
      if (answer.ok) {
        const { type, state, members } = answer.value;
        // A group of another type than it was listed under is called Dead here: the next listing tells.
        if (state === "Dead" && this.listed.has(groupId)) return [];
        return [{ groupId, type, state, members: members.length, observedAt }];
      }
      if (answer.error.kafkaCode !== GROUP_ID_NOT_FOUND || this.listed.has(groupId)) return [];
      return [{ groupId, type: "unknown", state: "Dead", members: 0, observedAt }];
    });
  }
}

const GROUP_ID_NOT_FOUND = 69;
