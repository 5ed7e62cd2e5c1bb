import type { PasswordStrength } from "@tessera/contracts/password-strength";
import type { ReactNode } from "react";
import classes from "./StrengthBar.module.css";

const steps = [1, 2, 3, 4] as const;

/** Four tiles, as many filled as the password is strong; from the second on it is enough. */
export function StrengthBar({ score }: { readonly score: PasswordStrength["score"] }): ReactNode {
  return (
    <span className={classes.bar} data-enough={score >= 2 || undefined}>
      {steps.map((step) => (
        <span key={step} data-filled={step <= score || undefined} />
      ))}
    </span>
  );
}
