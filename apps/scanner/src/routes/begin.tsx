import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { BeginShift } from "../features/shift/BeginShift.tsx";
import { useEnrolled } from "../shared/tablet.ts";
import { useBegin } from "../shared/use-begin.ts";

/** A colleague joins those who work with this tablet. */
export function BeginPage(): ReactNode {
  const navigate = useNavigate();
  const { tablet } = useEnrolled();
  const begin = useBegin(tablet);
  return (
    <BeginShift
      joining
      onBegin={async (pin) => {
        await begin(pin);
        await navigate({ to: "/", replace: true });
      }}
      onBack={() => void navigate({ to: "/" })}
    />
  );
}
