// The index of the page works without this; here it is filtered while somebody types. It asks nothing of any server,
// and names are only ever text.
"use strict";
(() => {
  const index = globalThis.redeyeIndex;
  const place = document.getElementById("finder");
  const list = document.getElementById("index");
  if (!Array.isArray(index) || !place || !list) return;

  const made = (name, text = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  };
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const all = index.map(([title, kind, path]) => ({ title, kind, path, name: plain(title), text: plain(title + " " + kind) }));

  const label = made("label", "Name ");
  const input = made("input");
  const told = made("p");
  const found = made("ul");
  input.type = "search";
  input.autocomplete = "off";
  input.spellcheck = false;
  told.className = "q";
  told.setAttribute("role", "status");
  found.className = "entries";
  label.append(input);
  place.append(label, told, found);

  const rank = (one, word) => one.name === word ? 0 : one.name.startsWith(word) ? 1 : one.name.includes(word) ? 2 : 3;

  const row = one => {
    const item = made("li");
    const link = made("a", one.title);
    link.href = one.path;
    item.append(link, " ", made("small", one.kind));
    return item;
  };

  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    list.hidden = words.length > 0;
    const hits = words.length ? all.filter(one => words.every(word => one.text.includes(word))) : [];
    hits.sort((one, other) => rank(one, words[0]) - rank(other, words[0]));
    found.replaceChildren(...hits.slice(0, 100).map(row));
    told.textContent = !words.length ? "" : !hits.length ? "Nothing is called so."
      : hits.length > 100 ? "The first 100 of " + hits.length + "." : hits.length + " found.";
  };

  input.addEventListener("input", show);
  input.addEventListener("keydown", event => {
    const first = found.querySelector("a");
    if (event.key === "Enter" && first) first.click();
  });
  input.focus();
  show();
})();
