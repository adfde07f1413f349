// Makes elements. Texts only ever become text nodes: nothing from a CSV is read as HTML.

// el("p.an-hint", {onclick: f, "aria-label": "…"}, "text", child, [children]); the attributes may be left out.
export function el(kind, ...children) {
  const [tag, look] = kind.split("."), node = document.createElement(tag), attributes = children[0]?.constructor === Object ? children.shift() : {};
  if (look) node.className = look;
  // JupyterLab would take "x" or "d d" for its own (cut, delete a cell) unless the very element in focus says no.
  if (attributes.tabindex || /^(button|input|select|textarea|a)$/.test(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

let made = 0;
export const freshId = name => `an-${name}-${++made}`;

export const button = (text, onclick, more = {}) => el("button", { type: "button", class: "an-button", onclick, ...more }, text);
export const link = (text, onclick, more = {}) => button(text, onclick, { class: "an-link", ...more });
export const submit = text => button(text, null, { type: "submit" });
export const row = (...children) => el("div.an-row", children);
export const hint = text => el("p.an-hint", text);
export const faultLine = () => el("p.an-fault", { role: "alert" });

// A form; Enter in a field sends it, also in JupyterLab, which takes the browser's own way of doing that away.
export const asking = (onsubmit, more, ...children) => el("form", { novalidate: true, ...more, onsubmit: event => { event.preventDefault(); onsubmit(event); },
  onkeydown: event => { if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); event.currentTarget.requestSubmit(); } } }, ...children);

// A label with its control; `error` is the line under it.
export function field(text, control) {
  control.id = freshId("field");
  return el("span.an-field", el("label", { for: control.id }, text), control);
}

export const choice = (options, value, onchange) => el("select", { onchange: event => onchange(event.target.value) },
  options.map(([v, text]) => { const option = el("option", { value: v }, text); option.selected = v === value; return option; }));

// Links of citations: http and https only; anything else stays text.
export function safeLink(url, text) {
  let parsed = null;
  try { parsed = new URL(url); } catch { return null; }
  return /^https?:$/.test(parsed.protocol) ? el("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, text) : null;
}

export function save(name, type, content) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
