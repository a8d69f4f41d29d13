// The API as the page sees it: one conversation, whose answers survive a broken connection.
const WAITS = [500, 1000, 2000, 4000, 8000, 8000]; // together longer than a server's restart
const LONGEST_SILENCE = 40_000; // the server gives a sign of life every 15 seconds

export class Offline extends Error {}

export class Refused extends Error {
  constructor(problem) {
    super(problem.code);
    this.code = problem.code;
  }
}

export class Conversation {
  // `base` is the server's address, empty on its own page; `site` the association's key, if any.
  constructor(base = "", site = null) {
    this.base = base;
    this.site = site;
    this.entry = null; // kept in this page only: closing it leaves no trace on the device
  }

  // Yields [event, content] until the answer is whole; "again" says that the connection is lost.
  async *ask(message) {
    const key = randomName();
    let last = null;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const headers = { "Idempotency-Key": key, ...after(last) };
        for await (const [number, name, content] of this.#stream("POST", "/messages", message, headers)) {
          last = number;
          attempt = 0;
          yield [name, content];
          if (name === "done" || name === "error") { return; }
        }
      } catch (fault) {
        if (fault instanceof Refused) { throw fault; }
      }
      if (attempt >= WAITS.length) { throw new Offline(); }
      yield ["again", null];
      await pause(WAITS[attempt]);
    }
  }

  async rate(answer, useful) {
    await this.#send("POST", `/answers/${answer}/feedback`, { useful });
  }

  async export() {
    const response = await this.#send("GET", "");
    return response.json();
  }

  async forget() {
    if (this.entry) { await this.#send("DELETE", ""); }
    this.leave();
  }

  // What was said here is gone: the next message begins a conversation.
  leave() { this.entry = null; }

  async look() {
    const response = await fetch(`${this.base}/api/v1/sites/${this.site}`);
    if (!response.ok) { throw new Refused(await response.json()); }
    return response.json();
  }

  // What a volunteer writes, as [event, content], until "end"; a lost connection is picked up again.
  async *follow() {
    const entry = this.entry;
    let last = null;
    for (let attempt = 0; attempt < WAITS.length && this.entry === entry; attempt += 1) {
      try {
        for await (const [number, name, content] of this.#stream("GET", "/events", undefined, after(last))) {
          last = number;
          attempt = 0;
          yield [name, content];
          if (name === "end") { return; }
        }
      } catch (fault) {
        if (fault instanceof Refused) { return; }
      }
      await pause(WAITS[attempt]);
    }
  }

  async *#stream(method, path, body, headers) {
    const abort = new AbortController();
    const silence = watch(() => abort.abort());
    try {
      const response = await this.#send(method, path, body, headers, abort.signal);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) { return; }
        silence.heard();
        const blocks = (rest + value).split("\n\n");
        rest = blocks.pop();
        yield* blocks.map(read).filter(Boolean);
      }
    } finally {
      silence.stop();
      abort.abort();
    }
  }

  async #send(method, path, body, headers, signal) {
    this.entry ??= await this.#begin();
    const url = `${this.base}/api/v1/conversations/${this.entry.id}${path}`;
    const authorised = { ...headers, Authorization: `Bearer ${this.entry.token}` };
    const response = await request(method, url, body, authorised, signal);
    if (response.status === 401) { // the token ran out while the page lay open
      this.entry = null;
    }
    return accepted(response);
  }

  async #begin() {
    const body = this.site ? { site: this.site } : {};
    return (await accepted(await request("POST", `${this.base}/api/v1/conversations`, body))).json();
  }
}

function request(method, url, body, headers, signal) {
  const typed = body === undefined ? headers : { ...headers, "Content-Type": "application/json" };
  return fetch(url, { method, headers: typed, signal, body: body && JSON.stringify(body) });
}

// What can be mended by waiting is thrown as a plain error, what cannot as Refused.
async function accepted(response) {
  if (response.ok) { return response; }
  const problem = response.status === 429 ? await response.json().catch(() => ({})) : {};
  if (problem.code?.startsWith("site_")) { throw new Refused(problem); }
  if (response.status === 429) {
    await pause(Math.min(Number(response.headers.get("Retry-After")) || 1, 20) * 1000);
  }
  if (response.status >= 500 || response.status === 429 || response.status === 401) {
    throw new Error(response.status);
  }
  throw new Refused(await response.json().catch(() => ({ code: String(response.status) })));
}

function read(block) {
  const field = (name) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
  const data = field("data");
  return data && [field("id"), field("event"), JSON.parse(data)];
}

function watch(silent) {
  let timer = setTimeout(silent, LONGEST_SILENCE);
  return {
    heard() { clearTimeout(timer); timer = setTimeout(silent, LONGEST_SILENCE); },
    stop() { clearTimeout(timer); },
  };
}

function after(last) { return last === null ? {} : { "Last-Event-ID": last }; }

function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function pause(milliseconds) {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
  });
}
