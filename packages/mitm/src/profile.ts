import { distinct, matching, object, oneOf, type Reader, raising, table } from '@assay/formats/shape';
import { capability, caseGroup, caseId, text } from './battery/rows.ts';
import { CAPABILITIES, CASE_GROUPS, type Capability } from './case.ts';
import { OUTCOMES, type Outcome } from './outcome.ts';
import { mitmFault } from './reasons.ts';

/** What is known of a client under test: which cases apply to it, and which of its leaks are known. */
export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly can: readonly Capability[];
  /** Shell command, run once per case; absent for phones, and where `--exec` gives it. */
  readonly command?: string;
  /** The version of the client that `known` was seen at; another one may leak more or less. */
  readonly version?: string;
  /** Cases by id, row or group that do not apply, with the reason. */
  readonly except: Readonly<Record<string, string>>;
  /** Known departures from what a correct client does, by case id. They still count as wrong unless `--accept-known`. */
  readonly known: Readonly<Record<string, { readonly outcome: Outcome; readonly why: string }>>;
}

/** Any HTTP client that can be given an authority and a pin: what is assumed of `--exec` where no profile is named. */
export const DEFAULT_PROFILE: Profile = {
  name: 'default',
  title: 'An HTTP client that trusts the authority of the harness and pins its keys',
  can: ['lab-ca', 'lab-key', 'lab-pins', 'many-hosts', 'http2', 'redirects'],
  except: {},
  known: {},
};

const MAX_NAMED = 200;

const reason = text(400);
const caseOrGroup: Reader<string> = (value, path) =>
  CASE_GROUPS.some((group) => group === value) ? caseGroup(value, path) : caseId(value, path);
/** `Object.keys` of a table whose keys are its type. */
const outcome = oneOf(Object.keys(OUTCOMES) as Outcome[]);

const profile: Reader<Profile> = object(
  {
    name: matching(/^[a-z0-9][a-z0-9._-]{0,60}$/, 'small letters, digits, dots, hyphens and underscores'),
    title: text(120),
    can: distinct(capability, Object.keys(CAPABILITIES).length),
    except: table(caseOrGroup, reason, MAX_NAMED),
    known: table(caseId, object({ outcome, why: reason }), MAX_NAMED),
  },
  { command: text(4000), version: text(120) },
);

/**
 * A profile from its file. Every member but `command` and `version` must be there, so that nothing is assumed of a client.
 *
 * @throws ConfigError `mitm.profile_malformed` with every fault and its path
 */
export function parseProfile(json: unknown): Profile {
  return raising(
    () => profile(json, '$'),
    (found) => mitmFault('mitm.profile_malformed', { found: found.message }, found),
  );
}
