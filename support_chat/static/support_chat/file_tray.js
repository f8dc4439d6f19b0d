/** @import {FileFacts, Files} from "./files.js" */
import { NotSent, sendFile } from "./file_sending.js";
import { sizeInWords, typeInWords, whyNot } from "./file_words.js";
import { gettext } from "./gettext.js";
import { fill } from "./sentences.js";
import { uuid } from "./uuid.js";
import { html, signal } from "./vendor/preact.js";

/**
 * A file beside a draft. `facts` once it is there, `error` where it is not sent.
 * @typedef {object} Waiting
 * @property {string} key client_id of its upload
 * @property {string} name
 * @property {number} size
 * @property {number} share how much of it has gone, 0 to 1
 * @property {FileFacts | null} facts
 * @property {string | null} error code
 */

/** The files of one draft: on their way as soon as they are chosen, sent with the message. */
export class Tray {
  /** Those that can be tried again. @type {Map<string, File>} */
  #files = new Map();
  /** @type {Map<string, AbortController>} */
  #sending = new Map();

  /** @param {{files: Files, key: string, fields: Record<string, string>}} options */
  constructor({ files, key, fields }) {
    this.door = files;
    this.key = key;
    this.fields = fields;
    this.items = signal(kept(files.store.get(key)));
    /** Sends the message that was asked to go, once they are all there. @type {import("./vendor/preact.js").Signal<(() => void) | null>} */
    this.goes = signal(null);
  }

  /** @param {File[]} chosen */
  add(chosen) {
    const room = this.door.limits.count - this.items.peek().length;
    chosen.forEach((file, index) => {
      const error = index >= room ? "too_many" : this.#fault(file);
      const item = { key: uuid(), name: file.name, size: file.size, share: 0, facts: null, error };
      if (!error) this.#files.set(item.key, file);
      this.#put([...this.items.peek(), item]);
      if (!error) void this.#send(item.key);
    });
  }

  /** @param {FileFacts[]} facts */
  putBack(facts) {
    this.#put([...this.items.peek(), ...facts.map((each) => ({ key: uuid(), name: each.name, size: each.size, share: 1, facts: each, error: null }))]);
  }

  /** @param {string} key */
  remove(key) {
    this.#sending.get(key)?.abort();
    const gone = this.items.peek().find((item) => item.key === key);
    this.#put(this.items.peek().filter((item) => item.key !== key));
    this.#files.delete(key);
    if (this.items.peek().length === 0) this.stay();
    this.#goOn();
    if (gone?.facts) void this.#forget(gone.facts);
  }

  /** @param {string} key */
  retry(key) {
    this.#change(key, { error: null, share: 0 });
    void this.#send(key);
  }

  canRetry(/** @type {string} */ key) {
    return this.#files.has(key);
  }

  /**
   * What they are, for the message. Null where some are missing: those that are on their way it waits for, then `go` is
   * called.
   * @param {() => void} go
   */
  take(go) {
    const items = this.items.peek();
    this.goes.value = items.every(({ error }) => error === null) ? go : null;
    if (!this.#areThere()) return null;
    this.stay();
    this.#files.clear();
    this.#put([]);
    return items.map(({ facts }) => /** @type {FileFacts} */ (facts));
  }

  /** The message does not go by itself any more. */
  stay() {
    this.goes.value = null;
  }

  #areThere() {
    return this.items.peek().every(({ facts }) => facts !== null);
  }

  #goOn() {
    const go = this.goes.peek();
    if (!go || !this.#areThere()) return;
    this.stay();
    go();
  }

  /** @param {string} key */
  async #send(key) {
    const file = /** @type {File} */ (this.#files.get(key));
    const stop = new AbortController();
    this.#sending.set(key, stop);
    const query = new URLSearchParams({ client_id: key, ...this.fields });
    try {
      const facts = await sendFile({
        address: `${this.door.path}?${query}`,
        headers: this.door.headers,
        file,
        onProgress: (share) => this.#change(key, { share }),
        signal: stop.signal,
      });
      this.#change(key, { facts, share: 1 });
    } catch (error) {
      if (stop.signal.aborted) return; // removed: the message waits for the others
      this.#change(key, { error: error instanceof NotSent ? error.code : "not_sent" });
      this.stay();
    } finally {
      this.#sending.delete(key);
    }
    this.#goOn();
  }

  /** Nobody will send it. Should this not arrive, the server removes it in a day. @param {FileFacts} facts */
  async #forget({ id }) {
    await fetch(`${this.door.path}${id}/forget/`, { method: "POST", headers: this.door.headers() }).catch(() => {});
  }

  /** @param {File} file */
  #fault({ name, size }) {
    const { limits } = this.door;
    if (size === 0) return "empty";
    if (size > limits.size) return "file_too_large";
    return limits.types.some((type) => name.toLowerCase().endsWith(type)) ? null : "file_type";
  }

  /** @param {string} key @param {Partial<Waiting>} changes */
  #change(key, changes) {
    this.#put(this.items.peek().map((item) => (item.key === key ? { ...item, ...changes } : item)));
  }

  /** @param {Waiting[]} items */
  #put(items) {
    this.items.value = items;
    const { store } = this.door;
    if (items.length === 0) return store.remove(this.key);
    store.set(this.key, JSON.stringify(items.map(({ key, name, size, facts }) => ({ key, name, size, facts }))));
  }
}

/** What a reload leaves: those that were there wait on; of the others only the name is known. @param {string | null} stored @returns {Waiting[]} */
function kept(stored) {
  try {
    const items = /** @type {Waiting[]} */ (JSON.parse(stored ?? "[]"));
    return items.map(({ key, name, size, facts }) => ({ key, name, size, facts, share: facts ? 1 : 0, error: facts ? null : "lost" }));
  } catch {
    return [];
  }
}

/** @param {{tray: Tray}} props */
export function TrayView({ tray }) {
  const items = tray.items.value;
  if (items.length === 0) return null;
  const wrong = items.some(({ error }) => error !== null);
  return html`<div class="tray">
    <ul class="tray-list" aria-label=${gettext("Files to send")}>${items.map((item) => waiting(tray, item))}</ul>
    <p class="tray-goes" role="status">${wrong ? gettext("Remove what cannot be sent, or try it again.") : tray.goes.value && gettext("Your message goes as soon as the files are there.")}</p>
  </div>`;
}

/** @param {Tray} tray @param {Waiting} item */
function waiting(tray, { key, name, size, share, facts, error }) {
  const again = error !== null && error !== "lost" && tray.canRetry(key);
  return html`<li key=${key} class="tray-file" data-state=${error ? "wrong" : facts ? "there" : "going"}>
    <span class="tray-name"><bdi>${name}</bdi></span>
    <span class="tray-about">${error ? whyNot(error, tray.door.limits) : `${typeInWords(name)} ${sizeInWords(size)}`}</span>
    ${!error && !facts && html`<progress value=${share} max="1" aria-label=${fill(gettext("Sending %(name)s"), { name })}></progress>`}
    ${again && html`<button type="button" onClick=${() => tray.retry(key)}>${gettext("Try again")}</button>`}
    ${facts || error
      ? html`<button type="button" aria-label=${fill(gettext("Remove %(name)s"), { name })} onClick=${() => tray.remove(key)}>${gettext("Remove")}</button>`
      : html`<button type="button" aria-label=${fill(gettext("Cancel %(name)s"), { name })} onClick=${() => tray.remove(key)}>${gettext("Cancel")}</button>`}
  </li>`;
}
