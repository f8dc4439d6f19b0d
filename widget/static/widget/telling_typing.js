/** @import {VisitorChat} from "./visitor_chat.js" */

const EVERY = 1000; // milliseconds between two previews
const LONGEST = 500; // code points of one
const PREVIEWS = "previews"; // the server's word: this site lets our team see what is being written

/** @type {any} while they write, where a preview of it is told */
let previewing = 0;
let told = "";

/** Our team sees that the visitor writes; and what, where the site wants it and they are told. @param {VisitorChat} visitor @param {boolean} typing */
export function tellTyping(visitor, typing) {
  clearInterval(previewing);
  if (!typing || !isPreviewed(visitor)) return void tell(visitor, { typing });
  told = "";
  previewing = setInterval(() => tellPreview(visitor), EVERY);
  tellPreview(visitor);
}

/** Whether what is written now is seen before it is sent. @param {VisitorChat} visitor */
export function isPreviewed(visitor) {
  const chat = visitor.current.value;
  return chat !== null && !chat.closed.value && Boolean(welcomeOf(visitor)?.features?.includes(PREVIEWS));
}

/** What the last hello was answered, also while there is no link. @param {VisitorChat} visitor */
export function welcomeOf({ socket }) {
  void socket.status.value; // it comes with the status
  return socket.welcome;
}

/** @param {VisitorChat} visitor */
function tellPreview(visitor) {
  const preview = Array.from(visitor.box.current?.text() ?? "").slice(0, LONGEST).join("");
  if (preview === told || !isPreviewed(visitor)) return;
  if (tell(visitor, { typing: preview !== "", ...(preview && { preview }) })) told = preview;
}

/** @param {VisitorChat} visitor @param {{typing: boolean, preview?: string}} what */
function tell({ current, socket }, what) {
  const chat = current.value;
  if (!chat || chat.closed.value || socket.status.value !== "online") return;
  socket.request("set_typing", { conversation: chat.id, ...what }).catch(() => {});
  return true;
}
