export { type MortalServer, startMortalServer } from "./mortal-server.ts";
export { migrateTo } from "./older-schema.ts";
export { createTestDatabase, type TestDatabase } from "./test-database.ts";
