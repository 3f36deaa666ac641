/** Does something now, and again a while after it is done, while the page is seen. Returns what stops it. */
export function repeat(pause, action) {
  let timer;
  let stopped = false;
  let running = false;

  async function run() {
    clearTimeout(timer);
    if (running || stopped || document.hidden) return;
    running = true;
    try {
      await action();
    } finally {
      running = false;
    }
    if (!stopped) timer = setTimeout(run, pause);
  }

  document.addEventListener("visibilitychange", run);
  run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", run);
  };
}
