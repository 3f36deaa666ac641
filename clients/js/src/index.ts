export type { Clock } from "./clock.js";
export { SwitchboardClient, type SendOptions } from "./client.js";
export { SwitchboardError } from "./error.js";
export type {
  ClientEvents, Delivery, Joined, Left, Lost, Message, PresenceChanged, RoomEvents, State, StateChanged,
} from "./events.js";
export type { JoinOptions } from "./membership.js";
export type { ClientOptions, OutboxLimits, ReconnectOptions, TransportName } from "./options.js";
export type { HistoryOptions, HistoryPage, PublishOptions, Room } from "./room.js";
export type { End, Hello, Transport, TransportContext, TransportFactory } from "./transports/transport.js";
export type { ServerEvent } from "./wire/events.js";
export type { Outgoing } from "./wire/outgoing.js";
export type { Position } from "./wire/position.js";
export type { Member, PresenceSnapshot } from "./wire/presence.js";
