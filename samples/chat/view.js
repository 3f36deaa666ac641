const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });

/** An element with properties, data attributes and children. Text stays text: nothing is parsed as HTML. */
export function element(tag, { data = {}, ...properties } = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  Object.assign(node.dataset, data);
  node.append(...children);
  return node;
}

export function avatar(user) {
  const letter = [...user][0].toUpperCase();
  const node = element("span", { className: "avatar", ariaHidden: "true" }, letter);
  node.style.setProperty("--hue", [...user].reduce((hash, c) => (hash * 31 + c.codePointAt(0)) % 360, 7));
  return node;
}

export function entryItem(entry, me) {
  if (entry.divider) return element("li", { className: "divider", data: { testid: "divider" } }, entry.divider);
  const { offset, user, time, text } = entry;
  const own = user === me ? " own" : "";
  return element("li", { className: `message${own}`, data: { testid: "message", offset, user } },
    avatar(user),
    element("span", { className: "author" }, user),
    element("p", { className: "text", data: { testid: "message-text" } }, text),
    element("time", { dateTime: new Date(time).toISOString() }, clock.format(time)));
}

export function pendingItem({ text }) {
  return element("li", { className: "message own pending", data: { testid: "pending" } },
    element("p", { className: "text" }, text), element("time", {}, "sending…"));
}

export function memberItem(user, away, me) {
  const note = [user === me && "you", away && "away"].filter(Boolean).join(", ");
  return element("li", { className: away ? "away" : "", data: { testid: "member", user } },
    avatar(user), element("span", { className: "name" }, user), element("span", { className: "note" }, note));
}

export function roomItem(name, show, leave) {
  const button = element("button", { data: { testid: "room-item", room: name }, onclick: show },
    element("span", { className: "name" }, name), element("span", { className: "unread" }));
  return element("li", {}, button,
    element("button", { className: "leave", title: "Leave", ariaLabel: `Leave ${name}`, onclick: leave }, "×"));
}

export function updateRoomItem(item, unread, current) {
  const button = item.firstChild;
  button.dataset.unread = unread;
  button.ariaCurrent = current ? "page" : null;
  button.lastChild.hidden = unread === 0;
  button.lastChild.replaceChildren(String(unread), element("span", { className: "unseen" }, " unread"));
}

export function typingText(users) {
  if (users.length > 3) return "Several people are typing…";
  const names = new Intl.ListFormat("en").format(users);
  return users.length === 0 ? "" : `${names} ${users.length === 1 ? "is" : "are"} typing…`;
}
