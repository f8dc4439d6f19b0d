/** @import {Store} from "./storage.js" */
/** @import {Tray} from "./file_tray.js" */
import { brought } from "./brought.js";
import { gettext } from "./gettext.js";
import { fill, language, ngettext } from "./sentences.js";
import { h, html, signal, useEffect, useRef } from "./vendor/preact.js";

/**
 * What a message says of a file.
 * @typedef {{id: string, name: string, kind: string, type: string, size: number, width?: number, height?: number, looks?: boolean}} FileFacts
 * @typedef {{size: number, count: number, types: string[], style: string, modules?: string[]}} FileLimits `modules`: all that the code takes; an older server does not say
 */

/** Waits (s) between tries to fetch the code: longer each time, the last one for ever. */
const PAUSES = [1, 3, 10, 30];


/** @typedef {typeof import("./files_later.js")} Code */
/** Everything about files but a button: fetched when there is a file. @type {import("./vendor/preact.js").Signal<Code | null>} */
const code = signal(null);
/** @type {Promise<Code> | null} */
let fetching = null;

/** One a page: where its files go to and come from. */
export class Files {
  /**
   * @param {object} options
   * @param {string} options.path
   * @param {() => Record<string, string>} options.headers who we are
   * @param {FileLimits} options.limits
   * @param {Store} options.store
   */
  constructor({ path, headers, limits, store }) {
    this.path = path;
    this.headers = headers;
    this.limits = limits;
    this.store = store;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: limits.style }));
    /** By the draft they belong to. @type {Map<string, Tray>} */
    this.trays = new Map();
    /** Not in their tray yet: they, or the code for it, are on their way. @type {import("./vendor/preact.js").Signal<{draft: string, names: string[]}[]>} */
    this.coming = signal([]);
    /** By draft: sends the message that waits for these. @type {Map<string, () => void>} */
    this.goes = new Map();
    this.emptied = 0;
  }

  /** The files that wait beside a draft. Null before there ever was one. @param {string} draft @param {Record<string, string>} fields */
  tray(draft, fields) {
    const known = this.trays.get(draft);
    if (known) return known;
    const key = `${draft}:files`;
    if (this.store.get(key) === null) return null;
    if (code.value !== null) return this.begin(draft, fields, code.value);
    void this.fetchCode();
    return null;
  }

  /** @param {string} draft @param {Record<string, string>} fields @param {Code} later */
  begin(draft, fields, later) {
    const tray = new later.Tray({ files: this, key: `${draft}:files`, fields });
    this.trays.set(draft, tray);
    return tray;
  }

  /** Somebody chose, pasted or dropped these. @param {string} draft @param {Record<string, string>} fields @param {File[]} chosen */
  add(draft, fields, chosen) {
    return this.#fill(draft, fields, chosen, (tray) => tray.add(chosen));
  }

  /**
   * These go with what was put into the box.
   * @param {string} draft
   * @param {Record<string, string>} fields
   * @param {{name: string}[]} files
   * @param {Promise<File[]>} fetched
   * @throws {unknown} what `fetched` throws; a message that waited for them stays
   */
  bring(draft, fields, files, fetched) {
    fetched.catch(() => {}); // it may fail before anybody waits for it
    return this.#fill(draft, fields, files, async (tray) => tray.add(await fetched));
  }

  /** A message was not sent: its files wait again. @param {string} draft @param {Record<string, string>} fields @param {FileFacts[]} facts */
  putBack(draft, fields, facts) {
    return this.#fill(draft, fields, facts, (tray) => tray.putBack(facts));
  }

  /**
   * What goes with the message of a draft. Null where some are missing: then it waits, and `go` is called once they are
   * all there.
   * @param {string} draft
   * @param {Record<string, string>} fields
   * @param {() => void} go
   * @returns {FileFacts[] | null}
   */
  take(draft, fields, go) {
    const tray = this.tray(draft, fields);
    const kept = tray === null && this.store.get(`${draft}:files`) !== null;
    if (kept) void this.#fill(draft, fields, [], () => {});
    if (!kept && !this.#isComing(draft)) return tray ? tray.take(go) : [];
    this.goes.set(draft, go);
    return null;
  }

  /** What was asked to go is not the same any more: it is asked for anew. @param {string} draft */
  stay(draft) {
    this.goes.delete(draft);
    this.trays.get(draft)?.stay();
  }

  /** None wait any more, and none that are still coming are taken. */
  empty() {
    this.emptied += 1;
    this.coming.value = [];
    this.goes.clear();
    for (const tray of this.trays.values()) for (const { key } of tray.items.peek()) tray.remove(key);
  }

  /** @param {string} draft */
  #isComing(draft) {
    return this.coming.peek().some((each) => each.draft === draft);
  }

  /**
   * @param {string} draft
   * @param {Record<string, string>} fields
   * @param {{name: string}[]} files
   * @param {(tray: Tray) => void | Promise<void>} fill
   */
  async #fill(draft, fields, files, fill) {
    const coming = { draft, names: files.map(({ name }) => name) };
    const { emptied } = this;
    this.coming.value = [...this.coming.peek(), coming];
    try {
      const later = await this.fetchCode();
      if (emptied !== this.emptied) return;
      await fill(this.trays.get(draft) ?? this.begin(draft, fields, later));
    } catch (error) {
      this.goes.delete(draft);
      throw error;
    } finally {
      this.coming.value = this.coming.peek().filter((each) => each !== coming);
    }
    const go = this.goes.get(draft);
    this.goes.delete(draft);
    go?.();
  }

  /** As long as it takes: what was chosen waits for it. @returns {Promise<Code>} */
  fetchCode() {
    return (fetching ??= fetchLater(this.limits.modules ?? []));
  }
}

