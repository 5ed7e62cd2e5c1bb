import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ShiftHome } from "../features/shift/ShiftHome.tsx";
import { ButtonLink } from "../shared/links.tsx";
import { useEnrolled } from "../shared/tablet.ts";

/** During a shift: which gate is opened, and who works here. */
export function HomePage(): ReactNode {
  const t = useTranslations("scanner.tablet.home");
  const navigate = useNavigate();
  const { tablet, state, you } = useEnrolled();
  const [nowMs] = useState(tablet.nowMs);
  return (
    <ShiftHome
      {...state}
      you={you}
      nowMs={nowMs}
      gatesOf={tablet.gatesOf}
      renderOpen={(competitionSessionId, gate) => (
        <ButtonLink
          to="/$competitionSessionId/$gateId"
          params={{ competitionSessionId, gateId: gate.id }}
          size="xl"
          fullWidth
        >
          {t("open")}
        </ButtonLink>
      )}
      onLock={tablet.lock}
      onAdd={() => void navigate({ to: "/begin" })}
      onEnd={() => tablet.endShift(you.shiftId)}
    />
  );
}
