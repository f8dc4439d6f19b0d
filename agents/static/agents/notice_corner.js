// Where notices appear.

/** @import {Notices} from "./notices.js" */
import { html } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { Icon } from "./icons.js";

/** @param {{notices: Notices}} props */
export function NoticeCorner({ notices }) {
  return html`<div class="notices" role="status" aria-label=${gettext("Notices")}>
    ${notices.shown.value.map(({ id, text, bad }) => html`<p key=${id} class="notice" data-bad=${bad}>
      <span>${text}</span>
      <button type="button" class="button quiet square small" aria-label=${gettext("Dismiss")} onClick=${() => notices.dismiss(id)}>
        <${Icon} name="close" />
      </button>
    </p>`)}
  </div>`;
}
