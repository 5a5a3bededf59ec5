"use strict";
// Sorting and the ranking without joint ventures. The page is complete without it.
(() => {
  const table = document.getElementById("ranking");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const headers = Array.from(table.tHead.rows[0].cells);
  const collator = new Intl.Collator(document.documentElement.lang);

  const text = (row, column) => row.cells[column].textContent.trim();
  // An interval such as 8–67 counts by its lower end.
  const number = (row, column) => parseFloat(text(row, column));

  const compare = (kind, column) => (a, b) =>
    kind === "text"
      ? collator.compare(text(a, column), text(b, column))
      : number(a, column) - number(b, column);

  function arrange() {
    const column = headers.findIndex((header) => header.hasAttribute("aria-sort"));
    const header = headers[column];
    const sign = header.getAttribute("aria-sort") === "ascending" ? 1 : -1;
    const by = compare(header.dataset.sort, column);
    // Sorting the ranking afresh leaves equal rows in its order.
    body.append(...rows.slice().sort((a, b) => sign * by(a, b)));
  }

  function sort(header) {
    const opposite = { ascending: "descending", descending: "ascending" };
    const direction = opposite[header.getAttribute("aria-sort")] || header.dataset.first;
    headers.forEach((other) => other.removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", direction);
    arrange();
  }

  headers.forEach((header) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(header));
    header.append(button);
  });

  // Where the table fits its box need not scroll, so that the head can stay in sight.
  const box = table.parentElement;
  const fit = () => box.classList.toggle("fits", table.offsetWidth <= box.clientWidth);
  window.addEventListener("resize", fit);
  fit();

  const without = document.getElementById("without");
  if (without === null) return;

  function show() {
    const key = without.checked ? "rankWithout" : "rank";
    for (const row of rows) {
      row.hidden = !(key in row.dataset);
      row.cells[0].textContent = row.dataset[key] || row.dataset.rank;
    }
    for (const status of document.querySelectorAll("[data-shown]")) {
      status.hidden = (status.dataset.shown === "without") !== without.checked;
    }
    arrange();
  }

  without.addEventListener("change", show);
  without.closest("[hidden]").hidden = false;
  show();
})();
