import { expect, test } from "vitest";
import { offer } from "../testing/reservation-world.ts";
import { createKnownOffers } from "./known-offers.ts";

test("terms are kept for as long as the catalogue's version is the same", () => {
  const known = createKnownOffers();
  known.of(3).set("solo", offer("solo", 1, ["p1"]));
  expect([...known.of(3).keys()]).toEqual(["solo"]);
  expect([...known.latest().keys()]).toEqual(["solo"]);
  expect([...known.of(4).keys()]).toEqual([]);
});

test("whoever still reads an older version neither sees nor leaves anything in the newer one", () => {
  const known = createKnownOffers();
  const slow = known.of(3);
  known.of(4).set("duo", offer("duo", 2, ["p1"]));
  slow.set("solo", offer("solo", 1, ["p1"]));
  known.of(3).set("solo", offer("solo", 1, ["p1"]));
  expect([...known.of(3).keys()]).toEqual([]);
  expect([...known.latest().keys()]).toEqual(["duo"]);
});
