import type { PresenceChanged } from "./events.js";
import type { Member, PresenceDelta, PresenceSnapshot } from "./wire/presence.js";

/** Who is in a room, kept by the rules of the protocol's "Keeping presence". */
export class Presence {
  readonly members = new Map<string, Member>();
  count = 0;
  version: number | undefined;

  set({ version, count, members = [] }: PresenceSnapshot): PresenceChanged {
    this.version = version;
    this.count = count;
    this.members.clear();
    for (const member of members) this.members.set(member.connection, member);
    return { count, anew: true, joined: [], left: [], updated: [] };
  }

  /** What it changes; undefined if it is old, or `gap` if something before it is missing. */
  apply({ after, version, count, joined = [], left = [], updated = [] }: PresenceDelta): PresenceChanged | "gap" | undefined {
    if (this.version === undefined || after > this.version) return "gap";
    if (version <= this.version) return undefined;
    const gone = left.map((connection) => this.members.get(connection)).filter((member) => member !== undefined);
    for (const connection of left) this.members.delete(connection);
    for (const member of [...joined, ...updated]) this.members.set(member.connection, member);
    this.version = version;
    this.count = count;
    return { count, anew: false, joined, left: gone, updated };
  }

  clear(): void {
    this.members.clear();
    this.count = 0;
    this.version = undefined;
  }
}
