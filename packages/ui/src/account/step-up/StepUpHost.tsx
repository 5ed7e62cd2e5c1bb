import { lazy, type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { useAuthState } from "../use-auth.ts";
import type { StepUp } from "./step-up.ts";

// With the schemas: only who is asked waits for them.
const StepUpDialog = lazy(async () => ({ default: (await import("./StepUpDialog.tsx")).StepUpDialog }));

/** Shows the question of an app's `StepUp` where somebody asks it. One beside the pages of each app. */
export function StepUpHost({ stepUp }: { readonly stepUp: StepUp }): ReactNode {
  const asked = useSyncExternalStore(stepUp.subscribe, stepUp.isAsked);
  // Once fetched it stays, and so its closing can be seen.
  const [everAsked, setEverAsked] = useState(asked);
  if (asked && !everAsked) setEverAsked(true);
  return (
    everAsked && (
      <Suspense>
        <Question stepUp={stepUp} asked={asked} />
      </Suspense>
    )
  );
}

function Question({ stepUp, asked }: { readonly stepUp: StepUp; readonly asked: boolean }): ReactNode {
  const { data: auth } = useAuthState();
  const signedIn = auth?.state === "signed_in";
  useEffect(() => {
    // Whose auth session has ended meanwhile is asked at the door instead.
    if (asked && auth !== undefined && !signedIn) stepUp.answer(false);
  }, [asked, auth, signedIn, stepUp]);
  if (!signedIn) return null;
  return <StepUpDialog opened={asked} factors={auth.factors} onAnswer={stepUp.answer} />;
}
