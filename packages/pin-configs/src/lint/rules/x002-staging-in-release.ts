import { parse as parseDomain } from 'tldts';
import type { Rule } from '../rule.ts';
import { appsOf, pinnedBy } from './support/apps.ts';
import { domainConfig, KEY_1, KEY_2, nsc, okHttp, pinSet } from './support/examples.ts';
import { nameOf } from './support/unions.ts';

const STAGE =
  /(?:^|[.-])(?:staging|stage|stg|dev|devel|develop|development|test|testing|qa|uat|sandbox|preprod)\d*(?=[.-]|$)/;

const config = (host: string, path?: string) =>
  nsc(domainConfig(`<domain>${host}</domain>`, pinSet([KEY_1, KEY_2])), path);

/** X002: pins of a server that no user should meet. */
export const rule: Rule = {
  id: 'X002',
  name: 'staging-in-release',
  severity: 'warning',
  summary: 'A file that goes into the release pins a host of developers.',
  why: 'The name of the server goes out with every app, and its pins show that the release would speak to it. Servers of developers are guarded less.',
  attacker: 'the names of servers that are easier to enter',
  lockout: 'nobody',
  fix: 'Move the host into the source set of its build.',
  masvs: 'MASVS-NETWORK-2',
  maswe: 'MASWE-0047',
  fires: [
    config('api.staging.example.com', 'src/release/res/xml/net.xml'),
    okHttp({ 'api-dev.example.com': [`sha256/${KEY_1}`, `sha256/${KEY_2}`] }),
  ],
  passes: [
    config('api.example.com', 'src/release/res/xml/net.xml'),
    config('api.staging.example.com', 'src/staging/res/xml/net.xml'),
    config('dev.to'),
    config('latest.example.com'),
  ],
  *check(project) {
    for (const { document, host } of appsOf(project).flatMap(pinnedBy)) {
      const name = nameOf(host);
      if (!isStage(name)) continue;
      // A file without a variant goes into every build, the release among them; most projects mean it so.
      const certain = document.variant === 'release' || document.origin !== 'source';
      const message = `expected hosts of the release, found ${name}`;
      yield { message, place: host.host.place, host: name, ...(certain ? {} : { severity: 'info' }) };
    }
  },
};

function isStage(name: string): boolean {
  const { subdomain, publicSuffix } = parseDomain(name);
  return STAGE.test(subdomain ?? '') || publicSuffix === 'local' || publicSuffix === 'test' || name === 'localhost';
}
