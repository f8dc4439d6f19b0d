// What is fetched after the lists stand: the open chat, offers, every dialog, the board, search, keys, sounds and the watch
// for signs.

export { BesideLists } from "./beside_lists.js";
export { Board } from "./board.js";
export { ChatView } from "./chat_view.js";
export { Dialogs } from "./dialogs.js";
export { listenForKeys } from "./keys.js";
export { OffersBar } from "./offers_bar.js";
export { SearchPane } from "./search_pane.js";
export { settleIn } from "./settling_in.js";
export { TeamList } from "./team_list.js";
export { RowFaces } from "./viewer_faces.js";
export { ViewBar } from "./view_bar.js";
export { VisitorPane } from "./visitor_pane.js";
