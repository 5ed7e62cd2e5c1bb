import "@tessera/ui/styles.css";
import { RouterProvider } from "@tanstack/react-router";
import { TesseraApp } from "@tessera/ui";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { router } from "./router.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

// The page's code is fetched beside the words of its language, not after them.
const [matchedRoutes] = router.getMatchedRoutes(location.pathname);
for (const route of matchedRoutes) void router.loadRouteChunk(route);

createRoot(root).render(
  <StrictMode>
    <TesseraApp app="scanner">
      <RouterProvider router={router} />
    </TesseraApp>
  </StrictMode>,
);
