import { UnreadableFile } from '../unreadable.ts';

/** What a `Public-Key-Pins` header says (RFC 7469 2.1). */
export interface PublicKeyPins {
  /** Pins of SHA-256; other algorithms are passed over, as the RFC says. */
  readonly pins: readonly string[];
  /** Seconds. */
  readonly maxAge: number;
  readonly includeSubdomains: boolean;
  readonly reportUri?: string;
}

/** Servers accept no longer line either; keeps the time of the pattern below in bounds. */
const MAXIMUM_LENGTH = 8192;

/** One directive: a token, and behind `=` a token or a quoted string (RFC 7230 3.2.6). */
const DIRECTIVE =
  /[ \t]*(?:([!#$%&'*+\-.^_`|~\w]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+\-.^_`|~\w]+)))?)?[ \t]*(?:;|$)/y;

/**
 * Reads a header of RFC 7469. Directives come once, pins excepted; unknown ones are passed over.
 *
 * @throws UnreadableFile `pin_configs.unreadable` for what a user agent must ignore as a whole, `pin_configs.too_large`
 */
export function parsePublicKeyPins(header: string): PublicKeyPins {
  const directives = directivesOf(header);
  const valueNamed = (name: string): string | undefined =>
    directives.find((directive) => directive.name === name)?.value;
  const maxAge = valueNamed('max-age');
  if (maxAge === undefined || !/^\d{1,10}$/.test(maxAge))
    throw refusal('max-age is missing or no number of seconds', 0);
  const reportUri = valueNamed('report-uri');
  return {
    pins: directives.filter(({ name }) => name === 'pin-sha256').map(({ value = '' }) => value),
    maxAge: Number(maxAge),
    includeSubdomains: directives.some(({ name }) => name === 'includesubdomains'),
    ...(reportUri === undefined ? {} : { reportUri }),
  };
}

interface Directive {
  readonly name: string;
  readonly value?: string;
}

function directivesOf(header: string): readonly Directive[] {
  if (header.length > MAXIMUM_LENGTH) throw refusal('the header is longer than 8 KiB', 0, 'pin_configs.too_large');
  const found: Directive[] = [];
  DIRECTIVE.lastIndex = 0;
  for (let at = 0; at < header.length; at = DIRECTIVE.lastIndex) {
    const match = DIRECTIVE.exec(header);
    if (match === null) throw refusal('this is no directive', at);
    const [, name = '', quoted, token] = match;
    if (name !== '') addDirective(found, name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? token, at);
  }
  return found;
}

function addDirective(found: Directive[], name: string, value: string | undefined, at: number): void {
  const isRepeated = !name.startsWith('pin-') && found.some((directive) => directive.name === name);
  if (isRepeated) throw refusal(`${name} stands there twice`, at);
  found.push(value === undefined ? { name } : { name, value });
}

const refusal = (
  message: string,
  offset: number,
  code?: ConstructorParameters<typeof UnreadableFile>[2],
): UnreadableFile => new UnreadableFile(message, { file: 'Public-Key-Pins', line: 1, column: offset + 1 }, code);
