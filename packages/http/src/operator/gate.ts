/** Lets so many at once through work that is heavy for the server, so that operators cannot slow devices down. */
export interface Gate {
  /** The way out again, or undefined while it is full. */
  enter(): (() => void) | undefined;
}

export function createGate(places: number): Gate {
  let inside = 0;
  return {
    enter() {
      if (inside >= places) return undefined;
      inside += 1;
      let isOut = false;
      return () => {
        if (!isOut) inside -= 1;
        isOut = true;
      };
    },
  };
}
