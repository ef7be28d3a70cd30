// Every page works without this. It adds: keys, what may be meant while typing, bars that are drawn over, steps between hits.
"use strict";

const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

// Keys: "/" goes to the box, "?" to the help; the switch on the help page is remembered by this browser alone.
const KEYS = "searchapp-keys";
const remembered = () => { try { return localStorage.getItem(KEYS); } catch { return null; } };
const keySwitch = $("#keys");
if (keySwitch) {
  keySwitch.closest("[hidden]").hidden = false;
  keySwitch.checked = remembered() !== "off";
  keySwitch.addEventListener("change", () => {
    try { localStorage.setItem(KEYS, keySwitch.checked ? "on" : "off"); } catch { /* Nothing is remembered here. */ }
  });
}
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || remembered() === "off") return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (event.key === "/") { event.preventDefault(); $("#q").focus(); $("#q").select(); }
  if (event.key === "?") { event.preventDefault(); $("#to-help").click(); }
});

// What may be meant: words and values that begin like the last word, as a list below the box.
const box = $("#q");
if (box?.dataset.complete) {
  const form = box.form;
  const list = document.createElement("ul");
  Object.assign(list, { id: "offers", className: "offers", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.offers);
  form.append(list);
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "offers", "aria-expanded": "false" };
  for (const [name, value] of Object.entries(roles)) box.setAttribute(name, value);
  let at = -1, waiting = 0, asked = null;

  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const point = to => {
    const items = [...list.children];
    at = (to + items.length + 1) % (items.length + 1);
    items.forEach((item, number) => item.setAttribute("aria-selected", number === at));
    if (items[at]) box.setAttribute("aria-activedescendant", items[at].id);
    else { at = -1; box.removeAttribute("aria-activedescendant"); }
  };
  const take = item => {
    if (item.dataset.facet) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: item.dataset.facet, value: item.dataset.value });
      form.append(field);
    }
    box.value = (box.value.replace(/\S+$/, "") + (item.dataset.word ?? "")).trim();
    close();
    form.requestSubmit();
  };
  const offer = (text, count, data) => {
    const item = document.createElement("li"), name = document.createElement("bdi"), number = document.createElement("small");
    item.id = `offer-${list.children.length}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    name.textContent = text;
    number.textContent = count;
    Object.assign(item.dataset, data);
    item.append(name, number);
    list.append(item);
  };
  const ask = async () => {
    const prefix = box.value.match(/[^\s"():]+$/u)?.[0] ?? "";
    if (prefix.length < 2) return close();
    asked?.abort();
    asked = new AbortController();
    try {
      const url = `${box.dataset.complete}?limit=6&prefix=${encodeURIComponent(prefix)}`;
      const answer = await fetch(url, { signal: asked.signal });
      if (!answer.ok) return close();
      const found = await answer.json();
      list.replaceChildren();
      at = -1;
      for (const one of found.values ?? []) {
        const facet = $(`#facet-${one.facet}`)?.firstChild.textContent.trim() ?? one.facet_label ?? one.facet;
        offer(one.label, `${facet} · ${one.count.toLocaleString("en")}`, { facet: one.facet, value: one.value });
      }
      for (const one of found.words ?? []) offer(one.word, one.count.toLocaleString("en"), { word: one.word });
      list.hidden = !list.children.length || document.activeElement !== box;
      box.setAttribute("aria-expanded", String(!list.hidden));
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  box.addEventListener("blur", () => setTimeout(close, 150));
  box.addEventListener("keydown", event => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); point(at + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); point(at < 0 ? list.children.length - 1 : at - 1); }
    if (event.key === "Escape") { event.preventDefault(); close(); }
    if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(list.children[at]); }
  });
  list.addEventListener("pointerdown", event => {
    event.preventDefault();
    const item = event.target.closest("li");
    if (item) take(item);
  });
}

// Bars: one of them is a stop for the keyboard and arrows go on; drawing over several asks for all of them.
const chart = $(".bars");
if (chart) {
  const bars = $$("a", chart);
  const mirrored = document.dir === "rtl";
  bars[0]?.setAttribute("tabindex", "0");
  chart.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (mirrored ? -1 : 1);
    const next = bars[bars.indexOf(event.target.closest("a")) + step];
    if (!step || !next) return;
    event.preventDefault();
    bars.forEach(bar => bar.setAttribute("tabindex", bar === next ? "0" : "-1"));
    next.focus();
  });
  let from = null, drawn = [];
  const place = event => {
    const { left, width } = chart.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    return Math.floor((mirrored ? 1 - share : share) * Number(chart.dataset.bars));
  };
  const draw = to => {
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    drawn = low === high ? [] : bars.filter(bar => low <= bar.dataset.at && bar.dataset.at <= high);
    bars.forEach(bar => bar.classList.toggle("drawn", drawn.includes(bar)));
  };
  chart.addEventListener("pointerdown", event => { if (event.button === 0) from = place(event); });
  addEventListener("pointermove", event => { if (from !== null) draw(place(event)); });
  addEventListener("pointerup", () => {
    from = null;
    if (drawn.length < 2) return;
    const first = new URL(drawn[0].getAttribute("href"), location.href);
    const last = new URL(drawn.at(-1).getAttribute("href"), location.href);
    first.searchParams.set("date_to", last.searchParams.get("date_to"));
    location.assign(first);
  });
  chart.addEventListener("dragstart", event => event.preventDefault());
  chart.addEventListener("click", event => { if (drawn.length > 1) event.preventDefault(); });
}

// Hits: which one it is, with steps that stay in sight.
const steps = $(".hit-steps");
if (steps) {
  const all = Number(steps.dataset.hits), count = $(".hit-count", steps), next = $(".hit-next", steps);
  const previous = next.cloneNode();
  previous.className = "hit-previous";
  previous.textContent = steps.dataset.previous;
  previous.hidden = true;
  next.before(previous, " ");
  count.setAttribute("role", "status");
  const show = () => {
    const number = Number(location.hash.match(/^#hit-(\d+)$/)?.[1] ?? 0);
    const mark = number && document.getElementById(`hit-${number}`);
    if (!mark) return;
    const folded = mark.closest("details");
    if (folded) folded.open = true;
    count.textContent = steps.dataset.said.replace("{0}", number).replace("{1}", all);
    previous.hidden = number < 2;
    previous.href = `#hit-${number - 1}`;
    next.hidden = number >= all;
    next.href = `#hit-${number + 1}`;
  };
  addEventListener("hashchange", show);
  show();
}
