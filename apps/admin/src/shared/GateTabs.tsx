import { Link } from "@tanstack/react-router";
import { useAccount } from "@tessera/ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { OpenIncidents } from "./OpenIncidents.tsx";
import classes from "./GateTabs.module.css";

/** The pages of the gates, above each of them. A supervisor has them in the navigation, and needs them once only. */
export function GateTabs(): ReactNode {
  const t = useTranslations("admin.gate");
  const { role } = useAccount();
  if (role === "supervisor") return null;
  return (
    <nav className={classes.tabs} aria-label={t("pages")}>
      <GateLinks />
    </nav>
  );
}

export function GateLinks(): ReactNode {
  const t = useTranslations("admin.gate");
  return (
    <>
      <Link to="/gate" activeOptions={{ exact: true, includeSearch: false }}>
        {t("nowTab")}
      </Link>
      <Link to="/gate/incidents" activeOptions={{ includeSearch: false }}>
        {t("incidentsTab")}
        <OpenIncidents />
      </Link>
      <Link to="/gate/tablets" activeOptions={{ includeSearch: false }}>
        {t("tabletsTab")}
      </Link>
    </>
  );
}
