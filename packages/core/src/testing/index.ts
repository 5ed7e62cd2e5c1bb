export { authenticatorCode, registerAccount, registerVisitor, testTotpSecret } from "./accounts.ts";
export { testContext, type TestClock, type TestContext, type TestPayments } from "./test-context.ts";
