import { Button, Modal, Radio, Stack, Textarea } from "@mantine/core";
import { EmptyState } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { PinStep } from "./PinStep.tsx";
import {
  longestNote,
  noteOf,
  overrideReasons,
  type OverrideReason,
  type PinAnswer,
  type RenderPin,
  type Supervisor,
} from "./supervisor.ts";
import { SupervisorChoice } from "./SupervisorChoice.tsx";
import classes from "./supervisor.module.css";

type OverrideDialogProps = {
  readonly onClose: () => void;
  /** What is decided: to let through whom the screen refuses, or to send away whom it lets in. */
  readonly admit: boolean;
  /** What the screen says, in words. */
  readonly reason: string;
  readonly supervisors: readonly Supervisor[];
  readonly renderPin: RenderPin;
  readonly onOverride: (choice: {
    readonly shiftId: string;
    readonly pin: string;
    readonly note: string;
  }) => Promise<PinAnswer>;
};

/** A supervisor decides against what the screen says: who, why, and their PIN. */
export function OverrideDialog({ onClose, ...rest }: OverrideDialogProps): ReactNode {
  const t = useTranslations("scanner.override");
  const close = useTranslations("common.actions")("close");
  return (
    <Modal opened onClose={onClose} title={t("title")} returnFocus={false} closeButtonProps={{ "aria-label": close }}>
      <Override {...rest} onClose={onClose} />
    </Modal>
  );
}

function Override({ onClose, admit, reason, supervisors, renderPin, onOverride }: OverrideDialogProps): ReactNode {
  const t = useTranslations("scanner.override");
  const able = supervisors.filter(({ overridesLeft }) => overridesLeft > 0);
  const [shiftId, setShiftId] = useState(able.length === 1 ? (able[0]?.shiftId ?? null) : null);
  const [why, setWhy] = useState<OverrideReason | null>(null);
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const [signing, setSigning] = useState(false);
  const supervisor = able.find((one) => one.shiftId === shiftId);

  if (supervisors.length === 0) return <EmptyState pictogram="key" title={t("none")} text={t("noneText")} />;
  const reasonText = why === null || why === "other" ? null : t(`reasons.${why}`);
  const note = noteOf(reasonText, text);
  if (signing && supervisor !== undefined) {
    return (
      <PinStep
        supervisor={supervisor}
        renderPin={renderPin}
        onPin={(pin) => onOverride({ shiftId: supervisor.shiftId, pin, note })}
        onDone={onClose}
        onBack={() => setSigning(false)}
      />
    );
  }
  const left = longestNote - (reasonText === null ? 0 : reasonText.length + 3);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (supervisor !== undefined && why !== null && note !== "") setSigning(true);
      }}
    >
      <Stack>
        <p className={classes.lead}>{admit ? t("lead", { reason }) : t("refuseLead")}</p>
        <SupervisorChoice
          supervisors={supervisors}
          value={shiftId}
          onChange={setShiftId}
          error={tried && supervisor === undefined ? t("whoMissing") : null}
          counted
        />
        {able.length === 0 && <p className={classes.lead}>{t("spent")}</p>}
        <Radio.Group label={t("why")} value={why} onChange={setWhy} error={tried && why === null && t("whyMissing")}>
          <Stack gap="sm" mt="xs">
            {overrideReasons[admit ? "admit" : "refuse"].map((one) => (
              <Radio key={one} value={one} label={t(`reasons.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t("note")}
          description={t("noteHint", { left: Math.max(0, left - text.length) })}
          value={text}
          maxLength={left}
          autosize
          minRows={2}
          required={why === "other"}
          error={tried && why === "other" && text.trim() === "" && t("noteMissing")}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="lg" disabled={able.length === 0}>
          {t("toPin")}
        </Button>
      </Stack>
    </form>
  );
}
