/** @import {Boot} from "./visitor_chat.js" */
import { h, render } from "../support_chat/vendor/preact.js";
import { localStore } from "../support_chat/storage.js";
import { Attention } from "./attention.js";
import { HostLink, OwnPage } from "./host_link.js";
import { Panel } from "./panel_view.js";
import { VisitorChat } from "./visitor_chat.js";

/** @type {Boot} */
const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "null");
const host = boot.host === null ? new OwnPage() : new HostLink(boot.host);
const visitor = new VisitorChat({ boot, host, store: localStore });
const attention = new Attention(visitor);

render(h(Panel, { visitor, attention, host }), /** @type {HTMLElement} */ (document.getElementById("panel")));
attention.begin();
visitor.begin();
host.listen();
