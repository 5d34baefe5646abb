/** The page as a visitor meets it: built, under a sub-path of a static server, in Chromium. */

import { type Browser, type BrowserContext, type Page, chromium } from "playwright-core";
import { type PreviewServer, preview } from "vite";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

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

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Everything that the console has said, and every request that left for elsewhere. */
  said: string[];
}

export interface Look {
  width?: number;
  height?: number;
  scheme?: "light" | "dark";
  hash?: string;
}

/** Opens the page and waits for its first answer. */
export async function visit({ browser, url }: Served, { width = 1280, height = 900, scheme = "light", hash = "" }: Look = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(blob|data):/.test(request.url())) said.push(`request: ${request.url()}`);
  });
  await page.goto(`${url}${hash ? `#${hash}` : ""}`);
  await answered(page);
  return { page, context, said };
}

/** Waits until the page shows an answer or says why there is none. */
export const answered = (page: Page): Promise<unknown> => page.waitForSelector("#results section, #results .notice", { timeout: 20_000 });
