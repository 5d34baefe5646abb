import { svelte } from "@sveltejs/vite-plugin-svelte";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

import { catalog } from "./build/catalog.ts";
import { examples } from "./build/examples.ts";
import { fields } from "./build/fields.ts";
import { prerender } from "./build/prerender.ts";

const page = () => [svelte(), fields(), catalog(), examples()];

// A time limit here only ends what hangs: on a machine with other work a test takes many times what it takes alone.
const patient = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  // any static host, under any path
  base: "./",
  plugins: [
    ...page(),
    prerender(page),
    VitePWA({
      injectRegister: false,
      manifest: false,
      workbox: { globPatterns: ["**/*.{html,js,css,svg,wasm}"], maximumFileSizeToCacheInBytes: 2 ** 23 },
    }),
  ],
  optimizeDeps: { exclude: ["fsx-model"] },
  worker: { format: "es" },
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  test: {
    projects: [
      { extends: true, test: { name: "unit", include: ["tests/unit/**/*.test.ts"], ...patient } },
      { extends: true, test: { name: "page", include: ["tests/page/**/*.test.ts"], ...patient, fileParallelism: false } },
    ],
  },
});
