// The loader: draws the launcher, frames the panel, and asks of the host page's policy no more than script-src
// and frame-src. Nothing is framed, fetched or stored before the visitor's first click. No library, no host global
// but SupportChat. Served at /widget.js without its comments and indentation (see loader.py).
(() => {
  'use strict';
  /** @type {any} */
  const world = window;
  const doc = document;
  /** @type {any} */
  const script = doc.currentScript || doc.querySelector('script[data-site][src*="/widget.js"]');
  const site = script && script.dataset.site;
  if (!site) return console.warn('Support Chat: the snippet needs data-site="KEY"');
  // A second snippet, or one run again by a page that swaps its body, finds the first at work.
  if (world.SupportChat && world.SupportChat.destroy) return;

  const VERSION = 1;
  /** @type {any} */
  const address = new URL('widget/frame/', script.src);
  address.search = new URLSearchParams({ site, origin: location.origin });
  const home = address.origin;
  const flag = 'support-chat:going-on:' + site;
  const phone = matchMedia('(max-width:479.98px)');
  const stop = new AbortController();
  const { signal } = stop;
  /** @type {any} */
  let frame;
  /** @type {any} */
  let gesture;
  let greeted = false;
  let opened = false;
  let scrolled = 0;

  const css = `
:host{
  all:initial!important;
  position:fixed!important;
  inset-block-end:0!important;
  inset-inline-end:0!important;
  z-index:2147483647!important;
  color-scheme:light dark!important
}
button{
  all:unset;
  position:fixed;
  inset-block-end:20px;
  inset-inline-end:20px;
  inline-size:56px;
  block-size:56px;
  border-radius:50%;
  background:#12574f;
  color:#fff;
  cursor:pointer;
  display:grid;
  place-items:center;
  box-shadow:0 0 0 1px #fff3,0 8px 24px #0004;
  transition:.15s;
  -webkit-tap-highlight-color:transparent
}
button:hover{background:#0c463f}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #12574f}
svg{
  grid-area:1/1;
  inline-size:26px;
  fill:none;
  stroke:currentColor;
  stroke-width:2;
  stroke-linecap:round;
  stroke-linejoin:round;
  transition:.15s
}
[aria-expanded=false] svg+svg,[aria-expanded=true] svg:first-child{opacity:0;transform:translateY(6px)}
b{
  position:absolute;
  inset-block-start:-4px;
  inset-inline-end:-4px;
  min-inline-size:10px;
  padding-inline:6px;
  border-radius:11px;
  background:#b3261e;
  box-shadow:0 0 0 2px #fff;
  font:600 12px/22px system-ui,sans-serif;
  text-align:center
}
b:empty{display:none}
iframe{
  position:fixed;
  inset-block-end:92px;
  inset-inline-end:20px;
  inline-size:min(400px,100vw - 40px);
  block-size:min(680px,100dvh - 112px);
  border:0;
  border-radius:16px;
  background:Canvas;
  box-shadow:0 0 0 1px #0001,0 16px 48px #0004;
  transition:.15s
}
iframe[inert]{visibility:hidden;opacity:0;transform:translateY(8px)}
@media(max-height:440px){
  iframe{inset-block-end:0;inset-inline-end:92px;block-size:100dvh}
}
@media(max-width:479.98px){
  iframe{inset:0;inline-size:100vw;block-size:100dvh;border-radius:0;transition:none}
  .on~[aria-expanded=true]{visibility:hidden}
}
@media(prefers-reduced-motion){
  *{transition:none!important}
}
@media(forced-colors:active){
  button,iframe,b{border:1px solid}
}
@media print{
  :host{display:none!important}
}`;

  /** @param {string} d */
  const draw = (d) => {
    const space = 'http://www.w3.org/2000/svg';
    const picture = doc.createElementNS(space, 'svg');
    const path = picture.appendChild(doc.createElementNS(space, 'path'));
    picture.setAttribute('viewBox', '0 0 24 24');
    picture.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', d);
    return picture;
  };

  const host = doc.createElement('support-chat');
  const root = host.attachShadow({ mode: 'open' });
  // A constructed sheet is not subject to the host's style-src.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const launcher = doc.createElement('button');
  const badge = doc.createElement('b');
  badge.setAttribute('aria-hidden', 'true');
  launcher.append(draw('M20 11.5c0 4-3.6 7-8 7-1 0-2-.2-3-.5L4.5 20l1.3-3.5A6.6 6.6 0 0 1 4 11.5c0-3.9 3.6-7 8-7s8 3.1 8 7Z'), draw('m5 9 7 7 7-7'), badge);
  root.append(launcher);

  /** @param {string} word */
  const say = (word) =>
    greeted && frame.contentWindow.postMessage({ supportChat: VERSION, say: word, page: location.origin + location.pathname }, home);

  const warm = () => {
    if (frame) return;
    frame = doc.createElement('iframe');
    frame.title = 'Chat';
    frame.inert = true;
    frame.referrerPolicy = 'origin';
    frame.allow = 'clipboard-write; autoplay';
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads');
    frame.src = address;
    root.prepend(frame);
  };

  // A phone's keyboard shrinks the visual viewport of the top page alone; a framed page never hears of it.
  const fit = () => {
    if (!frame) return;
    const view = opened && phone.matches && world.visualViewport;
    const { style } = frame;
    style.blockSize = view ? view.height * view.scale + 'px' : '';
    style.transform = view && view.scale < 1.01 ? `translateY(${view.offsetTop}px)` : '';
  };

  /** @param {number} [count] new messages */
  const tell = (count = 0) => {
    badge.textContent = count > 99 ? '99+' : count ? count + '' : '';
    launcher.setAttribute('aria-expanded', `${opened}`);
    launcher.setAttribute('aria-label', opened ? 'Minimise chat' : 'Open chat' + (count ? `, ${count} new message${count > 1 ? 's' : ''}` : ''));
  };

  /** @param {boolean} now */
  const show = (now) => {
    opened = now;
    frame.inert = !now;
    tell();
    fit();
    say(now ? 'opened' : 'minimised');
  };

  const open = () => {
    if (opened) return;
    warm();
    scrolled = scrollY;
    show(true);
    frame.focus();
    // The back gesture of a phone closes the panel, not the page.
    if (phone.matches && world.CloseWatcher) (gesture = new world.CloseWatcher()).onclose = close;
  };

  const close = () => {
    if (!opened) return;
    const focused = doc.activeElement === host;
    show(false);
    if (gesture) gesture = gesture.destroy();
    if (phone.matches) scrollTo(0, scrolled);
    if (focused) launcher.focus();
    // What never answered is asked for anew at the next opening.
    if (!greeted) frame = frame.remove();
  };

  const toggle = () => (opened ? close() : open());

  // Whether a chat goes on is all that is kept with the host: later pages then count its new messages.
  /** @param {boolean} [going] */
  const kept = (going) => {
    try {
      if (going) localStorage.setItem(flag, '1');
      else if (going === false) localStorage.removeItem(flag);
      return localStorage.getItem(flag);
    } catch {
      return null;
    }
  };

  /** @param {MessageEvent} event */
  const hear = ({ data, origin, source }) => {
    if (!frame || source !== frame.contentWindow || origin !== home || !data || data.supportChat !== VERSION) return;
    const word = data.say;
    if (word === 'ready') {
      greeted = true;
      frame.className = 'on';
      say(opened ? 'opened' : 'warmed');
    } else if (word === 'minimise') close();
    else if (word === 'unread') opened || tell(data.count >>> 0);
    else if (word === 'going-on') kept(!!data.on);
  };

  // Beside <body>, not in it: what swaps the body leaves an open chat alone; what swaps more gets us back.
  const attach = () => {
    if (signal.aborted || host.isConnected) return;
    greeted = false;
    const top = doc.documentElement;
    top.append(host);
    for (const node of [doc, top]) watch.observe(node, { childList: true });
  };
  const watch = new MutationObserver(() => host.isConnected || setTimeout(attach, 50));

  const start = () => {
    attach();
    if (kept()) (world.requestIdleCallback || setTimeout)(() => signal.aborted || warm());
  };

  const destroy = () => {
    stop.abort();
    watch.disconnect();
    host.remove();
    delete world.SupportChat;
  };

  tell();
  launcher.addEventListener('pointerdown', warm);
  launcher.addEventListener('click', toggle);
  launcher.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  addEventListener('message', hear, { signal });
  for (const kind of ['resize', 'scroll']) if (world.visualViewport) world.visualViewport.addEventListener(kind, fit, { signal });
  phone.addEventListener('change', fit, { signal });
  world.SupportChat = Object.freeze({ open, close, toggle, destroy });
  if (doc.readyState === 'loading') addEventListener('DOMContentLoaded', start, { signal });
  else start();
})();
