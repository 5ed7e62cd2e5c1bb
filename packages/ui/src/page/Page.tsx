import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useFocusedHeading } from "./use-focused-heading.ts";
import { usePageTitle } from "./use-page-title.ts";
import classes from "./Page.module.css";

type PageProps = {
  /** The heading, and the name of the tab. */
  readonly title: string;
  /** Stands above the heading: where one is, or what kind of thing this is. */
  readonly over?: ReactNode;
  /** Stands beside it. */
  readonly sign?: ReactNode;
  /** Stands below it: the page in one sentence. */
  readonly lead?: ReactNode;
  /** The page's one main action. */
  readonly action?: ReactNode;
  /** One column, no wider than is good to read. */
  readonly narrow?: boolean;
  readonly children: ReactNode;
};

/** A page: its heading, what it is for, and what is on it. */
export function Page({ title, over, sign, lead, action, narrow = false, children }: PageProps): ReactNode {
  const heading = useFocusedHeading();
  usePageTitle(title);

  return (
    <div className={classes.page} data-narrow={narrow || undefined}>
      <div className={classes.head}>
        <div className={classes.words}>
          {over !== undefined && <div className={classes.over}>{over}</div>}
          <div className={classes.title}>
            {sign}
            <Title order={1} ref={heading} tabIndex={-1} className={classes.heading}>
              {title}
            </Title>
          </div>
          {lead !== undefined && <div className={classes.lead}>{lead}</div>}
        </div>
        {action}
      </div>
      {children}
    </div>
  );
}
