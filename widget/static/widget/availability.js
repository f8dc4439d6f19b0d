/**
 * How far our team can take new chats.
 *
 * @typedef {object} Availability
 * @property {boolean} available
 * @property {string} why "open" | "closed" by the hours | "away" nobody is here | "paused" by our team | "busy" too many
 * @property {boolean} form whether the server takes a way to be answered with the first message
 * @property {number | null} opens when it opens again, milliseconds since 1970
 * @property {number | null} until when the pause ends, the same
 * @property {string} notice of our team, to everybody
 * @property {boolean} mail whether e-mail is sent
 * @property {string} text of our team, why there is a pause
 */

/**
 * As the server tells it; older ones say no more than whether anybody is here. Seconds that remain become a time to
 * show: the visitor reads it on their own clock.
 * @param {any} told @param {number} [now] @returns {Availability}
 */
export function availabilityOf({ available, why, opens_in, until, notice, text, mail }, now = Date.now()) {
  return {
    available,
    why: why ?? (available ? "open" : "away"),
    form: why !== undefined,
    opens: timeIn(opens_in, now),
    until: timeIn(until, now),
    notice: notice ?? "",
    text: text ?? "",
    mail: mail === true,
  };
}

/** No chat is taken, and the server knows what to do with an address. @param {Availability | null} availability */
export function takesForm(availability) {
  return availability !== null && !availability.available && availability.form;
}

/** Nobody is here; chats that wait go on waiting. @param {Availability | null} availability */
export function nobodyHere(availability) {
  return availability?.available === false && (availability.why === "away" || availability.why === "closed");
}

/** @param {number | null | undefined} seconds @param {number} now */
function timeIn(seconds, now) {
  return typeof seconds === "number" ? now + seconds * 1000 : null;
}
