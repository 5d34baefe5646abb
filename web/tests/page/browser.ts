/** The page as a visitor meets it: built, under a sub-path of a static server, in Chromium. */

import { type Browser, type BrowserContext, type Frame, type Page, chromium } from "playwright-core";
import { type PreviewServer, preview } from "vite";
import { afterAll, beforeAll } from "vitest";

import { fromLink } from "../../src/state/state";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** How long an answer may take, in milliseconds. */
const PATIENCE = 20_000;

export interface Served {
  url: string;
  browser: Browser;
  server: PreviewServer;
  close: () => Promise<void>;
}

export async function serve(): Promise<Served> {
  const server = await preview({ base: "/under/a/path/", logLevel: "silent", preview: { port: 0, host: "127.0.0.1" } });
  const url = server.resolvedUrls?.local[0] ?? "";
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  return { url, browser, server, close: () => Promise.all([browser.close(), server.close()]).then(() => undefined) };
}

/** Server and browser for all tests of a file. */
export function served(): () => Served {
  let all: Served | undefined;
  beforeAll(async () => {
    all = await serve();
  });
  afterAll(() => all?.close());
  return () => {
    if (!all) throw new Error("nothing is served outside of tests");
    return all;
  };
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Everything that the console has said, and every request that left for elsewhere. */
  said: string[];
  close: () => Promise<void>;
}

export interface Look {
  width?: number;
  height?: number;
  scheme?: "light" | "dark";
  hash?: string;
  /** Whether it is kept for use without a network, which loads everything. */
  isKept?: boolean;
}

/** Counts what the workers of the page have been asked and not yet told. Runs in the page, before it. */
function count(): void {
  const shared = globalThis as unknown as { unanswered: number };
  shared.unanswered = 0;
  const Own = globalThis.Worker;
  globalThis.Worker = class extends Own {
    #asked = 0;
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener("message", () => this.#add(-1));
    }
    #add(more: number): void {
      this.#asked += more;
      shared.unanswered += more;
    }
    override postMessage(message: unknown): void {
      this.#add(1);
      super.postMessage(message);
    }
    override terminate(): void {
      this.#add(-this.#asked);
      super.terminate();
    }
  };
}

/** Opens the page and waits for its first answer. */
export async function visit({ browser, url }: Served, { width = 1280, height = 900, scheme = "light", hash = "", isKept = false }: Look = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, serviceWorkers: isKept ? "allow" : "block" });
  await context.addInitScript(count);
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => {
    const text = message.text();
    // which keeps nothing where it is not to
    if (isKept || !text.includes("blocked by Playwright")) said.push(`${message.type()}: ${text}`);
  });
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  context.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(blob|data):/.test(request.url())) said.push(`request: ${request.url()}`);
  });
  await page.goto(`${url}${hash ? `#${hash}` : ""}`);
  await answered(page);
  return { page, context, said, close: () => context.close() };
}

/** The page in a frame of an empty one, which spares the browser the work that it does for each address of a whole page. */
export async function framed({ url }: Served, page: Page, hash: string): Promise<Frame> {
  const outer = `${url}outer.html`;
  const body = `<!doctype html><link rel="icon" href="data:,"><iframe name="inner" width="1280" height="900" src="./#${hash}"></iframe>`;
  await page.route(outer, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(outer);
  const frame = page.frame("inner");
  if (!frame) throw new Error("there is no frame");
  await answered(frame);
  return frame;
}

/** Waits until the page is alive and shows an answer or says why there is none. */
export const answered = (page: Page | Frame): Promise<unknown> =>
  page.waitForSelector("html:not(.linked, .drawn) #results :is(section, table, .notice)", { timeout: PATIENCE });

/** Goes to a link as the address bar does, without loading the page again. */
export const go = (page: Page | Frame, link: string): Promise<void> =>
  page.evaluate((link) => {
    location.hash = link;
  }, link);

/** Waits until all questions have been answered and what is shown has been the same for a while. */
export async function settled(page: Page | Frame): Promise<void> {
  await page.evaluate(
    async ({ patience, rest }) => {
      const shared = globalThis as unknown as { unanswered: number };
      const begun = performance.now();
      let last = begun;
      const note = () => {
        last = performance.now();
      };
      const watch = new MutationObserver(note);
      watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      while (performance.now() - last < rest && performance.now() - begun < patience) {
        await new Promise((done) => setTimeout(done, 10));
        if (shared.unanswered > 0) note();
      }
      watch.disconnect();
    },
    { patience: PATIENCE, rest: 200 },
  );
}

/** The text of the answer, but for how long it took. */
export async function results(page: Page | Frame): Promise<string> {
  const text = await page.locator("#results").innerText();
  return text.replace(/, in [\d.]+ ms/g, "");
}

/** What the address of the page holds, when it has come to rest. */
export async function questionOf(page: Page): Promise<ReturnType<typeof fromLink>> {
  // changes are written a moment later
  await page.waitForTimeout(400);
  const hash = await page.evaluate(() => location.hash.slice(1));
  if (hash !== "") return fromLink(hash);
  await page.click("text=Share …");
  const link = await page.inputValue("[aria-label='Text to copy']");
  await page.keyboard.press("Escape");
  return fromLink(link.split("#")[1] ?? "");
}
