const lasts = 6000;
const toast = document.getElementById("toast");
let timer;

/** Says something in passing. */
export function say(text) {
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => toast.classList.remove("shown"), lasts);
}
