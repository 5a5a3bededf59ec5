// Sorting, filters, columns and other weights. The page is complete without it.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { companies, weighing, texts } = data;
  const table = document.getElementById("ranking");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const headers = Array.from(table.tHead.rows[0].cells);
  const at = Object.create(null);
  headers.forEach((header, column) => {
    at[header.dataset.id] = column;
  });
  const collator = new Intl.Collator(document.documentElement.lang);
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const element = (id) => document.getElementById(id);

  // What the reader has chosen, and what of it stands in the address.

  const facets = ["country", "region", "product", "listed"].filter(element);
  const shownAtFirst = data.columns.filter(([, shown]) => shown).map(([name]) => name);
  const beginning = () => ({
    q: "",
    ...Object.fromEntries(facets.map((facet) => [facet, "*"])),
    joint: "all",
    share: weighing ? weighing.share : null,
    sort: "rank",
    columns: shownAtFirst.join(" "),
  });
  let state = beginning();
  const idOf = (sort) => sort.replace(/^-/, "");

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    state = beginning();
    state.q = asked.get("q") || "";
    for (const facet of facets) {
      const values = Array.from(element(facet).options, (option) => option.value);
      if (values.includes(asked.get(facet))) state[facet] = asked.get(facet);
    }
    if (element("joint") && ["without", "only"].includes(asked.get("joint"))) {
      state.joint = asked.get("joint");
    }
    if (weighing && /^(100|[0-9]{1,2})$/.test(asked.get("share") || "")) {
      state.share = Number(asked.get("share"));
    }
    const sort = asked.get("sort") || "";
    if (idOf(sort) in at) state.sort = sort;
    if (asked.has("columns")) state.columns = asked.get("columns");
  }

  function address() {
    const first = beginning();
    const chosen = new URLSearchParams();
    for (const [name, value] of Object.entries(state)) {
      if (value !== first[name]) chosen.set(name, value);
    }
    return chosen.toString();
  }

  // Totals and ranks

  const evaluated = companies.map((company, row) => ({
    rank: rows[row].dataset.rank,
    without: rows[row].dataset.rankWithout || "",
    total: rows[row].cells[at.total].textContent,
    sum: rows[row].cells[at.total].querySelector("a").href,
  }));
  let order = companies.map((_company, row) => row);
  let ranks = evaluated.map(({ rank }) => rank);
  let before = ranks;
  let weighedAt = "";

  function weigh() {
    const without = state.joint === "without";
    const asEvaluated = !weighing || state.share === weighing.share;
    // That column is there for other weights only.
    if (asEvaluated && idOf(state.sort) === "evaluated") state.sort = "rank";
    const wanted = `${state.share} ${without}`;
    if (wanted === weighedAt) return;
    weighedAt = wanted;
    before = evaluated.map(({ rank, without: other }) => (without ? other : rank));
    if (asEvaluated) {
      ranks = before;
      order = companies.map((_company, row) => row);
      if (weighing) evaluated.forEach(({ total }, row) => put(row, total));
    } else {
      const totals = companies.map(({ points }) => Exact.total(points, weighing, state.share));
      const among = companies.map((_company, row) => row)
        .filter((row) => !(without && companies[row].joint));
      const found = Exact.ranks(among.map((row) => totals[row]));
      ranks = companies.map(() => "");
      among.forEach((row, place) => {
        ranks[row] = Exact.span(String(found[place].best), String(found[place].worst));
      });
      totals.forEach((total, row) => put(row, Exact.text(total, weighing, data.decimals)));
      order = companies.map((_company, row) => row)
        .sort((a, b) => totals[b].low - totals[a].low || data.order[a] - data.order[b]);
    }
    rows.forEach((row, index) => say(row.cells[at.rank], ranks[index]));
    if (!weighing) return;
    rows.forEach((row, index) => {
      row.cells[at.evaluated].hidden = asEvaluated;
      say(row.cells[at.evaluated], before[index]);
      // The company's page gives the sum of the total as evaluated, and of no other.
      const link = row.cells[at.total].querySelector("a");
      if (asEvaluated) link.href = evaluated[index].sum;
      else link.removeAttribute("href");
    });
    headers[at.evaluated].hidden = asEvaluated;
    element("what-if").hidden = asEvaluated;
    element("as-evaluated").disabled = asEvaluated;
    values.clear();
  }

  function say(cell, text) {
    if (cell.textContent !== text) cell.textContent = text;
  }

  function put(row, text) {
    const cell = rows[row].cells[at.total];
    if (cell.textContent === text) return;
    cell.querySelector("a").textContent = text;
    const ends = text.split("\u2013").map((end) => (100 * Number(end)) / data.most);
    cell.querySelector(".low").setAttribute("width", ends[0]);
    cell.querySelector(".high").setAttribute("width", ends[ends.length - 1]);
  }

  // Order

  const values = new Map();

  function valuesOf(column) {
    if (!values.has(column)) {
      const kind = headers[column].dataset.sort;
      const text = (row) => row.cells[column].textContent.trim();
      // An interval such as 8–67 counts by its lower end; who has no rank is not seen either.
      values.set(column, rows.map(kind === "text" ? text : (row) => parseFloat(text(row)) || 0));
    }
    return values.get(column);
  }

  function sorted() {
    const descending = state.sort.startsWith("-");
    const id = idOf(state.sort);
    const sign = descending ? -1 : 1;
    // Equal values stay in the order of the ranking; totals and ranks are in it already.
    if (id === "rank" || id === "total") {
      const up = (id === "rank") !== descending;
      return up ? order : order.slice().reverse();
    }
    const column = valuesOf(at[id]);
    const by = headers[at[id]].dataset.sort === "text"
      ? (a, b) => collator.compare(column[a], column[b])
      : (a, b) => column[a] - column[b];
    return order.slice().sort((a, b) => sign * by(a, b));
  }

  let arranged = order;

  function arrange() {
    const wanted = sorted();
    if (wanted.some((row, place) => row !== arranged[place])) {
      const all = document.createDocumentFragment();
      all.append(...wanted.map((row) => rows[row]));
      body.append(all);
    }
    arranged = wanted;
    const id = idOf(state.sort);
    headers.forEach((header) => header.removeAttribute("aria-sort"));
    headers[at[id]].setAttribute("aria-sort", state.sort.startsWith("-") ? "descending" : "ascending");
  }

  headers.forEach((header) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => {
      const id = header.dataset.id;
      const first = header.dataset.first === "descending" ? `-${id}` : id;
      const opposite = first === id ? `-${id}` : id;
      state.sort = state.sort === first ? opposite : first;
      show();
    });
    header.append(button);
  });

  // Which rows and columns are seen

  // More rows than these take a browser long to lay out; the others come when asked for.
  const STEP = 100;
  let limit = STEP;

  function filter() {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of arranged) {
      const company = companies[row];
      const found =
        !(state.joint === "without" && company.joint) &&
        !(state.joint === "only" && !company.joint) &&
        facets.every((facet) => state[facet] === "*" || state[facet] === company[facet]) &&
        words.every((word) => company.names.includes(word));
      shown += found;
      const seen = found && shown <= limit;
      if (rows[row].hidden === seen) rows[row].hidden = !seen;
    }
    element("more").parentElement.hidden = shown <= limit;
    say(element("more"), texts.more.replace("{n}", Math.min(STEP, shown - limit)));
    const of = state.joint === "without"
      ? companies.filter((company) => !company.joint).length
      : companies.length;
    const form = texts.shown[plural.select(of) === "one" ? 0 : 1];
    const counted = form.replace("{shown}", shown).replace("{n}", of);
    const ranked = element("joint") ? texts.separator + texts.ranked[state.joint] : "";
    say(element("status"), counted + ranked);
  }

  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];
  let seenColumns = null;

  function choose() {
    if (state.columns === seenColumns) return;
    seenColumns = state.columns;
    const shown = new Set(state.columns.split(" "));
    const hidden = data.columns.map(([name]) => name).filter((name) => !shown.has(name));
    sheet.replaceSync(
      hidden.map((name) => `#ranking tr > :nth-child(${at[name] + 1}) { display: none }`).join("\n"),
    );
    fit();
  }

  // Where the table fits its box need not scroll, so that the head can stay in sight.
  const box = table.parentElement;
  const fit = () => box.classList.toggle("fits", table.offsetWidth <= box.clientWidth);
  window.addEventListener("resize", fit);

  function reflect() {
    element("q").value = state.q;
    for (const facet of facets) element(facet).value = state[facet];
    if (element("joint")) element("joint").value = state.joint;
    const shown = state.columns.split(" ");
    for (const box of boxes) box.checked = shown.includes(box.dataset.column);
    if (!weighing) return;
    const slider = element("share");
    slider.value = state.share;
    const text = `${state.share} : ${100 - state.share}`;
    slider.setAttribute("aria-valuetext", text);
    element("shares").textContent = text;
  }

  function show(tell = Address.say) {
    weigh();
    reflect();
    choose();
    arrange();
    filter();
    tell(address());
  }

  // Controls

  const boxes = Array.from(document.querySelectorAll("[data-column]"));
  const change = (name, value, tell) => {
    state[name] = value;
    limit = STEP;
    show(tell);
  };
  element("q").addEventListener("input", (event) => {
    change("q", event.target.value, Address.sayAfterRest);
  });
  for (const name of [...facets, "joint"].filter(element)) {
    element(name).addEventListener("change", (event) => change(name, event.target.value));
  }
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const shown = boxes.filter((other) => other.checked).map((other) => other.dataset.column);
      change("columns", shown.join(" "));
    });
  }
  if (weighing) {
    element("share").addEventListener("input", (event) => {
      change("share", Number(event.target.value), Address.sayAfterRest);
    });
    element("as-evaluated").addEventListener("click", () => {
      change("share", weighing.share);
      element("share").focus();
    });
  }
  element("more").addEventListener("click", () => {
    limit += STEP;
    filter();
  });
  element("reset").addEventListener("click", () => {
    state = beginning();
    show();
  });
  window.addEventListener("hashchange", () => {
    read();
    show();
  });
  element("controls").hidden = false;
  read();
  show();
  fit();
})();
