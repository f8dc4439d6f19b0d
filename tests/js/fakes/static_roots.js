/**
 * In the browser all static folders are one; in Node a face's `../support_chat/…` is led to the shared folder.
 *
 *     register("./fakes/static_roots.js", import.meta.url);
 */
const SHARED = /\/(widget|agents|fixtures)\/static\/support_chat\//;

/** @type {import("node:module").ResolveHook} */
export async function resolve(specifier, context, next) {
  if (!specifier.startsWith(".") || !context.parentURL) return next(specifier, context);
  const { href } = new URL(specifier, context.parentURL);
  return next(href.replace(SHARED, "/support_chat/static/support_chat/"), context);
}
