/** After so many unanswered questions in a row nobody is asked any more, until the server is heard again. */
const missesToGiveUp = 3;

/** Whether the server answers: one for the whole tablet, whoever asks it whatever. */
export class Contact {
  readonly #listeners = new Set<() => void>();
  #misses = 0;
  #connected = false;

  /** Whether the server answered when it was last asked for something. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Nobody waits for an answer any more. Until the server was heard for the first time it may well answer. */
  get cutOff(): boolean {
    return this.#misses >= missesToGiveUp;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** It answered. */
  heard(): void {
    this.#misses = 0;
    this.#change(true);
  }

  /** It did not, or not in time. */
  missed(): void {
    this.#misses += 1;
    this.#change(false);
  }

  #change(connected: boolean): void {
    if (this.#connected === connected && this.#misses > missesToGiveUp) return;
    this.#connected = connected;
    for (const listener of this.#listeners) listener();
  }
}
