import { size } from "./board.js";

const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Draws with a pointer, or with the keys: arrows move, Space puts the pen down and lifts it. */
export class Pen {
  #strokes;
  #look;
  #node = Object.assign(document.createElement("div"), { className: "cursor pen", hidden: true });
  #place = { x: size.width / 2, y: size.height / 2 };
  #isDown = false;

  /** `look` gives the colour and the width; `moved` is told each place. */
  constructor(canvas, layer, board, strokes, look, moved) {
    this.#strokes = strokes;
    this.#look = look;
    layer.append(this.#node);
    canvas.onpointerdown = (event) => {
      if (!event.isPrimary) return; // A second finger does not draw: its places would be joined with the first one's.
      canvas.setPointerCapture(event.pointerId);
      this.#node.hidden = true;
      this.#lift();
      this.#place = board.place(event);
      this.#lower();
    };
    canvas.onpointermove = (event) => {
      if (!event.isPrimary) return;
      // What the browser has gathered since the last frame: the stroke is as fine as the pointer.
      const events = this.#isDown ? event.getCoalescedEvents?.() ?? [] : [];
      for (const one of events.length ? events : [event]) this.#move(board.place(one));
      moved(this.#place);
    };
    canvas.onpointerup = canvas.onpointercancel = ({ isPrimary }) => isPrimary && this.#lift();
    canvas.onblur = () => { this.#lift(); this.#node.hidden = true; };
    canvas.onkeydown = (event) => {
      const step = steps[event.key];
      if (!step && event.key !== " ") return;
      event.preventDefault();
      if (step) this.#step(step, event.shiftKey ? 50 : 10);
      else if (this.#isDown) this.#lift();
      else this.#lower();
      this.#show();
      moved(this.#place);
    };
  }

  #step([x, y], length) {
    this.#move({
      x: Math.min(size.width, Math.max(0, this.#place.x + x * length)),
      y: Math.min(size.height, Math.max(0, this.#place.y + y * length)),
    });
  }

  #move(place) {
    this.#place = place;
    if (this.#isDown) this.#strokes.extend(place);
  }

  #lower() {
    this.#isDown = true;
    this.#strokes.begin(this.#look(), this.#place);
  }

  #lift() {
    if (!this.#isDown) return;
    this.#isDown = false;
    this.#strokes.end();
  }

  #show() {
    this.#node.hidden = false;
    this.#node.classList.toggle("down", this.#isDown);
    this.#node.style.left = `${(100 * this.#place.x) / size.width}%`;
    this.#node.style.top = `${(100 * this.#place.y) / size.height}%`;
  }
}
