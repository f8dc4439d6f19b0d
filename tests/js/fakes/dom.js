/** As much of a document as our components are drawn into: a tree with attributes, values and listeners. */
class Node extends EventTarget {
  childNodes = [];
  parentNode = null;
  namespaceURI = "http://www.w3.org/1999/xhtml";

  get firstChild() {
    return this.childNodes[0] ?? null;
  }

  get nextSibling() {
    const around = this.parentNode?.childNodes ?? [];
    return around[around.indexOf(this) + 1] ?? null;
  }

  insertBefore(node, next) {
    node.remove();
    const at = next ? this.childNodes.indexOf(next) : this.childNodes.length;
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
    return node;
  }

  appendChild(node) {
    return this.insertBefore(node, null);
  }

  append(...nodes) {
    for (const node of nodes) this.appendChild(node);
  }

  remove() {
    const around = this.parentNode?.childNodes;
    if (around) around.splice(around.indexOf(this), 1);
    this.parentNode = null;
  }

  removeChild(node) {
    node.remove();
  }

  /** All elements of these names below, in order. @param {string} names as in "input, select" */
  querySelectorAll(names) {
    const wanted = names.split(", ");
    return this.childNodes.flatMap((node) => [...(wanted.includes(node.localName) ? [node] : []), ...node.querySelectorAll(names)]);
  }

  get textContent() {
    return this.data ?? this.childNodes.map((node) => node.textContent).join("");
  }

  set textContent(text) {
    this.childNodes = [];
    if (text) this.append(textNode(text));
  }
}

class Element extends Node {
  nodeType = 1;
  attributes = [];
  style = { setProperty() {} };
  value = "";
  selectionStart = 0;
  selectionEnd = 0;
  isConnected = true;

  constructor(localName) {
    super();
    this.localName = localName;
  }

  setAttribute(name, value) {
    this.removeAttribute(name);
    this.attributes.push({ name, value: `${value}` });
  }

  getAttribute(name) {
    return this.attributes.find((each) => each.name === name)?.value ?? null;
  }

  removeAttribute(name) {
    this.attributes = this.attributes.filter((each) => each.name !== name);
  }

  /** As a field without a pattern: what is needed has to be there. */
  reportValidity() {
    return this.getAttribute("required") === null || this.value !== "";
  }

  setRangeText(text, from, to) {
    this.value = this.value.slice(0, from) + text + this.value.slice(to);
  }

  focus() {}

  scrollTo() {}
}

function textNode(data) {
  return Object.assign(new Node(), { nodeType: 3, data: `${data}` });
}

/** What a page has that draws components; put on `globalThis` before Preact is imported. */
export function drawingPage() {
  const element = (name) => Object.assign(new Element(name), { ownerDocument: page });
  const page = new Element("#document");
  Object.assign(page, {
    ...{ ownerDocument: page, createElement: element, createElementNS: (_, name) => element(name), createTextNode: textNode },
    ...{ head: element("head"), body: element("body"), documentElement: element("html"), hidden: false },
  });
  Object.assign(globalThis, {
    ...{ document: page, Element, requestAnimationFrame: (fn) => setTimeout(fn, 16), cancelAnimationFrame: clearTimeout },
    ...{ addEventListener() {}, removeEventListener() {}, getComputedStyle: () => ({ getPropertyValue: () => "content" }) },
  });
  return page;
}
