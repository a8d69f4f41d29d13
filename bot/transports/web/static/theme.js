// An association's own look: its colour where it can be read, its name and its hotline.
import { element } from "./answer.js";

const READABLE = 4.5; // WCAG AA for text

export function dress(host, talk, look) {
  if (look.theme && !["light", "dark"].includes(host.getAttribute("data-theme"))) {
    host.setAttribute("data-theme", look.theme);
  }
  if (look.accent) {
    const dark = isDark(host);
    host.style.setProperty("--accent", readable(look.accent, dark ? [22, 25, 26] : [255, 255, 255]));
  }
  if (look.hotline) {
    const hours = look.hours ? `（${look.hours}）` : "";
    const dialled = look.hotline.replace(/[^\d+]/g, "");
    const line = element("p", { class: "hotline" }, `${look.name} · ${talk.words.hotline} `,
      element("a", { href: `tel:${dialled}`, class: "dial" }, look.hotline), hours);
    talk.about.before(line);
  }
}

// The association's picture; its name stands beside it, and it goes where the page's policy forbids it.
export function logo(base, look) {
  if (!look.logo) { return []; }
  const shown = element("img", { src: base + look.logo, alt: "", class: "logo" });
  shown.addEventListener("error", () => shown.remove());
  return [shown];
}

function isDark(host) {
  const theme = host.getAttribute("data-theme");
  if (theme === "dark" || theme === "light") { return theme === "dark"; }
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

// The colour, moved towards black or white until it can be read on the paper.
function readable(colour, paper) {
  const target = luminance(paper) > 0.5 ? 0 : 255;
  let mixed = [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16));
  for (let step = 0; step < 20 && contrast(mixed, paper) < READABLE; step += 1) {
    mixed = mixed.map((part) => part + (target - part) * 0.12);
  }
  return `rgb(${mixed.map(Math.round).join(" ")})`;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
