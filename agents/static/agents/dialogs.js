// The dialog that stands open.

/** @import {Asking, Desk} from "./desk.js" */
import { reached } from "../support_chat/brought.js";
import { gettext } from "../support_chat/gettext.js";
import { h, useEffect, useSignal } from "../support_chat/vendor/preact.js";
import { AssignDialog } from "./assign_dialog.js";
import { AttentionDialog } from "./attention_dialog.js";
import { BlockDialog, HelpDialog, InviteDialog, OverDialog } from "./company_dialogs.js";
import { EarlierDialog } from "./earlier_dialog.js";
import { FilterDialog } from "./filter_dialog.js";
import { KeysDialog } from "./keys_dialog.js";
import { LeavingDialog } from "./leaving_dialog.js";
import { MacroDialog } from "./macro_dialog.js";
import { ManyDialog } from "./many_dialog.js";
import { NotifyDialog } from "./notify_dialog.js";
import { PaletteDialog } from "./palette_dialog.js";
import { DeclineDialog, FrontDialog, PriorityDialog } from "./reason_dialogs.js";
import { SnoozeDialog } from "./snooze_dialog.js";
import { TagDialog } from "./tag_dialog.js";
import { TransferDialog } from "./transfer_dialog.js";

/** @type {Record<string, (props: any) => any>} */
const DIALOGS = {
  assign: AssignDialog,
  attention: AttentionDialog,
  block: BlockDialog,
  decline: DeclineDialog,
  earlier: EarlierDialog,
  filter: FilterDialog,
  front: FrontDialog,
  help: HelpDialog,
  invite: InviteDialog,
  keys: KeysDialog,
  leave: LeavingDialog,
  macro: MacroDialog,
  many: ManyDialog,
  notify: NotifyDialog,
  over: OverDialog,
  palette: PaletteDialog,
  priority: PriorityDialog,
  snooze: SnoozeDialog,
  tags: TagDialog,
  transfer: TransferDialog,
};

/** What is of no use without the server, and seldom asked for, is fetched then. @type {Record<string, () => Promise<(props: any) => any>>} */
const FETCHED = {
  merge: async () => (await import("./merge_dialog.js")).MergeDialog,
  onSite: async () => (await import("./on_site_dialog.js")).OnSiteDialog,
};

/** @param {{desk: Desk, name: string, onClose: () => void}} props */
function Fetched(props) {
  const { desk, name, onClose } = props;
  const found = useSignal(/** @type {{dialog: (props: any) => any} | null} */ (null));
  useEffect(() => {
    reached(FETCHED[name]).then((dialog) => (found.value = { dialog }), () => {
      onClose();
      desk.notices.say(gettext("This part of the console could not be loaded. Try again once the connection is back."), { bad: true });
    });
  }, []);
  return found.value && h(found.value.dialog, props);
}

/** @type {WeakMap<Asking, number>} */
const numbers = new WeakMap();
let last = 0;

/** Whoever asks again at once gets another dialog, not the one that is just closing. @param {Asking} asking */
function numberOf(asking) {
  if (!numbers.has(asking)) numbers.set(asking, (last += 1));
  return numbers.get(asking);
}

/** @param {{desk: Desk, asking: Asking, place: import("./palette.js").Place}} props */
export function Dialogs({ desk, asking, place }) {
  const onClose = () => {
    if (desk.asking.peek() === asking) desk.asking.value = null;
  };
  return h(DIALOGS[asking.name] ?? Fetched, { key: numberOf(asking), desk, place, onClose, ...asking });
}
