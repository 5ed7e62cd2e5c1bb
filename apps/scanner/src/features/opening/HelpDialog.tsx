import { Button, Modal } from "@mantine/core";
import { Pictogram, type StateName } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./HelpDialog.module.css";

const answers = [
  ["admit", "ok"],
  ["check", "look"],
  ["refuse", "no"],
] as const satisfies readonly (readonly [string, StateName])[];

/** All that somebody needs who has never stood at a gate: one screen, before the first scan and from the menu. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useTranslations("scanner.help");
  const close = useTranslations("common.actions")("close");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("title")}
      size="46rem"
      returnFocus={false}
      closeButtonProps={{ "aria-label": close }}
      classNames={{ title: classes.title ?? "" }}
    >
      <div className={classes.help}>
        <section className={classes.row}>
          <Pictogram name="phone" size={48} />
          <div>
            <h3>{t("holdTitle")}</h3>
            <p>{t("holdText")}</p>
          </div>
        </section>
        <section aria-labelledby="help-colours">
          <h3 id="help-colours">{t("coloursTitle")}</h3>
          <ul className={classes.answers}>
            {answers.map(([answer, pictogram]) => (
              <li key={answer} className={classes.answer}>
                <span className={classes.swatch} data-outcome={answer}>
                  <Pictogram name={pictogram} size={36} />
                </span>
                <p>{t(answer)}</p>
              </li>
            ))}
          </ul>
        </section>
        <section className={classes.row}>
          <Pictogram name="offline" size={48} />
          <div>
            <h3>{t("networkTitle")}</h3>
            <p>{t("networkText")}</p>
          </div>
        </section>
        <section className={classes.row}>
          <Pictogram name="search" size={48} />
          <div>
            <h3>{t("phoneTitle")}</h3>
            <p>{t("phoneText")}</p>
          </div>
        </section>
        <Button size="lg" fullWidth onClick={onClose} data-autofocus>
          {t("done")}
        </Button>
      </div>
    </Modal>
  );
}
