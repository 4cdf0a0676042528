/** The hour of the lab: every party in it goes by this clock, and an attack that takes patience moves it. */
export interface LabClock {
  readonly now: () => number;
  /** Runs `act` so many seconds later. */
  later<T>(seconds: number, act: () => Promise<T>): Promise<T>;
}

export function createLabClock(now: () => number): LabClock {
  let moved = 0;
  return {
    now: () => now() + moved,
    async later(seconds, act) {
      moved += seconds * 1000;
      try {
        return await act();
      } finally {
        moved -= seconds * 1000;
      }
    },
  };
}
