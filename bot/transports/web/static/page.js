// The chat page, alone or inside an association's frame.
import { Conversation } from "./api.js";
import { Talk } from "./talk.js";
import { dress, logo } from "./theme.js";
import { spokenLanguage } from "./words.js";

const site = /^\/embed\/([a-z0-9-]+)$/.exec(location.pathname)?.[1] ?? null;
const conversation = new Conversation("", site);
const talk = new Talk(conversation, spokenLanguage());
const languages = document.getElementById("language");
const leave = document.getElementById("leave");

let siteName = null; // an association's own name stands in place of ours

document.getElementById("talk").append(talk.element);
languages.addEventListener("change", () => { talk.speak(languages.value); label(); });
leave.addEventListener("click", (event) => {
  event.preventDefault();
  document.body.replaceChildren(); // gone at once, however slow the next page is
  top.location.replace(leave.href); // replace: the back button does not return here
});

label();
if (site) {
  conversation.look().then((look) => {
    dress(document.documentElement, talk, look);
    siteName = [...logo("", look), look.name];
    label();
  });
}
talk.begin();

function label() {
  document.documentElement.lang = talk.language;
  document.getElementById("name").replaceChildren(...(siteName ?? [talk.words.name]));
  languages.value = talk.language;
  languages.setAttribute("aria-label", talk.words.language);
  leave.textContent = talk.words.leave;
}
