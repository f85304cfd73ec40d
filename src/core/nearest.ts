/** Which known name was meant. */

import leven from "leven";

/** At most three known names close to `name`, nearest first; a name that merely contains or starts with it counts too. Of a short name little may differ. */
export function closest(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  return known
    .map((candidate) => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ distance: far }) => far <= Math.max(wanted.length < 4 ? 1 : 2, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function distance(wanted: string, candidate: string): number {
  if (wanted.length >= 3 && (candidate.includes(wanted) || wanted.includes(candidate))) return 1;
  return leven(wanted, candidate);
}
