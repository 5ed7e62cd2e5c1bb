import type { ReactNode } from "react";
import { AuthSessionsSection } from "./AuthSessionsSection.tsx";
import { ProfileSection } from "./ProfileSection.tsx";
import { SignInSection } from "./SignInSection.tsx";

/** One's own account, in every app: who one is, what opens it, and where it is open. Only below an `<AccountGate>`. */
export function SecuritySettings(): ReactNode {
  return (
    <>
      <ProfileSection />
      <SignInSection />
      <AuthSessionsSection />
    </>
  );
}
