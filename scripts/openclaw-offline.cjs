/**
 * Preloaded into the real OpenClaw (`node --require`): every TCP connection is refused, so that what it writes does not depend
 * on the day, on a probe that answers, or on a server of one's own on this machine. Pipes and local sockets work.
 */

"use strict";

const { Socket } = require("node:net");

// Taken out of its descriptor: it is given its socket by hand.
const connect = Object.getOwnPropertyDescriptor(Socket.prototype, "connect")?.value;
Socket.prototype.connect = function refused(/** @type {any[]} */ ...args) {
  // Node itself calls with [[options, callback]]; users with (options), (path) or (port, host).
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  const isLocal = typeof first === "string" ? Number.isNaN(Number(first)) : typeof first?.path === "string";
  if (isLocal) return Reflect.apply(connect, this, args);
  const error = Object.assign(new Error("connect ECONNREFUSED (offline)"), {
    code: "ECONNREFUSED",
    syscall: "connect",
  });
  process.nextTick(() => this.destroy(error));
  return this;
};
