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

/** The chat that was open before a reload is open after it. @param {Desk} desk */
function comeBackTo(desk) {
  if (location.hash.length > 1) desk.open(location.hash.slice(1));
  effect(() => {
    const id = desk.front.value?.id;
    history.replaceState(null, "", id ? `#${id}` : location.pathname);
  });
}
