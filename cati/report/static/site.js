"use strict";
// What every page needs: the address says what the reader has chosen, and the language switch
// keeps it.
const Address = (() => {
  const REST = 150; // ms
  let wanted = null;
  let timer = 0;

  function settle() {
    clearTimeout(timer);
    if (wanted !== null && wanted !== location.hash.slice(1)) {
      const here = location.href.split("#")[0];
      history.replaceState(null, "", wanted ? `${here}#${wanted}` : here);
    }
    wanted = null;
  }

  function say(hash) {
    wanted = hash;
    settle();
  }

  // Safari refuses more than 100 changes in 30 s, so what changes with every step waits for a rest.
  function sayAfterRest(hash) {
    wanted = hash;
    clearTimeout(timer);
    timer = setTimeout(settle, REST);
  }

  // Whoever leaves by a link leaves the latest choice behind.
  addEventListener("click", settle, true);

  const link = document.querySelector("a.language");
  const keep = () => {
    settle();
    link.hash = location.hash;
  };
  for (const event of ["click", "auxclick", "contextmenu", "focus"]) {
    link.addEventListener(event, keep);
  }
  return { say, sayAfterRest };
})();
