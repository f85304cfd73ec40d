/** How people write a length of time -> milliseconds. */

const units: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/**
 * Milliseconds of `30d`, `12h`, `1.5h`, `1d12h` or, in days, `30`, as OpenClaw's `--token-expires-in` takes them; null
 * for anything else, and for nothing at all.
 */
export function parseDuration(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (/^\d+(\.\d+)?$/.test(plain)) return inMilliseconds([[plain, "d"]]);
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(plain)) return null;
  return inMilliseconds(
    [...plain.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)].map(([, count = "", unit = ""]) => [count, unit]),
  );
}

function inMilliseconds(parts: readonly (readonly [string, string])[]): number | null {
  const total = Math.round(
    parts.reduce((sum, [count, unit]) => sum + Number(count) * (units.get(unit) ?? Number.NaN), 0),
  );
  return Number.isSafeInteger(total) && total > 0 ? total : null;
}
