/** Shows the view that the address names: #/kind/name. One at a time. */
export class Router {
  #views;
  #place;
  #context;
  #shown;

  constructor(place, views, context) {
    this.#place = place;
    this.#views = views;
    this.#context = context;
  }

  start() {
    window.addEventListener("hashchange", this.#follow);
    this.#go();
  }

  stop() {
    window.removeEventListener("hashchange", this.#follow);
    this.#shown?.stop?.();
    this.#shown = undefined;
    this.#place.replaceChildren();
  }

  /** Tells the view that there is something new. */
  update() {
    this.#shown?.update?.();
  }

  // The link that was followed may be gone: who uses keys or hears the page goes on in the new view.
  #follow = () => {
    this.#go();
    this.#place.focus({ preventScroll: true });
  };

  #go() {
    const [kind, name] = parse(location.hash);
    this.#shown?.stop?.();
    this.#place.replaceChildren();
    const page = document.createElement("div");
    page.className = "page";
    this.#place.append(page);
    const view = Object.hasOwn(this.#views, kind) ? this.#views[kind] : this.#views[""];
    this.#shown = view(page, name, this.#context);
    this.update();
    for (const link of document.querySelectorAll("nav a")) {
      const here = link.hash === (kind === "" || kind === "node" ? "#/" : "#/rooms");
      if (here) link.ariaCurrent = "page";
      else link.ariaCurrent = null;
    }
    scrollTo(0, 0);
  }
}

function parse(hash) {
  const [, kind = "", name = ""] = hash.match(/^#\/([a-z]*)(?:\/(.*))?$/) ?? [];
  try {
    return [kind, decodeURIComponent(name)];
  } catch {
    return ["", ""];
  }
}
