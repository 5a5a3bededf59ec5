"use strict";
// What every page needs: the language switch keeps what the reader has chosen.
(() => {
  const link = document.querySelector("a.language");
  const keep = () => {
    link.hash = location.hash;
  };
  for (const event of ["click", "auxclick", "contextmenu", "focus"]) {
    link.addEventListener(event, keep);
  }
})();
