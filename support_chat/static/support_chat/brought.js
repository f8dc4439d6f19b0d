/** @typedef {{styles: string[], modules: string[]}} Addresses all that a later part of a page takes */

/**
 * Style sheets and modules of a part that is imported next, asked for all at once. As files: some browsers never ask
 * again for a module that once could not be fetched.
 * @param {Addresses} addresses
 * @throws when one cannot be fetched
 */
export async function brought({ styles, modules }) {
  await Promise.all([...modules, ...styles].map(fetched));
  await Promise.all(styles.map(styled)); // not before all is there: whoever tries again wears none of them twice
}

/**
 * A module, asked for when anything can be fetched at all: some browsers never ask again for one that once could not be.
 * @template T @param {() => Promise<T>} load @returns {Promise<T>}
 */
export async function reached(load) {
  await fetch(import.meta.url, { method: "HEAD", cache: "no-store" });
  return load();
}

/** @param {string} href */
async function fetched(href) {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${answer.status}`);
  await answer.blob();
}

/** @param {string} href */
function styled(href) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.head.append(link);
  return new Promise((done, failed) => {
    link.onload = done;
    link.onerror = () => (link.remove(), failed(new Error("no looks")));
  });
}
