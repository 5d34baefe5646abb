/** Numbers as people read them. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { dollars, exact, gib, grouped, inUnit, interval, number, percent, rate, roundDollars, seconds, times, unitName } from "../../src/format";

test.each([
  [0, "0"],
  [0.005, "0.0050"],
  [0.5, "0.5"],
  [1.23456, "1.23"],
  [12.3456, "12.3"],
  [123.456, "123"],
  [1234.56, "1,235"],
  [123_456, "123,500"],
  [9_994_999, "9,995,000"],
  [12_345_678, "12.3 million"],
  [-1500, "-1,500"],
])("%d is %s", (value, text) => expect(number(value)).toBe(text));

test("money", () => {
  expect([dollars(1234.567), dollars(0.005), roundDollars(1234.567)]).toEqual(["$1,234.57", "$0.01", "$1,235"]);
});

test("shares, multiples, sizes and every digit", () => {
  expect([percent(0.12345), percent(1), percent(0)]).toEqual(["12.3%", "100%", "0%"]);
  expect(["21600 GiB", "2.12345 of 999", "PERSISTENT_2 with 1000"].map(grouped)).toEqual(["21,600 GiB", "2.12345 of 999", "PERSISTENT_2 with 1,000"]);
  expect([times(1), times(2.345), times(12.34)]).toEqual(["×1.00", "×2.35", "×12.3"]);
  expect(gib(4800)).toBe("4,800 GiB");
  expect(exact(0.1234567890123)).toBe("0.1234567890123");
});

test.each([
  [0.0005, "0.5 ms"],
  [0.25, "250 ms"],
  [1, "1 s"],
  [119, "119 s"],
  [120, "2 min"],
  [3600, "60 min"],
  [7200, "2 h"],
  [172_800, "2 days"],
])("%d seconds are %s", (value, text) => expect(seconds(value)).toBe(text));

describe("units", () => {
  test("MiB/s are fewer by 1.048576, and nothing else changes its unit", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (value) => {
        expect(inUnit(value, "MB/s", "MiB") * 1.048576).toBeCloseTo(value, 4 - Math.ceil(Math.log10(value)));
        expect(inUnit(value, "MB/s", "MB")).toBe(value);
        expect(inUnit(value, "op/s", "MiB")).toBe(value);
      }),
    );
  });
  test("by their names", () => {
    expect([unitName("MB/s", "MB"), unitName("MB/s", "MiB"), unitName("op/s", "MiB")]).toEqual(["MB/s", "MiB/s", "op/s"]);
    expect([rate(1048.576, "MB/s", "MB"), rate(1048.576, "MB/s", "MiB")]).toEqual(["1,049 MB/s", "1,000 MiB/s"]);
  });
});

test("intervals name a unit once, if it is the same", () => {
  const mb = (value: number) => rate(value, "MB/s", "MB");
  expect(interval({ low: 1, mid: 2, high: 3 }, mb)).toBe("1 to 3 MB/s");
  expect(interval({ low: 1, mid: 2, high: 3 }, percent)).toBe("100% to 300%");
  expect(interval({ low: 60, mid: 100, high: 600 }, seconds)).toBe("60 s to 10 min");
  expect(interval({ low: 1, mid: 2, high: 3 }, dollars)).toBe("$1.00 to $3.00");
});

test("no finite number is shown as none", () => {
  const finite = fc.double({ min: -1e300, max: 1e300, noNaN: true });
  fc.assert(
    fc.property(finite, (value) => {
      for (const show of [number, exact, dollars, roundDollars, percent, seconds, times]) {
        expect(show(value)).toMatch(/\d/);
        expect(show(value)).not.toMatch(/NaN|undefined|∞|Infinity/);
      }
    }),
  );
});
