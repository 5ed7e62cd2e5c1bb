import { Button, Group, Loader, Text } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import classes from "./WaitNotice.module.css";

/** Nobody wonders before. */
const longMs = 4_000;

type WaitNoticeProps = {
  /** The last try did not reach the server at all. */
  readonly unreached: boolean;
  readonly onStop: () => void;
};

/** Seats are being reserved: that it goes on, and after a while why it takes long and that nothing is lost. */
export function WaitNotice({ unreached, onStop }: WaitNoticeProps): ReactNode {
  const t = useTranslations("shop.basket");
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), longMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.wait}>
      <Group role="status" gap="sm" wrap="nowrap" align="flex-start">
        <Loader size="sm" mt={2} />
        <div>
          <Text fw={600}>{t(!long ? "reserving" : unreached ? "cutOff" : "crowd")}</Text>
          {long && <Text>{t("crowdText")}</Text>}
        </div>
      </Group>
      {long && (
        <Button variant="subtle" color="ink" onClick={onStop}>
          {t("stopTrying")}
        </Button>
      )}
    </div>
  );
}
