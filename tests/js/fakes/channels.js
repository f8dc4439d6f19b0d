/** Broadcast channels of one browser. */
export function fakeChannels() {
  const open = new Set();
  return class {
    constructor(name) {
      this.name = name;
      open.add(this);
    }

    postMessage(data) {
      const said = structuredClone(data);
      for (const other of open) {
        if (other !== this && other.name === this.name) queueMicrotask(() => open.has(other) && other.onmessage?.({ data: said }));
      }
    }

    close() {
      open.delete(this);
    }
  };
}
