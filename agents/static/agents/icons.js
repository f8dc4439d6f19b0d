// The console's drawings, all 20 × 20, in the colour of the text beside them.

import { html } from "../support_chat/vendor/preact.js";

/** @type {Record<string, string>} */
const PATHS = {
  back: "M12 4 6 10l6 6",
  board: "M3 4h14v12H3zM3 8h14M8 8v8",
  chevron: "m5 8 5 5 5-5",
  close: "m5 5 10 10M15 5 5 15",
  keys: "M3 6h14v9H3zM6 9h.01M10 9h.01M14 9h.01M7 12h6",
  out: "M8 4H4v12h4M8 10h9m-3-3 3 3-3 3",
  page: "M5 3h7l3 3v11H5zM12 3v3h3",
  person: "M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3 2.7-5 6-5s6 2 6 5",
  speech: "M4 4h12v9H9l-4 3v-3H4z",
  phone: "M6 3h8v14H6zM9 15h2",
  check: "m4 10 4 4 8-9",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l3 2",
  globe: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM3 10h14M10 3c4 4 4 10 0 14-4-4-4-10 0-14z",
  list: "M4 5h12M4 10h12M4 15h8",
  hand: "M4 10h11m-4-4 4 4-4 4",
  gear: "M4 6h6m4 0h2M4 14h2m4 0h6M12 4v4M8 12v4",
  star: "m10 3 2 4.6 5 .4-3.8 3.3L14.4 16 10 13.4 5.6 16l1.2-4.7L3 8l5-.4z",
  folder: "M3 5h5l2 2h7v8H3z",
};

/** @param {{name: string}} props `name`: one of these, or a path */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
    <path d=${PATHS[name] ?? name} />
  </svg>`;
}
