/** Takes the events out of a text/event-stream, which comes in pieces: only their data is of interest here. */
export class EventParser {
  readonly #take: (data: string) => unknown;
  #rest = "";
  #data: string[] = [];

  constructor(take: (data: string) => unknown) {
    this.#take = take;
  }

  push(piece: string): void {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop()!;
    lines.forEach((line) => this.#line(line));
  }

  #line(line: string): void {
    if (line.startsWith("data:")) {
      this.#data.push(line.slice(line[5] === " " ? 6 : 5));
    } else if (line === "" && this.#data.length > 0) {
      this.#take(this.#data.splice(0).join("\n"));
    }
  }
}
