/** What a client does about a close code of the protocol; what is not named here means: come back. */
export const UPGRADE_REQUIRED = 4426;

const ENDED = new Set([
  4400, // repeated bad frames
  4401, // not or no longer signed in
  4403, // not allowed here
  4413, // too big, thrice
  UPGRADE_REQUIRED,
]);
const ONE_SOCKET_TOO_MANY = 4409;
const FLOODING = 4429;

/**
 * @param {number} code
 * @returns {"end" | "when_shown" | "later" | "come_back"}
 */
export function afterClose(code) {
  if (ENDED.has(code)) return "end";
  if (code === ONE_SOCKET_TOO_MANY) return "when_shown";
  return code === FLOODING ? "later" : "come_back";
}
