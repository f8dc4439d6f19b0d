/** @import {Store} from "./storage.js" */

/**
 * @typedef {object} ComposerHandle what the face may do with the box; put into `handle.current`
 * @property {() => string} text
 * @property {(text: string) => void} set also keeps the draft; puts the caret at the end
 * @property {(text: string, from?: number, to?: number) => void} insert at the caret, or instead of from–to
 * @property {() => void} send as if the button were pressed
 * @property {() => void} focus
 * @property {HTMLTextAreaElement} element
 *
 * @typedef {object} ComposerWords
 * @property {(over: number, limit: number) => string} tooLong
 *
 * @typedef {object} ComposerProps
 * @property {string} label "Message", "Reply", "Note": the box's name
 * @property {string} sendLabel "Send", "Send reply", "Add note"
 * @property {string} draftKey another key shows another draft; the box is never emptied by anything else
 * @property {(body: string) => boolean | void} onSend return false to keep the text (asked once more, unfilled places …)
 * @property {(typing: boolean, text: string) => void} [onTyping] already throttled: start every 3 s, stop after 5 s or on send
 * @property {boolean} [disabled] holds sending, never writing
 * @property {string} [placeholder]
 * @property {string} [describedBy] id of the element that says whom this addresses
 * @property {number} [maxLength] code points, 8000
 * @property {boolean} [labelHidden] true by default: the label is for screen readers only
 * @property {any} [before] inside the form, before the box (attach button, canned replies list)
 * @property {any} [after] inside the form, after the send button
 * @property {any} [sendContent] what the button shows instead of its words (an icon); its name stays sendLabel
 * @property {(event: KeyboardEvent, handle: ComposerHandle) => void} [onKeyDown] first; preventDefault() takes the key
 * @property {(text: string, handle: ComposerHandle) => void} [onText] after every change of the text
 * @property {{current: ComposerHandle | null}} [handle]
 * @property {Store} [store] where drafts live; localStore by default
 * @property {Partial<ComposerWords>} [words]
 */

/** Where a person writes. @param {ComposerProps} props */
export function Composer(props) {
  return null;
}
