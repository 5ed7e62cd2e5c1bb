import "@tessera/ui/styles.css";
import "@mantine/notifications/styles.css";
import { Notifications } from "@mantine/notifications";
import { RouterProvider } from "@tanstack/react-router";
import { TesseraApp } from "@tessera/ui";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { router } from "./router.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <TesseraApp app="admin">
      <Notifications position="bottom-center" />
      <RouterProvider router={router} />
    </TesseraApp>
  </StrictMode>,
);
