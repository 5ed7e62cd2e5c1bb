import { Title } from "@mantine/core";
import { createContext, type ReactNode, use, useEffect, useId, useRef, useState } from "react";
import { Pictogram } from "../pictograms/Pictogram.tsx";
import classes from "./SettingsSection.module.css";

const SayContext = createContext<((said: string) => void) | null>(null);

/** Says in the section's own place what has been done. */
export function useSay(): (said: string) => void {
  const say = use(SayContext);
  if (say === null) throw new Error("useSay needs a SettingsSection above it");
  return say;
}

type SettingsSectionProps = {
  readonly title: string;
  /** Where links lead that are about it: `#anchor`. */
  readonly anchor?: string;
  /** The section in one sentence. */
  readonly lead?: string;
  /** `SettingRow`s, or what stands in their place while they load. */
  readonly children: ReactNode;
};

/** A part of the account: what it is about, what was just done to it, and its rows. */
export function SettingsSection({ title, anchor, lead, children }: SettingsSectionProps): ReactNode {
  const id = useId();
  const [said, setSaid] = useState({ text: "" });
  const status = useRef<HTMLParagraphElement>(null);

  // What was pressed may have gone with what was done. Where it is still there, its dialog gives the focus back to it.
  useEffect(() => {
    if (said.text !== "") status.current?.focus();
  }, [said]);

  const section = useRef<HTMLElement>(null);
  // The section is there later than the page that the link has opened.
  useEffect(() => {
    if (anchor !== undefined && location.hash === `#${anchor}`) section.current?.scrollIntoView();
  }, [anchor]);

  return (
    <section ref={section} id={anchor} className={classes.section} aria-labelledby={id}>
      <div className={classes.words}>
        <Title order={2} size="h3" id={id}>
          {title}
        </Title>
        {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        <p ref={status} role="status" tabIndex={-1} className={classes.said}>
          {said.text !== "" && (
            <>
              <Pictogram name="ok" size={18} />
              {said.text}
            </>
          )}
        </p>
      </div>
      <SayContext value={(text) => setSaid({ text })}>
        <div className={classes.rows}>{children}</div>
      </SayContext>
    </section>
  );
}

type SettingRowProps = {
  readonly name: ReactNode;
  /** How it stands at the moment. */
  readonly value?: ReactNode;
  /** The one thing to do about it. */
  readonly action?: ReactNode;
  /** Below both: a list, a warning. */
  readonly children?: ReactNode;
};

/** One fact of the account, and what can be done about it. */
export function SettingRow({ name, value, action, children }: SettingRowProps): ReactNode {
  return (
    <div className={classes.row}>
      <div className={classes.fact}>
        <p className={classes.name}>{name}</p>
        {value !== undefined && <div className={classes.value}>{value}</div>}
      </div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
      {children !== undefined && <div className={classes.below}>{children}</div>}
    </div>
  );
}
