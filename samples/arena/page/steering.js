const directions = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  KeyA: [-1, 0], KeyD: [1, 0], KeyW: [0, -1], KeyS: [0, 1],
};

// As often as the arena moves.
const pause = 50;

/** Tells where the player steers, by keys or by a finger on the field: whenever that changes, and not more often than it matters. */
export function watchSteering(canvas, whereAmI, tell) {
  const held = new Set();
  let finger;
  let told = "0 0";
  let timer;

  function direction() {
    const me = whereAmI();
    if (finger && me) {
      const [x, y] = [finger.x - me.x, finger.y - me.y];
      const distance = Math.hypot(x, y);
      return distance < 12 ? [0, 0] : [x / distance, y / distance];
    }
    return [...held].reduce(([x, y], code) => [x + directions[code][0], y + directions[code][1]], [0, 0]);
  }

  function update() {
    const [x, y] = direction().map((part) => Math.round(part * 100) / 100);
    if (`${x} ${y}` !== told) {
      told = `${x} ${y}`;
      tell({ x, y });
    }
  }

  function place({ clientX, clientY }) {
    const box = canvas.getBoundingClientRect();
    finger = {
      x: (clientX - box.left) / box.width * canvas.width,
      y: (clientY - box.top) / box.height * canvas.height,
    };
    timer ??= setInterval(update, pause);
    update();
  }

  function release() {
    finger = undefined;
    clearInterval(timer);
    timer = undefined;
    update();
  }

  addEventListener("keydown", (event) => {
    if (event.code in directions && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      held.add(event.code);
      update();
    }
  });
  addEventListener("keyup", (event) => held.delete(event.code) && update());
  addEventListener("blur", () => { held.clear(); release(); });
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); place(event); });
  canvas.addEventListener("pointermove", (event) => finger && place(event));
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
}
