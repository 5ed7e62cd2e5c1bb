/** What can be guessed: each is counted for itself. */
export type GuessKind = "password" | "second_factor" | "registration_code";
/** What costs us or somebody else something each time: a mail, an account, a payment. */
export type SpendKind = "mail" | "registration" | "password_choice" | "passkey_challenge" | "payment";

/** How long a count lives from its first point on. */
export const windowSeconds = 3600;

/** Wrong guesses at one account from one address: so many are free, and then each waits longer than the one before. */
const freeGuesses = 5;
const longestDelaySeconds = 60;

/** From so many on, whoever finds that it must wait may work instead: a neighbour behind the same address waits for nobody. */
export const guessesBeforeWork = 10;

/** Seconds until the next guess, after as many wrong ones (the one that begins included): 1, 2, 4 … 60. */
export function delayAfter(guesses: number): number {
  return guesses < freeGuesses ? 0 : Math.min(longestDelaySeconds, 2 ** (guesses - freeGuesses));
}

type Threshold = {
  /** Above so many in the window, each one more asks for a proof of work. */
  work: number;
  /** Above so many it is refused, whatever the work. Infinite where that would keep somebody out of an account. */
  most: number;
};
type Thresholds = { account: Threshold; address: Threshold };

/**
 * Wrong guesses at one account from everywhere, and from one address at all accounts. An address may be that of a whole
 * stadium. Nothing is ever refused for what others did: it asks for work.
 */
const guessing: Thresholds = {
  account: { work: 20, most: Infinity },
  address: { work: 100, most: Infinity },
};

/**
 * Mails to one address: those that were sent are as good as the next one would be, so that an end to them keeps nobody
 * out; it keeps a mailbox from being flooded.
 */
const mailing: Thresholds = { account: { work: 5, most: 30 }, address: { work: 20, most: 200 } };

export const thresholdsOf: Readonly<Record<GuessKind | SpendKind, Thresholds>> = {
  password: guessing,
  second_factor: guessing,
  registration_code: guessing,
  mail: mailing,
  registration: mailing,
  // Only whoever may set the account's password comes so far.
  password_choice: { account: { work: 10, most: 100 }, address: { work: 100, most: Infinity } },
  // A row of five minutes each, for anybody: counted by address alone, which may be that of a whole stadium.
  passkey_challenge: { account: { work: Infinity, most: Infinity }, address: { work: 1000, most: Infinity } },
  // Trying stolen cards. Many buyers stand behind one address when a sale opens.
  payment: { account: { work: 20, most: 200 }, address: { work: 100, most: Infinity } },
};

const hardest = 5;

/** How much work a count asks for: none (0) up to the threshold, then 1 to 5, one more each time that it has doubled. */
export function workLevel(count: number, threshold: number): number {
  return count <= threshold ? 0 : Math.min(hardest, 1 + Math.floor(Math.log2(count / threshold)));
}
