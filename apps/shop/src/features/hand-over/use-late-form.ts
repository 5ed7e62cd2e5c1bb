import { useState, useTransition } from "react";

type LateForm = {
  readonly opened: boolean;
  readonly open: () => void;
  readonly close: () => void;
  /** Its code is on its way. */
  readonly pending: boolean;
  /** Its code did not come: there is no network. */
  readonly failed: boolean;
};

/** A dialog whose form is loaded when it is wanted. Where that fails the page stays: it may be a ticket at the gate. */
export function useLateForm(load: () => Promise<unknown>): LateForm {
  const [standing, setStanding] = useState<"closed" | "opened" | "failed">("closed");
  const [pending, startLoading] = useTransition();
  const open = (): void =>
    startLoading(async () => {
      const next = await load().then(
        () => "opened" as const,
        () => "failed" as const,
      );
      setStanding(next);
    });
  return {
    opened: standing === "opened",
    failed: standing === "failed",
    open,
    close: () => setStanding("closed"),
    pending,
  };
}
