import type { ScanRecord, TabletRecord } from "@tessera/contracts";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ensureOrganiserKeys } from "../../keys/organiser-keys.ts";
import type { Actor } from "../../ports.ts";
import { openGates, type TestGates } from "../../testing/test-gates.ts";
