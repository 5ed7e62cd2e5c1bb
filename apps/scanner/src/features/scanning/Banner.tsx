import { Pictogram, type StateName } from "@tessera/ui";
import type { ReactNode } from "react";
import classes from "./Banner.module.css";

type BannerProps = {
  /** `stop`: nothing must be scanned; `warning`: go on, and do something about it. */
  readonly tone: "stop" | "warning";
  readonly pictogram?: StateName;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
};

/** Something about the tablet itself that somebody must know: what, and what to do. */
export function Banner({ tone, pictogram = "warning", title, children, action }: BannerProps): ReactNode {
  return (
    <div role="alert" className={classes.banner} data-tone={tone}>
      <Pictogram name={pictogram} size={24} />
      <p className={classes.text}>
        <strong>{title}</strong> {children}
      </p>
      {action}
    </div>
  );
}
