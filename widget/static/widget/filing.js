// Files of a visitor: fetched once a server says that it takes some.

/** @import {FileFacts, FileLimits} from "../support_chat/files.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { AttachButton, Files, SentFiles, useGiven, WaitingFiles } from "../support_chat/files.js";

const PATH = "/widget/files/";

/** What may be sent is asked; from then on it can be. @param {VisitorChat} visitor */
export async function beginFiling(visitor) {
  const answer = await fetch(PATH);
  if (answer.ok) visitor.filing.value ??= new Filing(visitor, await answer.json());
}

/** The files beside what a visitor writes, and those of their chats. */
export class Filing {
  /** @param {VisitorChat} visitor @param {FileLimits} limits */
  constructor(visitor, limits) {
    const { store, token } = visitor;
    this.visitor = visitor;
    this.door = new Files({ path: PATH, headers: () => ({ Authorization: `Bearer ${token.get() ?? ""}` }), limits, store });
  }

  get tray() {
    void this.door.coming.value; // it comes to be with what came
    return this.door.tray(this.visitor.draftKey, {});
  }

  /** Whether some wait to be sent. */
  get some() {
    return Boolean(this.tray?.items.value.length);
  }

  /** Those that go with the message; null: it waits, and is sent once they are there. @param {() => void} send what stands in the box */
  take(send) {
    return this.door.take(this.visitor.draftKey, {}, send);
  }

  /** What stands in the box is not what was asked to go. */
  stay() {
    this.door.stay(this.visitor.draftKey);
  }

  /** @param {File[]} chosen */
  async add(chosen) {
    void this.visitor.talking.fetch().catch(() => {});
    await this.door.add(this.visitor.draftKey, {}, chosen);
  }

  /** @param {FileFacts[]} files of a message that was not sent */
  async putBack(files) {
    await this.door.putBack(this.visitor.draftKey, {}, files);
  }

  /** None wait any more, and none that were chosen come. */
  empty() {
    this.door.empty();
  }

  /** @param {FileFacts[]} files in the log */
  view(files) {
    return h(SentFiles, { door: this.door, files });
  }

  /** Beside the box. */
  beside() {
    return h(Beside, { filing: this });
  }
}

/** @param {{filing: Filing}} props */
function Beside({ filing }) {
  const add = (/** @type {File[]} */ chosen) => void filing.add(chosen);
  useGiven(add);
  return html`${h(WaitingFiles, { door: filing.door, draft: filing.visitor.draftKey, fields: {} })}${h(AttachButton, { limits: filing.door.limits, onFiles: add })}`;
}
