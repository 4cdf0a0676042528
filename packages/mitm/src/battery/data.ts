import BASES from './bases.json' with { type: 'json' };
import N1 from './cases/N1.json' with { type: 'json' };
import N2 from './cases/N2.json' with { type: 'json' };
import N3 from './cases/N3.json' with { type: 'json' };
import N4 from './cases/N4.json' with { type: 'json' };
import N7 from './cases/N7.json' with { type: 'json' };
import N8 from './cases/N8.json' with { type: 'json' };
import N9 from './cases/N9.json' with { type: 'json' };
import N15 from './cases/N15.json' with { type: 'json' };
import P1 from './cases/P1.json' with { type: 'json' };
import P2 from './cases/P2.json' with { type: 'json' };

/** The rows of the battery in their order, as they are in their files: read and proven by `readBattery`. */
export const ROWS: readonly unknown[] = [P1, P2, N1, N2, N3, N4, N7, N8, N9, N15];

export { BASES };
