import { gettext } from "../support_chat/gettext.js";

/** What a field for an address says of what it takes. */
export const hint = gettext("An address like name@example.com");
