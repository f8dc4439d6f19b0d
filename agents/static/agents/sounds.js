// Soft tones, made here: no file is fetched. One each for an offer, a chat of one's own, a message, a chat in the
// queue, one that waits too long, a reminder, a warning.

import { signal } from "../support_chat/vendor/preact.js";
import { preferences } from "./preferences.js";

/** @typedef {keyof typeof TUNES} Tune */

/** Tones in Hz, one after another; each of them unlike the others. The most urgent first. */
const TUNES = {
  offer: [659, 880, 659, 880],
  alert: [880, 659, 880, 659, 988],
  warning: [392, 294],
  given: [523, 784],
  waiting: [587, 494],
  reminder: [440],
  message: [698],
};
const URGENCY = Object.keys(TUNES);
const APART = 0.16; // s between two tones
const LASTS = 0.28; // s of one tone
const LOUD = 0.12; // of 1
/** Of what comes together within this time (ms) only the more urgent is heard after the first. */
const TOGETHER = 1200;

/** @type {AudioContext | null} */
let context = null;
/** Whether nothing can be heard yet, because the browser waits for a key or a click. */
export const isAsleep = signal(true);
/** @type {{name: Tune, at: number} | null} */
let last = null;

/** Browsers let a page sound only after a key or click, and some put it to sleep again: the next one wakes it. Not every key counts (Escape does not). */
export function wakeOnSigns() {
  if (navigator.userActivation?.hasBeenActive) void wake(); // it came before this was loaded
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => void (isAsleep.peek() && wake()), { capture: true });
}

/** Make it heard from now on: within a click or a key of the agent's. */
export async function wake() {
  context ??= made();
  await context.resume().catch(() => {});
  look();
}

function made() {
  const audio = new AudioContext();
  audio.onstatechange = look;
  return audio;
}

function look() {
  isAsleep.value = context?.state !== "running";
}

/** @param {Tune} name */
export function sound(name) {
  if (!preferences.peek().sounds || context?.state !== "running" || isCovered(name, performance.now())) return;
  last = { name, at: performance.now() };
  play(name);
}

/** To hear what it is like, whatever is switched off. @param {Tune} name */
export async function tryOut(name) {
  await wake();
  if (!isAsleep.peek()) play(name);
}

/** @param {Tune} name @param {number} now */
function isCovered(name, now) {
  return last !== null && now - last.at < TOGETHER && URGENCY.indexOf(name) >= URGENCY.indexOf(last.name);
}

/** @param {Tune} name */
function play(name) {
  TUNES[name].forEach((hertz, n) => tone(/** @type {AudioContext} */ (context), hertz, n * APART));
}

/**
 * @param {AudioContext} audio
 * @param {number} hertz
 * @param {number} after seconds
 */
function tone(audio, hertz, after) {
  const begins = audio.currentTime + after;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0, begins);
  gain.gain.linearRampToValueAtTime(LOUD, begins + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, begins + LASTS);
  const source = audio.createOscillator();
  source.frequency.value = hertz;
  source.connect(gain).connect(audio.destination);
  source.start(begins);
  source.stop(begins + LASTS);
}
