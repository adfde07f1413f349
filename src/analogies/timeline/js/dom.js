// Makes elements. Texts only ever become text nodes: nothing from a CSV is read as HTML.

let made = 0;
export const freshId = name => `an-${name}-${++made}`;

// el("p.an-hint", {onclick: f, "aria-label": "…"}, "text", child, [children]); the attributes may be left out, and children that are nothing.
export function el(kind, ...children) {
  const [tag, look] = kind.split("."), node = document.createElement(tag), attributes = children[0]?.constructor === Object ? children.shift() : {};
  if (look) node.className = look;
  // JupyterLab would take "x" or "d d" for its own (cut, delete a cell) unless the very element in focus says no.
  if (attributes.tabindex || /^(button|input|select|textarea|a)$/.test(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on") || name === "value" || name === "checked") node[name] = value;
    else if ((value ?? false) !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter(child => (child ?? false) !== false && child !== ""));
  return node;
}

export const button = (text, onclick, more) => el("button.an-button", { type: "button", onclick, ...more }, text);
export const link = (text, onclick, more) => button(text, onclick, { class: "an-link", ...more });
export const submit = text => button(text, null, { type: "submit" });
export const row = (...children) => el("div.an-row", children);
export const hint = text => el("p.an-hint", text);
export const faultLine = () => el("p.an-fault", { role: "alert" });
export const list = (items, more = {}) => items.length > 0 && el("ul", more, items.map(item => el("li", item)));

// A table: [cells] of its head or none, and rows, which are nodes or [cells, attributes]; a cell that is {head: ...} names its row.
export const table = (caption, heads, rows) => el("table", el("caption", caption), heads && el("thead", el("tr", heads.map(head => head && el("th", { scope: "col" }, head)))),
  el("tbody", rows.map(([cells, more = {}]) => el("tr", more, cells.map(cell => cell?.head ? el("th", { scope: "row" }, cell.head) : cell !== null && el("td", cell))))));

// A form; Enter in a field sends it, also in JupyterLab, which takes the browser's own way of doing that away.
export const asking = (send, look, ...children) => el("form", { novalidate: true, class: look, onsubmit: event => { event.preventDefault(); send(event.target); },
  onkeydown: event => { if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); event.currentTarget.requestSubmit(); } } }, ...children);

// A label with its control.
export function field(text, control) {
  control.id = freshId("field");
  return el("span.an-field", el("label", { for: control.id }, text), control);
}

export const typed = (value, more) => el("input", { type: "text", value, ...more });

// options: [value] or [value, text]
export const choice = (options, value, onchange, more) => el("select", { onchange: event => onchange?.(event.target.value), ...more }, options.map(([one, text = one]) => el("option", { value: one, selected: one === value }, text)));

export const focusFirst = (holder, what = "input, select, textarea, button, [tabindex]") => holder.querySelector(what)?.focus();

// Links of citations: http and https only; anything else stays text.
export const safeLink = url => /^https?:\/\//i.test(url) && URL.canParse(url) && el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, url);

export function save(name, type, content) {
  const href = URL.createObjectURL(new Blob([content], { type })), saved = el("a", { href, download: name });
  document.body.append(saved);
  saved.click();
  saved.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}
