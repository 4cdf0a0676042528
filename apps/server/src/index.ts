/** For routes that an application adds to a listener: they stay out of the described API. */
export { HIDDEN } from '@assay/http';
/** For whoever writes advisories, away from any server. */
export {
  type Advisories,
  type AdvisoriesDocument,
  type Advisory,
  assertCurrent,
  assertSuccessor,
  parseAdvisories,
  readAdvisories,
  signAdvisories,
} from '@assay/service';
export { ENVIRONMENT, loadConfig } from './config/load.ts';
export { refreshesTrust } from './config/rules.ts';
export type { Config, ConfigInput } from './config/schema.ts';
export type { FeedItem } from './live/feed.ts';
export { type RewrapReport, restored, rewrap } from './maintenance.ts';
export { createServer, type Server, type World } from './server.ts';
