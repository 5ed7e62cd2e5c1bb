import { Component, type ReactNode } from "react";

type CrashBoundaryProps = {
  readonly children: ReactNode;
  readonly fallback: ReactNode;
};

/** Shows the fallback where something below it threw. */
export class CrashBoundary extends Component<CrashBoundaryProps, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    return this.state.crashed ? this.props.fallback : this.props.children;
  }
}
