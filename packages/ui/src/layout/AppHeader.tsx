import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Mark } from "../mark/Mark.tsx";
import { ColorSchemeSwitch } from "./ColorSchemeSwitch.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import classes from "./AppHeader.module.css";

/** What the link home is given; spread it on the router's own link, so that going home does not reload the app. */
export type HomeLinkProps = {
  readonly className: string;
  readonly "aria-label": string;
  readonly children: ReactNode;
};

export type AppHeaderProps = {
  /** What this app is: “Billetterie”. */
  readonly title: string;
  readonly renderHome: (props: HomeLinkProps) => ReactNode;
  /** Links; the one with `aria-current="page"` is marked. */
  readonly navigation?: ReactNode;
  /** Basket, account menu. */
  readonly actions?: ReactNode;
  /** The page is held out to somebody: on a phone it gets the room of the navigation. */
  readonly compact?: boolean;
};

/** Mark and name, the way around, language, appearance, account. */
export function AppHeader({ title, renderHome, navigation, actions, compact = false }: AppHeaderProps): ReactNode {
  const t = useTranslations("common");
  return (
    <header className={classes.header} data-compact={compact || undefined}>
      <div className={classes.bar}>
        {renderHome({
          className: classes.home ?? "",
          "aria-label": `${t("appName")} ${title}`,
          children: (
            <>
              <Mark size={34} />
              <span className={classes.name}>
                {t("appName")} <span className={classes.title}>{title}</span>
              </span>
            </>
          ),
        })}
        {navigation !== undefined && (
          <nav className={classes.navigation} aria-label={t("header.navigation")}>
            {navigation}
          </nav>
        )}
        <div className={classes.actions}>
          <LanguageSwitch />
          <ColorSchemeSwitch />
          {actions}
        </div>
      </div>
    </header>
  );
}
