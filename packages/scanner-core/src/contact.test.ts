import { expect, test } from "vitest";
import { Contact } from "./contact.ts";

test("the third miss in a row cuts it off, and one answer ends that", () => {
  const contact = new Contact();
  const was: boolean[] = [];
  for (const answers of [false, false, true, false, false, false, false, true]) {
    if (answers) contact.heard();
    else contact.missed();
    was.push(contact.cutOff);
  }
  expect(was).toEqual([false, false, false, false, false, true, true, false]);
});

test("it has no contact before the server was heard, and tells who asks when that changes", () => {
  const contact = new Contact();
  const told: [connected: boolean, cutOff: boolean][] = [];
  const stop = contact.subscribe(() => told.push([contact.connected, contact.cutOff]));
  expect([contact.connected, contact.cutOff]).toEqual([false, false]);
  contact.heard();
  for (let index = 0; index < 3; index += 1) contact.missed();
  expect(told.at(0)).toEqual([true, false]);
  expect(told.at(-1)).toEqual([false, true]);
  const before = told.length;
  contact.missed();
  expect(told).toHaveLength(before);
  stop();
  contact.heard();
  expect(told).toHaveLength(before);
});
