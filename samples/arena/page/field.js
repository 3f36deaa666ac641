const palette = ["#63e6be", "#74c0fc", "#ffa94d", "#f783ac", "#b197fc", "#ffe066", "#a9e34b", "#ff8787"];

/** The same colour for the same name, on every screen. */
export function colourOf(name) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return palette[sum % palette.length];
}

/** Draws the arena. The server says twenty times a second where players are; in between they glide. */
export class Field {
  #canvas;
  #context;
  #players = new Map();
  #sparks = [];
  #own;
  #drawn = performance.now();

  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    const frame = (now) => {
      this.#glide((now - this.#drawn) / 1000);
      this.#drawn = now;
      this.#draw(now / 1000);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /** Where the own player is shown; undefined while there is none. */
  get me() {
    return this.#players.get(this.#own);
  }

  take({ players, sparks }, own) {
    this.#own = own;
    this.#sparks = sparks;
    const next = new Map();
    for (const player of players) {
      const { x, y } = this.#players.get(player.id) ?? player;
      next.set(player.id, { ...player, x, y, toX: player.x, toY: player.y });
    }
    this.#players = next;
  }

  #glide(seconds) {
    const share = 1 - Math.exp(-seconds * 18);
    for (const player of this.#players.values()) {
      player.x += (player.toX - player.x) * share;
      player.y += (player.toY - player.y) * share;
    }
  }

  #draw(time) {
    const { width, height } = this.#canvas;
    const context = this.#context;
    context.clearRect(0, 0, width, height);
    context.strokeStyle = "#18223d";
    context.lineWidth = 1;
    context.beginPath();
    for (let x = 60; x < width; x += 60) { context.moveTo(x, 0); context.lineTo(x, height); }
    for (let y = 60; y < height; y += 60) { context.moveTo(0, y); context.lineTo(width, y); }
    context.stroke();
    for (const spark of this.#sparks) this.#drawSpark(spark, time);
    for (const player of this.#players.values()) this.#drawPlayer(player);
  }

  #drawSpark({ id, x, y }, time) {
    const context = this.#context;
    const size = 7 + 1.5 * Math.sin(time * 4 + id);
    context.save();
    context.translate(x, y);
    context.rotate(time + id);
    context.shadowColor = "#ffe066";
    context.shadowBlur = 22;
    context.fillStyle = "#fff3bf";
    context.beginPath();
    for (let i = 0; i < 8; i++) {
      const reach = i % 2 ? size * 0.45 : size * 1.35;
      context.lineTo(Math.cos(i * Math.PI / 4) * reach, Math.sin(i * Math.PI / 4) * reach);
    }
    context.fill();
    context.restore();
  }

  #drawPlayer({ id, name, x, y }) {
    const context = this.#context;
    const colour = colourOf(name);
    context.save();
    context.shadowColor = colour;
    context.shadowBlur = 26;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, 18, 0, 2 * Math.PI);
    context.fill();
    context.restore();
    if (id === this.#own) {
      context.strokeStyle = "#fff";
      context.lineWidth = 3;
      context.beginPath();
      context.arc(x, y, 23, 0, 2 * Math.PI);
      context.stroke();
    }
    // On a phone the field is drawn smaller than it is; names stay legible.
    const size = Math.max(17, Math.round(12 * this.#canvas.width / this.#canvas.clientWidth));
    const margin = size * 2.4;
    context.fillStyle = "#e8edf8";
    context.font = `600 ${size}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.fillText(name, Math.min(Math.max(x, margin), this.#canvas.width - margin), y > 64 ? y - 32 : y + 30 + size);
  }
}
