// Up to four companies side by side; which ones, stands in the address.
(() => {
  const { companies, first, texts } = JSON.parse(document.getElementById("data").textContent);
  const pickers = Array.from(document.querySelectorAll("#pickers select"));
  const table = document.getElementById("compared");
  const rows = { facts: [], bars: [] };
  for (const row of table.querySelectorAll("[data-row]")) rows[row.dataset.row].push(row);
  const parts = Array.from(table.querySelectorAll(".part th"));
  const SVG = "http://www.w3.org/2000/svg";

  function chosen() {
    const asked = new URLSearchParams(location.hash.slice(1)).get("c");
    const known = (asked === null ? first : asked.split(" ")).filter((id) => Object.hasOwn(companies, id));
    return Array.from(new Set(known)).slice(0, pickers.length);
  }

  function make(tag, text, name) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.textContent = text;
    return element;
  }

  function bar(low, high) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 100 10");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    for (const [name, width] of [["most", 1], ["high", high], ["low", low]]) {
      const rect = document.createElementNS(SVG, "rect");
      rect.setAttribute("class", name);
      rect.setAttribute("width", 100 * width);
      rect.setAttribute("height", 10);
      svg.append(rect);
    }
    return svg;
  }

  function fill(row, cells) {
    while (row.cells.length > 1) row.deleteCell(1);
    row.append(...cells);
  }

  function show(ids) {
    // A company stands there once.
    for (const picker of pickers) {
      for (const option of picker.options) {
        option.disabled = ids.includes(option.value) && option.value !== picker.value;
      }
    }
    fill(table.tHead.rows[0], ids.map((id) => {
      const head = make("th", "");
      head.scope = "col";
      const link = make("a", companies[id].name);
      link.href = `companies/${id}.html`;
      head.append(link);
      return head;
    }));
    rows.facts.forEach((row, at) => fill(row, ids.map((id) => make("td", companies[id].facts[at]))));
    rows.bars.forEach((row, at) => {
      const found = ids.map((id) => companies[id].bars[at]);
      const top = Math.max(...found.map(([, low]) => low));
      // Only where nobody else can be higher; equal ones are the highest together.
      const leaders = found.filter(([, low]) => low === top);
      const sure = found.length > 1 && top > 0 &&
        (leaders.length === 1 || leaders.every(([, low, high]) => low === high)) &&
        found.every(([, low, high]) => low === top || high < top);
      fill(row, found.map(([text, low, high]) => {
        const cell = make("td", "");
        cell.append(make("span", text, "number"), bar(low, high));
        if (sure && low === top) {
          cell.className = "best";
          cell.append(make("span", texts.highest, "hidden"));
        }
        return cell;
      }));
    });
    parts.forEach((part) => {
      part.colSpan = ids.length + 1;
    });
  }

  function read() {
    const ids = chosen();
    pickers.forEach((picker, place) => {
      picker.value = ids[place] || "";
    });
    show(ids);
  }

  pickers.forEach((picker) => picker.addEventListener("change", () => {
    const ids = pickers.map((other) => other.value).filter(Boolean);
    Address.say(String(new URLSearchParams({ c: ids.join(" ") })));
    show(ids);
  }));
  window.addEventListener("hashchange", read);
  document.getElementById("pickers").hidden = false;
  document.getElementById("without-script").hidden = true;
  read();
})();
