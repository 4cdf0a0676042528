import { destination, type Logger, pino } from 'pino';
import type { Config } from './config/schema.ts';

/** Lines of JSON on stderr. Whatever might carry a secret is cut off by name, in case a careless line ever logs it. */
const REDACTED = [
  'req.headers',
  '*.authorization',
  '*.dpop',
  '*.token',
  '*.secret',
  '*.value',
  '*.request',
  '*.evidence',
];

export function createLog(level: Config['logLevel']): Logger {
  return pino({ level, redact: { paths: REDACTED, remove: true }, base: null }, destination({ dest: 2, sync: true }));
}
