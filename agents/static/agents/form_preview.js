// What a form would mean as it stands: asked of the server a moment after the last change.

const PAUSE = 350; // milliseconds without a change

/**
 * Only the newest question's answer is shown; without a connection what stands there stays.
 * @param {HTMLFormElement} form
 * @param {string} address that takes the form
 * @param {(answer: Response) => Promise<() => void>} read gives what shows it
 * @returns {() => void} asks at once
 */
export function whileTyped(form, address, read) {
  /** @type {number | undefined} */
  let timer;
  let asked = 0;
  const ask = async () => {
    const turn = ++asked;
    const answer = await fetch(address, { method: "POST", body: new FormData(form) }).catch(() => null);
    const show = answer?.ok ? await read(answer) : null;
    if (turn === asked) show?.();
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  return ask;
}

/** Read aloud once, when it is news. @param {HTMLElement} place @param {string} words */
export function say(place, words) {
  if (words !== place.textContent) place.textContent = words;
}
