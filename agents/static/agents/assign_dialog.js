// A supervisor gives a chat to an agent, or takes it over.

/** @import {Target} from "./targets.js" */
import { h, html, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { whoseIs } from "./chat_state.js";
import { Dialog } from "./dialog.js";
import { Form, Reason, nameOf, refuse } from "./reason_dialogs.js";
import { standing } from "./status_words.js";
import { chatsOf } from "./targets.js";
import { Targets } from "./transfer_dialog.js";
import { safeName } from "./words.js";

const REASONS = [gettext("Knows this best"), gettext("Has room"), gettext("Asked for by the visitor")];

/** @param {import("./reason_dialogs.js").AboutChat} props */
export function AssignDialog({ desk, id, onClose }) {
  const { deeds, notices } = desk;
  const chosen = useSignal(/** @type {Target | null} */ (null));
  const force = useSignal(false);
  const reason = useSignal("");
  const send = async () => {
    const to_agent = chosen.value?.to.to_agent;
    if (!to_agent) return refuse(notices, gettext("Choose an agent first."));
    return deeds.assign(id, { to_agent, reason: reason.value.trim(), force: force.value });
  };
  return h(Dialog, { title: fill(gettext("Assign the chat with %(name)s"), { name: nameOf(desk, id) }), onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Assign")}>
      <${Targets} legend=${gettext("To")} none=${gettext("Nobody answers this queue.")} all=${agentsOf(desk, id, force.value)} chosen=${chosen} />
      <label class="setting"><input type="checkbox" checked=${force.value} onChange=${(/** @type {any} */ event) => (force.value = event.target.checked)} />
        ${gettext("Also to somebody who is not online or has no room. They see that it is over their limit.")}</label>
      <${Reason} reason=${reason} choices=${REASONS} label=${gettext("Reason")} required />
    <//>`);
}

/**
 * Who answers its queue, oneself first.
 * @param {import("./desk.js").Desk} desk
 * @param {string} id
 * @param {boolean} force
 * @returns {Target[]}
 */
function agentsOf(desk, id, force) {
  const { inbox } = desk;
  const [chat, me] = [whoseIs(desk, id), inbox.me.value];
  const agents = inbox.queues.value.find((queue) => queue.id === chat?.queue)?.agents;
  const team = [...(me?.id ? [me] : []), ...inbox.teammates.value];
  return team.filter((agent) => (!agents || agents.includes(agent.id)) && agent.id !== chat?.agent?.id).map((agent) => {
    const mine = agent.id === me?.id;
    const free = agent.load < agent.capacity && (mine || agent.status === "online");
    const name = mine ? fill(gettext("Me, %(name)s"), { name: safeName(agent.name) }) : safeName(agent.name);
    const says = `${standing(agent, Date.now())}, ${chatsOf(agent)}`;
    return { key: `a:${agent.id}`, to: { to_agent: agent.id }, name, says, free: free || force };
  });
}
