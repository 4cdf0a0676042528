import { labFactsInText } from '../lab/lab-facts.ts';
import { LAB_PIN } from '../lab/mark.ts';
import type { CodeDocument } from '../project.ts';
import { variantOf } from '../read/variant.ts';
import { stacksInCode } from '../stack/code-stacks.ts';
import { factTable, findFacts } from './find.ts';
import { languageOf } from './languages.ts';
import { pinsIn } from './pins.ts';
import { APPLE_ROWS } from './rows/apple.ts';
import { DART_ROWS } from './rows/dart.ts';
import { DOTNET_ROWS } from './rows/dotnet.ts';
import { JVM_ROWS } from './rows/jvm.ts';
import { SCRIPT_ROWS } from './rows/script.ts';
import { serversIn } from './servers.ts';
import { sourceOf } from './source.ts';

const TABLE = factTable([...JVM_ROWS, ...APPLE_ROWS, ...SCRIPT_ROWS, ...DART_ROWS, ...DOTNET_ROWS]);

/** Something of this is in every text that a row could be about; most files are put aside by it unread. */
const MAY_MATTER =
  /[Cc]ertificate|kTSK|[Tt]rust|[Hh]ostnameVerif|HOSTNAME_VERIF|[Rr]emoteConfig|REJECT_UNAUTHORIZED|checkServer|[sS]sl|SSL|TLS|[tT]ls|validatesDomainName|emoteValidation|AuthenticationChallenge|DefaultHttpClient|disableAllSecurity|rejectUnauthorized|validateHost|CNCheck|acceptAllCerts|CronetEngine|createSession|https:\/\/[\w-]+\.\w/;

/**
 * What source code says about TLS and pins; undefined when it says nothing. Nothing is run or resolved across files: what is
 * told is what the file alone shows.
 */
export function readCode(
  file: string,
  text: string,
  variant: CodeDocument['variant'] = variantOf(file),
): Omit<CodeDocument, 'variant' | 'origin' | 'text'> | undefined {
  const language = languageOf(file);
  if (language === undefined || !(MAY_MATTER.test(text) || text.includes(LAB_PIN))) return undefined;
  const source = sourceOf(file, text, language);
  const facts = [...findFacts(source, TABLE), ...labFactsInText(file, text)];
  const stacks = stacksInCode(source);
  const servers = serversIn(source);
  const { pinned, partly, trustKit } = pinsIn(source, file, variant);
  if (facts.length + stacks.length + pinned.length + partly.length + servers.length === 0 && trustKit === undefined)
    return undefined;
  return {
    kind: 'code',
    file,
    language: language.id,
    facts,
    stacks,
    pinned,
    servers,
    ...(partly.length === 0 ? {} : { partly }),
    ...(trustKit === undefined ? {} : { trustKit }),
  };
}
