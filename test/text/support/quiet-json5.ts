import JSON5 from "json5";

/** JSON5.parse with its console warnings caught, and how many there were. */
export function parseQuietly(text: string): { value: unknown; warnings: number } {
  const { warn } = console;
  let warnings = 0;
  console.warn = () => {
    warnings++;
  };
  try {
    return { value: JSON5.parse(text), warnings };
  } finally {
    console.warn = warn;
  }
}

/** What JSON5.parse does with a text: its value, or that it refuses. */
export function verdict(text: string): { value: unknown } | "refused" {
  try {
    return { value: parseQuietly(text).value };
  } catch {
    return "refused";
  }
}
