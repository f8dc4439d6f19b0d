import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { entry } from "./fakes/entries.js";

register("./fakes/static_roots.js", import.meta.url);
const { ChatFacts } = await import("../../agents/static/agents/chat_facts.js");
const { factsAbout, strayIn, textsAbout } = await import("../../agents/static/agents/wrong_chat.js");

const [visitor, ana] = [{ role: "visitor", id: "v1" }, { role: "agent", id: "a1" }];

/** Entries of a chat: a text alone is the visitor's, a text in a list ours. */
const said = (...texts) => texts.map((text, index) => {
  const ours = Array.isArray(text);
  return entry(index + 1, { author: ours ? ana : visitor, body: { text: ours ? text[0] : text } });
});

function chat(id, entries, about = null) {
  const facts = new ChatFacts();
  facts.read(entries);
  return { id, facts, about: factsAbout(about) };
}

/** What a reply is asked about, while these words stand in another chat and those in this one. */
function asked(reply, theirs, here = []) {
  return strayIn(reply, () => here, [chat("other", said(...theirs))])?.fact.shown ?? null;
}

for (const [what, reply, theirs] of [
  ["an e-mail address", "I have written to Vera.Lind@mail.example", ["it is vera.lind@mail.example"]],
  ["a phone number", "We call you at 030 1234567", ["my number is 0301234567"]],
  ["a phone number in other groups", "(555) 123-4567, is that right?", ["call 555.123.4567"]],
  ["a phone number with its country’s code", "We ring +49 30 1234567 at five", ["030/1234567 please"]],
  ["a phone number with a zero in brackets", "We ring +49 (0)30 1234567", ["030 1234567"]],
  ["a long number", "84318931431 is locked", ["account 84318931431"]],
  ["an order’s number behind a #", "Order #4711 left today", ["where is #4711?"]],
  ["an order’s number behind its word", "#4711 left today", ["my order no. 4711"]],
  ["an order’s number in German", "Die #4711 ist unterwegs", ["Bestellnummer 4711", "Bestellung 4711"]],
  ["a code", "AB-31-NGA4 is parked outside", ["my plate: ab31nga4"]],
  ["a full name", "Dear Mr Jane Doe,", ["My name is Jane Doe."]],
  ["a full name in small letters", "thank you jane doe", ["hi, my name is jane doe and i need help"]],
  ["a full name, last name first", "Doe, Jane: found.", ["I'm Jane Doe, hello"]],
  ["a full name without its accents", "Thank you, Zoe Muller", ["Mein Name ist Zoë Müller"]],
  ["a full name that was asked for", "Thanks, Jane Doe!", [["Could I get your full name, please?"], "Sure, Jane Doe."]],
  ["a full name that was asked for, in small letters", "Thanks, Jane Doe!", [["Your name, please?"], "jane doe"]],
]) {
  test(`${what} of another open chat is asked about`, () => {
    assert.notEqual(asked(reply, theirs), null);
    assert.equal(asked("That is right.", theirs), null);
  });
  test(`${what} that this chat holds too is not asked about`, () => {
    assert.equal(asked(reply, theirs, theirs.flat()), null);
    assert.equal(asked(reply, theirs, [reply]), null);
  });
}

for (const [what, reply, theirs] of [
  ["a first name", "Hi Jane, how are you?", ["My name is Jane Doe"]],
  ["a first name that was asked for", "Hi Jane!", [["Your name, please?"], "Jane"]],
  ["a last name", "Mrs Doe will help", ["I am Jane Doe"]],
  ["an answer that is no name", "No problem, thank you", [["Your full name, please?"], "why do you need it"]],
  ["a place", "The Hilton Hotel in Los Angeles", ["I want the Hilton Hotel in Los Angeles"]],
  ["a year and a small number", "In 2026 there were 3996", ["2026, or 3996?"]],
  ["a price", "That is $12500, or 12500 EUR", ["I paid $12500", "12500 EUR"]],
  ["a date", "On 15/09/1940, 2026-11-30 and 20261130", ["15/09/1940 2026-11-30 20261130"]],
  ["a thousand thousands", "About 1.250.000 of them", ["1.250.000"]],
  ["a model with two digits", "The iPhone15 is in stock", ["iPhone15"]],
]) {
  test(`${what} of another open chat is not asked about`, () => assert.equal(asked(reply, theirs), null));
}

test("who the visitor of another chat is known to be counts, and who this one’s is does too", () => {
  const about = { visitor: { name: "Jane Doe", email: null, claimed: { order: "84318931" } }, reply_to: { email: "jane@mail.example" } };
  const others = [chat("other", [], about)];
  const ask = (text, here = []) => strayIn(text, () => here, others)?.fact.shown ?? null;
  assert.deepEqual(["Jane Doe", "84318931", "jane@mail.example"].map((text) => ask(text)), ["Jane Doe", "84318931", "jane@mail.example"]);
  assert.deepEqual(["Jane Doe", "84318931", "jane@mail.example"].map((text) => ask(text, textsAbout(about))), [null, null, null]);
});

test("the chat is named that the fact is of", () => {
  const others = [chat("c1", said("I am Ben Miller")), chat("c2", said("I am Jane Doe"))];
  assert.deepEqual(strayIn("Dear Jane Doe", () => [], others)?.chat, "c2");
});

test("what our side says in several chats, and no visitor does, is our own", () => {
  const hotline = ["Call us: 0800 1234567"];
  const others = [chat("c1", said([hotline[0]])), chat("c2", said([hotline[0]]))];
  assert.equal(strayIn(hotline[0], () => [], others), null);
  assert.equal(strayIn(hotline[0], () => [], others.slice(1))?.chat, "c2");
  assert.equal(strayIn(hotline[0], () => [], [...others, chat("c3", said("0800 1234567?"))])?.chat, "c3");
});

test("what is the house’s own is never asked about", () => {
  assert.equal(strayIn("I am Ana Lopez", () => [], [chat("c1", said("is this Ana Lopez? I am Ana Lopez"))], () => true), null);
});

test("facts are kept as entries come, older ones too, and those of another history are forgotten", () => {
  const facts = new ChatFacts();
  const all = said("nothing", ["Your full name, please?"], "Jane Doe", "order #4711", "me@mail.example");
  facts.read(all.slice(3, 4));
  facts.read(all.slice(3, 5));
  assert.deepEqual([...facts.known.keys()].sort(), ["email me@mail.example", "number 4711"]);
  facts.read(all);
  assert.deepEqual([...facts.known.keys()].sort(), ["email me@mail.example", "name jane doe", "number 4711"]);
  facts.read([entry(90, { author: visitor, body: { text: "#4712" } })]);
  assert.deepEqual([...facts.known.keys()], ["number 4712"]);
});

test("a question for a name is still open when its answer comes later", () => {
  const facts = new ChatFacts();
  const all = said(["What is your name?"], "Jane Doe");
  facts.read(all.slice(0, 1));
  facts.read(all);
  assert.deepEqual([...facts.known.keys()], ["name jane doe"]);
});

test("a long text without any fact is looked through in no time", () => {
  const began = performance.now();
  for (const text of ["a".repeat(8000), "1 ".repeat(4000), "i am ".repeat(1600), "A".repeat(8000), "a-".repeat(4000)]) asked(text, [text]);
  assert.ok(performance.now() - began < 1000);
});
