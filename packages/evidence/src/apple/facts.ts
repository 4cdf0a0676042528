import { claimed, type Facts, noFacts, proven } from '@assay/core';
import type { LaunchInfo } from './launch-info.ts';

/** Name of the format in facts. */
export const APP_ATTEST = 'apple-app-attest';

/** What every App Attest proof shows: a genuine Apple platform running this app, launched in this way. */
export function appFacts(appId: string, launch: LaunchInfo): Facts {
  const none = noFacts();
  return {
    ...none,
    evidence: [APP_ATTEST],
    platform: proven('ios', APP_ATTEST),
    app: {
      ...none.app,
      id: proven(appId, APP_ATTEST),
      build: proven(launch.bundleVersion, APP_ATTEST),
      category: proven(launch.category, APP_ATTEST),
    },
    // The attested key is not the instance key: that one is in the Enclave only by the word of the genuine app.
    key: { ...none.key, protection: claimed('app_asserted', APP_ATTEST) },
  };
}
