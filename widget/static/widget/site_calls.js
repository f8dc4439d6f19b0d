// What the website's own scripts may ask of the panel: SupportChat.NAME(WHAT).

/** @import {VisitorChat} from "./visitor_chat.js" */
import { letGo } from "./letting_go.js";
import { signOut } from "./signing_out.js";
import { putOn } from "./theme_of_site.js";

/** @type {Record<string, (visitor: VisitorChat, what: any) => unknown>} */
const CALLS = { identify, setAttributes, setTheme, prefill, startConversation, reset };

/** Whatever was asked for since the last time, in that order. @param {VisitorChat} visitor */
export async function heed(visitor) {
  const { host } = visitor;
  const calls = (visitor.calls ??= new SiteCalls(visitor));
  const asks = host.asks.peek() ?? [];
  host.asks.value = null;
  const there = inAnotherLanguage(asks);
  if (there) {
    host.say("again", { asks: [...calls.standing(), ...asks] });
    return location.replace(there);
  }
  for (const [name, what] of asks) if (Object.hasOwn(CALLS, name)) await CALLS[name](visitor, what);
}

/** What the website says of its visitor: who they are, or a handle that it kept for them. Each is good once. */
export class SiteCalls {
  /** @type {string | null} signed by the website */
  identity = null;
  /** @type {string | null} */
  theme = null;
  /** @type {Set<unknown>} attributes that the server has not answered yet */
  untold = new Set();

  /** @param {VisitorChat} visitor */
  constructor({ host, socket }) {
    this.host = host;
    socket.onWelcome(() => void (this.identity = null));
  }

  /** More of a hello. @param {string | null} token the one that it will say */
  words(token) {
    const { kept } = this.host;
    return { ...(this.identity && { identity: this.identity }), ...(token === null && kept[1] && { resume: kept }) };
  }

  /** What still has to be asked of another page of the panel. @returns {[string, any][]} */
  standing() {
    /** @type {[string, any][]} */
    const asked = [["setTheme", this.theme], ["identify", this.identity]];
    for (const attributes of this.untold) asked.push(["setAttributes", attributes]);
    return asked.filter(([, what]) => what);
  }

  /** Whoever comes next is not who was spoken of. */
  forget() {
    this.identity = null;
    this.untold.clear();
  }

  /** Whether hello was refused because of them, and can be said again without. @param {string} code */
  refused(code) {
    const isBad = code === "bad_identity" || code === "bad_field"; // the latter: it is no identity at all
    if (isBad && this.identity) return this.host.say("identity"), (this.identity = null), true;
    if (code !== "unknown_token" || !this.host.kept[1]) return false;
    this.host.kept = "";
    return true;
  }
}

/** @param {VisitorChat} visitor @param {string} identity */
function identify(visitor, identity) {
  if (visitor.calls) visitor.calls.identity = identity;
  if (visitor.forgotten.value) {
    visitor.forgotten.value = false;
    if (visitor.host.opened.value) visitor.socket.start();
  } else visitor.again();
}

/** @param {VisitorChat} visitor @param {Record<string, unknown>} attributes */
function setAttributes({ socket, host, calls }, attributes) {
  calls?.untold.add(attributes);
  const tell = () => {
    stop();
    if (!calls?.untold.has(attributes)) return;
    socket
      .request("set_attributes", { attributes })
      .catch(({ code }) => code && host.say("error", { detail: { call: "setAttributes", code } }))
      .finally(() => calls.untold.delete(attributes));
  };
  const stop = socket.onWelcome(tell);
  if (socket.status.value === "online") tell();
}

/** @param {VisitorChat} visitor @param {"light" | "dark" | "auto"} theme */
function setTheme({ calls }, theme) {
  if (calls) calls.theme = theme;
  putOn(theme);
}

/** The panel's page in the language that is asked for; null: it is this one. @param {[string, any][]} asks */
function inAnotherLanguage(asks) {
  const locale = asks.findLast(([name]) => name === "setLocale")?.[1];
  const there = new URL(location.href);
  if (locale === undefined || there.searchParams.get("locale") === `${locale}`) return null;
  there.searchParams.set("locale", locale);
  return there;
}

/** What they are writing already stays. @param {VisitorChat} visitor @param {string} text */
function prefill({ box }, text) {
  if (!box.current?.text()) box.current?.set(`${text}`);
}

/** Where something is asked first, or an address is needed, the words wait in the box. @param {VisitorChat} visitor @param {string} text */
function startConversation(visitor, text) {
  if (!text) return;
  if (visitor.asksFirst.value || visitor.leavesWord.value) prefill(visitor, text);
  else visitor.send(`${text}`);
}

/** Somebody else may sit here next: nothing is left here at once, whatever the network does. @param {VisitorChat} visitor */
function reset(visitor) {
  const [token, { kept }] = [visitor.token.get(), visitor.host];
  letGo(visitor);
  void signOut(visitor, token, kept).catch(() => {});
}
