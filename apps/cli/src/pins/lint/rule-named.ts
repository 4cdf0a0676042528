import { RULES, type Rule } from '@assay/pin-configs';
import { fault } from '../../reasons.ts';

/** The rule of an id or a name, in any case. @throws RequestError `cli.usage` */
export function ruleNamed(text: string): Rule {
  const rule = RULES.find(({ id, name }) => id === text.toUpperCase() || name === text.toLowerCase());
  if (rule !== undefined) return rule;
  const expected = 'an id or name that `assay pins rules` lists';
  throw fault('cli.usage', { message: 'there is no such rule', expected, found: text });
}
