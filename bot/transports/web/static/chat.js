// The chat page: sends a message, reads the event stream, shows the answer. Plain modules, no build.
const KIND_TAGS = {
  law: "法律", regulation: "法规", interpretation: "司法解释",
  rule: "规章", standard: "行业规范", notice: "通知",
};
const OFFLINE = "网络断了，稍后再发一次就行。正在被威胁打 110；撑不住了打 12356；法律咨询打 12348。";

const talk = document.getElementById("talk");
const form = document.getElementById("ask");
const field = document.getElementById("text");
let conversation = null; // kept in this page only: closing it leaves no trace on the device

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (text) { field.value = ""; send(text); }
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
document.getElementById("leave").addEventListener("click", (event) => {
  event.preventDefault();
  location.replace(event.target.href); // replace: the back button does not return here
});

send("", "start");

async function send(text, kind = "text") {
  if (text) { paragraph(bubble("mine"), text); }
  const answer = bubble("theirs");
  const body = paragraph(answer, "正在找答案…");
  body.className = "waiting";
  answer.scrollIntoView({ block: "start" });
  try {
    const response = await fetch("/api/v1/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text, kind, conversation }),
    });
    if (!response.ok) { throw new Error(response.status); }
    let shown = "";
    for await (const [name, content] of events(response.body)) {
      if (name === "status") { conversation = content.conversation; }
      if (name === "delta") { shown += content.text; render(body, shown); }
      if (name === "sources") { sources(answer, content); }
      if (name === "actions") { actions(answer, content); }
      if (name === "error") { render(body, content.message); }
      if (name === "done") { finish(answer, body, content); }
    }
  } catch {
    render(body, OFFLINE);
  }
}

async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) { return; }
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (name && data) { yield [name, JSON.parse(data)]; }
    }
  }
}

function finish(answer, body, content) {
  render(body, content.text);
  if (content.risk === "crisis" || content.risk === "violence") { answer.classList.add("danger"); }
  if (content.more) { fold(answer, body, "展开更多", content.more); }
  if (content.answer && content.status === "answered") { rating(answer, content.answer); }
}

function render(body, text) {
  // **bold** is the only mark; everything is set as text, so nothing in an answer can run.
  body.className = "";
  body.replaceChildren(...text.split(/\*\*(.+?)\*\*/s).map((part, place) => {
    if (place % 2 === 0) { return document.createTextNode(part); }
    const strong = document.createElement("strong");
    strong.textContent = part;
    return strong;
  }));
}

function fold(answer, after, title, text) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = title;
  details.append(summary);
  paragraph(details, text);
  after.after(details);
}

function sources(answer, list) {
  if (!list.length) { return; }
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = `依据（${list.length}）`;
  const items = document.createElement("ul");
  for (const source of list) {
    const item = document.createElement("li");
    const tag = document.createElement("span");
    tag.className = "tag";
    tag.textContent = KIND_TAGS[source.kind] ?? "待核实";
    const dated = source.effective ? `（${source.effective} 起施行）` : "";
    const hearsay = source.verified === "text" ? "" : "，据公开报道";
    item.append(tag, `${source.title}${source.locator}${dated}${hearsay}`);
    items.append(item);
  }
  details.append(summary, items);
  answer.append(details);
}

function actions(answer, list) {
  const row = document.createElement("div");
  row.className = "actions";
  row.append(...list.map((action) => button(action.label, () => send(action.message))));
  answer.append(row);
}

function rating(answer, id) {
  const row = document.createElement("div");
  row.className = "actions";
  const say = async (useful) => {
    row.textContent = useful ? "谢谢告诉我。" : "谢谢，我们会请志愿者看看这条答案。";
    await fetch(`/api/v1/answers/${id}/feedback`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ useful }),
    });
  };
  row.append(button("有用", () => say(true)), button("没用", () => say(false)));
  answer.append(row);
}

function bubble(whose) {
  const article = document.createElement("article");
  article.className = whose;
  talk.append(article);
  return article;
}

function paragraph(parent, text) {
  const p = document.createElement("p");
  p.textContent = text;
  parent.append(p);
  return p;
}

function button(label, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.addEventListener("click", press);
  return element;
}
