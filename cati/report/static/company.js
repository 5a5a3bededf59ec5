// A link to an indicator opens it, and the address leads to the one last opened.
(() => {
  const open = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      target.scrollIntoView();
    }
  };
  for (const details of document.querySelectorAll("details[id]")) {
    details.addEventListener("toggle", () => {
      if (details.open) Address.say(details.id);
      else if (location.hash === `#${details.id}`) Address.say("");
    });
  }
  addEventListener("hashchange", open);
  open();
})();
