const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

const none = "–";
const known = (value) => value !== undefined && value !== null;

export const count = (value) => known(value) ? (value < 1e6 ? whole : compact).format(value) : none;

/** So many a second. */
export const rate = (value) => known(value) ? (value < 100 ? short : value < 1e6 ? whole : compact).format(value) : none;

export const percent = (value) => known(value) ? `${short.format(value)}%` : none;

export const bytes = (value) => {
  if (!known(value)) return none;
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${short.format(value)} ${units[unit]}`;
};

export const clock = (milliseconds) => time.format(milliseconds);

export const moment = (milliseconds) => date.format(milliseconds);

/** How long, in its two largest units. */
export const duration = (milliseconds) => {
  if (!known(milliseconds)) return none;
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [[Math.floor(seconds / 86400), "d"], [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"], [seconds % 60, "s"]];
  const first = parts.findIndex(([amount]) => amount > 0);
  return first < 0 ? "0 s" : parts.slice(first, first + 2).filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`).join(" ");
};
