import { reviewAdvisories, revokeListed, type Service } from '@assay/service';

/** Pages of appraisals for each issuer in a round; the next round goes on. */
const PAGES = 25;

/** What follows from newer trust data for those who are enrolled already. */
export interface TrustUpkeep {
  /**
   * Revokes what the status list names, once for each issuer and version of the list, and again after a time without one:
   * whoever enrolled then was not looked up.
   */
  revoke(): Promise<void>;
  /** Judges again what newly meets the advisories, once for each issuer and version of them, a bounded part at a time. */
  review(): Promise<void>;
}

export function createTrustUpkeep(service: Service): TrustUpkeep {
  const { issuers, trust } = service;
  return {
    revoke: oncePerVersion(
      issuers,
      () => trust.statusList()?.version,
      async (iss) => {
        await revokeListed(service, iss);
        return true;
      },
    ),
    review: oncePerVersion(
      issuers,
      () => trust.advisories()?.digest,
      async (iss) => {
        for (let page = 0; page < PAGES; page++) if (!(await reviewAdvisories(service, iss))) return true;
        return false;
      },
    ),
  };
}

/** Runs a step for each issuer until it says that it is done, anew for each version. One round at a time. */
function oncePerVersion(
  issuers: Service['issuers'],
  versionOf: () => string | undefined,
  step: (iss: string) => Promise<boolean>,
): () => Promise<void> {
  const done = new Map<string, string>();
  let underWay: Promise<void> | undefined;

  async function round(): Promise<void> {
    const version = versionOf();
    if (version === undefined) return done.clear();
    for (const iss of issuers.keys()) {
      if (done.get(iss) !== version && (await step(iss))) done.set(iss, version);
    }
  }

  return () => {
    underWay ??= round().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
