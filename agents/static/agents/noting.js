// Saving what is written about a person: over the note that was read, or knowingly over what a colleague made of it since.

/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */

/**
 * @typedef {{text: string, read: string, theirs: string | null}} Noting `read`: the note that it was made of; `theirs`:
 *   what it is by now, once the server has refused to put this over it
 */

/** @param {string} kept the note as it stands @returns {Noting} */
export function beginNote(kept) {
  return { text: kept, read: kept, theirs: null };
}

/**
 * Refused where it is another note by now: both texts stand there then, and saved again mine goes over theirs.
 * @param {Pick<Desk, "deeds" | "socket">} desk
 * @param {Pick<OpenChat, "id" | "about" | "personNote">} chat
 * @returns {Promise<boolean>} whether it was saved, and nothing was written since
 */
export async function saveNote({ deeds, socket }, chat) {
  const writing = chat.personNote.peek();
  if (!writing) return false;
  const [text, before] = [writing.text.trim(), noteOf(chat)];
  const compares = socket.welcome?.features?.includes("note_read");
  const fields = { conversation: chat.id, ...(text && { text }), ...(compares && { read: writing.theirs ?? writing.read }) };
  const done = await deeds.act("person", chat.id, () => socket.request("set_person_note", fields, { patience: 4 }).catch((error) => {
    if (error.code === "note_changed") meet(chat, error.details.note);
    throw error;
  }));
  if (!done) return false;
  if (noteOf(chat) === before) show(chat, text);
  const now = chat.personNote.peek();
  if (now && now.text !== writing.text) chat.personNote.value = { ...now, read: text, theirs: null };
  return now?.text === writing.text;
}

/** @param {Pick<OpenChat, "about" | "personNote">} chat @param {string} theirs */
function meet(chat, theirs) {
  show(chat, theirs);
  const now = chat.personNote.peek();
  if (now) chat.personNote.value = { ...now, theirs };
}

/** @param {Pick<OpenChat, "about">} chat */
function noteOf(chat) {
  return chat.about.peek()?.visitor.note;
}

/** @param {Pick<OpenChat, "about">} chat @param {string} note */
function show(chat, note) {
  const about = chat.about.peek();
  if (about) chat.about.value = { ...about, visitor: { ...about.visitor, note } };
}
