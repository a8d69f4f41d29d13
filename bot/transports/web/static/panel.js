// The widget's panel: the talk in a dialog inside the shadow tree.
import { button, element } from "./answer.js";
import { Conversation } from "./api.js";
import { Talk } from "./talk.js";
import { dress, logo } from "./theme.js";
import { spokenLanguage } from "./words.js";

export async function openPanel(host, { base, site, accent, language, side }) {
  const conversation = new Conversation(base, site);
  const look = await conversation.look(); // fails on a page that is not the site's
  const talk = new Talk(conversation, language ?? spokenLanguage());
  await adopt(host.shadowRoot, base, ["talk.css", "panel.css"]);
  const panel = new Panel(host, talk, look, side, base);
  dress(host, talk, { ...look, accent: accent ?? look.accent });
  host.shadowRoot.append(panel.dialog);
  talk.begin();
  return panel;
}

class Panel {
  constructor(host, talk, look, side, base) {
    this.talk = talk;
    const close = button("×", () => this.hide(), "close");
    close.setAttribute("aria-label", talk.words.close);
    const title = element("h2", { id: "title" }, ...logo(base, look), look.name);
    const head = element("div", { class: "head" }, title, close);
    this.dialog = element("dialog", { "aria-labelledby": "title", class: side === "left" ? "left" : "" },
      head, talk.element);
    talk.log.tabIndex = 0; // it scrolls by itself, so the keyboard must reach it
    this.dialog.addEventListener("close", () => host.opener.focus());
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) { this.hide(); }
      event.stopPropagation(); // the host page's shortcuts are not for what is typed here
    });
  }

  show() {
    const small = matchMedia("(max-width: 480px)").matches;
    if (!this.dialog.open && small) { this.dialog.showModal(); }
    if (!this.dialog.open) { this.dialog.show(); }
    this.talk.field.focus();
  }

  hide() { this.dialog.close(); }
}

async function adopt(root, base, names) {
  const sheets = await Promise.all(names.map(async (name) => {
    const response = await fetch(`${base}/static/${name}`);
    const sheet = new CSSStyleSheet();
    return sheet.replace(await response.text());
  }));
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets];
}
