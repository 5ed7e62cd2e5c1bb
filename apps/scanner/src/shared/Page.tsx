import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useFocusedHeading } from "./use-focused-heading.ts";
import { usePageTitle } from "./use-page-title.ts";
import classes from "./Page.module.css";

type PageProps = {
  /** The heading, and the name of the tab. */
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
};

/** A page's heading, what it is for, and the page. */
export function Page({ title, lead, children }: PageProps): ReactNode {
  const heading = useFocusedHeading();
  usePageTitle(title);

  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Title order={1} ref={heading} tabIndex={-1} className={classes.heading}>
          {title}
        </Title>
        {lead !== undefined && <div className={classes.lead}>{lead}</div>}
      </div>
      {children}
    </div>
  );
}
