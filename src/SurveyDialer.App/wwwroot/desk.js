// Interviewing by keyboard: the focus follows the conversation, and what was not stored is said.
(() => {
  "use strict";

  const desk = document.getElementById("desk");
  const trouble = document.getElementById("trouble");
  const places = () => desk.querySelectorAll("[data-focus]");

  // The last one: own words come after the question that asks for them.
  const begin = () => [...places()].at(-1)?.focus();

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== desk) return;
    trouble.hidden = true;
    const open = desk.querySelector("details[open] input");
    if (open) open.focus();
    else begin();
  });
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(failure, () => { trouble.hidden = false; });
  }

  // Out of a field with Escape, so that the keys work again; own words are kept with Ctrl+Enter.
  desk.addEventListener("keydown", (event) => {
    const field = event.target.closest("input:not([type=checkbox]), textarea");
    if (event.key === "Escape") {
      const fold = event.target.closest("details[open]");
      if (fold) fold.open = false;
      if (fold || field) places()[0]?.focus();
    } else if (event.key === "Enter" && event.ctrlKey && field?.tagName === "TEXTAREA") {
      event.preventDefault();
      field.form.querySelector("[value=words]").click();
    }
  });

  // Unfolding a form leads into it.
  desk.addEventListener("toggle", (event) => {
    if (event.target.open) event.target.querySelector("input:not([type=hidden])")?.focus();
  }, true);

  // Who works with speech input or a screen reader's own keys can turn ours off.
  const keys = document.getElementById("keys-switch");
  const show = () => keys.setAttribute("aria-pressed", String(document.documentElement.dataset.keys !== "off"));
  keys.hidden = false;
  if (localStorage.getItem("keys") === "off") document.documentElement.dataset.keys = "off";
  show();
  keys.addEventListener("click", () => {
    const off = document.documentElement.dataset.keys !== "off";
    document.documentElement.dataset.keys = off ? "off" : "on";
    localStorage.setItem("keys", off ? "off" : "on");
    show();
  });

  begin();
})();
