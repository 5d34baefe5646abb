/** `virtual:examples`: the questions and scenarios of `examples/`, as the page opens them. */

import { readFileSync, readdirSync } from "node:fs";

import { load } from "fsx-model";
import type { Plugin } from "vite";

import type { Example, First } from "../src/kinds.ts";
import type { Tree } from "../src/state/path.ts";
import { asked, requirementOf } from "../src/state/state.ts";

const FOLDER = new URL("../../examples/", import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, FOLDER), "utf8");

/** A file as the page takes it. */
type Read = (path: string) => Pick<Example, "what" | "text">;

/** The questions of the page of questions: each with the files of its first command that has any. */
function questions(read: Read): Example[] {
  const [, ...sections] = text("questions/README.md").split("\n## ");
  return sections.flatMap((section, place) => {
    const title = section.split("\n", 1)[0] ?? "";
    const link = /\]\((https:[^)]+)\)/.exec(section)?.[1] ?? "";
    const commands = section.matchAll(/^\$ fsx \S+ (examples\/\S+(?: examples\/\S+)*)$/gm);
    const files = commands.next().value?.[1]?.split(" ").map((file) => file.replace("examples/", ""));
    if (!files) return [];
    const [first = "", ...others] = files;
    const id = `question-${place + 1}`;
    if (others.length === 0) return [{ id, title, link, group: "questions" as const, ...read(first) }];
    const names = files.map((file) => file.replace(/.*\/(\d+_)?|\.toml$/g, "").replaceAll("_", " "));
    const compared = { scenarios: files.map((file) => read(file).text), names };
    return [{ id, title, link, group: "questions" as const, what: "comparison" as const, text: compared }];
  });
}

/** The scenarios, by what they begin with. */
function scenarios(read: Read): Example[] {
  const files = readdirSync(new URL("scenarios", FOLDER)).filter((file) => file.endsWith(".toml")).sort();
  return files.map((file) => {
    const path = `scenarios/${file}`;
    const title = /^# (.*)/.exec(text(path))?.[1] ?? file;
    return { id: file.replace(".toml", ""), title, link: "", group: "scenarios", ...read(path) };
  });
}

/** What a first visitor sees, and the core's answer to it. */
function first(core: Awaited<ReturnType<typeof load>>, of: Example[]): First {
  const text = (id: string) => of.find((one) => one.id === id)?.text as Tree;
  const plan = asked({}, "requirement", text("plan_training_checkpoints"));
  const question = { ...plan, file_system: text("training_reads").file_system ?? {} };
  const input = JSON.stringify(requirementOf(question));
  return { question, call: "plan", input, answer: core.call("plan", input) };
}

export function examples(): Plugin {
  const id = "virtual:examples";
  return {
    name: "examples",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    async load(source) {
      if (source !== `\0${id}`) return undefined;
      const core = await load();
      const read: Read = (path) => {
        const toml = text(path);
        // what has no file system asks for one
        const isScenario = /^\[file_system\]/m.test(toml);
        return isScenario
          ? { what: "scenario", text: core.read("scenario", "toml", toml) }
          : { what: "requirement", text: core.read("requirement", "toml", toml) };
      };
      const all = [...questions(read), ...scenarios(read)];
      const made = { EXAMPLES: all, FIRST: first(core, all) };
      return Object.entries(made)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join("\n");
    },
  };
}
