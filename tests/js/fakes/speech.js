/** A page that only hears what is spoken. */
export function speakingPage() {
  const spoken = [];
  const page = Object.assign(new EventTarget(), {
    spoken,
    activeElement: null,
    documentElement: { dataset: {} },
    querySelector: () => null,
    createElement: () => ({ style: {}, isConnected: true, ownerDocument: page, setAttribute() {}, remove() {}, append: (line) => spoken.push(line.textContent) }),
    body: { append() {} },
  });
  return page;
}
