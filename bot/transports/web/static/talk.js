// The talk itself: what was said, the field to write in, and what follows an answer.
// The chat page and the widget show the same one.
import { Offline } from "./api.js";
import { button, element, file, fold, paragraphs, sourceList } from "./answer.js";
import { WORDS } from "./words.js";

const DANGER = new Set(["crisis", "violence"]);

export class Talk {
  constructor(conversation, language) {
    this.conversation = conversation;
    this.language = language;
    this.chosen = null; // a language chosen by hand; else an answer speaks like its question
    this.asked = false;
    this.following = false; // whether a volunteer's words are being waited for
    this.log = element("div", { class: "log", role: "region" });
    this.status = element("p", { class: "hidden", role: "status" });
    this.label = element("label", { for: "question", class: "hidden" });
    this.field = element("textarea", { id: "question", rows: "1", autocomplete: "off" });
    this.sender = element("button", { type: "submit", class: "send" });
    this.form = element("form", {}, this.label, this.field, this.sender);
    this.about = element("p");
    this.data = element("details", { class: "data" });
    this.element = element("div", { class: "talk" }, this.log, this.status, this.form,
      element("div", { class: "foot" }, this.about, this.data));
    this.#listen();
    this.#say();
  }

  get words() { return WORDS[this.language]; }

  async begin() {
    this.log.replaceChildren();
    await this.send("", "start");
  }

  async speak(language) {
    this.language = language;
    this.chosen = language;
    this.#say();
    if (!this.asked) { await this.begin(); }
  }

  async send(text, kind = "text") {
    const question = text ? this.#bubble("mine", this.words.yours) : null;
    question?.append(element("p", {}, text));
    this.asked ||= kind === "text";
    const answer = this.#bubble("theirs", this.words.theirs);
    if (question) { question.scrollIntoView({ block: "start" }); }
    await this.#fill(answer, { text, kind, language: this.#wanted(kind) });
  }

  #wanted(kind) { return this.chosen ?? (kind === "text" ? null : this.language); }

