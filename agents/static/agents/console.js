// Starts the console on its page.

import { effect, h, render } from "../support_chat/vendor/preact.js";
import { prepareSpeech } from "../support_chat/speak.js";
import { App } from "./app.js";
import { CannedReplies } from "./canned_replies.js";
import { Desk } from "./desk.js";
import { wearTheLook } from "./preferences.js";
import { keepTitle, readOnFocus } from "./tab_title.js";

const boot = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("boot")).textContent ?? "{}");
const desk = new Desk(boot);
const canned = new CannedReplies(boot.canned_replies);

wearTheLook();
prepareSpeech();
keepTitle(desk);
readOnFocus(desk);
comeBackTo(desk);
render(h(App, { desk, canned, boot }), /** @type {HTMLElement} */ (document.getElementById("console")));
canned.load();
desk.start();

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
