// What the pages do beyond their forms: keep what is being written, and show what it will look like.
// Every page works without it.
const SETTLED = 700; // milliseconds without a key before the preview is drawn again
const KEPT_AFTER = 2500;

function later(milliseconds, act) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(act, milliseconds); };
}

async function send(path, form) {
  const body = new FormData(form);
  return fetch(path, { method: "POST", body: new URLSearchParams(body), headers: { "X-CSRF": body.get("csrf") } });
}

function write(form) {
  const root = new URL(form.action).pathname.split("/entries/")[0];
  const entry = form.dataset.entry;
  const saving = document.querySelector("[data-saving]");
  const english = document.documentElement.lang === "en";
  let latest = 0;
  let stopped = document.querySelector(".conflict") !== null; // nothing is written over unasked
  let queue = Promise.resolve();

  async function fill(path, place) {
    const mine = ++latest;
    const answer = await send(path, form);
    if (answer.ok && mine === latest) place.innerHTML = await answer.text();
  }
  const draw = later(SETTLED, async () => {
    await fill(`${root}/preview`, document.querySelector("[data-preview]"));
  });
  const compare = later(SETTLED + 300, async () => {
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, questions: form.elements.questions.value, entry });
    const answer = await fetch(`${root}/similar`, { method: "POST", body });
    if (answer.ok) document.querySelector("[data-similar]").innerHTML = await answer.text();
  });
  async function keep() {
    if (stopped || !entry) return;
    const answer = await send(`${root}/entries/${entry}/autosave`, form).catch(() => null);
    if (answer?.ok) {
      const { revision, at } = await answer.json();
      form.elements.revision.value = revision;
      const time = new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
      saving.textContent = english ? `Saved at ${time}` : `${time} 已自动保存`;
    } else if (answer?.status === 409) {
      stopped = true;
      saving.textContent = (await answer.json()).conflict;
      saving.classList.add("warn");
    } else {
      saving.textContent = english ? "Not saved yet; trying again" : "还没保存上，会再试";
      keepSoon();
    }
  }
  const keepSoon = later(KEPT_AFTER, () => { queue = queue.then(keep); });
  form.addEventListener("input", (event) => {
    if (event.target.type === "search") return; // looked for, not written
    draw();
    keepSoon();
    if (event.target.name === "questions") compare();
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return;
    event.preventDefault(); // an autosave on its way would make this one look like a second editor's
    stopped = true;
    const pressed = event.submitter;
    queue.then(() => setTimeout(() => { // a form being submitted cannot be submitted: first let it be
      form.dataset.sent = "yes";
      form.requestSubmit(pressed);
    }));
  });

  form.querySelectorAll("[data-choose]").forEach((place) => choose(place, root, entry));

  const add = document.querySelector("[data-add-citation]");
  const list = document.querySelector("[data-citations]");
  add.hidden = false;
  add.addEventListener("click", () => {
    const fresh = list.lastElementChild.cloneNode(true);
    fresh.querySelectorAll("input").forEach((each) => { each.value = ""; });
    fresh.querySelector("[data-cited]").textContent = "";
    list.append(fresh);
    fresh.querySelector("input").focus();
  });
  list.addEventListener("change", async (event) => {
    const row = event.target.closest(".citation");
    const [instrument, article] = ["citation_instrument", "citation_article"].map((name) => row.querySelector(`[name=${name}]`).value.trim());
    const place = row.querySelector("[data-cited]");
    if (!instrument) { place.textContent = ""; return; }
    const answer = await fetch(`${root}/cited?${new URLSearchParams({ instrument, article })}`);
    place.textContent = answer.ok ? await answer.text() : "";
  });
}

// Looks while somebody types; what is ticked moves up to what is chosen.
function choose(place, root, entry) {
  const words = place.querySelector("[type=search]");
  const found = place.querySelector("[data-found]");
  const chosen = place.querySelector("[data-chosen]");
  let latest = 0;
  async function look() {
    const mine = ++latest;
    const asked = new URLSearchParams({ field: place.dataset.choose, words: words.value, entry });
    chosen.querySelectorAll("input").forEach((each) => asked.append("without", each.value));
    const answer = await fetch(`${root}/choices?${asked}`);
    if (answer.ok && mine === latest) found.innerHTML = await answer.text();
  }
  words.addEventListener("input", later(300, look));
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    look();
  });
  place.querySelector("[data-find]").addEventListener("click", (event) => {
    event.preventDefault();
    look();
  });
  found.addEventListener("change", (event) => {
    chosen.append(event.target.closest("li"));
    event.target.focus();
  });
}

function follow(place) {
  setInterval(async () => {
    const answer = await fetch(place.dataset.lines).catch(() => null);
    if (!answer?.ok) return;
    const text = await answer.text();
    if (text.trim() !== place.innerHTML.trim()) place.innerHTML = text;
  }, 4000);
}

document.querySelectorAll("form.entry").forEach(write);
document.querySelectorAll("[data-lines]").forEach(follow);
