/** Everybody's board has this size, however large it is shown. */
export const size = { width: 1600, height: 1000 };

/** The strokes on a canvas. */
export class Board {
  #canvas;
  #ink;

  constructor(canvas) {
    canvas.width = size.width;
    canvas.height = size.height;
    this.#canvas = canvas;
    this.#ink = canvas.getContext("2d");
    this.#ink.lineCap = this.#ink.lineJoin = "round";
  }

  /** Draws a piece of a stroke: points are x, y, x, y … */
  draw({ colour, width, points }) {
    const ink = this.#ink;
    ink.strokeStyle = colour;
    ink.lineWidth = width;
    ink.beginPath();
    ink.moveTo(points[0], points[1]);
    for (let i = 0; i < points.length; i += 2) ink.lineTo(points[i], points[i + 1]);
    ink.stroke();
  }

  clear() { this.#ink.clearRect(0, 0, size.width, size.height); }

  /** Where on the board a pointer is. */
  place({ clientX, clientY }) {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return {
      x: Math.round(((clientX - left) / width) * size.width),
      y: Math.round(((clientY - top) / height) * size.height),
    };
  }
}
