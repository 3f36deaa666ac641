/** A place in a feed: everything up to and including `offset` has been seen. Another `epoch`: the feed began anew. */
export interface Position {
  readonly epoch: string;
  readonly offset: number;
}

/** Where live delivery of a feed begins. */
export interface Start extends Position {
  /** Only where a position was given: whether all since then follows. */
  readonly recovered?: boolean;
  /** Why not. */
  readonly reason?: string;
}

/** The last positions of all feeds, for a resume. */
export interface Positions {
  readonly user?: Position;
  readonly connection?: Position;
  readonly rooms?: Readonly<Record<string, Position | undefined>>;
}

/** Only the position of something that has one. */
export function place({ epoch, offset }: Position): Position {
  return { epoch, offset };
}
