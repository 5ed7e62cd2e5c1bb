/** Digits of a PIN. */
export const pinLength = 6;

/** What a PIN must not be: the first that anybody would try. */
export type PinProblem = "length" | "easy";

/** Why a PIN is not taken, or null. Only digits come here: the pad has nothing else. */
export function pinProblem(pin: string): PinProblem | null {
  if (!/^\d{6}$/.test(pin)) return "length";
  return isRun(pin) || isRepeated(pin) || isPairs(pin) ? "easy" : null;
}

/** 123456, 987654, 246802, 000000: each digit as far from the one before as the next from it. */
function isRun(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  return new Set(steps).size === 1;
}

/** 121212, 123123. */
function isRepeated(pin: string): boolean {
  return pin === pin.slice(0, 2).repeat(3) || pin === pin.slice(0, 3).repeat(2);
}

/** 112233, 332211: pairs in a row. */
function isPairs(pin: string): boolean {
  return /^(\d)\1(\d)\2(\d)\3$/.test(pin) && isRun(`${pin[0]}${pin[2]}${pin[4]}`);
}
