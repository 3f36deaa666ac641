import type { ServerEvent, WireMessage } from "./events.js";
import type { Outgoing } from "./outgoing.js";

/** A binary frame: the length of the header in two bytes, the header, the payload. */
export function toFrame(text: string, payload: Uint8Array): Uint8Array {
  const header = new TextEncoder().encode(text);
  const frame = new Uint8Array(2 + header.length + payload.length);
  new DataView(frame.buffer).setUint16(0, header.length);
  frame.set(header, 2);
  frame.set(payload, 2 + header.length);
  return frame;
}

/** The event in a frame of either kind. */
export function fromFrame(frame: string | ArrayBuffer): ServerEvent {
  if (typeof frame === "string") return JSON.parse(frame);
  const length = new DataView(frame).getUint16(0);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(frame, 2, length)));
  return { ...header, data: new Uint8Array(frame, 2 + length) };
}

/** A command for ways that carry text only: bytes go as base64. */
export function toText({ text, bytes }: Outgoing): string {
  if (!bytes) return text;
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `${text.slice(0, -1)},"base64":"${btoa(binary)}"}`;
}

/** The payload of a message, whichever way it came. */
export function payloadOf({ data, base64 }: WireMessage): unknown {
  return base64 === undefined ? data : Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
