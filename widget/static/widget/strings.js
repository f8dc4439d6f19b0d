/**
 * Every word a visitor reads or hears in the panel. Visitors read "our team" and names, never how we are organised.
 * Another language is another table of the same shape.
 */
export const words = {
  title: (/** @type {string} */ site) => `Chat with ${site}`,
  log: "Conversation",
  message: "Message",
  placeholder: "Write a message…",
  send: "Send",
  minimise: "Minimise chat",
  end: "End chat",

  welcome: "How can we help?",
  welcomeMore: "Write to us here. You can close this window at any time: the chat stays.",
  welcomeAway: "Nobody is here right now. Write to us anyway: the answer will be waiting for you here.",
  here: "Our team is here",
  away: "Our team is away",
  waiting: "Waiting for our team",
  waitingMore: "You can minimise this chat and look around meanwhile. A number on its button tells you of an answer.",
  waitingAlone: "We answer as soon as we can.",
  waitingAway: "Nobody is here right now. Your message has arrived, and the answer will be waiting for you here.",
  place: (/** @type {number} */ place) => {
    if (place <= 1) return "You are next";
    return place === 2 ? "1 person is ahead of you" : `${place - 1} people are ahead of you`;
  },
  answers: (/** @type {string} */ name) => `You are talking to ${name}`,
  ended: "This chat has ended",
  earlierChat: "Earlier chat",
  typing: (/** @type {string[]} */ names) => (names[0] ? `${names[0]} is writing` : "Our team is writing"),

  team: "Our team",
  you: "You",
  youSaid: "You said",
  said: (/** @type {string} */ name) => `${name} said`,
  spoken: (/** @type {string} */ name, /** @type {string} */ text) => `${name} said: ${text}`,

  sending: "Sending…",
  sent: "Sent",
  read: "Read",
  notSent: (/** @type {string} */ why) => `Not sent. ${why}`.trim(),
  again: "Try again",
  edit: "Edit",
  earlier: "Show earlier messages",
  newest: (/** @type {number} */ count) => {
    if (count === 0) return "To the newest message";
    return count === 1 ? "1 new message" : `${count} new messages`;
  },
  tooLong: (/** @type {number} */ over) => `Too long by ${over} ${over === 1 ? "character" : "characters"}`,

  joined: (/** @type {string} */ name) => `${name} has joined`,
  left: (/** @type {string} */ name) => `${name} has left`,
  dropped: (/** @type {string | null} */ name) =>
    `${name ? `The connection to ${name} dropped` : "The connection to our team dropped"}. You keep your place, and one of us will be with you as soon as possible.`,
  closedByYou: "You ended the chat.",
  closedBy: (/** @type {string} */ name) => `${name} closed the chat.`,
  closed: "The chat was closed.",
  goOn: "Continue by writing.",
  reopened: "The chat goes on",
  rated: "Thank you for your rating",
  unknownEntry: "The chat was updated",
  erased: "This message was removed",
  replaced: "This chat was loaded anew. If a message of yours is missing, please send it again.",

  offline: (/** @type {number} */ seconds) => {
    const until = seconds >= 10 ? ` The next try is in ${Math.round(seconds)} seconds.` : "";
    return `No connection. What you write is kept, and sent as soon as we are connected again.${until}`;
  },
  reconnect: "Try now",
  endLater: "The chat could not be ended without a connection. Please try again.",
};

/** Why something was refused, by the protocol's code. What was typed is always still there. @type {Record<string, string>} */
export const refusals = {
  unknown_site: "This chat is not available any more. Please get in touch another way.",
  unknown_token: "This chat was started anew. Please send it again.",
  not_found: "This chat does not exist any more. Please copy your message and write it in a new chat.",
  not_allowed: "This is not possible in this chat.",
  closed: "This chat has ended. Please send your message again to start a new one.",
  changed: "The chat has changed meanwhile. Please try again.",
  id_reused: "It did not go through. Please try again.",
  too_big: "The message is too long. Please send it in parts.",
  bad_field: "The message holds something that cannot be sent, or is too long. Please change it.",
  bad_frame: "The message holds something that cannot be sent. Please change it.",
  unknown_command: "This page is out of date. Please reload it.",
  hello_first: "The connection was not ready. Please try again.",
  already_welcomed: "The connection was not ready. Please try again.",
  too_fast: "That was very fast. Please wait a moment.",
  out_of_turn: "An earlier message has to be sent first.",
  overloaded: "Very many people are writing at the moment. Please try again shortly.",
  busy: "This takes longer than usual. Please try again.",
  failed: "Something went wrong on our side. Please try again.",
  at_capacity: "Everybody is busy at the moment. Please try again shortly.",
};

/** Why the connection ended for good, by the socket's close code. @type {Record<number, string>} */
export const endings = {
  4400: "This page is out of date. Please reload it.",
  4401: "The connection has ended. Please reload the page to go on.",
  4403: "The chat is not available on this page.",
  4409: "The chat is open in many windows. It goes on here as soon as you ask for it.",
  4413: "The message was too long to be sent. Please shorten it.",
  4429: "Too much was sent at once. Please wait a minute, then try again.",
};

/** @param {string | null | undefined} code */
export function refusalWords(code) {
  return refusals[code ?? ""] ?? "It did not work. Please try again.";
}
