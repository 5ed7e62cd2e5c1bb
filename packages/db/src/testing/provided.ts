/** Where the test run's server is. The template is the database that `ownerUrl` names; nobody can connect to it. */
export interface TestServerUrls {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly databaseUrl: string;
}

declare module "vitest" {
  interface ProvidedContext {
    tesseraTestServer: TestServerUrls;
  }
}
