const DARK = "(prefers-color-scheme: dark)";

/** @type {MutationObserver | undefined} */
let watching;

/**
 * The panel's looks by day or by night, whatever the device prefers.
 * @param {"light" | "dark" | "auto"} theme
 */
export function putOn(theme) {
  const rules = { light: "not all", dark: "all" }[/** @type {string} */ (theme)] ?? DARK;
  document.documentElement.style.colorScheme = rules === DARK ? "" : theme;
  dress(rules);
  watching?.disconnect();
  watching = new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => node.addEventListener("load", () => dress(rules)))));
  watching.observe(document.head, { childList: true });
}

/** @type {WeakSet<CSSRule>} */
const night = new WeakSet();

/** @param {string} when by which media the rules for the night hold */
function dress(when) {
  for (const { cssRules } of document.styleSheets)
    for (const rule of cssRules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      if (rule.conditionText === DARK) night.add(rule);
      if (night.has(rule)) rule.media.mediaText = when;
    }
}
