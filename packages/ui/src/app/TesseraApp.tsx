import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { createClient } from "@tessera/client";
import type { Audience } from "@tessera/contracts";
import { type ReactNode, Suspense, useState } from "react";
// A file of its own, not inlined: a strict policy for pictures need not allow `data:` for the tab's sign.
import markUrl from "../../assets/mark.svg?no-inline";
import { createStepUp } from "../account/step-up/step-up.ts";
import { StepUpHost } from "../account/step-up/StepUpHost.tsx";
import { useAuthWatch } from "../account/use-auth.ts";
import { CrashState } from "../states/CrashState.tsx";
import { resolveCssVariables } from "../theme/css-variables.ts";
import { theme } from "../theme/theme.ts";
import { AppNameContext } from "./app-name.ts";
import { CrashBoundary } from "./CrashBoundary.tsx";
import { LocaleProvider } from "./LocaleProvider.tsx";
import { createQueryClient } from "./query-client.ts";
import { shareStyleNonce, styleNonce } from "./style-nonce.ts";
import { TRPCProvider } from "./trpc.ts";
import { installTrustedTypes } from "./trusted-types.ts";
import { watchInput } from "./watch-input.ts";

type TesseraAppProps = {
  /** Which app this is: it decides whose auth session the requests speak for. */
  readonly app: Audience;
  readonly children: ReactNode;
};

/** Everything that stands around an app: theme, language, server. One at the root of each app. */
export function TesseraApp({ app, children }: TesseraAppProps): ReactNode {
  useState(installTrustedTypes);
  useState(shareStyleNonce);
  const [queryClient] = useState(createQueryClient);
  const [stepUp] = useState(createStepUp);
  const [trpcClient] = useState(() => createClient({ audience: app, confirm: stepUp.ask, isIdle: watchInput() }));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveCssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <link rel="icon" type="image/svg+xml" href={markUrl} />
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
          {/* Without words there is no language to say it in, so it is said in both. */}
          <CrashBoundary fallback={<p role="alert">Rechargez la page. Reload the page.</p>}>
            <Suspense>
              <LocaleProvider>
                <AppNameContext value={app}>
                  <CrashBoundary fallback={<CrashState />}>
                    {children}
                    <StepUpHost stepUp={stepUp} />
                    <TabWatch />
                  </CrashBoundary>
                </AppNameContext>
              </LocaleProvider>
            </Suspense>
          </CrashBoundary>
        </TRPCProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function TabWatch(): null {
  useAuthWatch();
  return null;
}
