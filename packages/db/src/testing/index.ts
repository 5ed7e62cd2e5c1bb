export { type MortalServer, startMortalServer } from "./mortal-server.ts";
export { createTestDatabase, type TestDatabase } from "./test-database.ts";
