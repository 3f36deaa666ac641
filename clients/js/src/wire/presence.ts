/** Someone in a room: one connection of a user, with its presence state if it has one. */
export interface Member {
  readonly user: string;
  readonly connection: string;
  readonly state?: any;
}

/** Who is in a room. With the mode `count`, `members` is not there: there are too many. */
export interface PresenceSnapshot {
  readonly mode: "full" | "count";
  readonly version: number;
  readonly count: number;
  readonly members?: readonly Member[];
}

/** What changed in a room's presence, and the versions that it leads from and to. */
export interface PresenceDelta {
  readonly after: number;
  readonly version: number;
  readonly count: number;
  readonly joined?: readonly Member[];
  readonly left?: readonly string[];
  readonly updated?: readonly Member[];
}
