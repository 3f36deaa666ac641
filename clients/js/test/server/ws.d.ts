declare module "ws" {
  const WebSocket: new (url: string, subprotocol: string) => unknown;
  export default WebSocket;
}
