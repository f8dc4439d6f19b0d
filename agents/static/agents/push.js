// Web Push: this browser tells of what is new in own chats, and of chats that wait too long, while no console is open.

/** @import {Attention} from "./attention.js" */
/** @import {Desk} from "./desk.js" */
import { signal } from "../support_chat/vendor/preact.js";

const WORKER = "/console/push_worker.js";
const SCOPE = "/console/";

/** Whether this browser takes pushes; null: not known yet, or it cannot. @type {import("../support_chat/vendor/preact.js").Signal<boolean | null>} */
export const pushed = signal(null);

export const canBePushed = () => "serviceWorker" in navigator && "PushManager" in globalThis;

/** What was clicked in a notice while a console was open is opened there. @param {Desk} desk */
export function openWhatIsClicked(desk) {
  navigator.serviceWorker?.addEventListener("message", ({ data }) => data?.open && desk.open(data.open));
}

/** As it was left: the address of a browser may have changed since. @param {Attention} attention */
export async function goOnWithPush(attention) {
  if (!canBePushed()) return;
  const subscription = await (await navigator.serviceWorker.getRegistration(SCOPE))?.pushManager.getSubscription();
  pushed.value = subscription ? await keep(attention, subscription) : false;
}

/** Within a click of the agent's, who has let us show notices. @param {Attention} attention @returns {Promise<boolean>} */
export async function beginPush(attention) {
  const key = attention.standing.peek()?.push_key;
  if (!key) return false;
  try {
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    pushed.value = await keep(attention, subscription);
  } catch {
    pushed.value = false;
  }
  return pushed.peek() === true;
}

/** @param {Attention} attention */
export async function endPush(attention) {
  const subscription = await (await navigator.serviceWorker.getRegistration(SCOPE))?.pushManager.getSubscription();
  if (subscription) {
    await attention.send("browsers/forget/", { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
  pushed.value = false;
}

/** @param {Attention} attention @param {PushSubscription} subscription */
async function keep(attention, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const answer = await attention.send("browsers/", { endpoint, p256dh: keys?.p256dh, auth: keys?.auth });
  return Boolean(answer?.ok);
}
