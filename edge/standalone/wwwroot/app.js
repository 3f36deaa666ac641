import { Connection } from "./connection.js";
import { Room } from "./room.js";
import { Status } from "./status.js";
import { avatar, element, entryItem, memberItem, pendingItem, roomItem, typingText, updateRoomItem } from "./view.js";

const dropLasts = 4000;

const $ = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const rooms = new Map();
const roomItems = new Map();
let entryItems = new Map();
let me = clip(query.get("user")) || clip(localStorage.getItem("name"));
let connection;
let status;
let current;

if (me) enter();
else $("entrance").hidden = false;

function enter() {
  $("entrance").hidden = true;
  $("chat").hidden = false;
  $("me").replaceChildren(avatar(me), element("span", { className: "name" }, me));

  const url = new URL(`/ws?user=${encodeURIComponent(me)}`, location);
  url.protocol = url.protocol.replace("http", "ws");
  connection = new Connection(url);
  status = new Status(connection, rooms);
  window.switchboard = { connection, drop: (pause) => connection.drop(pause) };
  on("state", () => status.show());
  on("welcome", (event) => status.welcomed(event));
  on("joined", (event) => {
    rooms.get(event.room)?.joined(event);
    if (event.recovered !== undefined) status.report();
  });
  on("message", (event) => rooms.get(event.room)?.message(event));
  on("lost", (event) => rooms.get(event.room)?.lost(event));
  on("presence_change", (event) => rooms.get(event.room)?.presenceChanged(event));
  on("left", ({ room, reason }) => {
    status.notify(`You are not in ${room} any more: ${reason}`);
    forget(rooms.get(room));
  });
  connection.open();
  show(join(clip(query.get("room")) || "lobby"));
}

function on(type, handle) {
  connection.addEventListener(type, ({ detail }) => {
    handle(detail);
    showDeveloper();
  });
}

function join(name) {
  if (!rooms.has(name)) {
    const room = new Room(name, connection, (what, entry) => changed(room, what, entry));
    rooms.set(name, room);
    roomItems.set(room, roomItem(name, () => show(room), () => leave(room)));
    $("room-list").append(roomItems.get(room));
    connection.join(name, { presence: true, state: presence() });
  }
  return rooms.get(name);
}

function leave(room) {
  connection.leave(room.name);
  forget(room);
}

function forget(room) {
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
  showTyping();
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
  const show = { entry: showEntry, entries: showEntries, outbox: showOutbox, members: showMembers, typing: showTyping };
  show[what](entry);
}

function showEntries() {
  $("log").ariaLive = "off"; // What is only shown again is no news to be read out.
  entryItems = new Map();
  $("messages").replaceChildren();
  current?.entries.forEach(showEntry);
  requestAnimationFrame(() => { $("log").ariaLive = "polite"; });
}

function showEntry(entry) {
  const item = entryItem(entry, me);
  if (entryItems.has(entry)) {
    entryItems.get(entry).replaceWith(item);
  } else {
    const previous = $("messages").lastElementChild?.dataset.user;
    item.classList.toggle("follows", entry.user !== undefined && entry.user === previous);
    $("messages").append(item);
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
}

function showTyping() {
  $("typing").textContent = typingText([...(current?.typing.keys() ?? [])].filter((user) => user !== me));
}

function showRooms() {
  roomItems.forEach((item, room) => updateRoomItem(item, room.unread, room === current));
  const unread = [...rooms.values()].reduce((sum, room) => sum + room.unread, 0);
  $("unread").textContent = unread;
  $("unread").hidden = unread === 0;
  document.title = `${unread ? `(${unread}) ` : ""}${current?.name ?? "Switchboard"}`;
}

function showDeveloper() {
  const position = current && connection.position(current.name);
  $("connection").textContent = connection.id || "–";
  $("position").textContent = position ? `${position.epoch}:${position.offset}` : "–";
}

function presence() {
  return { status: document.hidden ? "away" : "here" };
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
$("retry").onclick = () => connection.open();
$("drop").onclick = () => connection.drop(dropLasts);
$("rename").onclick = () => {
  localStorage.removeItem("name");
  location.search = "";
};

document.onvisibilitychange = () => {
  for (const name of rooms.keys()) connection.setState(name, presence()).catch(() => {});
  if (!document.hidden && current) {
    current.unread = 0;
    showRooms();
  }
};
window.ononline = () => connection?.state === "offline" && connection.open();
// Closed like this it leaves its rooms at once; a page that just vanishes stays for the grace period.
window.onpagehide = () => connection?.close();
window.onpageshow = ({ persisted }) => persisted && connection?.open();
