/** @import {FileFacts, Files} from "./files.js" */
import { sizeInWords, typeInWords } from "./file_words.js";
import { gettext } from "./gettext.js";
import { fill } from "./sentences.js";
import { html, useEffect, useRef, useSignal } from "./vendor/preact.js";

/** Links are asked anew before they end (ms). */
const FRESH_MS = 4 * 60_000;

/** @typedef {{file: string, large?: string, small?: string}} Links */
/** @type {WeakMap<Files, Map<string, {at: number, links: Promise<Links>}>>} */
const known = new WeakMap();

/** @param {Files} door @param {string} id @returns {Promise<Links>} */
function linksOf(door, id) {
  const links = known.get(door) ?? new Map();
  known.set(door, links);
  const found = links.get(id);
  if (found && Date.now() - found.at < FRESH_MS) return found.links;
  const asked = ask(door, id);
  links.set(id, { at: Date.now(), links: asked });
  asked.catch(() => links.delete(id));
  return asked;
}

/** @param {Files} door @param {string} id @returns {Promise<Links>} */
async function ask(door, id) {
  const answer = await fetch(`${door.path}${id}/`, { headers: door.headers() });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).links;
}

/** The files of one message. @param {{door: Files, files: FileFacts[]}} props */
export function FileViews({ door, files }) {
  return html`<ul class="files">${files.map((file) => html`<li key=${file.id}>
    ${file.looks && html`<${Look} door=${door} file=${file} />`}<${Save} door=${door} file=${file} />
  </li>`)}</ul>`;
}

/** A picture of it, fetched when it comes into view; opened large in place. @param {{door: Files, file: FileFacts}} props */
function Look({ door, file }) {
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const small = useSignal("");
  const open = useSignal(false);
  useEffect(() => {
    const show = () => void linksOf(door, file.id).then((links) => (small.value = links.small ?? ""), () => {});
    return whenSeen(/** @type {HTMLButtonElement} */ (button.current), show);
  }, [file.id]);
  const ratio = file.width && file.height ? `${file.width} / ${file.height}` : "3 / 4";
  return html`<button type="button" class="file-look" ref=${button} aria-label=${fill(gettext("Open %(name)s"), { name: file.name })} style=${`aspect-ratio: ${ratio}`} onClick=${() => (open.value = true)}>
    ${small.value && html`<img src=${small.value} alt="" />`}
  </button>
  ${open.value && html`<${Large} door=${door} file=${file} onClose=${() => ((open.value = false), button.current?.focus())} />`}`;
}

/** @param {Element} element @param {() => void} fn once */
function whenSeen(element, fn) {
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    fn();
  });
  watch.observe(element);
  return () => watch.disconnect();
}

/** @param {{door: Files, file: FileFacts, onClose: () => void}} props */
function Large({ door, file, onClose }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const large = useSignal("");
  const failed = useSignal(false);
  useEffect(() => {
    dialog.current?.showModal();
    linksOf(door, file.id).then((links) => (large.value = links.large ?? ""), () => (failed.value = true));
  }, []);
  const shut = () => dialog.current?.close();
  const escaped = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && (event.stopPropagation(), event.preventDefault(), shut());
  return html`<dialog class="file-large" ref=${dialog} aria-label=${file.name} onClose=${onClose} onKeyDown=${escaped}
    onClick=${(/** @type {Event} */ event) => event.target === dialog.current && shut()}>
    <p class="file-head"><bdi>${file.name}</bdi> <${Save} door=${door} file=${file} /> <button type="button" autofocus onClick=${shut}>${gettext("Close")}</button></p>
    ${large.value && html`<img src=${large.value} alt=${file.kind === "pdf" ? fill(gettext("First page of %(name)s"), { name: file.name }) : file.name} />`}
    ${failed.value && html`<p role="alert">${gettext("This file cannot be shown right now.")}</p>`}
  </dialog>`;
}

/** @param {{door: Files, file: FileFacts}} props */
function Save({ door, file }) {
  const failed = useSignal(false);
  const save = async () => {
    try {
      const { file: href } = await linksOf(door, file.id);
      Object.assign(document.createElement("a"), { href, download: file.name }).click();
      failed.value = false;
    } catch {
      failed.value = true;
    }
  };
  return html`<button type="button" class="file-save" aria-label=${fill(gettext("Save %(name)s, %(size)s"), { name: file.name, size: sizeInWords(file.size) })} onClick=${save}>
    <bdi class="file-name">${file.name}</bdi> <span class="file-about">${typeInWords(file.name)} ${sizeInWords(file.size)}</span>
    ${failed.value && html`<span role="alert">${gettext("This file is not there any more, or cannot be fetched right now.")}</span>`}
  </button>`;
}
