// Small comforts; every page works without them.

// A submenu closes when something else is clicked, or with Escape, which gives the focus back.
const openMenus = () => document.querySelectorAll(".menu details[open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

// A menu is the same on all pages; which of its links leads here is seen here.
for (const link of document.querySelectorAll(".menu a, .plain a")) {
  if (link.origin === location.origin && link.pathname === location.pathname && !link.hash) link.ariaCurrent = "page";
}

// In the lightbox: the arrows turn over, Escape closes, Tab stays inside.
const shown = () => document.querySelector(".lightbox:target");
document.addEventListener("keydown", (event) => {
  const box = shown();
  if (!box) {
    if (event.key === "Escape") {
      for (const menu of openMenus()) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
    return;
  }
  const rel = { ArrowLeft: "prev", ArrowRight: "next", Escape: "up" }[event.key];
  const link = rel && box.querySelector(`a[rel="${rel}"]`);
  if (link) {
    event.preventDefault();
    link.click();
  } else if (event.key === "Tab") {
    const links = [...box.querySelectorAll("a")];
    const [first, last] = [links[0], links.at(-1)];
    const leaves = event.shiftKey ? [first, box] : [last];
    if (leaves.includes(document.activeElement)) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }
});
addEventListener("hashchange", (event) => {
  const box = shown();
  const left = new URL(event.oldURL).hash.replace("#photo-", "#thumb-");
  if (box) box.focus({ preventScroll: true });
  else if (left.startsWith("#thumb-")) document.querySelector(`${left} a`)?.focus({ preventScroll: true });
});

// The clock of a page that was made some time ago.
const clock = document.querySelector(".clock");
if (clock?.dataset.zone) {
  const tick = () => {
    const parts = new Intl.DateTimeFormat(document.documentElement.lang, {
      timeZone: clock.dataset.zone, weekday: "long", day: "2-digit", month: "2-digit", year: "numeric",
      hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(new Date());
    const part = (type) => parts.find((one) => one.type === type).value;
    clock.textContent =
      `${part("weekday")} - ${part("day")}/${part("month")}/${part("year")} ${part("hour")}:${part("minute")}`;
  };
  tick();
  setInterval(tick, 30000);
}
