import { SwitchboardClient } from "./switchboard.js";
import { DroppableSocket, drop } from "./droppable.js";
import { Room } from "./room.js";
import { Status } from "./status.js";
import { avatar, element, entryItem, memberItem, pendingItem, roomItem, typingText, updateRoomItem } from "./view.js";

const dropLasts = 4000;

const $ = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const rooms = new Map();
const roomItems = new Map();
const entryItems = new WeakMap();
let me = clip(query.get("user")) || clip(localStorage.getItem("name"));
let client;
let status;
let current;

if (me) enter();
else $("entrance").hidden = false;

function enter() {
  $("entrance").hidden = true;
  $("chat").hidden = false;
  $("me").replaceChildren(avatar(me), element("span", { className: "name" }, me));

  client = new SwitchboardClient({ user: me, webSocket: DroppableSocket });
  status = new Status(client, rooms);
  window.switchboard = { client, drop };
  client.on("stateChanged", showDeveloper);
  client.connect().catch(() => {}); // The status says why not.
  show(join(clip(query.get("room")) || "lobby"));
}

function join(name) {
  if (!rooms.has(name)) {
    const room = new Room(client.room(name), me, (what, entry) => changed(room, what, entry));
    rooms.set(name, room);
    roomItems.set(room, roomItem(name, () => show(room), () => leave(room)));
    $("room-list").append(roomItems.get(room));
    room.on("joined", ({ resumed, recovered }) => {
      if (resumed || recovered !== undefined) status.returned(resumed);
      showDeveloper();
    });
    room.on("message", showDeveloper);
    room.on("left", ({ reason }) => ended(room, reason));
    room.join(whereabouts()).catch((error) => ended(room, error.message));
  }
  return rooms.get(name);
}

function ended(room, reason) {
  if (rooms.get(room.name) !== room) return;
  status.notify(`You are not in ${room.name} any more: ${reason}`);
  forget(room);
}

function leave(room) {
  forget(room);
  room.leave();
}

function forget(room) {
  room.close();
  rooms.delete(room.name);
  roomItems.get(room).remove();
  roomItems.delete(room);
  if (room === current) show(rooms.values().next().value);
}

function show(room) {
  current = room;
  if (room) {
    room.unread = 0;
    query.set("room", room.name);
    history.replaceState(null, "", `?${query}`);
  }
  $("title").textContent = room?.name ?? "No room";
  for (const control of $("message-form").elements) control.disabled = !room;
  if ($("rooms").matches(":popover-open")) $("rooms").hidePopover();
  if (matchMedia("(pointer: fine)").matches) $("message").focus();
  showRooms();
  showMembers();
  showOutbox();
  showEntries();
  showDeveloper();
  scrollToEnd();
}

function changed(room, what, entry) {
  if (what === "entry" && entry.divider) status.report();
  if (what === "entry" && entry.user && entry.user !== me && (room !== current || document.hidden)) {
    room.unread++;
    showRooms();
  }
  if (room !== current) return;
  const show = { entry: showEntry, entries: showEntries, outbox: showOutbox, members: showMembers };
  show[what](entry);
}

function showEntries() {
  $("log").ariaLive = "off"; // What is only shown again is no news to be read out.
  $("messages").replaceChildren();
  current?.entries.forEach(showEntry);
  requestAnimationFrame(() => { $("log").ariaLive = "polite"; });
}

function showEntry(entry) {
  const item = entryItem(entry, me);
  const shown = entryItems.get(entry);
  if (shown?.isConnected) {
    shown.replaceWith(item);
  } else if (current.entries.includes(entry)) {
    const previous = $("messages").lastElementChild?.dataset.user;
    item.classList.toggle("follows", entry.user !== undefined && entry.user === previous);
    $("messages").append(item);
    while ($("messages").childElementCount > current.entries.length) $("messages").firstElementChild.remove();
  }
  entryItems.set(entry, item);
}

function showOutbox() {
  $("outbox").replaceChildren(...(current?.outbox ?? []).map(pendingItem));
}

// The log is laid out from its end, which is 0; so the browser stays there by itself.
function scrollToEnd() {
  $("log").scrollTop = 0;
}

function showMembers() {
  const users = [...(current?.users ?? [])];
  $("member-list").replaceChildren(...users.map(([user, away]) => memberItem(user, away, me)));
  $("people-count").textContent = users.length;
  showTyping();
}

function showTyping() {
  $("typing").textContent = typingText(current?.typing ?? []);
}

function showRooms() {
  roomItems.forEach((item, room) => updateRoomItem(item, room.unread, room === current));
  const unread = [...rooms.values()].reduce((sum, room) => sum + room.unread, 0);
  $("unread").textContent = unread;
  $("unread").hidden = unread === 0;
  document.title = `${unread ? `(${unread}) ` : ""}${current?.name ?? "Switchboard"}`;
}

function showDeveloper() {
  const position = current?.position;
  $("connection").textContent = client.connectionId ?? "–";
  $("position").textContent = position ? `${position.epoch}:${position.offset}` : "–";
}

function whereabouts() {
  return document.hidden ? "away" : "here";
}

/** A name cut to 32 characters, which always fit the 128 bytes that it may have. */
function clip(name) {
  return [...(name ?? "").trim()].slice(0, 32).join("");
}

async function send() {
  const text = $("message").value.trim();
  if (!text) return;
  $("message").value = "";
  scrollToEnd();
  try {
    await current.send(text);
  } catch (error) {
    status.notify(`Not sent: ${error.message}`);
    $("message").value ||= text;
  }
}

function onSubmit(form, handle) {
  $(form).onsubmit = (event) => {
    event.preventDefault();
    handle();
  };
}

onSubmit("name-form", () => {
  me = clip($("name").value);
  if (!me) return;
  localStorage.setItem("name", me);
  enter();
});
onSubmit("room-form", () => {
  const name = clip($("room").value);
  $("room").value = "";
  if (name) show(join(name));
});
onSubmit("message-form", send);
$("message").oninput = () => $("message").value && current.type();
$("message").onkeydown = (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
};
$("retry").onclick = () => client.connect().catch(() => {});
$("drop").onclick = () => drop(dropLasts);
$("rename").onclick = () => {
  localStorage.removeItem("name");
  location.search = "";
};

document.onvisibilitychange = () => {
  for (const room of rooms.values()) room.setStatus(whereabouts());
  if (!document.hidden && current) {
    current.unread = 0;
    showRooms();
  }
};
window.ononline = () => client?.state === "reconnecting" && client.connect().catch(() => {});
// Closed like this it leaves its rooms at once; a page that just vanishes stays for the grace period.
window.onpagehide = () => client?.close();
window.onpageshow = ({ persisted }) => persisted && client?.connect().catch(() => {});
