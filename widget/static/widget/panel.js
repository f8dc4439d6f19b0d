/** @import {Boot} from "./visitor_chat.js" */
import { h, render } from "../support_chat/vendor/preact.js";
import { renewWhenOutdated } from "../support_chat/renewing.js";
import { localStore } from "../support_chat/storage.js";
import { HostLink } from "./host_link.js";
import { Panel } from "./panel_view.js";
import { VisitorChat } from "./visitor_chat.js";

/** @type {Boot} */
const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "null");

/** @param {HostLink | import("./own_page.js").OwnPage} host */
function begin(host) {
  const visitor = new VisitorChat({ boot, host, store: localStore });
  render(h(Panel, { visitor, host }), /** @type {HTMLElement} */ (document.getElementById("panel")));
  renewWhenOutdated(visitor.socket);
  visitor.begin();
  host.listen();
}

// Not awaited: in a bundle its script waits for this one.
if (boot.host === null) import("./own_page.js").then(({ OwnPage }) => begin(new OwnPage()));
else begin(new HostLink(boot.host, boot.look));
