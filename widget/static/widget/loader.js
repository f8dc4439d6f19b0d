// The loader: draws the launcher, frames the panel, and asks of the host page's policy no more than script-src
// and frame-src. Nothing is framed, fetched or stored before the visitor's first click. No library, no host global
// but SupportChat. Served at /widget.js without its comments and indentation (see loader.py).
(() => {
  'use strict';
  /** @type {any} */
  const world = window;
  const doc = document;
  /** @type {any} */
  const script = doc.currentScript || doc.querySelector('script[data-site]');
  const site = script?.dataset.site;
  if (!site) return console.warn('SupportChat: no data-site');
  // A second snippet, or one run again by a page that swaps its body, finds the first at work.
  const before = world.SupportChat || [];
  if (before.destroy) return;
  // What stands here before the panel has said anything, in the website's language.
  const words = (script.dataset.words || 'Open chat,Minimise chat,Chat').split(',');

  /** @type {any} */
  const address = new URL('widget/frame/?' + new URLSearchParams({ site, origin: location.origin }), script.src);
  const home = address.origin;
  const phone = matchMedia('(max-width:479.98px)');
  const view = world.visualViewport;
  const stop = new AbortController();
  const { signal } = stop;
  /** @type {any} */
  let frame;
  /** @type {any} */
  let gesture;
  /** @type {any} where the focus was */
  let back;
  let greeted = false;
  let opened = false;
  let scrolled = 0;
  /** @type {any[]} what the website asks of the panel and it does not know yet */
  let asks = [];

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
  inset-inline:var(--s,auto) 20px;
  inline-size:56px;
  block-size:56px;
  border-radius:50%;
  background:var(--c,#12574f);
  color:var(--i,#fff);
  cursor:pointer;
  display:grid;
  place-items:center;
  box-shadow:0 0 0 1px #8883,0 8px 32px #0004;
  transition:.15s;
  -webkit-tap-highlight-color:transparent
}
button:hover{opacity:.9}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px var(--c,#12574f)}
svg{
  inline-size:26px;
  fill:none;
  stroke:currentColor;
  stroke-width:2;
  stroke-linecap:round;
  stroke-linejoin:round
}
path{transition:.15s}
[aria-expanded=false] path+path,[aria-expanded=true] path:first-child{opacity:0;transform:translateY(8px)}
b{
  position:absolute;
  inset-block-start:-4px;
  inset-inline-end:-4px;
  min-inline-size:10px;
  padding-inline:6px;
  border-radius:16px;
  background:#b3261e;
  box-shadow:0 0 0 2px #fff;
  font:600 12px/22px sans-serif;
  text-align:center
}
b:empty{display:none}
iframe{
  position:fixed;
  inset-block-end:92px;
  inset-inline:var(--s,auto) 20px;
  border-radius:16px;
  block-size:min(680px,100dvh - 112px);
  border:0;
  inline-size:min(400px,100vw - 40px);
  background:Canvas;
  box-shadow:0 0 0 1px #8883,0 8px 32px #0004;
  transition:.15s
}
iframe[inert]{visibility:hidden;opacity:0;transform:translateY(8px)}
@media(max-height:440px){
  iframe{inset-block-end:0;margin-inline:72px;block-size:100dvh}
}
@media(max-width:479.98px){
  iframe{inset:0;margin:0;inline-size:100vw;block-size:100dvh;border-radius:0;transition:none}
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

  /** @type {any} */
  const host = doc.createElement('support-chat');
  const root = host.attachShadow({ mode: 'open' });
  // A constructed sheet is not subject to the host's style-src.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  /** @type {any} */
  const launcher = doc.createElement('button');
  const badge = doc.createElement('b');
  /** @param {string} name */
  const draw = (name) => doc.createElementNS('http://www.w3.org/2000/svg', name);
  const icon = draw('svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  for (const d of ['M4 5h16v11h-9l-5 4v-4H4z', 'm5 9 7 7 7-7']) icon.appendChild(draw('path')).setAttribute('d', d);
  launcher.append(icon, badge);
  root.append(launcher);

  /** @param {string} word @param {any} [more] its `detail` */
  const emit = (word, more) => host.dispatchEvent(new CustomEvent(word, more));

  /** @param {string} [word] */
  const say = (word) => {
    if (!greeted) return;
    frame.contentWindow.postMessage({ supportChat: 1, say: word, page: location.origin + location.pathname, from: doc.referrer, asks, on: kept('going-on') }, home);
    asks = [];
  };

  const warm = () => {
    if (frame) return;
    frame = doc.createElement('iframe');
    frame.title = words[2];
    frame.inert = true;
    frame.referrerPolicy = 'origin';
    frame.allow = 'autoplay';
    frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads');
    frame.src = address;
    root.prepend(frame);
  };

  // A phone's keyboard shrinks the visual viewport of the top page alone; a framed page never hears of it.
  const fit = () => {
    if (!frame) return;
    const fits = opened && phone.matches && view;
    frame.style.blockSize = fits ? view.height * view.scale + 'px' : '';
    frame.style.transform = fits && view.scale < 1.01 ? `translateY(${view.offsetTop}px)` : '';
  };

  /** @param {string} [count] of new messages @param {string} [label] that says so */
  const tell = (count = '', label = words[+opened]) => {
    badge.textContent = count;
    launcher.ariaExpanded = opened;
    launcher.ariaLabel = label;
  };

  /** @param {boolean} now */
  const show = (now) => {
    opened = now;
    frame.inert = !now;
    tell();
    fit();
    say(now ? 'opened' : 'minimised');
    emit(now ? 'open' : 'close');
  };

  const open = () => {
    if (opened) return;
    warm();
    back = doc.activeElement === host ? launcher : doc.activeElement;
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
    gesture = gesture?.destroy();
    if (phone.matches) scrollTo(0, scrolled);
    if (focused) (back === doc.body ? launcher : back).focus();
    // What never answered is asked for anew at the next opening.
    if (!greeted) frame = frame.remove();
  };

  const toggle = () => (opened ? close() : open());

  // Whether a chat goes on and how we look is all that is kept with the host, for its later pages.
  /** @param {string} what @param {string} [value] @returns {any} */
  const kept = (what, value) => {
    what = `support-chat:${what}:${site}`;
    try {
      if (value != null) localStorage[value ? 'setItem' : 'removeItem'](what, value);
      return localStorage.getItem(what);
    } catch {}
  };

  /** @param {MessageEvent} event */
  const hear = ({ data, origin, source }) => {
    if (source !== frame?.contentWindow || origin !== home || data?.supportChat !== 1) return;
    const word = data.say;
    if (word === 'ready') {
      greeted = true;
      frame.className = 'on';
      say(opened ? 'opened' : 'warmed');
      host.style = data.look;
      kept('looks', data.look);
    } else if (word === 'again') {
      greeted = false;
      asks = data.asks;
    } else if (word === 'minimise') close();
    else if (word === 'unread') opened || tell(data.badge, data.label);
    else if (word === 'going-on') kept(word, data.on);
    else if (word === 'ring') {
      const { title } = doc;
      doc.title = data.title;
      doc.addEventListener('visibilitychange', () => doc.title === data.title && (doc.title = title), { once: true });
    }
    emit(word, data);
  };

  // Beside <body>, not in it: what swaps the body leaves an open chat alone; what swaps more gets us back.
  const attach = () => {
    if (signal.aborted || host.isConnected) return;
    greeted = false;
    for (const node of [doc, doc.documentElement]) watch.observe(node, { childList: true });
    doc.documentElement.append(host);
  };
  const watch = new MutationObserver(() => host.isConnected || setTimeout(attach, 50));

  const start = () => {
    attach();
    if (kept('going-on')) (world.requestIdleCallback || setTimeout)(() => signal.aborted || warm());
  };

  const destroy = () => {
    stop.abort();
    watch.disconnect();
    host.remove();
    delete world.SupportChat;
  };

  tell();
  // Of our own server: --c the colour, --i what stands on it, --s the distance from the start where we stand there.
  host.style = kept('looks') || script.dataset.look;
  launcher.onpointerdown = warm;
  launcher.onclick = toggle;
  // A handler that returned false would undo the key.
  launcher.onkeydown = (/** @type {KeyboardEvent} */ { key }) => {
    if (key === 'Escape') close();
  };
  addEventListener('message', hear, { signal });
  for (const name of 'resize,scroll'.split(',')) view?.addEventListener(name, fit, { signal });
  phone.addEventListener('change', fit, { signal });
  /** @type {any} */
  const api = {
    open,
    close,
    toggle,
    destroy,
    show: () => (launcher.style.display = ''),
    hide: () => (launcher.style.display = 'none'),
    on: host.addEventListener.bind(host),
    /** @param {any[]} call */
    push: ([name, ...rest]) => api[name](...rest),
  };
  for (const name of 'identify,setAttributes,setLocale,setTheme,prefill,startConversation,reset'.split(','))
    api[name] = (/** @type {any} */ what = '') => {
      asks.push([name, what]);
      if (name[1] === 't') open();
      if (name === 'reset') warm();
      say();
    };
  world.SupportChat = api;
  if (doc.body) start();
  else addEventListener('DOMContentLoaded', start, { signal });
  before.map(api.push);
})();
