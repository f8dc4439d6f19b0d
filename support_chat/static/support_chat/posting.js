/**
 * One request in the place of a socket, as fetch takes it.
 * @param {string} url of the socket
 * @param {"commands" | "events"} what
 * @param {object} body
 * @param {RequestInit & {token: string | null}} how `token`: who asks
 * @returns {[string, RequestInit]}
 */
export function postTo(url, what, body, { token, ...more }) {
  const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  return [addressOf(url, what), { method: "POST", headers, body: JSON.stringify(body), cache: "no-store", redirect: "error", ...more }];
}

/** @param {string} url @param {string} what */
function addressOf(url, what) {
  const address = new URL(url.replace(/^ws/u, "http"));
  const who = address.pathname.split("/").pop();
  return new URL(`../live/${what}?as=${who}`, address).href;
}
