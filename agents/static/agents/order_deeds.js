// What keeps chats in order, one at a time: tags, putting aside, what is noted of a person. Each shows at once and goes
// back in words.

/** @import {Desk} from "./desk.js" */
import { gettext } from "../support_chat/gettext.js";
import { decide, showRow } from "./ahead.js";
import { zone } from "./putting_aside.js";

/** A tag as the server keeps it. @param {string} text */
export function tagOf(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-/u, "").slice(0, 40).replace(/-$/u, "");
}

/** The tags of a chat, as it is known here. @param {Desk} desk @param {string} id @returns {readonly string[]} */
export function tagsOf(desk, id) {
  return desk.chats.get(id)?.about.value?.tags ?? desk.inbox.find(id)?.tags ?? [];
}

class OrderDeeds {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    desk.socket.on("entry_added", ({ conversation, entry }) => {
      if (entry.kind === "tagged") this.change(conversation, entry.body.added, entry.body.removed);
    });
  }

  /** @param {string} id @param {string[]} add @param {string[]} remove */
  async tag(id, add, remove) {
    const before = tagsOf(this.desk, id);
    this.change(id, add, remove);
    const done = await this.desk.deeds.act(`tag:${add}:${remove}`, id, () => this.desk.deeds.command("tag_conversation", id, { add, remove }));
    if (!done) this.change(id, before.filter((tag) => remove.includes(tag)), add.filter((tag) => !before.includes(tag)));
  }

  /** In the open chat; lists hear it by themselves. @param {string} id @param {readonly string[]} added @param {readonly string[]} removed */
  change(id, added, removed) {
    const about = this.desk.chats.get(id)?.about;
    const now = about?.peek();
    if (!about || !now) return;
    about.value = { ...now, tags: [...new Set([...(now.tags ?? []).filter((tag) => !removed.includes(tag)), ...added])] };
  }

  /** @param {string} id @param {string} when as people say it @param {number} until the same in ms */
  async snooze(id, when, until) {
    const row = this.desk.inbox.rows.peek().get(id);
    const shown = row && showRow(this.desk, id, { snoozed: (until - row.heard) / 1000, idle: row.idle ?? 0 });
    const done = await this.desk.deeds.act("snooze", id, () => this.desk.deeds.command("snooze_conversation", id, { when, zone: zone() }));
    if (!done) shown?.back();
    if (done) this.desk.notices.say(gettext("Put aside. It stands under Snoozed."));
    return done;
  }

  /** @param {string} id */
  wake(id) {
    const show = () => [showRow(this.desk, id, { snoozed: null, idle: null })];
    return decide(this.desk, id, { name: "wake", command: "wake_conversation", failed: gettext("The chat was not taken up."), show });
  }

  /** Names of the tags of one's sites, those used last first. @returns {Promise<string[]>} */
  async knownTags() {
    const { tags } = await this.desk.socket.request("list_tags", {}).catch(() => ({ tags: [] }));
    return [...new Set(/** @type {{name: string}[]} */ (tags).map(({ name }) => name))];
  }
}

/** @type {WeakMap<Desk, OrderDeeds>} */
const known = new WeakMap();

/** @param {Desk} desk */
export function order(desk) {
  const deeds = known.get(desk) ?? new OrderDeeds(desk);
  known.set(desk, deeds);
  return deeds;
}
