import { type Config, refreshesTrust } from '@assay/server';

interface Addresses {
  readonly publicUrl: string;
  readonly operatorUrl: string;
}

/** Where the process listens and what apps call: two things wherever a proxy stands in front. */
export function bannerOf(config: Config, { publicUrl, operatorUrl }: Addresses): readonly string[] {
  return [
    `listens on      ${new URL(publicUrl).host} (${transportOf(config)})`,
    `apps call       ${config.origin}`,
    `operators call  ${operatorUrl}`,
  ];
}

function transportOf({ tlsCert, tlsTerminatedBy }: Config): string {
  if (tlsCert !== undefined) return 'TLS';
  return tlsTerminatedBy === undefined ? 'clear text' : `clear text; TLS by ${tlsTerminatedBy}`;
}

/** What an operator must know of a configuration that is served all the same. */
export function warningsOf(config: Config): readonly string[] {
  const { environments, statusList } = config;
  const development = environments.filter(({ kind }) => kind === 'development');
  const names = development.map(({ tenant, name }) => `${tenant}/${name}`).join(', ');
  const isBlind = statusList === undefined && !refreshesTrust(config) && development.length < environments.length;
  return [
    ...(names === '' ? [] : [`DEVELOPMENT: ${names}. Never let a production API believe tokens of these.`]),
    ...(isBlind
      ? [
          'WARNING: without a status list every Android chain counts as not checked: see ASSAY_TRUST_REFRESH in docs/configuration.md',
        ]
      : []),
  ];
}
