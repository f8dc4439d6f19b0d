/** Topics of which we know how much we have heard, to compare with how much was told. */
export class TrackedTopics {
  /** @type {Map<string, () => number>} */
  #known = new Map();

  /** @param {string} topic @param {() => number} known @returns {() => void} stop */
  add(topic, known) {
    this.#known.set(topic, known);
    return () => void (this.#known.get(topic) === known && this.#known.delete(topic));
  }

  /** @param {Record<string, number>} heads versions by topic @returns {[string, number][]} those that are ahead of us */
  behind(heads) {
    return Object.entries(heads).filter(([topic, version]) => version > (this.#known.get(topic)?.() ?? Infinity));
  }
}
