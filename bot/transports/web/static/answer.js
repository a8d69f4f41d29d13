// An answer as elements. Everything is set as text, so nothing in an answer can run.
const BASIS = /^(依据|依據|Sources)[:：]/;
const MARKS = /\*\*(.+?)\*\*|(?<![\d-])(110|120|96110|12(?:3\d\d|337))(?![\d-])/gs;
const PICTURES = new Set(["image/png", "image/jpeg"]);
const TAGS = { law: "law", standard: "standard" };

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) { made.setAttribute(key, value); }
  made.append(...children);
  return made;
}

export function button(label, press, kind = "") {
  const made = element("button", { type: "button", class: kind }, label);
  made.addEventListener("click", press);
  return made;
}

// Light Markdown: blank lines part paragraphs, `1. ` and `· ` begin items, ** is bold.
// The line of sources is left out where the sources themselves follow.
export function paragraphs(text, withBasis = false) {
  const blocks = text.split(/\n{2,}/).filter((each) => each.trim());
  const shown = blocks.filter((each) => withBasis || !BASIS.test(each));
  return shown.flatMap((block, place) => runs(block).flatMap((run) => made(run, place)));
}

function runs(block) {
  const kinds = [];
  for (const line of block.split("\n")) {
    const numbered = /^(\d+)[.、]\s*(.*)$/.exec(line);
    const pointed = /^[·•-]\s+(.*)$/.exec(line);
    const kind = numbered ? "ol" : pointed ? "ul" : "p";
    const last = kinds.at(-1);
    const item = numbered?.[2] ?? pointed?.[1] ?? line;
    if (last?.kind === kind) {
      last.lines.push(item);
    } else {
      kinds.push({ kind, lines: [item], start: numbered?.[1] ?? "1" });
    }
  }
  return kinds;
}

// The first line is the largest thing on the screen, where it says what matters.
function made({ kind, lines, start }, place) {
  if (kind === "p") {
    return lines.map((line, row) => {
      const lead = place === 0 && row === 0 && line.includes("**");
      return element("p", lead ? { class: "lead" } : {}, ...inline(line));
    });
  }
  const attributes = kind === "ol" && start !== "1" ? { start } : {};
  return [element(kind, attributes, ...lines.map((line) => element("li", {}, ...inline(line))))];
}

// Bold, and the public hotlines as links that dial.
function inline(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    parts.push(text.slice(end, match.index));
    parts.push(match[1] === undefined
      ? element("a", { href: `tel:${match[2]}`, class: "dial" }, match[2])
      : element("strong", {}, ...inline(match[1])));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

export function fold(title, ...children) {
  return element("details", {}, element("summary", {}, title), ...children);
}

export function sourceList(sources, words) {
  const items = sources.map((source) => element("li", {}, tag(source, words), cited(source, words)));
  const made = fold(`${words.sources} (${sources.length})`, element("ul", {}, ...items));
  made.className = "sources";
  return made;
}

function tag(source, words) {
  const kind = source.verified === "memory" ? "unverified" : TAGS[source.kind] ?? "rule";
  return element("span", { class: `tag ${kind}` }, words.tags[kind]);
}

function cited(source, words) {
  const notes = [
    source.effective && words.since(source.effective),
    source.verified === "secondary" && words.reported,
    source.status !== "in_force" && words.statuses[source.status],
  ].filter(Boolean);
  const text = `${source.title}${source.locator}${notes.length ? words.bracket(notes) : ""}`;
  if (!/^https?:\/\//.test(source.url ?? "")) { return text; }
  return element("a", { href: source.url, rel: "noreferrer noopener", target: "_blank" }, text);
}

// A document to have; a picture is shown too, where the page's policy lets it.
export function file(document, words) {
  const bytes = Uint8Array.from(atob(document.content), (each) => each.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: document.media_type }));
  const size = `${Math.max(1, Math.round(document.size / 1024))} KB`;
  const link = { href: address, download: document.name, class: "file" };
  const having = element("a", link, `${words.download} ${document.name} (${size})`);
  if (document.media_type === "text/csv") { return [table(bytes, document.name), having]; }
  return PICTURES.has(document.media_type) ? [picture(address, document.name), having] : [having];
}

// A small table as our own server writes it: fields with a comma stand in quotation marks.
function table(bytes, name) {
  const [head, ...rows] = new TextDecoder().decode(bytes).trim().split(/\r?\n/).map(cells);
  const row = ([first, ...rest]) =>
    element("tr", {}, element("th", { scope: "row" }, first), ...rest.map((each) => element("td", {}, each)));
  const heading = element("tr", {}, ...head.map((each) => element("th", { scope: "col" }, each)));
  const made = element("table", {}, element("caption", {}, name.replace(/\.csv$/, "")),
    element("thead", {}, heading), element("tbody", {}, ...rows.map(row)));
  return element("div", { class: "sheet", tabindex: "0", role: "region", "aria-label": name }, made);
}

function cells(line) {
  const found = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

function picture(address, name) {
  const shown = element("img", { src: address, alt: name });
  shown.addEventListener("error", () => shown.remove());
  return shown;
}
