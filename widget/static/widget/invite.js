// Speaks first, by the site's own rules: a small bubble beside the launcher, once a visitor and day. Asks for nothing,
// and needs no more of the host page's policy than the loader, beside which it stands. Served at
// /widget/invite/KEY.js, called with what it is told there (see invitations.py).
/** @typedef {{words: string, path: string, after: number}} Rule `after` in seconds */
(
/** @param {{site: string, close: string, never: string[], rules: Rule[]}} told */
(told) => {
  'use strict';
  /** @type {any} */
  const world = window;
  const doc = document;
  /** @type {string} what is in view */
  let path;
  /** @type {number | undefined} */
  let timer;
  /** @type {HTMLElement | undefined} */
  let bubble;
  let memory = '';
  /** @type {number | undefined} */
  let watch;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
.i{
  position:fixed;
  inset-block-end:92px;
  inset-inline:var(--s,auto) 20px;
  inline-size:fit-content;
  max-inline-size:min(300px,100vw - 40px)
}
[style*=none]~.i{display:none}
.i button{
  all:unset;
  box-sizing:border-box;
  display:block;
  padding:10px 16px;
  padding-inline-end:44px;
  max-block-size:25dvh;
  overflow:auto;
  overflow-wrap:anywhere;
  border-radius:16px;
  background:Canvas;
  color:CanvasText;
  box-shadow:0 0 0 1px #8886,0 8px 32px #0004;
  font:15px/1.35 system-ui,sans-serif;
  cursor:pointer
}
.i span{display:block}
.i>button{
  position:absolute;
  inset-block-start:4px;
  inset-inline-end:4px;
  inline-size:32px;
  block-size:32px;
  padding:0;
  box-shadow:none;
  font-size:20px;
  line-height:32px;
  text-align:center
}
.i>button:hover{background:#8883}
.i button:focus-visible{outline:2px solid;outline-offset:-4px}
@media(forced-colors:active){
  .i button{border:1px solid}
}
@media(prefers-reduced-motion:no-preference){
  .i button{animation:i .2s}
}
@keyframes i{
  0%{opacity:0;transform:translateY(8px)}
}`);

  /** @param {string} what the website's storage keeps of us */
  const kept = (what) => {
    try {
      return localStorage.getItem(`support-chat:${what}:${told.site}`);
    } catch {
      return null;
    }
  };

  const today = () => new Date().toDateString();

  const wasInvited = () => [memory, kept('invited')].includes(today());

  const remember = () => {
    memory = today();
    try {
      localStorage.setItem(`support-chat:invited:${told.site}`, memory);
    } catch {}
  };

  const leave = () => (bubble = bubble && void bubble.remove());

  /** @param {string} pattern */
  const fits = (pattern) =>
    RegExp(`^${pattern.replace(/[^\w/]/g, (sign) => (sign === '*' ? '.*' : '\\' + sign))}$`, 'i').test(path);

  const moved = () => {
    if (!world.SupportChat) return end();
    if (path === (path = location.pathname)) return;
    clearTimeout(timer);
    leave();
    const rule = !told.never.some(fits) && told.rules.find((each) => fits(each.path));
    if (rule) timer = setTimeout(look, rule.after * 1000, rule);
  };

  // The chat was taken off the page.
  const end = () => {
    clearTimeout(timer);
    clearInterval(watch);
    world.navigation?.removeEventListener('currententrychange', moved);
  };

  /** @param {Rule} rule whose time has come */
  const look = (rule) => {
    const root = doc.querySelector('support-chat')?.shadowRoot;
    if (!world.SupportChat || wasInvited() || kept('going-on')) return;
    if (!root || doc.hidden) {
      timer = setTimeout(look, 1000, rule);
      return;
    }
    /** @type {HTMLElement | null} */
    const launcher = root.querySelector('[aria-expanded=false]');
    if (launcher && !launcher.style.display && !root.querySelector('.i')) invite(rule, root, launcher);
  };

  /** @param {Rule} rule @param {ShadowRoot} root @param {HTMLElement} launcher */
  const invite = (rule, root, launcher) => {
    remember();
    world.SupportChat.on('open', leave);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    const here = (bubble = add(root, 'div'));
    here.className = 'i';
    const status = add(here, 'div');
    status.setAttribute('role', 'status');
    const dismiss = () => {
      leave();
      launcher.focus();
    };
    here.addEventListener('keydown', ({ key }) => key === 'Escape' && dismiss());
    // A region is read aloud when words come into it, not when it comes with them.
    setTimeout(() => {
      const open = add(status, 'button');
      open.onclick = () => world.SupportChat.open();
      const words = add(open, 'span', rule.words);
      words.dir = 'auto';
      const close = add(here, 'button', '×');
      close.setAttribute('aria-label', told.close);
      close.onclick = dismiss;
    }, 100);
  };

  /** @param {ParentNode} parent @param {string} name @param {string} [text] @returns {HTMLElement} */
  const add = (parent, name, text = '') => {
    const node = doc.createElement(name);
    node.textContent = text;
    parent.append(node);
    return node;
  };

  // Before the loader has run this is a list of calls; both take one.
  (world.SupportChat ||= []).push(['on', 'open', remember]);
  moved();
  // Where nothing tells of a new page of an app, it is looked for; nobody's history is patched.
  if (world.navigation) world.navigation.addEventListener('currententrychange', moved);
  else watch = setInterval(moved, 1000);
}
);
