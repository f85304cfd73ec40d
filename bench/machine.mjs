/** What figures depend on: the machine, without its name or any path. */

import { readFileSync, statfsSync } from "node:fs";
import os from "node:os";

/** The date, then processor, cores, memory, kernel, file system of `folder`, Node. @param {string} folder */
export function circumstances(folder) {
  const cpus = os.cpus();
  return [
    new Date().toISOString().slice(0, 10),
    (cpus[0]?.model ?? "").trim() || "unknown processor",
    `${cpus.length} cores`,
    `${Math.round(os.totalmem() / 2 ** 30)} GB`,
    `${os.type()} ${os.release().split(".", 2).join(".")}`,
    fileSystem(folder),
    `Node ${process.versions.node}`,
  ].join(", ");
}

/** @param {string} folder */
function fileSystem(folder) {
  let mounts = "";
  try {
    mounts = readFileSync("/proc/self/mounts", "utf8");
  } catch {
    // Not Linux: the system's own number of it.
    return `file system 0x${statfsSync(folder).type.toString(16)}`;
  }
  // A later mount hides an earlier one at the same place.
  const fitting = mounts
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, place = ""]) => `${folder}/`.startsWith(place === "/" ? "/" : `${place.replaceAll("\\040", " ")}/`));
  const longest = Math.max(...fitting.map(([, place = ""]) => place.length));
  return fitting.findLast(([, place = ""]) => place.length === longest)?.[2] ?? "unknown file system";
}
