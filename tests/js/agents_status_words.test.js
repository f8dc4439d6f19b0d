import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { backIn, standing, wasSet } = await import("../../agents/static/agents/status_words.js");


test("a status that the system set says why, and one that was chosen says when they are back", () => {
  assert.equal(standing({ status: "away", cause: "chats unanswered" }, 0), "Away: two chats were not answered");
  assert.equal(standing({ status: "offline", cause: "connection lost" }, 0), "Offline: connection lost");
  assert.equal(standing({ status: "away", cause: "chosen", back_in: 900, heard: 0 }, 60_000), "Away, back in 14 min");
  assert.equal(standing({ status: "online", cause: "came back" }, 0), "Online");
});

test("the time of coming back counts down, and never below nothing", () => {
  assert.equal(backIn({ back_in: 90, heard: 0 }, 0), "back in 2 min");
  assert.equal(backIn({ back_in: 90, heard: 0 }, 60_000), "back in a minute");
  assert.equal(backIn({ back_in: 90, heard: 0 }, 100_000), "back any moment");
  assert.equal(backIn({ back_in: null }, 0), "");
});

test("only what nobody chose is undone with one button", () => {
  const was = (status, cause) => wasSet({ status, cause });
  assert.deepEqual([was("away", "no sign for a while"), was("away", "chosen"), was("online", "came back"), was("offline", "finished")],
    [true, false, false, false]);
});
