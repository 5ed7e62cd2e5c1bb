import "@tessera/ui/styles.css";
import { RouterProvider } from "@tanstack/react-router";
import { forgetListKeys } from "@tessera/scanner-core";
import { onOwnerGone, TesseraApp } from "@tessera/ui";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { listTrust } from "./features/scanning/ports.ts";
import { router } from "./router.ts";

// Whoever signs out and in again on purpose lets the server say anew whose lists are taken (docs/decisions/0017).
onOwnerGone(() => forgetListKeys(listTrust));

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <TesseraApp app="scanner">
      <RouterProvider router={router} />
    </TesseraApp>
  </StrictMode>,
);
