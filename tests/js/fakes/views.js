// A desk with views whose server is made up, for every test of a file.
import { register } from "node:module";
import { beforeEach } from "node:test";

register("./static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en"] };
const part = { style: {}, isConnected: true, setAttribute: () => {}, append: () => {}, remove: () => {} };
globalThis.document = Object.assign(part, { createElement: () => part, body: part, ownerDocument: part });
const { signal } = await import("../../../support_chat/static/support_chat/vendor/preact.js");
export const { preferences, prefer } = await import("../../../agents/static/agents/preferences.js");
export const { isTheirs, MENTIONS, Views, VIEWS, viewsOf } = await import("../../../agents/static/agents/views.js");

export const row = (conversation, position = 1, more = {}) => ({ conversation, position, ...more });
export const tick = () => new Promise((done) => setTimeout(done));
export const FILTER = { key: "f1", name: "Late", which: { filter: "f1" } };

beforeEach(() => prefer({ view: undefined }));

/** A desk whose server answers lists by `answer`. */
export function deskOf(answer) {
  const handlers = {};
  const asked = [];
  const said = [];
  return {
    asked,
    handlers,
    view: signal(null),
    inbox: { stamp: (told) => ({ ...told, heard: 0 }) },
    said,
    notices: { say: (words) => said.push(words) },
    socket: {
      welcome: { features: ["lists"] },
      on: (name, fn) => (handlers[name] = fn),
      onWelcome: (fn) => (handlers.welcome = fn),
      request: async (command, fields) => {
        asked.push([command, fields]);
        if (command === "list_filters") return { filters: [{ id: "f1", name: "Late" }], shares: ["shop"] };
        return answer(fields);
      },
    },
  };
}

export const filtered = (tag) => ({ key: "", name: "Filtered", which: { rules: { match: "all", groups: [{ match: "all", conditions: [{ field: "tag", value: tag }] }] } } });
export const ids = (views) => views.rows.value.map(({ conversation }) => conversation);

export const lists = (desk, from = 0) => desk.asked.slice(from).filter(([command]) => command === "list_conversations").map(([, fields]) => fields);

/** A server of so many chats, numbered from 0: a cursor is the number of the row that it stands behind. */
export function serverOf(count) {
  const chats = Array.from({ length: count }, (_, n) => ({ n, ...row(`c${n}`) }));
  return {
    chats,
    answer({ after, until = "Infinity", limit }) {
      const inside = chats.filter(({ n }) => n > Number(after ?? -Infinity) && n <= Number(until));
      const rows = inside.slice(0, limit);
      return { rows, next: inside.length > limit ? `${rows.at(-1).n}` : null, ...(!after && { total: Math.min(chats.length, 1001) }) };
    },
  };
}

/** The team's view with so many of the rows loaded. */
export async function teamOf(server, loaded) {
  const desk = deskOf(server.answer);
  const views = new Views(desk);
  views.open(VIEWS[2]);
  await tick();
  while (views.rows.value.length < loaded) {
    views.more();
    await tick();
  }
  return { desk, views };
}
