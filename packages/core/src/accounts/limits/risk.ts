/** What can be guessed: each is counted for itself. */
export type GuessKind = "password" | "second_factor" | "registration_code" | "scanner_code";
/**
 * What costs us or somebody else something each time. Mails of each kind are counted for themselves: nobody uses up
 * another's resets by registering the address.
 */
export type SpendKind =
  | "registration_mail"
  | "reset_mail"
  | "change_mail"
  | "registration"
  | "password_choice"
  | "passkey_challenge"
  | "payment"
  | "hand_over";

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

/** Above so many in the window, by account from everywhere and by network at all accounts, one more asks for work. */
type FreeCounts = { account: number; network: number };

/** A network may be a whole stadium, or a carrier's customers: a hundred of anything are free to it. */
const freeToNetwork = 100;

export const freeCounts: Readonly<Record<GuessKind | SpendKind, FreeCounts>> = {
  password: { account: 20, network: freeToNetwork },
  second_factor: { account: 20, network: freeToNetwork },
  registration_code: { account: 20, network: freeToNetwork },
  // Of 50 bits that are good for minutes, and of no account: only where guesses come from is counted.
  scanner_code: { account: Number.POSITIVE_INFINITY, network: freeToNetwork },
  registration_mail: { account: 5, network: freeToNetwork },
  reset_mail: { account: 5, network: freeToNetwork },
  change_mail: { account: 5, network: freeToNetwork },
  registration: { account: 5, network: freeToNetwork },
  password_choice: { account: 10, network: freeToNetwork },
  // A row of five minutes each, which anybody who opens the page may ask for.
  passkey_challenge: { account: 1000, network: 1000 },
  payment: { account: 20, network: freeToNetwork },
  // One for each address that is written to, in the name of who holds a ticket: each is offered to a second one too. No
  // work is asked for, since one request may write to many, and its proof would serve for the first.
  hand_over: { account: 60, network: Number.POSITIVE_INFINITY },
};

type IsOver = (counts: { byAccount: number; byBoth: number }) => boolean;

/** Of what only the owner can spend: nobody else brings it to its end. */
const ownUpTo =
  (most: number): IsOver =>
  ({ byAccount }) =>
    byAccount > most;

/**
 * Mails to an address that anybody may name: the end is that of one network, so that nobody elsewhere brings it about.
 * Once a mailbox is being flooded, each network has two more to it at most, the owner's as well.
 */
const mailsOver: IsOver = ({ byAccount, byBoth }) => byBoth > (byAccount > 30 ? 2 : 10);

/** Whether a spending is refused, whatever the work. */
export const isOver: Readonly<Record<SpendKind, IsOver>> = {
  registration_mail: mailsOver,
  reset_mail: mailsOver,
  change_mail: mailsOver,
  // By a registration's id, which only whoever began it knows.
  registration: ownUpTo(30),
  // Only whoever may set the account's password comes so far.
  password_choice: ownUpTo(100),
  passkey_challenge: () => false,
  // Trying stolen cards.
  payment: ownUpTo(200),
  hand_over: ownUpTo(60),
};

const hardest = 5;

/** How much work a count asks for: none (0) up to the threshold, then 1 to 5, one more each time that it has doubled. */
export function workLevel(count: number, threshold: number): number {
  return count <= threshold ? 0 : Math.min(hardest, 1 + Math.floor(Math.log2(count / threshold)));
}
