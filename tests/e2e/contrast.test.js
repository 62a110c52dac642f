// The colours by numbers: each token that is read must stand out from each ground it is read on, by day and by night.
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "./chartroom.js";

const css = read("static/styles/tokens.css");
const [day, night] = css.split("@media (prefers-color-scheme: dark)");
const tokens = (text) => Object.fromEntries([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]));

const grounds = ["paper", "sheet", "shoal"];
// Text needs 4.5 to 1, borders of controls 3 to 1 (WCAG 1.4.3, 1.4.11).
const texts = ["ink", "ink2", "ink3", "thread", "value", "template", "helper", "chart", "error", "warning", "ok"];
const borders = ["edge"];

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

for (const [name, theme] of [["day", tokens(day)], ["night", tokens(night)]]) {
  test(`every colour stands out by ${name}`, () => {
    const pairs = [
      ...texts.flatMap((text) => grounds.map((ground) => [text, ground, 4.5])),
      ...borders.flatMap((border) => grounds.map((ground) => [border, ground, 3])),
      ["on-thread", "thread", 4.5],
    ];
    const low = pairs.map(([one, other, least]) => [one, other, ratio(theme[one], theme[other]), least]).filter(([, , got, least]) => !(got >= least));
    assert.deepEqual(low, []);
  });
}

test("night knows every colour that day knows", () => {
  assert.deepEqual(Object.keys(tokens(night)).sort(), Object.keys(tokens(day)).sort());
});
