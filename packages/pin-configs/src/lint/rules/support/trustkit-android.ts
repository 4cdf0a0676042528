import type { NscDomainConfig, NscTrustKit } from '../../../android/nsc.ts';
import type { Spelled } from '../../../pinned-host.ts';
import type { Project } from '../../../project.ts';
import { ships, weight } from './weight.ts';

/** A domain-config with TrustKit's settings, those of outer domain-configs included. */
export interface SeenTrustKit {
  readonly config: NscDomainConfig;
  readonly own: NscTrustKit;
  readonly enforcePinning?: Spelled;
  readonly disableDefaultReportUri?: Spelled;
  readonly hasPins: boolean;
  /** What its findings weigh: only what may ship weighs in full. */
  readonly weight: ReturnType<typeof weight>;
}

/** Every domain-config in which TrustKit for Android is told something. */
export function* androidTrustKitsOf({ documents }: Project): Iterable<SeenTrustKit> {
  for (const document of documents) {
    if (document.kind !== 'nsc') continue;
    for (const config of document.config.domains) {
      for (const seen of within(config, [])) yield { ...seen, weight: weight(ships(document)) };
    }
  }
}

function* within(config: NscDomainConfig, outer: readonly NscDomainConfig[]): Iterable<Omit<SeenTrustKit, 'weight'>> {
  const lineage = [config, ...outer];
  const settings = lineage.flatMap(({ trustKit }) => trustKit ?? []);
  const { trustKit: own } = config;
  if (own !== undefined) {
    const enforcePinning = settings.find((each) => each.enforcePinning !== undefined)?.enforcePinning;
    const disabled = settings.find((each) => each.disableDefaultReportUri !== undefined)?.disableDefaultReportUri;
    yield {
      config,
      own,
      ...(enforcePinning === undefined ? {} : { enforcePinning }),
      ...(disabled === undefined ? {} : { disableDefaultReportUri: disabled }),
      hasPins: lineage.some(({ pinSet }) => (pinSet?.pins.length ?? 0) > 0),
    };
  }
  for (const nested of config.nested) yield* within(nested, lineage);
}
