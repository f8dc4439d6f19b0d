/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { useLater } from "./later.js";
import { words } from "./strings.js";

/** Before the first word. @param {{visitor: VisitorChat, toBox: () => void}} props */
export function Welcome({ visitor, toBox }) {
  const { availability, leavesWord, site } = visitor;
  const starters = useLater(site.starters !== undefined, () => import("./starters.js"));
  return html`<div class="welcome">
    <p class="welcome-title" dir="auto">${site.welcome || words.welcome}</p>
    ${leavesWord.value ? null : html`<p dir="auto">${availability.value?.available === false ? words.welcomeAway : site.welcomeMore || words.welcomeMore}</p>`}
    ${starters ? h(starters.Starters, { visitor, toBox }) : null}
  </div>`;
}
