import type { XmlElement } from '@assay/formats';
import type { Spelled } from '../pinned-host.ts';

/** What AndroidManifest.xml says about network security and hardening. Absent: not written, the platform's default holds. */
export interface AndroidManifest {
  readonly package?: Spelled;
  readonly minSdk?: number;
  readonly targetSdk?: number;
  readonly debuggable?: Spelled;
  readonly usesCleartextTraffic?: Spelled;
  readonly testOnly?: Spelled;
  readonly allowBackup?: Spelled;
  /** `@xml/network_security_config`; in a built app too, whose `NscDocument.isReferenced` says which files that means. */
  readonly networkSecurityConfig?: Spelled;
  readonly root: XmlElement;
}
