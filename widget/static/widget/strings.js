import { gettext } from "../support_chat/gettext.js";

/**
 * The first words that a visitor reads or hears in the panel: "our team" and names, never how we are organised.
 * What stands in a sentence has a name, since other languages put it elsewhere.
 */
export const words = {
  log: gettext("Conversation"),
  message: gettext("Message"),
  placeholder: gettext("Write a message…"),
  send: gettext("Send"),
  minimise: gettext("Minimise chat"),

  welcome: gettext("How can we help?"),
  welcomeMore: gettext("Write to us here. You can close this window at any time: the chat stays."),
  welcomeAway: gettext("Nobody is here right now. Write to us anyway: the answer will be waiting for you here."),
  here: gettext("Our team is here"),
  away: gettext("Our team is away"),
  full: gettext("No new chats right now"),
  sending: gettext("Sending…"),

  offline: gettext("No connection. What you write is kept, and sent as soon as we are connected again."),
  reconnect: gettext("Try now"),
  failed: gettext("It did not work. Please try again."),
};
