import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { agentsToChoose, holdStill, narrowed, queuesToChoose } = await import("../../agents/static/agents/targets.js");


const mate = (id, load, status = "online") => ({ id, name: id, status, load, capacity: 4 });
const queue = (id, fields) => ({ id, name: id, site: "Shop", waiting: 0, longest_wait: null, roles: ["agent"], ...fields });

test("only colleagues who are online are shown, the freest first; who has no room cannot be chosen", () => {
  const shown = agentsToChoose([mate("full", 4), mate("busy", 3), mate("gone", 0, "away"), mate("free", 1)]);
  assert.deepEqual(shown.map(({ name, free }) => [name, free]), [["free", true], ["busy", true], ["full", false]]);
  assert.equal(shown[2].says, "4 of 4 chats, no room");
});

test("the other queues of the chat's site are shown with how many wait, where that is told", () => {
  const queues = [queue("here"), queue("there", { waiting: 3, longest_wait: 130 }), queue("far", { roles: [] }), queue("other", { site: "Club" })];
  const shown = queuesToChoose(queues, { queue: "here" });
  assert.deepEqual(shown.map(({ name, says }) => [name, says]), [["there", "3 waiting, 2 min at most"], ["far", "another team's queue"]]);
});

test("nobody changes place while somebody chooses: who comes stands last, who goes cannot be chosen", () => {
  const before = agentsToChoose([mate("ada", 0), mate("ben", 1), mate("cleo", 2)]);
  const after = holdStill(before, agentsToChoose([mate("ada", 3), mate("cleo", 0), mate("dan", 0)]));
  assert.deepEqual(after.map(({ name, free }) => [name, free]), [["ada", true], ["ben", false], ["cleo", true], ["dan", true]]);
  assert.deepEqual([after[0].says, after[1].says], ["3 of 4 chats", "not possible any more"]);
});

test("what is sent is seen: the chosen one stays, whatever is looked for", () => {
  const [ada, ben, cleo] = agentsToChoose([mate("ada", 0), mate("ben", 1), mate("cleo", 2)]);
  assert.deepEqual(narrowed([ada, ben, cleo], " CLE", ada), [ada, cleo]);
  assert.deepEqual(narrowed([ada, ben, cleo], "cle", null), [cleo]);
});
