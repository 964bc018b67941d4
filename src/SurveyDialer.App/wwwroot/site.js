// Small conveniences; every page works without them.
(() => {
  "use strict";

  const menu = document.querySelector(".menu-button");
  const places = document.getElementById("places");
  if (menu && places) {
    document.documentElement.classList.add("scripted");
    menu.hidden = false;
    menu.addEventListener("click", () => {
      const open = places.classList.toggle("open");
      menu.setAttribute("aria-expanded", String(open));
    });
  }

  // On a telephone a long page begins with its parts folded; without scripts they all stand open.
  if (window.matchMedia("(max-width: 40rem)").matches) document.querySelectorAll("details.part").forEach((part) => { part.open = false; });

  // Buttons that cannot be taken back ask first, with the sentence that stands on them.
  const dialog = document.getElementById("confirm");
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    const question = button && button.dataset.confirm;
    if (!question || button.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    document.getElementById("confirm-text").textContent = question;
    dialog.onclose = () => {
      if (dialog.returnValue !== "yes") { button.focus(); return; }
      button.dataset.confirmed = "yes";
      button.click();
    };
    dialog.returnValue = "no";
    dialog.showModal();
  }, true);
  dialog?.addEventListener("click", (event) => {
    const answer = event.target.dataset && event.target.dataset.answer;
    if (answer) dialog.close(answer);
  });

  // A filter takes effect when it is changed; its button is for those without scripts.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    const field = document.getElementById(copy.dataset.copy);
    field.select();
    navigator.clipboard?.writeText(field.value).then(() => { copy.textContent = copy.dataset.copied; }, () => {});
  });

  // A download that takes long says how far it is: the file streams to the browser, its progress comes beside it.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-progress]");
    if (!form || event.defaultPrevented) return;
    const run = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
    const [bar, status] = [form.querySelector("progress"), form.querySelector("[role=status]")];
    const stream = new EventSource(`/exports/progress/${run}`);
    form.elements.run.value = run;
    bar.removeAttribute("value");
    bar.hidden = false;
    status.textContent = status.dataset.writing;
    stream.addEventListener("share", (told) => { bar.value = Number(told.data); });
    stream.addEventListener("end", (told) => {
      stream.close();
      bar.hidden = true;
      status.textContent = status.dataset[told.data];
    });
  });

  // A list that is too large is not sent at all; what takes a while says so.
  document.addEventListener("change", (event) => {
    const largest = event.target.dataset?.largest;
    if (largest) event.target.setCustomValidity(event.target.files[0]?.size > Number(largest) ? event.target.dataset.tooLarge : "");
  });
  document.addEventListener("submit", (event) => {
    const busy = event.target.dataset?.busy;
    if (busy && !event.defaultPrevented && event.submitter) event.submitter.textContent = busy;
  });

  // A bar that follows work in the background, and shows the page anew at its end.
  const followed = document.querySelector("progress[data-follow]");
  if (followed) {
    const stream = new EventSource(followed.dataset.follow);
    stream.addEventListener("progress", (event) => { followed.value = Number(event.data); });
    stream.addEventListener("words", (event) => { document.getElementById(followed.dataset.words).textContent = event.data; });
    stream.addEventListener("over", () => { stream.close(); window.location.reload(); });
    window.addEventListener("pagehide", () => stream.close());
  }

  // Live pages: the server says that something has changed, the page fetches its own fragment.
  if (document.querySelector("[data-live]")) {
    let waiting = false;
    let stream = null;
    const changed = () => {
      if (waiting) return;
      waiting = true;
      window.setTimeout(() => {
        waiting = false;
        document.querySelectorAll("[data-live]").forEach((part) => htmx.trigger(part, "changed"));
      }, 400);
    };

    // Only while somebody looks: a browser keeps few connections, and a page behind others would hold one of them.
    const follow = () => {
      if (document.hidden) {
        stream?.close();
        stream = null;
      } else if (!stream) {
        stream = new EventSource("/live");
        stream.addEventListener("changed", changed);
      }
    };
    document.addEventListener("visibilitychange", follow);
    window.addEventListener("pagehide", () => { stream?.close(); stream = null; });
    window.addEventListener("pageshow", follow);
    follow();

    // What somebody has unfolded stays unfolded when its surroundings are replaced.
    let unfolded = [];
    document.addEventListener("htmx:beforeSwap", () => {
      unfolded = [...document.querySelectorAll("details[id][open]")].map((part) => part.id);
    });
    document.addEventListener("htmx:afterSwap", () => {
      unfolded.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    });
  }

  // The dial pad and the interview take keys of the keyboard while nothing else wants them: by their place, since an input method keeps
  // letters to itself, and only once however long they are held.
  const pressed = (event) => (!event.shiftKey && /^(?:Key|Digit|Numpad)(\w)$/.exec(event.code)?.[1]) || event.key;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (document.documentElement.dataset.keys === "off" || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const key = document.querySelector(`[data-key="${CSS.escape(pressed(event))}"]`);
    if (!key) return;
    event.preventDefault();
    if (event.repeat) return;
    key.classList.add("pressed");
    key.click();
  });

  // After a turn of the dial pad the newest words are in view.
  document.addEventListener("htmx:afterSettle", () => {
    const log = document.getElementById("transcript");
    if (log) log.scrollTop = log.scrollHeight;
    document.querySelectorAll("#transcript audio").forEach((player) => player.pause());
    hear(log?.querySelector(".said-by.system:last-child"))?.play().catch(() => {});
  });

  // Recordings play one after another, as in a call; the next key stops them. The first turn waits for a click, as browsers ask.
  const hear = (turn) => {
    const players = [...(turn?.querySelectorAll("audio") ?? [])];
    players.forEach((player, i) => { player.onended = () => players[i + 1]?.play(); });
    return players[0];
  };
  hear(document.querySelector("#transcript .said-by.system"));
})();
