/** The page as a first visitor sees it, written into `index.html`, so that the answer does not wait for any script. */

import { fileURLToPath } from "node:url";

import { type Plugin, type PluginOption, build } from "vite";

const EMPTY = '<div id="app"></div>';

/** `plugins` are those that the page itself is built with. */
export function prerender(plugins: () => PluginOption[]): Plugin {
  return {
    name: "prerender",
    apply: "build",
    transformIndexHtml: {
      order: "pre",
      async handler(page) {
        if (!page.includes(EMPTY)) throw new Error(`the page has no ${EMPTY}`);
        const html = await shown(plugins());
        return page.replace(EMPTY, () => EMPTY.replace("><", () => `>${html}<`));
      },
    },
  };
}

async function shown(plugins: PluginOption[]): Promise<string> {
  const folder = new URL("../node_modules/.prerender/", import.meta.url);
  await build({
    configFile: false,
    logLevel: "error",
    plugins,
    ssr: { noExternal: true },
    build: { ssr: "src/prerender.ts", outDir: fileURLToPath(folder), copyPublicDir: false },
  });
  const { html } = (await import(new URL("prerender.js", folder).href)) as { html: string };
  // which the page forbids; the scripts set them
  return html.replaceAll(/ style="[^"]*"/g, "");
}
