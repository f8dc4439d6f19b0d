// What is fetched with the first file.

export { Tray, TrayView } from "./file_tray.js";
export { FileViews } from "./file_views.js";
