import "@tessera/ui/styles.css";
import { RouterProvider } from "@tanstack/react-router";
import { TesseraApp } from "@tessera/ui";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { OfflineTickets } from "./features/tickets/OfflineTickets.tsx";
import { awaitInstallation } from "./features/tickets/use-installation.ts";
import { router } from "./router.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

// The page's code is fetched beside the words of its language, not after them.
const [matchedRoutes] = router.getMatchedRoutes(location.pathname);
for (const route of matchedRoutes) void router.loadRouteChunk(route);

awaitInstallation();
createRoot(root).render(
  <StrictMode>
    <TesseraApp app="shop">
      <OfflineTickets />
      <RouterProvider router={router} />
    </TesseraApp>
  </StrictMode>,
);
