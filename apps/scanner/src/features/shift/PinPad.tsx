import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { pinLength } from "./pin-rules.ts";
import { addDigit, nothingTyped, typeKey } from "./typing.ts";
import classes from "./PinPad.module.css";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

type PinPadProps = {
  /** Whose PIN, or what for. */
  readonly label: string;
  readonly onPin: (pin: string) => void;
  /** A PIN is being tried. */
  readonly busy?: boolean;
};

/** Six digits, by finger, also in a glove, or by keyboard. What was typed is never shown. */
export function PinPad({ label, onPin, busy = false }: PinPadProps): ReactNode {
  const t = useTranslations("scanner.tablet.pin");
  const [typing, setTyping] = useState(nothingTyped);
  const pad = useRef<HTMLDivElement>(null);
  const count = typing.pin.length;

  const press = (digit: string): void => {
    const next = addDigit(typing, digit);
    setTyping(next.typing);
    if (next.done !== null) onPin(next.done);
  };
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
    // What is typed in another dialog is not meant; the pad may stand in one itself.
    const dialog = document.querySelector("[role=dialog]");
    if (event.target instanceof HTMLInputElement || (dialog !== null && !dialog.contains(pad.current))) return;
    const typed = typeKey(typing, event.key, performance.now());
    if (typed.taken) event.preventDefault();
    setTyping(typed.typing);
    if (typed.done !== null) onPin(typed.done);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKeyDown(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  return (
    <div ref={pad} role="group" aria-label={label} className={classes.pad}>
      <div className={classes.dots} aria-hidden>
        {Array.from({ length: pinLength }, (_, index) => (
          <span key={index} className={classes.dot} data-typed={index < count} />
        ))}
      </div>
      <VisuallyHidden role="status">{t("typed", { count })}</VisuallyHidden>
      <div className={classes.keys}>
        {digits.map((digit) => (
          <UnstyledButton key={digit} className={classes.key ?? ""} disabled={busy} onClick={() => press(digit)}>
            {digit}
          </UnstyledButton>
        ))}
        <UnstyledButton
          className={`${classes.key} ${classes.erase}`}
          disabled={busy || count === 0}
          onClick={() => setTyping({ ...typing, pin: typing.pin.slice(0, -1) })}
        >
          {t("erase")}
        </UnstyledButton>
        <UnstyledButton className={classes.key ?? ""} disabled={busy} onClick={() => press("0")}>
          0
        </UnstyledButton>
      </div>
      <p className={classes.hint}>{t("keyboard")}</p>
    </div>
  );
}
