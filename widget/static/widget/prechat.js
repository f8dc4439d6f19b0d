/** @import {Answers, Asked, VisitorChat} from "./visitor_chat.js" */
import { h, html, useEffect, useId, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { answeredLater, byMail, needsAddress, sendDue } from "./answered_later.js";
import { EmailField } from "./email_field.js";
import { partings } from "./letting_go.js";
import { prechatWords as words } from "./strings_prechat.js";

/**
 * What the site asks before the first word. The field that is missing is shown, and nothing that was typed is lost.
 * @param {{visitor: VisitorChat, ask: import("./above_box.js").Ask}} props
 */
export function PrechatForm({ visitor, ask }) {
  const { name: asksName, about } = /** @type {import("./visitor_chat.js").Prechat} */ (visitor.site.prechat);
  const asksEmail = emailAsked(visitor);
  const [name, topic] = [useSignal(""), useSignal("")];
  const form = useRef(/** @type {HTMLElement | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => partings.subscribe(() => void (name.value = topic.value = "")), []);
  useEffect(() => {
    ask.current = () => {
      const email = emailAsked(visitor) === "no" ? "" : visitor.email.value;
      return isComplete(form.current) ? answeredLater(visitor, answersOf(name.value, email, queueOf(about, topic.value))) : null;
    };
    sendDue(visitor, ask);
    return () => void (ask.current = null);
  }, []);
  return html`<div class="prechat" ref=${form}>
    ${about.length > 0 && h(About, { about, topic })}
    ${asksName !== "no" && h(NameField, { name, asked: asksName })}
    ${asksEmail !== "no" && h(EmailField, { email: visitor.email, field, required: asksEmail === "required", label: labelled(words.email, asksEmail) })}
  </div>`;
}

/** @param {{about: {words: string}[], topic: {value: string}}} props */
function About({ about, topic }) {
  const id = useId();
  const choose = (/** @type {Event} */ { target }) => (topic.value = /** @type {HTMLSelectElement} */ (target).value);
  return html`<label class="email-label" for=${id}>${words.about}</label>
    <select id=${id} class="email-field" required value=${topic.value} onChange=${choose}>
      <option value="">${words.choose}</option>
      ${about.map((each) => html`<option key=${each.words} dir="auto" value=${each.words}>${each.words}</option>`)}
    </select>`;
}

/** @param {{name: {value: string}, asked: Asked}} props */
function NameField({ name, asked }) {
  const id = useId();
  const write = (/** @type {Event} */ { target }) => (name.value = /** @type {HTMLInputElement} */ (target).value);
  return html`<label class="email-label" for=${id}>${labelled(words.name, asked)}</label>
    <input id=${id} class="email-field" autocomplete="name" maxlength="60" dir="auto" pattern=".*\\S.*" required=${asked === "required"}
      value=${name.value} onInput=${write} />`;
}

/** @param {string} label @param {Asked} asked */
function labelled(label, asked) {
  return asked === "required" ? label : words.optional(label);
}

/** Where nobody can take a chat an address may be left at least. @param {VisitorChat} visitor @returns {Asked} */
function emailAsked(visitor) {
  const asked = visitor.site.prechat?.email ?? "no";
  if (!visitor.leavesWord.value || !byMail(visitor)) return asked;
  if (needsAddress(visitor)) return "required";
  return asked === "no" ? "optional" : asked;
}

/** The first field that is wrong says so. @param {HTMLElement | null} form */
function isComplete(form) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form?.querySelectorAll("input, select") ?? []);
  return [...fields].every((field) => field.reportValidity());
}

/** @param {{words: string, queue: string}[]} about @param {string} topic */
function queueOf(about, topic) {
  return about.find(({ words }) => words === topic)?.queue ?? "";
}

/**
 * Only what was given.
 * @param {string} name @param {string} email @param {string} queue
 * @returns {Answers}
 */
export function answersOf(name, email, queue) {
  const form = { ...(name.trim() && { name: name.trim() }), ...(email.trim() && { email: email.trim() }) };
  return { ...(Object.keys(form).length > 0 && { form }), ...(queue && { queue }) };
}
