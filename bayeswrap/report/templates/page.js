"use strict";
(() => {
  // the first number of a cell, or null
  const number = (text) => {
    const found = text.replace(/\u2212/g, "-").match(/-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };
  const sort = (table, column, up) => {
    const body = table.tBodies[0];
    const value = (row) => row.cells[column].textContent.trim();
    [...body.rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)], [p, q] = [number(x), number(y)];
      const way = p !== null && q !== null ? p - q : x.localeCompare(y);
      return up ? way : -way;
    }).forEach((row) => body.append(row));
  };
  const sortable = (table) => {
    const rows = table.tHead.rows, first = rows.length > 1 ? 1 : 0;
    [...rows[rows.length - 1].cells].forEach((head, i) => {
      if (!head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        table.querySelectorAll("[aria-sort]").forEach((h) => h.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        sort(table, i + first, up);
      });
    });
  };
  const filterable = (table) => {
    const label = document.createElement("label"), input = document.createElement("input");
    label.className = "filter";
    input.type = "search";
    label.append("Show rows with ", input);
    table.parentElement.before(label);
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase();
      for (const row of table.tBodies[0].rows) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
      }
    });
  };
  for (const table of document.querySelectorAll("table:not(.source)")) {
    const rows = table.tBodies[0] ? table.tBodies[0].rows.length : 0;
    if (rows > 3) sortable(table);
    if (rows > 20) filterable(table);
  }
  // a link into a closed part opens it, and what it is inside of
  const open = () => {
    const aim = location.hash && document.getElementById(location.hash.slice(1));
    if (!aim) return;
    const own = aim.querySelector(":scope > details");
    if (own) own.open = true;
    for (let one = aim.closest("details"); one; one = one.parentElement.closest("details")) {
      one.open = true;
    }
    aim.scrollIntoView();
  };
  addEventListener("hashchange", open);
  // a second click on one link changes no address
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && link.hash && link.hash === location.hash) open();
  });
  open();
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open]):not(.elements)")];
    opened.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
})();
