import { fromFrame, toFrame } from "../wire/binary.js";
import { afterClose } from "../wire/closeCodes.js";
import type { TransportFactory } from "./transport.js";

/** A WebSocket with the subprotocol switchboard.v1.json. The token goes with the first command, not into the address. */
export const openWebSocket: TransportFactory = ({ webSocket, endpoints, hello, heard, receive, ended }) => {
  const socket = new webSocket!(endpoints.webSocket, "switchboard.v1.json");
  let wasOpen = false;
  const connect = () => socket.send(JSON.stringify({ type: "connect", ...hello() }));
  // It isn't listened to any more: on a dead network its close event takes minutes to come.
  const deaf = () => { socket.onopen = socket.onmessage = socket.onclose = null; };

  socket.binaryType = "arraybuffer";
  socket.onopen = () => {
    wasOpen = true;
    heard();
    connect();
  };
  socket.onmessage = ({ data }) => {
    heard();
    receive(fromFrame(data));
  };
  socket.onclose = ({ code, reason }) => {
    deaf();
    ended({ code, text: reason, next: afterClose(code), wasOpen });
  };
  socket.onerror = () => {}; // A close event follows.

  return {
    quiet: 0,
    connect() {
      if (wasOpen) connect(); // Otherwise it does so when it opens.
    },
    send(commands) {
      for (const { text, bytes } of commands) socket.send(bytes ? toFrame(text, bytes) : text);
    },
    close: () => new Promise((resolve) => {
      deaf();
      socket.onclose = () => resolve();
      socket.close(1000);
    }),
    abandon() {
      deaf();
      socket.close(4999);
    },
  };
};
