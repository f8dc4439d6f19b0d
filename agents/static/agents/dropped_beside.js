// A file that is dropped where no chat takes it: else the browser would show it in place of the console.

/** @param {EventTarget} page hears it last, after whoever takes files */
export function keepFilesOut(page) {
  const fall = (/** @type {any} */ event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  };
  for (const name of ["dragover", "drop"]) page.addEventListener(name, fall);
}
