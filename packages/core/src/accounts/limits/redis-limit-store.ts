import { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import { countingOnly, type LimitStore, limitStoreOver } from "./limit-store.ts";

const prefix = "tessera:limit";
const longestAnswerMs = 500;

/**
 * Counters in Redis. While it is away, this process counts by itself at once: nobody guesses freely, and nobody is locked
 * out or waits.
 *
 * @param url `redis://` or `rediss://` with user, password, host, port and database
 * @param onLost told each time that the connection is lost or cannot be made
 */
export function redisLimitStore(url: string, onLost: (error: Error) => void): { store: LimitStore; close: () => void } {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: longestAnswerMs,
  });
  redis.on("error", onLost);
  const limiter = new RateLimiterRedis({
    ...countingOnly,
    keyPrefix: prefix,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(countingOnly),
  });
  return { store: limitStoreOver(limiter), close: () => redis.disconnect() };
}
