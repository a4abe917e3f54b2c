"use strict";
// Filters, sorts and pages the ledgers, and keeps titles and focus in step with the address. The page is readable without it.
(() => {
  const PAGE = 200; // rows shown at first and added at a time
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const ledgers = new Map();
  document.documentElement.classList.add("js");

  function ledger(section) {
    const table = section.querySelector("table");
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const texts = new Map(); // row -> what is searched, made when first asked for
    const find = section.querySelector("input[type=search]");
    const fields = [...section.querySelectorAll("[data-column]")];
    const output = section.querySelector("output");
    const heads = [...table.tHead.rows[0].cells];
    let sorted = rows;
    let limit = PAGE;
    let asked = null; // what a link elsewhere asked for that no list here offers: [column, value, in words]

    const show = document.createElement("p");
    show.className = "show";
    const [more, all] = ["", ""].map(() => show.appendChild(Object.assign(document.createElement("button"), { type: "button" })));
    table.after(show);

    function text(row) {
      if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
      return texts.get(row);
    }

    function matches(row, words, wanted) {
      return wanted.every(([column, value]) => (column === "new" ? "new" in row.dataset : (` ${row.dataset[column]} `).includes(` ${value} `)))
        && words.every((word) => text(row).includes(word));
    }

    function update() {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = fields.map((field) => [field.dataset.column, field.type === "checkbox" ? field.checked : field.value]).filter((pair) => pair[1]);
      if (asked) wanted.push(asked);
      let found = 0;
      for (const row of sorted) {
        const match = matches(row, words, wanted);
        row.hidden = !match || found >= limit;
        found += match;
      }
      const rest = Math.max(0, found - limit);
      show.hidden = rest === 0;
      more.textContent = `Show ${Math.min(PAGE, rest).toLocaleString("en")} more`;
      all.textContent = `Show all ${found.toLocaleString("en")}`;
      const total = rows.length.toLocaleString("en");
      output.textContent = `${found === rows.length ? total : `${found.toLocaleString("en")} of ${total}`} rows${asked ? `, ${asked[2]}` : ""}`;
    }

    function sort(head) {
      const at = heads.indexOf(head);
      const numbers = rows.length > 0 && rows[0].cells[at].classList.contains("n");
      const before = head.getAttribute("aria-sort");
      const descending = before === "none" ? numbers : before === "ascending";
      heads.forEach((other) => other.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const keyed = rows.map((row) => [row, row.cells[at].dataset.sort ?? row.cells[at].textContent.trim()]);
      const sign = descending ? -1 : 1;
      keyed.sort(([, a], [, b]) => (a === "") - (b === "") || sign * order.compare(a, b)); // what has no value stands last either way
      sorted = keyed.map(([row]) => row);
      body.append(...sorted);
      update();
    }

    function clear() {
      find.value = "";
      asked = null;
      fields.forEach((field) => (field.type === "checkbox" ? (field.checked = false) : (field.value = "")));
      limit = PAGE;
      update();
    }

    let waiting;
    find.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => { limit = PAGE; update(); }, 120); });
    fields.forEach((field) => field.addEventListener("change", () => { limit = PAGE; update(); }));
    section.querySelector(".clear").addEventListener("click", () => { clear(); find.focus(); });
    heads.forEach((head) => head.querySelector("button").addEventListener("click", () => sort(head)));
    more.addEventListener("click", () => { limit += PAGE; update(); });
    all.addEventListener("click", () => { limit = rows.length; update(); });
    update();

    return {
      narrow(set, why) { // what a link elsewhere asks for: "new", or rows with a value in a column: "made=FRA"
        clear();
        const [column, value] = set.split("=");
        const field = fields.find((other) => other.dataset.column === column);
        if (!field) asked = [column, value, why];
        else if (field.type === "checkbox") field.checked = true;
        else field.value = value;
        update();
      },
      reveal(row) {
        if (!row.hidden) return;
        clear();
        if (row.hidden) { limit = rows.length; update(); }
      },
    };
  }

  let moved = true; // whether a link was followed, or the page opened

  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id ? document.getElementById(id) : null;
    const view = (target && target.closest(".view")) || document.getElementById("new");
    document.querySelectorAll(".looked-up").forEach((mark) => mark.classList.remove("looked-up"));
    document.querySelectorAll("nav a").forEach((link) => {
      if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    });
    document.title = `${view.querySelector("h1").textContent} · communiqué`;
    if (!target) return;
    const hidden = target.hidden; // nobody can have been brought to what was not there
    if (target.matches("tr")) ledgers.get(view.id)?.reveal(target);
    if (id.startsWith("q-")) view.querySelectorAll(`[data-of~="${CSS.escape(id.slice(2))}"]`).forEach((mark) => mark.classList.add("looked-up"));
    if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    if (!moved && !hidden) return; // going back, the browser finds the place again by itself
    moved = false;
    if (target === view) scrollTo(0, 0); else target.scrollIntoView({ block: "center" });
  }

  document.querySelectorAll(".ledger").forEach((section) => ledgers.set(section.id, ledger(section)));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    moved = true;
    if (link.dataset.set) ledgers.get(link.hash.slice(1)).narrow(link.dataset.set, link.dataset.why);
  });
  addEventListener("hashchange", follow);
  if (location.hash) follow();
})();
