import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.document ??= { documentElement: { lang: "en" } };
globalThis.navigator ??= { languages: ["en"] };
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { hearInvitations } = await import("../../widget/static/widget/invitations.js");

const ANA = { id: "i1", name: "Ana", text: "Any questions?" };

/** What was asked for before has come: a module is asked for after it, and comes after it. */
async function settled() {
  await import("../../widget/static/widget/invited.js");
  await new Promise(setImmediate);
}

/** A visitor whose server welcomes them with this. */
function invited(welcome) {
  const heard = {};
  const socket = {
    welcome,
    on: (name, fn) => (heard[name] = fn),
    onWelcome: (fn) => (heard.welcome = fn),
  };
  const visitor = { socket, invited: signal(null), current: signal(null), box: {} };
  hearInvitations(visitor);
  return { visitor, heard };
}

/** What is shown: the text, or null. */
const shown = ({ visitor }) => visitor.invited.value?.().props.invitation.text ?? null;

test("an invitation is shown when it is told, or when the server welcomes with one, and goes when it is over", async () => {
  const told = invited({});
  assert.equal(shown(told), null);
  told.heard.invitation_changed({ invitation: ANA });
  await settled();
  assert.equal(shown(told), "Any questions?");
  told.heard.invitation_changed({ invitation: null });
  assert.equal(shown(told), null);
  const welcomed = invited({ invitation: ANA });
  await settled();
  assert.equal(shown(welcomed), "Any questions?");
});

test("what was put away is not shown again when the connection is back; another one is", async () => {
  const told = invited({ invitation: ANA });
  await settled();
  told.visitor.invited.value = null;
  told.heard.welcome({ invitation: ANA });
  await settled();
  assert.equal(shown(told), null);
  told.heard.welcome({ invitation: { ...ANA, id: "i2", text: "Still there?" } });
  await settled();
  assert.equal(shown(told), "Still there?");
});

test("one that is over before its code is here is never shown", async () => {
  const told = invited({ invitation: ANA });
  told.heard.invitation_changed({ invitation: null });
  await settled();
  assert.equal(shown(told), null);
});
