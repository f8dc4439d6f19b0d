import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const LOADER = new URL("../../../widget/static/widget/loader.js", import.meta.url);
export const SHOP = "https://shop.example";
export const CHAT = "https://chat.example";
export const GOING_ON = "support-chat:going-on:k";

/**
 * One page of a website with the real loader in it. `panel` is the window of a frame that the loader may make: hand it
 * to a HostLink. `stored` is what the website's own storage keeps, for its next page too.
 * @param {Map<string, string>} stored
 */
export function websiteWith(stored = new Map()) {
  const site = Object.assign(new EventTarget(), { title: "A shop", hidden: false });
  const panel = new EventTarget();
  const windowOfPanel = { postMessage: (data) => soon(panel, { data: structuredClone(data), origin: SHOP, source: panel.parent }) };
  panel.parent = { postMessage: (data) => soon(page, { data: structuredClone(data), origin: CHAT, source: windowOfPanel }) };
  const framed = { count: 0 };
  const page = Object.assign(new EventTarget(), {
    ...{ location: { origin: SHOP, pathname: "/" }, URL, URLSearchParams, EventTarget, CustomEvent, AbortController, console, setTimeout },
    ...{ matchMedia: () => new EventTarget(), requestIdleCallback: (fn) => queueMicrotask(fn), scrollY: 0, scrollTo() {} },
    MutationObserver: class { observe() {} disconnect() {} },
    CSSStyleSheet: class { replaceSync() {} },
    localStorage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
  });
  Object.assign(site, {
    ...{ body: element(), documentElement: element(), activeElement: null, createElementNS: element },
    currentScript: { dataset: { site: "k" }, src: `${CHAT}/widget.js` },
    createElement: (name) => (name === "iframe" ? ((framed.count += 1), Object.assign(element(), { contentWindow: windowOfPanel })) : element()),
  });
  Object.assign(page, { window: page, document: site, addEventListener: page.addEventListener.bind(page) });
  runInContext(readFileSync(LOADER, "utf8"), createContext(page));
  return { stored, framed, panel, document: site, chat: page.SupportChat, says: (what) => panel.parent.postMessage({ supportChat: 1, ...what }) };
}

/** A message between two windows comes with a turn of its own. @param {EventTarget} to @param {object} message */
function soon(to, message) {
  queueMicrotask(() => to.dispatchEvent(Object.assign(new Event("message"), message)));
}

/** As much of an element as the loader needs. */
function element() {
  const made = Object.assign(new EventTarget(), { style: {}, isConnected: false });
  const connect = (...nodes) => nodes.forEach((node) => (node.isConnected = true));
  const methods = { append: connect, prepend: connect, setAttribute() {}, remove() {}, focus() {} };
  return Object.assign(made, methods, { appendChild: (node) => node, attachShadow: () => element() });
}
