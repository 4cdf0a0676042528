import { escaped } from '../../report/escaped.ts';
import { ATTACK_GROUPS } from '../attack.ts';
import type { AttackReport, AttackResult } from '../run.ts';

/** JUnit XML: an attack that succeeded is a failure, one that proves nothing is an error; nothing is ever skipped in silence. */
export function toJunit({ results, summary, control }: AttackReport): string {
  const errors = summary['other-reason'] + summary['not-reached'] + (isControlled(control) ? 0 : 1);
  const head = `tests="${results.length + 1}" failures="${summary.succeeded}" errors="${errors}"`;
  const fault = isControlled(control) ? '' : '<error message="the untouched client did not get through"/>';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${head}>`,
    `<testsuite name="assay mitm attack" ${head}>`,
    `<testcase classname="control" name="an untouched client gets through, before and after">${fault}</testcase>`,
    ...results.map(caseOf),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

export const isControlled = ({ before, after }: AttackReport['control']): boolean => before && after;

function caseOf({ attack, outcome, code, seen, milliseconds }: AttackResult): string {
  const name = escaped(`${attack.id}: ${attack.title}`);
  const time = (milliseconds / 1000).toFixed(3);
  const message = escaped(`${outcome}${code === undefined ? '' : ` (${code})`}: ${seen}`);
  const child = outcome === 'refused' ? '' : `<${outcome === 'succeeded' ? 'failure' : 'error'} message="${message}"/>`;
  const classname = escaped(ATTACK_GROUPS[attack.group]);
  return `<testcase classname="${classname}" name="${name}" time="${time}">${child}</testcase>`;
}
