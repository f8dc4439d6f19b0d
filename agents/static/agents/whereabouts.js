// Where a visitor is, on what, and at what time of their day, in words.

import { gettext } from "../support_chat/gettext.js";
import { fill, language } from "../support_chat/sentences.js";

/** @type {Record<string, string>} */
const KINDS = { phone: gettext("Phone"), tablet: gettext("Tablet"), computer: gettext("Computer") };

/** "Phone, Firefox, Android" of "phone/Firefox/Android". @param {string} device */
export function deviceInWords(device) {
  const [kind, ...rest] = device.split("/");
  return [KINDS[kind], ...rest].filter(Boolean).join(", ");
}

/** "14:05 (Europe/Berlin)"; null where this browser does not know the zone. @param {string} zone @param {number} now ms */
export function localTime(zone, now) {
  try {
    const time = new Intl.DateTimeFormat(language(), { weekday: "short", hour: "numeric", minute: "2-digit", timeZone: zone }).format(now);
    return fill(gettext("%(time)s (%(zone)s)"), { time, zone: zone.replaceAll("_", " ") });
  } catch {
    return null;
  }
}
