import type { ReactNode } from "react";
import { AppHeader, type AppHeaderProps } from "./AppHeader.tsx";
import { SkipLink } from "./SkipLink.tsx";
import classes from "./PageShell.module.css";

type PageShellProps = AppHeaderProps & {
  readonly children: ReactNode;
  /** The content has the whole screen: no header, no margins. */
  readonly bare?: boolean;
  /** What stands under every page. */
  readonly footer?: ReactNode;
};

/** The id of the main content. */
const contentId = "content";

/** Header, content, footer; the content is as wide as is good to read, and reachable past the header. */
export function PageShell({ children, bare = false, footer, ...header }: PageShellProps): ReactNode {
  return (
    <div className={classes.shell}>
      {!bare && (
        <>
          <SkipLink target={contentId} />
          <AppHeader {...header} />
        </>
      )}
      <main
        id={contentId}
        tabIndex={-1}
        className={bare ? classes.bare : classes.content}
        data-compact={header.compact || undefined}
      >
        {children}
      </main>
      {footer !== undefined && <footer className={classes.footer}>{footer}</footer>}
    </div>
  );
}
