// Unread chats on the tab's icon: a number that is read on light and on dark tabs.

/** @import {Desk} from "./desk.js" */
import { effect } from "../support_chat/vendor/preact.js";

const SIZE = 64; // px: sharp where there are two to one

/** "" for none. @param {number} unread */
export function onTheBadge(unread) {
  return unread > 9 ? "9+" : unread ? String(unread) : "";
}

/** @param {Desk} desk */
export function keepTabIcon(desk) {
  const link = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=icon]"));
  if (!link) return;
  const { href, type } = link;
  const icon = new Image();
  const show = () => {
    const badge = onTheBadge(desk.inbox.unread.peek());
    const drawn = badge && icon.complete && icon.naturalWidth ? draw(icon, badge) : null;
    Object.assign(link, drawn ? { type: "image/png", href: drawn } : { type, href });
  };
  icon.onload = show;
  icon.src = href;
  effect(() => {
    void desk.inbox.unread.value;
    show();
  });
}

/** @param {HTMLImageElement} icon @param {string} badge */
function draw(icon, badge) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.drawImage(icon, 0, 0, SIZE, SIZE);
  pen.beginPath();
  pen.arc(SIZE - 21, 21, 19, 0, 2 * Math.PI);
  pen.fillStyle = "#b42318";
  pen.strokeStyle = "#ffffff"; // parts it from the icon, and from a tab of whatever colour
  pen.lineWidth = 4;
  pen.fill();
  pen.stroke();
  pen.fillStyle = "#ffffff";
  pen.font = `700 ${badge.length > 1 ? 24 : 30}px ${getComputedStyle(document.body).fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(badge, SIZE - 21, 23);
  return canvas.toDataURL("image/png");
}
