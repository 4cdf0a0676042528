import type { Abilities } from '../target.ts';
import { androidNsc } from './android-nsc.ts';
import { ats } from './ats.ts';

/** What the configurations of both platforms can say together: frameworks that draw on the platforms' own clients. */
export const FLOOR: Abilities = { ...ats.can, subdomains: ['none'], transparency: androidNsc.can.transparency };
