import type { ReactNode } from "react";
import { AppHeader, type AppHeaderProps } from "./AppHeader.tsx";
import { SkipLink } from "./SkipLink.tsx";
import classes from "./PageShell.module.css";

type PageShellProps = AppHeaderProps & {
  readonly children: ReactNode;
  /** What stands under every page. */
  readonly footer?: ReactNode;
};

/** The id of the main content, for whoever moves the focus there. */
export const contentId = "content";

/** Header, content, footer; the content is as wide as is good to read, and reachable past the header. */
export function PageShell({ children, footer, ...header }: PageShellProps): ReactNode {
  return (
    <div className={classes.shell}>
      <SkipLink target={contentId} />
      <AppHeader {...header} />
      <main id={contentId} tabIndex={-1} className={classes.content}>
        {children}
      </main>
      {footer !== undefined && <footer className={classes.footer}>{footer}</footer>}
    </div>
  );
}
