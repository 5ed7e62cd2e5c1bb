/** The one question "is it you?": all who wait for it get the same answer. */
export type StepUp = {
  /** Puts the question on the screen; whether it was answered by the second factor. */
  readonly ask: () => Promise<boolean>;
  readonly answer: (confirmed: boolean) => void;
  readonly isAsked: () => boolean;
  readonly subscribe: (onChange: () => void) => () => void;
};

export function createStepUp(): StepUp {
  let question: PromiseWithResolvers<boolean> | null = null;
  const watchers = new Set<() => void>();
  const change = (next: typeof question): void => {
    question = next;
    for (const watch of watchers) watch();
  };
  return {
    ask: () => {
      const asked = question ?? Promise.withResolvers<boolean>();
      if (question === null) change(asked);
      return asked.promise;
    },
    answer: (confirmed) => {
      const answered = question;
      change(null);
      answered?.resolve(confirmed);
    },
    isAsked: () => question !== null,
    subscribe: (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
  };
}
