import { expect, test } from "vitest";
import { createServerClock } from "./server-clock.ts";
import { createFakeClock } from "./testing/fake-clock.ts";

const serverMs = Date.UTC(2028, 6, 15, 18);

function heard(tookMs = 0) {
  const device = createFakeClock(0);
  const clock = createServerClock(device);
  const askedAtMs = device.monotonicMs();
  device.advance(tookMs);
  clock.learn(serverMs, askedAtMs);
  return { device, clock };
}

test("goes on from the server's time, whatever the device's own clock says", () => {
  const { device, clock } = heard();
  device.advance(1500);
  expect(clock.nowMs()).toBe(serverMs + 1500);
  expect(clock.inDoubt()).toBe(false);
});

test("takes half of the way there and back for the way", () => {
  const { clock } = heard(400);
  expect(clock.nowMs()).toBe(serverMs + 200);
});

test("is in doubt until the server was heard", () => {
  const clock = createServerClock(createFakeClock(serverMs));
  expect(clock.nowMs()).toBe(serverMs);
  expect(clock.inDoubt()).toBe(true);
});

test("a slow answer does not spoil a quick one", () => {
  const { device, clock } = heard(20);
  const askedAtMs = device.monotonicMs();
  device.advance(2000);
  clock.learn(serverMs + 20 + 100, askedAtMs);
  expect(clock.nowMs()).toBe(serverMs + 10 + 2000);
});

test("after a sleep it follows the clock that went on, in doubt until the server is heard again", () => {
  const { device, clock } = heard();
  device.setWall(600_000);
  expect(clock.nowMs()).toBe(serverMs + 600_000);
  expect(clock.inDoubt()).toBe(true);
  clock.learn(serverMs + 599_000, device.monotonicMs());
  expect(clock.nowMs()).toBe(serverMs + 599_000);
  expect(clock.inDoubt()).toBe(false);
});

test("a wall clock that is set back changes nothing but the trust in it", () => {
  const { device, clock } = heard();
  device.setWall(-3_600_000);
  expect(clock.nowMs()).toBe(serverMs);
  expect(clock.inDoubt()).toBe(true);
});
