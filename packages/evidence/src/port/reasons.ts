import { defineReasons } from '@assay/core';

const OPERATOR = { family: 'config', class: 'evidence', action: 'retry' } as const;

/** Why a format of an operator's own is not taken. */
export const PORT_REASONS = defineReasons({
  'port.format_invalid': {
    ...OPERATOR,
    summary: 'A format of evidence is not described as it must be.',
    hint: 'Mend what is named; docs/evidence-port.md has a whole example.',
  },
  'port.module_invalid': {
    ...OPERATOR,
    summary: 'The module does not export a format.',
    hint: 'Its default export is a function that is given the kit and returns what defineFormat made.',
  },
  'port.vectors_failed': {
    ...OPERATOR,
    summary: 'A format of evidence does not do what its own vectors say.',
    hint: 'Run `assay conformance` over the module; nothing is loaded until every vector holds.',
  },
  'port.apps_empty': {
    ...OPERATOR,
    summary: 'No name of the app is registered for this format.',
    hint: 'Name the apps under `custom` in the registered app.',
  },
});
