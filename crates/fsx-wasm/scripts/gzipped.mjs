// Prints how many bytes the files given have together, each compressed by gzip, as a server sends them.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const files = process.argv.slice(2);
console.log(files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0));
