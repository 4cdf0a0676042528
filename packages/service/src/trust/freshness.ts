/** How long a fetched document may be used before it is asked for again, milliseconds. */
export interface Bounds {
  /** However short the publisher's word is: nobody is asked more often. */
  readonly leastMs: number;
  /** Where the publisher says nothing that can be read. */
  readonly usualMs: number;
  /** However long the publisher's word is: news is not missed for longer. */
  readonly mostMs: number;
}

/**
 * What is left of an answer's freshness lifetime (RFC 9111 4.2), within bounds: `max-age`, else `Expires` less `Date`, less the
 * time that the answer spent in caches on its way (`Age`). `no-cache` and `no-store` leave nothing.
 */
export function lifetimeOf(headers: Headers, bounds: Bounds): number {
  const lifetime = explicitLifetime(headers) ?? bounds.usualMs;
  const age = seconds(headers.get('age') ?? '') ?? 0;
  return Math.min(Math.max(lifetime - age, bounds.leastMs), bounds.mostMs);
}

function explicitLifetime(headers: Headers): number | undefined {
  const directives = (headers.get('cache-control') ?? '').toLowerCase().split(',');
  const values = new Map(directives.map((text) => splitDirective(text)));
  if (values.has('no-cache') || values.has('no-store')) return 0;
  return seconds(values.get('max-age') ?? '') ?? untilExpiry(headers);
}

function splitDirective(text: string): readonly [name: string, value: string] {
  const [name = '', value = ''] = text.split('=', 2);
  return [name.trim(), value.trim().replace(/^"(.*)"$/, '$1')];
}

function seconds(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) * 1000 : undefined;
}

/** Both by the publisher's clock, so that ours does not come into it. An `Expires` that cannot be read has passed (RFC 9111 5.3). */
function untilExpiry(headers: Headers): number | undefined {
  const expires = headers.get('expires');
  if (expires === null) return undefined;
  const lifetime = Date.parse(expires) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(lifetime) ? Math.max(lifetime, 0) : 0;
}