  async #fill(answer, message) {
    const body = element("div", { class: "body" });
    answer.replaceChildren(body);
    answer.setAttribute("aria-busy", "true");
    const parts = { shown: "", sources: [], actions: [], files: [] };
    this.#wait(body, this.words.searching);
    try {
      for await (const [name, content] of this.conversation.ask(message)) {
        this.#hear(name, content, parts, answer, body);
      }
    } catch (fault) {
      this.#fail(answer, message, fault);
    }
    answer.removeAttribute("aria-busy");
  }

  #hear(name, content, parts, answer, body) {
    if (name === "status") { parts.shown = ""; }
    if (name === "delta") {
      parts.shown += content.text;
      body.replaceChildren(...paragraphs(parts.shown));
    }
    if (name === "again") { this.#wait(body, this.words.again, parts.shown); }
    if (name === "sources") { parts.sources = content; }
    if (name === "actions") { parts.actions = content; }
    if (name === "document") { parts.files.push(...file(content, this.words)); }
    if (name === "error") { body.replaceChildren(...paragraphs(content.message)); }
    if (name === "done") { this.#finish(answer, body, content, parts); }
  }

  #finish(answer, body, done, { sources, actions, files }) {
    if (done.forgotten) { this.#gone(done.text); return; }
    body.replaceChildren(...paragraphs(done.text, !sources.length));
    answer.classList.toggle("danger", DANGER.has(done.risk));
    answer.lang = done.lang;
    const words = WORDS[done.lang] ?? this.words;
    if (done.more) { answer.append(fold(words.more, ...paragraphs(done.more))); }
    if (files.length) { answer.append(element("div", { class: "files" }, ...files)); }
    if (sources.length) { answer.append(sourceList(sources, words)); }
    if (actions.length) { answer.append(this.#actions(actions, words)); }
    if (done.answer && sources.length) { answer.append(this.#rating(done.answer, words)); }
    this.status.textContent = words.ready + (body.firstElementChild?.textContent ?? "");
    if (done.hand_off) { this.#follow(); }
  }

  // A person's words stand apart from the assistant's, and say that they are a person's.
  async #follow() {
    if (this.following) { return; }
    this.following = true;
    for await (const [name, content] of this.conversation.follow()) {
      if (name === "line") { this.#line(content); }
    }
    this.following = false;
  }

  #line({ by, text }) {
    const human = by === "volunteer";
    const label = human ? this.words.volunteer : this.words.theirs;
    const said = this.#bubble(human ? "theirs human" : "theirs", label);
    if (human) { said.append(element("p", { class: "who" }, label)); }
    said.append(...paragraphs(text));
    said.scrollIntoView({ block: "nearest" });
    this.status.textContent = `${label}${this.words.colon}${text}`;
  }

  #actions(actions, words) {
    const buttons = actions.map(({ label, message }) => button(label, () => this.send(message)));
    return element("div", { class: "actions", role: "group", "aria-label": words.next }, ...buttons);
  }

  #rating(id, words) {
    const row = element("div", { class: "rating" }, element("span", {}, words.helpful));
    const say = (useful) => {
      row.replaceChildren(useful ? words.thanks : words.looked);
      this.status.textContent = row.textContent;
      this.conversation.rate(id, useful).catch(() => {}); // a verdict is not worth a second try
    };
    row.append(button(words.useful, () => say(true), "quiet"));
    row.append(button(words.notUseful, () => say(false), "quiet"));
    return row;
  }

  #wait(body, note, shown = "") {
    body.replaceChildren(...paragraphs(shown), element("div", { class: "waiting" }, ...paragraphs(note)));
    this.status.textContent = note;
  }

  // Nothing that was written is lost: it can be sent again, or made shorter.
  #fail(answer, message, fault) {
    const note = fault instanceof Offline ? this.words.offline : this.words[fault.code] ?? this.words.refused;
    const retry = button(this.words.retry, () => this.#fill(answer, message));
    answer.replaceChildren(...paragraphs(note), element("div", { class: "actions" }, retry));
    this.status.textContent = note;
    if (!(fault instanceof Offline) && !this.field.value) { this.field.value = message.text; }
  }

  #bubble(whose, label) {
    const article = element("article", { class: whose, "aria-label": label });
    this.log.append(article);
    return article;
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.field.value.trim();
      if (text) {
        this.field.value = "";
        this.#grow();
        this.send(text);
      }
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.form.requestSubmit();
      }
    });
    this.field.addEventListener("input", () => this.#grow());
  }

  #grow() {
    this.field.rows = 1;
    while (this.field.rows < 6 && this.field.scrollHeight > this.field.clientHeight) {
      this.field.rows += 1;
    }
  }

  #say() {
    const { words } = this;
    this.element.lang = this.language;
    this.log.setAttribute("aria-label", words.talk);
    this.label.textContent = words.yours;
    this.field.placeholder = words.placeholder;
    this.sender.textContent = words.send;
    this.about.replaceChildren(...paragraphs(words.about)[0].childNodes);
    this.data.replaceChildren(
      element("summary", {}, words.data),
      element("div", { class: "actions" },
        button(words.save, () => this.#save(), "quiet"),
        button(words.forget, () => this.#forget(), "quiet")),
    );
  }

  async #save() {
    const kept = JSON.stringify(await this.conversation.export(), null, 2);
    const address = URL.createObjectURL(new Blob([kept], { type: "application/json" }));
    element("a", { href: address, download: "conversation.json" }).click();
    URL.revokeObjectURL(address);
  }

  // What will be gone is said first, and asked once.
  #forget() {
    const { words } = this;
    const yes = button(words.forgetYes, async () => {
      await this.conversation.forget();
      this.#gone(words.forgotten);
    }, "quiet");
    const no = button(words.forgetNo, () => this.#say(), "quiet");
    this.data.replaceChildren(
      element("summary", {}, words.data),
      element("p", {}, words.forgetAsk),
      element("div", { class: "actions" }, no, yes),
    );
    this.status.textContent = words.forgetAsk;
    no.focus();
  }

  #gone(text) {
    this.conversation.leave();
    this.log.replaceChildren();
    this.#bubble("theirs", this.words.theirs).append(...paragraphs(text));
    this.status.textContent = text;
    this.asked = false;
    this.#say();
    this.data.open = false;
    this.field.focus();
  }
}
