import { Redis } from "ioredis";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { countingOnly, type LimitStore, limitStoreOver, LocalLimiter } from "./limit-store.ts";

const prefix = "tessera:limit";
const longestAnswerMs = 500;

/** rate-limiter-flexible's own, but that what is given back begins no counter and leaves none below zero. */
const countAtOnce = `
  local points = tonumber(ARGV[1])
  local before = tonumber(redis.call('get', KEYS[1]))
  if points < 0 and (before == nil or before + points < 0) then return {before or 0, 0} end
  redis.call('set', KEYS[1], 0, 'EX', ARGV[2], 'NX')
  return {redis.call('incrby', KEYS[1], points), redis.call('pttl', KEYS[1])}
`;

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
    customIncrTtlLuaScript: countAtOnce,
    insuranceLimiter: new LocalLimiter(),
  });
  return { store: limitStoreOver(limiter), close: () => redis.disconnect() };
}
