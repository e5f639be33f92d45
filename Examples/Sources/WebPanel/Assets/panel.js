// Everything works without this file. It saves reloading: counters that move, and a test that keeps what was typed.
"use strict";

// <… data-poll="/address" data-every="seconds">: figures by name into [data-figure], until the answer says "done".
for (const place of document.querySelectorAll("[data-poll]")) {
  const pause = 1000 * Number(place.dataset.every || 5);
  const ask = async () => {
    if (document.hidden) return setTimeout(ask, pause);
    let figures = {};
    try {
      const answer = await fetch(place.dataset.poll, { headers: { Accept: "application/json" } });
      if (answer.redirected) return location.reload();
      if (answer.ok) figures = await answer.json();
    } catch { /* The network may come back. */ }
    for (const [name, value] of Object.entries(figures)) {
      for (const element of place.querySelectorAll(`[data-figure="${name}"]`)) {
        if (element instanceof HTMLProgressElement) element.value = value;
        else element.textContent = value;
      }
    }
    if (figures.done === true) return place.dataset.reload === undefined ? undefined : location.reload();
    setTimeout(ask, pause);
  };
  setTimeout(ask, Math.min(pause, 1000));
}

// <button data-fragment="id">: sends its form, and shows the answer in the element of that id.
for (const button of document.querySelectorAll("button[data-fragment]")) {
  button.addEventListener("click", async event => {
    event.preventDefault();
    const place = document.getElementById(button.dataset.fragment);
    const label = button.textContent;
    button.disabled = true;
    button.textContent = "Testing …";
    try {
      const body = new URLSearchParams(new FormData(button.form));
      const answer = await fetch(button.formAction, { method: "POST", body, headers: { "X-Fragment": "yes" } });
      if (answer.redirected) return location.reload();
      place.innerHTML = await answer.text();
      place.scrollIntoView({ block: "nearest", behavior: "smooth" });
    } catch {
      place.textContent = "The server did not answer. Try again.";
    }
    button.disabled = false;
    button.textContent = label;
  });
}

// <form data-once>: a second click does not send it twice. <select data-send>: choosing is enough.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => setTimeout(() => form.querySelectorAll("button").forEach(b => b.disabled = true)));
}
for (const select of document.querySelectorAll("select[data-send]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
addEventListener("pageshow", () => document.querySelectorAll("form[data-once] button").forEach(b => b.disabled = false));
