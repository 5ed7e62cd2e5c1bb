import { Button, Modal, Stack } from "@mantine/core";
import { EmptyState, useFormats } from "@tessera/ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { PinStep } from "./PinStep.tsx";
import { minutesOff, type PinAnswer, type RenderPin, type Supervisor } from "./supervisor.ts";
import { SupervisorChoice } from "./SupervisorChoice.tsx";
import classes from "./supervisor.module.css";

type ClockDialogProps = {
  readonly onClose: () => void;
  /** What would be added to the tablet's clock, milliseconds. */
  readonly correctionMs: number;
  /** The tablet's clock as it is, unix milliseconds. */
  readonly nowMs: number;
  /** Of the venue: what the supervisor's watch says. */
  readonly timeZone: string;
  readonly supervisors: readonly Supervisor[];
  readonly renderPin: RenderPin;
  readonly onConfirm: (choice: { readonly shiftId: string; readonly pin: string }) => Promise<PinAnswer>;
};

/** Proofs agree that the clock is wrong: a supervisor looks at a watch and says so too. */
export function ClockDialog({ onClose, ...rest }: ClockDialogProps): ReactNode {
  const t = useTranslations("scanner.override");
  const close = useTranslations("common.actions")("close");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("clockTitle")}
      returnFocus={false}
      closeButtonProps={{ "aria-label": close }}
    >
      <Correction {...rest} onClose={onClose} />
    </Modal>
  );
}

function Correction({
  onClose,
  correctionMs,
  nowMs,
  timeZone,
  supervisors,
  renderPin,
  onConfirm,
}: ClockDialogProps): ReactNode {
  const t = useTranslations("scanner.override");
  const formats = useFormats();
  const [shiftId, setShiftId] = useState(supervisors.length === 1 ? (supervisors[0]?.shiftId ?? null) : null);
  const [tried, setTried] = useState(false);
  const [signing, setSigning] = useState(false);
  const supervisor = supervisors.find((one) => one.shiftId === shiftId);

  if (supervisors.length === 0) return <EmptyState pictogram="key" title={t("none")} text={t("noneText")} />;
  if (signing && supervisor !== undefined) {
    return (
      <PinStep
        supervisor={supervisor}
        renderPin={renderPin}
        onPin={(pin) => onConfirm({ shiftId: supervisor.shiftId, pin })}
        onDone={onClose}
        onBack={() => setSigning(false)}
      />
    );
  }
  const time = formats.date(new Date(nowMs + correctionMs).toISOString(), timeZone, "time");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        setSigning(supervisor !== undefined);
      }}
    >
      <Stack>
        <p className={classes.lead}>{t("clockLead", { minutes: minutesOff(correctionMs), time })}</p>
        <SupervisorChoice
          supervisors={supervisors}
          value={shiftId}
          onChange={setShiftId}
          error={tried && supervisor === undefined ? t("whoMissing") : null}
          counted={false}
        />
        <Button type="submit" size="lg">
          {t("toPin")}
        </Button>
      </Stack>
    </form>
  );
}
