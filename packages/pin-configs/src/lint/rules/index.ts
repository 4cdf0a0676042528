import type { Rule } from '../rule.ts';
import { rule as s001 } from './s001-unreadable-file.ts';

/** Every rule, in the order of ids. */
export const RULES: readonly Rule[] = [s001];
