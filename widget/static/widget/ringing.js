/** @import {Chat} from "./chat.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { waitingWords } from "./strings_waiting.js";

const NOTES = [660, 880]; // Hz, one after the other
const LOUD = 0.12; // of 1: heard in the next room's door, startles nobody
const NOTE = 0.22; // seconds

/** @type {AudioContext | null} */
let audio = null;

/** Browsers let a page sound only after it was touched: called with the touch. */
export function prepareTone() {
  audio ??= new AudioContext();
  void audio.resume();
}

/** Ring when this chat is taken, if that was asked for. @param {VisitorChat} visitor @param {Chat} chat @returns {() => void} stop */
export function ringAtTurn(visitor, chat) {
  const touched = new AbortController();
  if (visitor.wishes.of(chat.id).ring) addEventListener("pointerdown", prepareTone, { once: true, signal: touched.signal });
  let waits = false;
  const stop = chat.state.subscribe((state) => {
    if (waits && state === "active" && visitor.wishes.of(chat.id).ring) ring(visitor);
    waits = state === "queued";
  });
  return () => (stop(), touched.abort());
}

/** @param {VisitorChat} visitor */
function ring({ host, site }) {
  sound();
  if (!document.hidden) return;
  host.say("ring", { title: waitingWords.yourTurn });
  // Never asked for here: whoever allowed it gets it.
  if (globalThis.Notification?.permission === "granted") notify(site);
}

/** @param {{key: string, name: string}} site */
function notify({ key, name }) {
  try {
    new Notification(waitingWords.yourTurn, { body: name, tag: `support-chat:${key}` });
  } catch {
    // Phones show notifications through service workers alone.
  }
}

function sound() {
  if (audio?.state !== "running") return;
  NOTES.forEach((pitch, index) => note(/** @type {AudioContext} */ (audio), pitch, index * NOTE));
}

/** @param {AudioContext} out @param {number} pitch @param {number} after seconds */
function note(out, pitch, after) {
  const at = out.currentTime + after;
  const tone = new OscillatorNode(out, { frequency: pitch });
  const volume = new GainNode(out, { gain: 0 });
  tone.connect(volume).connect(out.destination);
  volume.gain.setTargetAtTime(LOUD, at, 0.02);
  volume.gain.setTargetAtTime(0, at + NOTE, 0.12);
  tone.start(at);
  tone.stop(at + NOTE * 4);
}
