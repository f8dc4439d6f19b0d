// Shows what is pushed while no console is before anybody's eyes, and opens the chat that a notice is about.

/** @type {any} the global of a service worker, which the page's types do not know */
const worker = globalThis;

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("push", (/** @type {any} */ event) => event.waitUntil(show(event.data?.json() ?? {})));
worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.chat ?? ""));
});

/** @param {{title?: string, body?: string, chat?: string, tag?: string}} told */
async function show({ title = "Support Chat", body = "", chat = "", tag = "support-chat" }) {
  const consoles = await consolesThatStandOpen();
  if (chat && consoles.some((/** @type {any} */ each) => each.visibilityState === "visible")) return;
  await worker.registration.showNotification(title, { body, tag: chat || tag, renotify: true, data: { chat } });
}

/** @param {string} chat */
async function open(chat) {
  const [there] = await consolesThatStandOpen();
  if (!there) return worker.clients.openWindow(chat ? `/console/#${encodeURIComponent(chat)}` : "/console/");
  there.postMessage({ open: chat });
  return there.focus();
}

/** Settings, transcripts and whatever else stands at this address are windows too, and tell nobody of a chat. */
async function consolesThatStandOpen() {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.filter((/** @type {any} */ each) => new URL(each.url).pathname === "/console/");
}
