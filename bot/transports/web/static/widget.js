// <script src="https://HOST/widget.js" data-site="KEY" async></script>
// A button in a shadow tree; everything else is loaded when it is pressed. No cookies, no styles
// of the host inside, none of ours outside, and nothing that a strict content policy forbids.
(() => {
  const script = document.currentScript;
  const { site, theme, accent, lang, label, side } = script.dataset;
  const base = new URL(script.src).origin;
  const LABELS = { "zh-Hans": "问一问", "zh-Hant": "問一問", en: "Ask" };
  const UNREACHABLE = "现在连不上。有危险打 110，撑不住打 12356";
  const language = lang in LABELS ? lang : null;
  const colour = /^#[0-9a-f]{6}$/i.test(accent ?? "") ? accent : null;

  class BorrowerAid extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) { return; }
      this.setAttribute("data-theme", theme ?? "auto");
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.opener = document.createElement("button");
      this.opener.type = "button";
      this.opener.className = "opener";
      this.opener.textContent = label ?? LABELS[language ?? "zh-Hans"];
      this.opener.setAttribute("aria-haspopup", "dialog");
      this.opener.addEventListener("click", () => this.open());
      root.append(this.opener);
    }

    async open() {
      try {
        const { openPanel } = await import(`${base}/static/panel.js`);
        this.panel ??= openPanel(this, { base, site, accent: colour, language, side });
        (await this.panel).show();
      } catch {
        this.panel = null; // the next press tries again
        this.opener.textContent = UNREACHABLE;
      }
    }
  }

  const STYLE = `
    .opener {
      all: initial; box-sizing: border-box; position: fixed; z-index: 2147483000;
      bottom: 20px; ${side === "left" ? "left" : "right"}: 20px; max-width: calc(100vw - 40px);
      min-height: 48px; padding: 10px 22px; border-radius: 24px; cursor: pointer;
      font: 600 17px/1.5 "PingFang SC", "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif;
      background: ${colour ?? "#0f6a68"}; color: ${colour && isLight(colour) ? "#111" : "#fff"};
      box-shadow: 0 2px 10px rgb(0 0 0 / .25);
    }
    .opener:focus-visible { outline: 3px solid currentColor; outline-offset: -6px; }
    @media print { .opener { display: none; } }
  `;

  function isLight(hex) {
    const [red, green, blue] = [1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16));
    return red * 0.299 + green * 0.587 + blue * 0.114 > 125;
  }

  customElements.define("borrower-aid", BorrowerAid);
  const place = () => document.body.append(document.createElement("borrower-aid"));
  if (document.body) { place(); } else { addEventListener("DOMContentLoaded", place); }
})();
