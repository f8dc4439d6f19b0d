// Whether the server learns what agents mean by what they type: a release before this one does not.

/** @import {LiveSocket} from "../support_chat/live_socket.js" */

/** As much of the socket as is needed here. @typedef {Pick<LiveSocket, "request" | "welcome">} Asks */

/** @param {Asks} socket */
export function learns(socket) {
  return socket.welcome?.features?.includes("find_replies") === true;
}
