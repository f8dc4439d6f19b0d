/** @import {VisitorChat} from "./visitor_chat.js" */

/**
 * Where the browser keeps nothing for us, the website keeps a handle that its visitor comes back with, once. Its
 * scripts can read it; the next one is asked for each time that the panel begins, or somebody else begins in it.
 * @param {VisitorChat} visitor
 */
export function keepHandle({ socket, host, current }) {
  let whose = "";
  const keep = async (/** @type {any} */ { visitor }) => {
    if (visitor.verified || visitor.id === whose) return;
    const before = host.handle || host.kept;
    const answer = await socket.request("renew_handle", before[1] ? { handle: before } : {}).catch(() => null);
    if (answer === null) return; // it is asked for again with the next welcome
    whose = visitor.id;
    host.handle = answer.handle;
    host.goingOn(current.value?.closed.value === false);
  };
  socket.onWelcome(keep);
  if (socket.status.peek() === "online") void keep(socket.welcome);
}
