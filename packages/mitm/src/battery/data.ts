import bases from './bases.json' with { type: 'json' };
import N1 from './cases/N1.json' with { type: 'json' };
import N2 from './cases/N2.json' with { type: 'json' };
import N3 from './cases/N3.json' with { type: 'json' };
import N4 from './cases/N4.json' with { type: 'json' };
import N5 from './cases/N5.json' with { type: 'json' };
import N6 from './cases/N6.json' with { type: 'json' };
import N7 from './cases/N7.json' with { type: 'json' };
import N8 from './cases/N8.json' with { type: 'json' };
import N9 from './cases/N9.json' with { type: 'json' };
import N10 from './cases/N10.json' with { type: 'json' };
import N11 from './cases/N11.json' with { type: 'json' };
import N12 from './cases/N12.json' with { type: 'json' };
import N13 from './cases/N13.json' with { type: 'json' };
import N14 from './cases/N14.json' with { type: 'json' };
import N15 from './cases/N15.json' with { type: 'json' };
import N16 from './cases/N16.json' with { type: 'json' };
import N17 from './cases/N17.json' with { type: 'json' };
import N18 from './cases/N18.json' with { type: 'json' };
import N19 from './cases/N19.json' with { type: 'json' };
import N20 from './cases/N20.json' with { type: 'json' };
import N21 from './cases/N21.json' with { type: 'json' };
import N22 from './cases/N22.json' with { type: 'json' };
import N23 from './cases/N23.json' with { type: 'json' };
import N24 from './cases/N24.json' with { type: 'json' };
import N25 from './cases/N25.json' with { type: 'json' };
import N26 from './cases/N26.json' with { type: 'json' };
import N27 from './cases/N27.json' with { type: 'json' };
import N28 from './cases/N28.json' with { type: 'json' };
import N29 from './cases/N29.json' with { type: 'json' };
import N30 from './cases/N30.json' with { type: 'json' };
import N31 from './cases/N31.json' with { type: 'json' };
import N32 from './cases/N32.json' with { type: 'json' };
import N33 from './cases/N33.json' with { type: 'json' };
import N34 from './cases/N34.json' with { type: 'json' };
import N35 from './cases/N35.json' with { type: 'json' };
import N36 from './cases/N36.json' with { type: 'json' };
import N37 from './cases/N37.json' with { type: 'json' };
import N38 from './cases/N38.json' with { type: 'json' };
import N39 from './cases/N39.json' with { type: 'json' };
import N40 from './cases/N40.json' with { type: 'json' };
import N41 from './cases/N41.json' with { type: 'json' };
import N42 from './cases/N42.json' with { type: 'json' };
import N43 from './cases/N43.json' with { type: 'json' };
import N44 from './cases/N44.json' with { type: 'json' };
import N45 from './cases/N45.json' with { type: 'json' };
import N46 from './cases/N46.json' with { type: 'json' };
import N47 from './cases/N47.json' with { type: 'json' };
import N48 from './cases/N48.json' with { type: 'json' };
import N49 from './cases/N49.json' with { type: 'json' };
import N50 from './cases/N50.json' with { type: 'json' };
import N51 from './cases/N51.json' with { type: 'json' };
import N52 from './cases/N52.json' with { type: 'json' };
import N53 from './cases/N53.json' with { type: 'json' };
import N54 from './cases/N54.json' with { type: 'json' };
import N55 from './cases/N55.json' with { type: 'json' };
import N56 from './cases/N56.json' with { type: 'json' };
import N57 from './cases/N57.json' with { type: 'json' };
import N58 from './cases/N58.json' with { type: 'json' };
import N59 from './cases/N59.json' with { type: 'json' };
import N60 from './cases/N60.json' with { type: 'json' };
import N61 from './cases/N61.json' with { type: 'json' };
import N62 from './cases/N62.json' with { type: 'json' };
import N63 from './cases/N63.json' with { type: 'json' };
import N64 from './cases/N64.json' with { type: 'json' };
import N65 from './cases/N65.json' with { type: 'json' };
import N66 from './cases/N66.json' with { type: 'json' };
import P1 from './cases/P1.json' with { type: 'json' };
import P2 from './cases/P2.json' with { type: 'json' };
import P3 from './cases/P3.json' with { type: 'json' };
import P4 from './cases/P4.json' with { type: 'json' };
import P5 from './cases/P5.json' with { type: 'json' };
import P6 from './cases/P6.json' with { type: 'json' };
import P7 from './cases/P7.json' with { type: 'json' };
import P8 from './cases/P8.json' with { type: 'json' };

/** The rows of the battery in their order, as they are in their files: read and proven by `readBattery`. */
export const ROWS: readonly unknown[] = [
  P1,
  P2,
  P3,
  P4,
  P5,
  P6,
  P7,
  P8,
  N1,
  N2,
  N3,
  N4,
  N5,
  N6,
  N7,
  N8,
  N9,
  N10,
  N11,
  N12,
  N13,
  N14,
  N15,
  N16,
  N17,
  N18,
  N19,
  N20,
  N21,
  N22,
  N23,
  N24,
  N25,
  N26,
  N27,
  N28,
  N29,
  N30,
  N31,
  N32,
  N33,
  N34,
  N35,
  N36,
  N37,
  N38,
  N39,
  N40,
  N41,
  N42,
  N43,
  N44,
  N45,
  N46,
  N47,
  N48,
  N49,
  N50,
  N51,
  N52,
  N53,
  N54,
  N55,
  N56,
  N57,
  N58,
  N59,
  N60,
  N61,
  N62,
  N63,
  N64,
  N65,
  N66,
];

/** What several of them differ from, likewise. */
export const BASES: unknown = bases;
