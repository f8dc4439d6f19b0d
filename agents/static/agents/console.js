// Starts the console on its page.

import { effect, h, render } from "../support_chat/vendor/preact.js";
import { renewWhenOutdated } from "../support_chat/renewing.js";
import { prepareSpeech } from "../support_chat/speak.js";
import { App } from "./app.js";
import { Desk } from "./desk.js";
import { wearTheLook } from "./preferences.js";
import { keepTitle, readOnFocus } from "./tab_title.js";
import { code, fetchWhenIdle } from "./when_needed.js";

const boot = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("boot")).textContent ?? "{}");
const desk = new Desk(boot);

fetchWhenIdle(boot.later);
wearTheLook();
prepareSpeech();
keepTitle(desk);
readOnFocus(desk);
comeBackTo(desk);
renewWhenOutdated(desk.socket);
render(h(App, { desk, boot }), /** @type {HTMLElement} */ (document.getElementById("console")));
desk.start();
const stop = code.subscribe((later) => later && (later.settleIn(desk, boot), queueMicrotask(() => stop())));

document.addEventListener("visibilitychange", () => document.hidden && desk.drafts.flush());

/**
 * The address names the open chat: it is open again after a reload, and the browser's way back leads to the lists.
 * @param {Desk} desk
 */
function comeBackTo(desk) {
  const named = () => decodeURIComponent(location.hash.slice(1));
  const follow = () => (named() ? desk.open(named()) : desk.putAside());
  follow();
  addEventListener("popstate", follow);
  effect(() => {
    const id = desk.front.value?.id ?? "";
    if (id === named()) return;
    history[id && !named() ? "pushState" : "replaceState"](null, "", id ? `#${id}` : location.pathname);
  });
}
