import { UPGRADE_REQUIRED } from "./close_codes.js";
import { sessionStore } from "./storage.js";
import { effect } from "./vendor/preact.js";

const RENEWED = "support-chat:renewed";

/**
 * A page of a release that the server no longer speaks loads itself anew: once, as what did not help will not help
 * again; and never where the browser would not remember that it did.
 * @param {Pick<import("./live_socket.js").LiveSocket, "status" | "ended">} socket
 * @param {import("./storage.js").Store} [store]
 * @param {() => void} [reload] for tests
 */
export function renewWhenOutdated({ status, ended }, store = sessionStore, reload) {
  effect(() => {
    if (status.value === "online") store.remove(RENEWED);
    if (ended.value === UPGRADE_REQUIRED) renew(store, reload);
  });
}

/** Once, until it helped. */
export function renew(store = sessionStore, reload = () => location.reload()) {
  if (store.get(RENEWED)) return;
  store.set(RENEWED, "1");
  if (store.shared()) reload();
}
