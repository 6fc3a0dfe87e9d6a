// Light or dark, before anything is painted: the person's choice, or the system's where none was made.
(() => {
  const choice = (() => {
    try {
      return localStorage.getItem("sandbox.theme");
    } catch {
      return null;
    }
  })();
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
})();
