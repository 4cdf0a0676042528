import { nearest } from '@assay/core';
import { CASE_GROUPS, CASES, type Case } from '@assay/mitm';
import { fault } from '../reasons.ts';
import { plain } from '../speech.ts';

const rowOf = (id: string): string => id.replace(/\.[a-z]$/, '');

/** Cases by id, row or group, in any case of letters. @throws RequestError `cli.case_unknown` */
export function casesNamed(name: string, among: readonly Case[] = CASES): readonly Case[] {
  const wanted = name.toLowerCase();
  const cases = among.filter(({ id, group }) => [id, rowOf(id), group].some((each) => each.toLowerCase() === wanted));
  if (cases.length > 0) return cases;
  const meant = nearest(name, [...new Set([...among.flatMap(({ id }) => [id, rowOf(id)]), ...CASE_GROUPS])]);
  throw fault('cli.case_unknown', {
    found: plain(name, 60),
    ...(meant === undefined ? {} : { hint: `did you mean ${meant}? \`assay mitm cases\` lists them` }),
  });
}
