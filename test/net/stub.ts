/** A server on the loopback that answers as a test says; tests never leave this machine. */

import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A running server. */
export interface Stub {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly arrived: readonly Arrived[];
  readonly close: () => Promise<void>;
}

/** Answers one request. */
export type Answer = (request: Arrived, response: ServerResponse) => void;

const running = new Set<Stub>();

/** Starts a server; `stopStubs` ends all of them. */
export async function startStub(answer: Answer): Promise<Stub> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = {
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      arrived.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stub: Stub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    close: async () => {
      running.delete(stub);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  running.add(stub);
  return stub;
}

/** Ends every server that still runs. */
export async function stopStubs(): Promise<void> {
  await Promise.all([...running].map(async (stub) => stub.close()));
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(value));
  };
}

/** Answers with a text. */
export function text(body: string, status = 200, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(status, { "content-type": "text/plain", ...headers });
    response.end(body);
  };
}

/** Sends somebody elsewhere. */
export function redirect(location: string, status = 302): Answer {
  return (_, response) => {
    response.writeHead(status, { location });
    response.end("moved");
  };
}

/** Answers the first requests one way each, the rest as the last one. */
export function inTurn(...answers: Answer[]): Answer {
  let turn = 0;
  return (request, response) => answers[Math.min(turn++, answers.length - 1)]?.(request, response);
}
