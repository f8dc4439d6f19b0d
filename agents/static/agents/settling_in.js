// What the console does once everything is there: it sounds and tells, looks whether somebody is at the desk, follows
// who else is in the chats, takes up the agent's own keys, and reads in the open ones what belongs to one visitor alone.

/** @import {Desk} from "./desk.js" */
import { computed, effect } from "../support_chat/vendor/preact.js";
import { tellAside } from "./aside.js";
import { Attention } from "./attention.js";
import { showCorner } from "./attention_corner.js";
import { Away } from "./away.js";
import { companyOf } from "./company.js";
import { formToken } from "./form_token.js";
import { takeDown, tellOnDesktop } from "./desktop_notices.js";
import { keepFilesOut } from "./dropped_beside.js";
import { followNews } from "./happenings.js";
import { cannedOf } from "./here.js";
import { NoSign } from "./no_sign.js";
import { followAll } from "./other_chats.js";
import { readOwnChats } from "./own_chats.js";
import { order } from "./order_deeds.js";
import { openDoor } from "./own_settings.js";
import { goOnWithPush, openWhatIsClicked } from "./push.js";
import { Ringing } from "./ringing.js";
import { sound, wakeOnSigns } from "./sounds.js";
import { followSilence } from "./still_silent.js";
import { keepTabIcon } from "./tab_icon.js";
import { takeUpOwn } from "./taking_up.js";

/** @type {Attention} */
export let attention;

/** @param {Desk} desk @param {import("./here.js").Boot} boot */
export function settleIn(desk, boot) {
  cannedOf(desk, boot);
  openDoor(boot.own.path, formToken);
  takeUpOwn(desk);
  keepFilesOut(globalThis);
  wakeOnSigns();
  keepTabIcon(desk);
  companyOf(desk).follow();
  order(desk); // hears from now on what is tagged
  followSilence(desk);
  new NoSign({ user: desk.user, mayRest: () => desk.isFree(), onQuiet: () => desk.deeds.rest() }).watch();
  effect(() => void (desk.front.value && followAll(desk)));
  readOwnChats(desk);
  tellAside(desk);
  attention = new Attention(boot.attention, formToken, () => desk.inbox.me.peek());
  effect(() => {
    const asked = desk.sounds.value;
    if (asked && attention.mayTell("mine")) sound(asked.name);
  });
  tellWhatIsNew(desk);
  ring(desk);
  sumUp(desk);
  openWhatIsClicked(desk);
}

/** The rows of one's lists, and of the chats that one is a guest in. @param {Desk} desk */
function heardBy(desk) {
  const { guestIn } = companyOf(desk);
  return computed(() => new Map([...desk.inbox.rows.value, ...guestIn.value]));
}

/** What comes sounds, by its kind and by what this agent wants to hear; own chats sound by desk.js. @param {Desk} desk */
function tellWhatIsNew(desk) {
  const { inbox } = desk;
  const who = { get me() { return inbox.me.peek()?.id; }, answers: (/** @type {string} */ queue) => inbox.amIn(queue, "agent", "supervisor") };
  followNews({ rows: heardBy(desk), ready: desk.ready }, who, (news) => {
    for (const each of news) {
      const isSeen = each.row.conversation === desk.front.peek()?.id && document.hasFocus();
      if (isSeen || !attention.mayTell(each.scope)) continue;
      if (each.kind === "message" || each.kind === "waiting") sound(each.kind);
      tellOnDesktop(desk, each);
    }
  });
}

/** @param {Desk} desk */
function ring(desk) {
  const ringing = new Ringing(desk, attention, () => sound("alert"));
  desk.socket.on("chats_ringing", ({ conversations, until, steps }) => ringing.hear(conversations, until, steps));
  const look = async () => {
    await attention.load();
    const standing = attention.standing.peek();
    if (standing) ringing.hear(standing.ringing, (standing.works && standing.changes_in) || undefined, standing.ringing_steps);
  };
  desk.socket.onWelcome(() => void look()); // what rang meanwhile may have been missed
  void look().then(() => goOnWithPush(attention));
  ringing.watch();
  showCorner(desk, ringing);
}

/** @param {Desk} desk */
function sumUp(desk) {
  const onBack = (/** @type {string} */ words) => {
    takeDown();
    if (words) desk.notices.say(words);
  };
  const rows = heardBy(desk);
  new Away({ rows: () => rows.peek(), me: () => desk.inbox.me.peek()?.id, onBack }).watch();
}
