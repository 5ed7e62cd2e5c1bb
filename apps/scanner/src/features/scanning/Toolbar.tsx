import { UnstyledButton } from "@mantine/core";
import { Pictogram } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import classes from "./Toolbar.module.css";

type ToolbarProps = {
  readonly onSearch: () => void;
  readonly onType: () => void;
  /** Null where the camera has no light. */
  readonly torch: { readonly lit: boolean; readonly toggle: () => void } | null;
};

/** What somebody needs beside the camera, always in the same place, with words, for a wet finger. */
export function Toolbar({ onSearch, onType, torch }: ToolbarProps): ReactNode {
  const t = useTranslations("scanner.scan");
  return (
    <nav className={classes.tools} aria-label={t("tools")}>
      <UnstyledButton className={classes.tool} onClick={onSearch}>
        <Pictogram name="search" size={24} />
        {t("search")}
      </UnstyledButton>
      <UnstyledButton className={classes.tool} onClick={onType}>
        <Pictogram name="edit" size={24} />
        {t("type")}
      </UnstyledButton>
      {torch !== null && (
        <UnstyledButton
          className={classes.tool}
          aria-label={torch.lit ? t("torchOff") : t("torchOn")}
          aria-pressed={torch.lit}
          onClick={torch.toggle}
        >
          <Pictogram name="sun" size={24} />
          {t("torch")}
        </UnstyledButton>
      )}
    </nav>
  );
}
