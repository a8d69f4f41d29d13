// <script src="https://HOST/widget.js" data-site="KEY" async></script>
// A button in a shadow tree; everything else is loaded when it is pressed. No cookies, no styles
// of the host inside, none of ours outside, and nothing that a strict content policy forbids.
(() => {
  const script = document.currentScript;
  const { site, theme, accent, lang, label, side } = script.dataset;
  const base = new URL(script.src).origin;
  const LABELS = { "zh-Hans": "问一问", "zh-Hant": "問一問", en: "Ask" };
  const language = lang in LABELS ? lang : null;

  class BorrowerAid extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) { return; }
      this.setAttribute("data-theme", theme ?? "auto");
      const root = this.attachShadow({ mode: "open" });
      this.panel = null;
      this.opener = document.createElement("button");
      this.opener.type = "button";
      this.opener.className = "opener";
      this.opener.textContent = label ?? LABELS[language ?? "zh-Hans"];
      this.opener.setAttribute("aria-haspopup", "dialog");
      this.opener.addEventListener("click", () => this.open());
      adopt(root, CLOSED).then(() => root.append(this.opener));
    }

    async open() {
      this.opener.disabled = true;
      try {
        const { openPanel } = await import(`${base}/static/panel.js`);
        this.panel ??= await openPanel(this, { base, site, accent, language, side });
        this.panel.show();
      } finally {
        this.opener.disabled = false;
      }
    }
  }

  const CLOSED = `
    :host { all: initial; }
    .opener {
      position: fixed; z-index: 2147483000; bottom: 20px; ${side === "left" ? "left" : "right"}: 20px;
      min-height: 48px; padding: 10px 22px; border: 0; border-radius: 24px; cursor: pointer;
      font: 600 17px/1.5 "PingFang SC", "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif;
      background: #0f6a68; color: #fff; box-shadow: 0 2px 10px rgb(0 0 0 / .25);
    }
    .opener:focus-visible { outline: 3px solid #0f6a68; outline-offset: 3px; }
  `;

  async function adopt(root, css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }

  customElements.define("borrower-aid", BorrowerAid);
  const place = () => document.body.append(document.createElement("borrower-aid"));
  if (document.body) { place(); } else { addEventListener("DOMContentLoaded", place); }
})();
