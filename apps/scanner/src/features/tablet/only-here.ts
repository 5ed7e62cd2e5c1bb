const lockName = "tessera.tablet";

/**
 * Waits until no other page of this app is open on this device: two of them would give the same numbers to different
 * scans. It is then this page's turn until it is closed.
 *
 * @param onElsewhere called when there is another one, and so one has to wait
 */
export async function beOnlyHere(onElsewhere: () => void): Promise<void> {
  const { promise: closed } = Promise.withResolvers<never>();
  const ask = (options: LockOptions): Promise<boolean> =>
    new Promise((resolve, reject) => {
      navigator.locks
        .request(lockName, options, (lock) => {
          resolve(lock !== null);
          return lock === null ? undefined : closed;
        })
        .catch(reject);
    });
  if (await ask({ ifAvailable: true })) return;
  onElsewhere();
  await ask({});
}
