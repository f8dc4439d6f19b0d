/** @import {Entry} from "./types.d.ts" */
/** @import {Bubble, Day, Line, Row} from "./timeline_rows.js" */
/** @import {TimelineWords} from "./timeline_words.js" */
import { linkify } from "./linkify.js";
import { Component, html } from "./vendor/preact.js";
import { clockTime, dayKey, dayName } from "./when.js";

/**
 * @typedef {object} RowProps
 * @property {Row} row
 * @property {TimelineWords} words
 * @property {string} [locale]
 * @property {(clientId: string) => void} [onRetry]
 * @property {(clientId: string) => void} [onDiscard]
 * @property {(entry: Entry) => any} [renderEntry]
 * @property {(files: import("./files.js").FileFacts[]) => any} [renderFiles]
 * @property {(row: Bubble) => any} [renderTools] what its author may do with a message
 */

/** One <li>. A new message draws one row, not a thousand. @extends {Component<RowProps>} */
export class TimelineRow extends Component {
  /** @param {RowProps} next */
  shouldComponentUpdate(next) {
    const { row, words, locale, renderTools } = this.props;
    return renderTools !== next.renderTools || words !== next.words || locale !== next.locale || !sameFields(row, next.row);
  }

  /** @param {RowProps} props */
  render(props) {
    const { row, renderEntry } = props;
    if (row.type === "day") return dayRow(row, props);
    const own = row.entry && renderEntry?.(row.entry);
    if (own !== undefined && own !== null) return html`<li class="timeline-entry" data-kind=${row.entry?.kind} data-position=${row.entry?.position}>${own}</li>`;
    return row.type === "line" ? lineRow(row, props) : bubbleRow(row, props);
  }
}

/** @param {Day} row @param {RowProps} props */
function dayRow({ at }, { locale }) {
  return html`<li class="timeline-day"><time datetime=${dayKey(at)}>${dayName(at, locale)}</time></li>`;
}

/** @param {Line} row @param {RowProps} props */
function lineRow({ entry, text }, { locale }) {
  return html`<li class="timeline-line" data-kind=${entry.kind} data-position=${entry.position}>
    <span>${text}</span> <time datetime=${entry.at}>${clockTime(entry.at, locale)}</time>
  </li>`;
}

/** @param {Bubble} row @param {RowProps} props */
function bubbleRow(row, props) {
  const { kind, author, own, side, first, last, state, at, edited } = row;
  const { words, locale } = props;
  return html`<li class="bubble" data-kind=${kind} data-role=${author.role} data-side=${side} data-state=${state ?? undefined} data-position=${row.entry?.position}
      data-first=${first ? "" : undefined} data-last=${last ? "" : undefined}>
    ${first && !own && html`<span class="bubble-name" aria-hidden="true"><bdi>${words.name(author)}</bdi></span>`}
    <span class="sc-hidden">${kind !== "message" && `${words.note}. `}${words.said(author, own)}: </span>
    ${(row.text || !row.files) && html`<div class="bubble-text" dir="auto">${linkify(row.text).map(piece)}</div>`}
    ${row.hidden && html`<span class="bubble-meta">${words.hidden}</span>`}
    ${row.files && (props.renderFiles?.(row.files) ?? row.files.map(({ name }) => html`<div class="bubble-text"><bdi>${name}</bdi></div>`))}
    ${props.renderTools?.(row)}
    ${(last || state || edited) && html`<span class="bubble-meta">
      <time datetime=${new Date(at).toISOString()}>${clockTime(at, locale)}</time>
      ${edited && html`<span class="bubble-edited">${words.edited}</span>`}
      ${state && stateOf(row, props)}
    </span>`}
  </li>`;
}

/** @param {import("./linkify.js").Piece} piece */
function piece({ text, href }) {
  return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>` : text;
}

/** @param {Bubble} row @param {RowProps} props */
function stateOf({ state, item }, { words, onRetry, onDiscard }) {
  if (state !== "failed" || !item) return html`<span class="bubble-state">${words[/** @type {"sent"} */ (state)]}</span>`;
  return html`<span class="bubble-state">${words.notSent(item)}</span>
    ${onRetry && html`<button type="button" class="bubble-again" onClick=${() => onRetry(item.client_id)}>${words.again}</button>`}
    ${onDiscard && html`<button type="button" class="bubble-discard" onClick=${() => onDiscard(item.client_id)}>${words.discard}</button>`}`;
}

/** @param {Record<string, any>} a @param {Record<string, any>} b */
function sameFields(a, b) {
  return Object.keys(b).every((name) => a[name] === b[name]);
}
