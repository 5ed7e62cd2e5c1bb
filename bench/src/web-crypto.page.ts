/** In the browser, from now on: the sum of the milliseconds in which at least one call of WebCrypto was under way. */
export function watchWebCrypto(): () => number {
  let [underWay, since, sum] = [0, 0, 0];
  const watched = (member: unknown): unknown => {
    if (typeof member !== "function") return member;
    return async (...given: unknown[]): Promise<unknown> => {
      if (underWay === 0) since = performance.now();
      underWay += 1;
      try {
        return await Reflect.apply(member, subtle, given);
      } finally {
        underWay -= 1;
        if (underWay === 0) sum += performance.now() - since;
      }
    };
  };
  const { subtle } = crypto;
  const watching = new Proxy(subtle, { get: (target, name) => watched(Reflect.get(target, name, target)) });
  Object.defineProperty(crypto, "subtle", { value: watching, configurable: true });
  return () => sum;
}
