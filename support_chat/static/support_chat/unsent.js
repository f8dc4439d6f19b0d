/** @import {Store} from "./storage.js" */
import { Shelf } from "./shelf.js";
import { signal } from "./vendor/preact.js";
import { written } from "./written.js";

/** What is written before the code that sends is here: kept where the outbox looks for it (outbox.js). */
export class Unsent {
  /** @param {Store} store @param {string} key of the outbox */
  constructor(store, key) {
    this.shelf = new Shelf(store, key);
    this.pending = signal(this.shelf.all());
    this.stop = this.shelf.watch((cleared) => {
      // Somebody emptied the storage, who cannot have meant what is not sent yet.
      if (cleared) this.pending.peek().forEach((item) => this.shelf.put(item));
      this.pending.value = this.shelf.all();
    });
  }

  /** @param {string | null} conversation @param {string} body @param {{fields?: object, files?: import("./files.js").FileFacts[]}} [how] as of an outbox */
  post(conversation, body, how = {}) {
    this.shelf.put(written(conversation, body, how, this.pending.peek().at(-1)?.order));
    this.pending.value = this.shelf.all();
  }
}