/** @param {string[]} modules @returns {Promise<Code>} */
async function fetchLater(modules) {
  for (let tries = 0; ; tries += 1) {
    try {
      await brought({ styles: [], modules });
      return (code.value = await import("./files_later.js"));
    } catch {
      const pause = PAUSES[Math.min(tries, PAUSES.length - 1)];
      await new Promise((done) => setTimeout(done, pause * 1000));
    }
  }
}

/** "10 MB" @param {number} bytes */
export function inMegabytes(bytes) {
  return new Intl.NumberFormat(language(), { style: "unit", unit: "megabyte" }).format(Math.floor(bytes / 1024 / 1024));
}

/**
 * Chooses files, and on a phone takes a photo. What may be sent is said before.
 * @param {{limits: FileLimits, disabled?: boolean, onFiles: (chosen: File[]) => void}} props
 */
export function AttachButton({ limits, disabled = false, onFiles }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const touch = globalThis.matchMedia?.("(pointer: coarse)").matches === true;
  const about = ngettext(
    "Up to %(n)s file of %(size)s: pictures, PDF, text and office files",
    "Up to %(n)s files of %(size)s: pictures, PDF, text and office files",
    limits.count,
    { size: inMegabytes(limits.size) },
  );
  const choose = (/** @type {boolean} */ camera) => {
    const box = /** @type {HTMLInputElement} */ (input.current);
    box.accept = camera ? "image/*" : limits.types.join();
    camera ? box.setAttribute("capture", "environment") : box.removeAttribute("capture");
    box.click();
  };
  const taken = (/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => {
    onFiles([...(currentTarget.files ?? [])]);
    currentTarget.value = ""; // the same one may be chosen again
  };
  return html`<span class="composer-attach">
    <input type="file" multiple hidden ref=${input} onChange=${taken} />
    <button type="button" aria-label=${gettext("Attach file")} aria-description=${about} title=${about} disabled=${disabled} onClick=${() => choose(false)}>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.5 8.5a2 2 0 0 1-3-3L14 7" /></svg>
    </button>
    ${touch && html`<button type="button" aria-label=${gettext("Take a photo")} disabled=${disabled} onClick=${() => choose(true)}>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 8h3l2-3h6l2 3h3v11H4zm8 8a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z" /></svg>
    </button>`}
  </span>`;
}

/** Files that wait beside a draft, with what becomes of them. @param {{door: Files, draft: string, fields: Record<string, string>}} props */
export function WaitingFiles({ door, draft, fields }) {
  const names = door.coming.value.flatMap((each) => (each.draft === draft ? each.names : []));
  const tray = door.tray(draft, fields);
  return html`${names.length > 0 && html`<ul class="tray tray-list" aria-label=${gettext("Files to send")}>${names.map((name) => html`<li class="tray-file">
    <span class="tray-name"><bdi>${name}</bdi></span>
    <progress aria-label=${fill(gettext("Sending %(name)s"), { name })}></progress></li>`)}</ul>`}
  ${tray && code.value && h(code.value.TrayView, { tray })}`;
}

/** Files in the log; only their names until the rest is here. @param {{door: Files, files: FileFacts[]}} props */
export function SentFiles({ door, files }) {
  useEffect(() => void door.fetchCode(), [door]);
  if (code.value) return h(code.value.FileViews, { door, files });
  return html`<ul class="files">${files.map(({ id, name }) => html`<li key=${id}><bdi>${name}</bdi></li>`)}</ul>`;
}

/** Whatever is dropped anywhere on the page, or pasted into the box, is meant for the open chat; where it takes none, it opens nothing. @param {((chosen: File[]) => void) | null} onFiles */
export function useGiven(onFiles) {
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const dropped = (/** @type {DragEvent} */ event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (event.type === "drop") latest.current?.([...event.dataTransfer.files]);
      document.documentElement.toggleAttribute("data-dropping", event.type === "dragover" && latest.current !== null);
    };
    const pasted = (/** @type {ClipboardEvent} */ event) => {
      const files = filesIn(event);
      if (!latest.current || files.length === 0) return;
      event.preventDefault();
      latest.current(files);
    };
    const stop = new AbortController();
    for (const name of /** @type {const} */ (["dragover", "drop", "dragleave"])) document.addEventListener(name, dropped, stop);
    document.addEventListener("paste", pasted, stop);
    return () => stop.abort();
  }, []);
}

/** Text stays the box's own: what is copied from a page may come as a picture too. @param {ClipboardEvent} event */
function filesIn({ clipboardData, target }) {
  const meant = target instanceof Element && target.closest(".composer") && !clipboardData?.types.includes("text/plain");
  return meant ? [...(clipboardData?.files ?? [])] : [];
}
