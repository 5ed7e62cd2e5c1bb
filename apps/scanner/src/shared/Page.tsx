import { Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { usePageTitle } from "./use-page-title.ts";
import classes from "./Page.module.css";

type PageProps = {
  /** The heading, and the name of the tab. */
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
};

let firstPage = true;

/** A page's heading; it takes the focus when one comes from another page, so that a screen reader says where one is. */
export function Page({ title, lead, children }: PageProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle(title);

  useEffect(() => {
    // The first page is where the browser itself begins.
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);

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
